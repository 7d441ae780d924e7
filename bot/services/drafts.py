"""Writing a need: words become a draft, the draft is corrected, and one tap posts it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.drafts import Draft, DraftCard, Greeted, Stage, begin, is_greeting
from bot.domain.errors import DraftGone, NotEnrolled
from bot.domain.home import Home
from bot.domain.needs import Need, check_may_post
from bot.domain.notices import Notice
from bot.domain.people import Actor, AskContact
from bot.services import needs as need_cases
from bot.services import people
from bot.storage import areas, drafts, needs, outbox
from bot.storage.database import Transaction

DOOR_QUESTION = "door"


def write(tx: Transaction, actor: Actor, home: Home, text: str, *, now: datetime) -> Notice:
    """A plain message: a greeting is greeted, anything else is what somebody needs. The card to show."""
    current = drafts.find(tx, actor.id)
    if current is None and is_greeting(text):
        return Greeted()
    if current is not None and current.fresh(now):
        draft = current.add(text, home.catalogue, now)
    else:
        draft = begin(actor.id, home.bot_id, _next_number(tx, actor), text, home.catalogue, now)
    return _keep(tx, _placed(tx, actor, draft) if draft.place_id is None else draft)


def open_draft(tx: Transaction, actor: Actor, *, now: datetime) -> Draft | None:
    """What this person is in the middle of writing; None: nothing, or nothing of today."""
    current = drafts.find(tx, actor.id)
    return current if current is not None and current.fresh(now) else None


def begin_guided(tx: Transaction, actor: Actor, home: Home, *, now: datetime) -> Notice:
    """Asked step by step."""
    check_may_post(needs.count_running(tx, actor.id))
    return _keep(tx, begin(actor.id, home.bot_id, _next_number(tx, actor), "", home.catalogue, now, guided=True))


def change(tx: Transaction, actor: Actor, number: int, rule: Callable[[Draft], Draft]) -> DraftCard:
    """One field of the draft is changed by a tap; DraftGone for a button of an older draft."""
    return _keep(tx, rule(_current(tx, actor, number)))


def set_place(tx: Transaction, actor: Actor, area_id: int, *, now: datetime) -> DraftCard | None:
    """A place was chosen while a draft asks for it; None when no draft does (then it is where the person lives)."""
    current = open_draft(tx, actor, now=now)
    if current is None or current.stage is not Stage.PLACE:
        return None
    return _keep(tx, replace(current, place_id=area_id).answered())


def discard(tx: Transaction, actor: Actor, number: int) -> None:
    """Thrown away: nothing of it is kept."""
    _finish(tx, _current(tx, actor, number))


def post(tx: Transaction, actor: Actor, home: Home, number: int, *, ask_door: bool, now: datetime) -> Need | AskContact:
    """The draft becomes a need; the door is asked first where it is needed and not known."""
    draft = _current(tx, actor, number)
    place = draft.place_id or actor.person.building_id
    if place is None:
        raise NotEnrolled
    check_may_post(needs.count_running(tx, actor.id))
    at_home = place == actor.person.building_id
    if ask_door and at_home and actor.person.door is None:
        people.ask(tx, actor, home, f"{DOOR_QUESTION}:{number}", now=now)
        return AskContact(number)
    need = need_cases.post(tx, actor, home, draft, now=now)
    people.ask(tx, actor, home, None, now=now)
    _finish(tx, draft)
    return need


def _current(tx: Transaction, actor: Actor, number: int) -> Draft:
    current = drafts.find(tx, actor.id)
    if current is None:
        raise DraftGone
    return current.is_number(number)


def _next_number(tx: Transaction, actor: Actor) -> int:
    return drafts.last_number(tx, actor.id) + 1


def _placed(tx: Transaction, actor: Actor, draft: Draft) -> Draft:
    """A building of one's own community that the text names is where it is needed."""
    if actor.person.building_id is None:
        return draft
    community = areas.community_of(tx, actor.person.building_id)
    if community is None:
        return draft
    named = [area for area in areas.subtree(tx, community.id) if area.id != community.id and area.name in draft.text]
    return replace(draft, place_id=max(named, key=lambda area: len(area.name)).id) if named else draft


def _keep(tx: Transaction, draft: Draft) -> DraftCard:
    drafts.put(tx, draft)
    card = DraftCard(draft.person_id, draft.number)
    outbox.touch(tx, card.subject)
    return card


def _finish(tx: Transaction, draft: Draft) -> None:
    drafts.finish(tx, draft)
    outbox.touch(tx, DraftCard(draft.person_id, draft.number).subject)
