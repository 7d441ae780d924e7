"""Writing a need: words become a draft, the draft is corrected, and one tap posts it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, require
from bot.domain.areas import last_named
from bot.domain.drafts import Draft, DraftCard, Greeted, Stage, WordsWanted, begin, blank, is_bare, is_greeting
from bot.domain.enclosures import is_wordless, wordless_text
from bot.domain.errors import DraftGone, NotEnrolled
from bot.domain.home import Home
from bot.domain.needs import LOOK_BACK, Need, NeedCard, Urgency, legible_text, most_alike
from bot.domain.notices import Notice
from bot.domain.people import Actor, AskContact
from bot.domain.windows import Window, hours_in, local_day, window_in
from bot.services import needs as need_cases
from bot.services import people
from bot.storage import areas, beneficiaries, drafts, enclosures, needs, outbox, receipts
from bot.storage.database import Transaction

DOOR_QUESTION = "door"
# So many of somebody's last needs are looked through for one like the new one.
RECENT = 20


def write(tx: Transaction, actor: Actor, home: Home, text: str, *, now: datetime) -> Notice:
    """A plain message: a greeting is greeted, a bare number is asked about, anything else is what somebody needs. The card to
    show."""
    current = open_draft(tx, actor, now=now)
    if is_greeting(text):
        return Greeted() if current is None else card(current)
    hours = None if current is None else _hours(current, text, home, now)
    if current is not None and hours is not None:
        return _keep(tx, current.during(hours))
    if is_bare(text) and (current is None or not current.text):
        return WordsWanted()
    if current is None:
        _put_away(tx, actor)
        draft = begin(actor.id, home.bot_id, _next_number(tx, actor), text, home.catalogue, now)
    else:
        draft = current.add(text, home.catalogue, now)
    return keep(tx, actor, home, draft, now=now)


def keep(tx: Transaction, actor: Actor, home: Home, draft: Draft, *, now: datetime) -> DraftCard:
    """What somebody writes is kept as it is now, at the place and time that its words name. The card to show."""
    return _keep(tx, _timed(_placed(tx, actor, draft), home, now))


def _hours(draft: Draft, text: str, home: Home, now: datetime) -> Window | None:
    """The answer to "which day?" or "in which hours?"; None: neither was asked, or it says something else."""
    if draft.stage is Stage.DAY:
        return window_in(text, now, home.timezone)
    if draft.stage is not Stage.HOURS or draft.window is None:
        return None
    return hours_in(text, local_day(draft.window.from_at, home.timezone), now, home.timezone)


def _timed(draft: Draft, home: Home, now: datetime) -> Draft:
    """A day and hours that the text names are when it is needed, unless it says "now", or a tap has said something else."""
    if "urgency" in draft.chosen:
        return draft
    soon = draft.urgency is Urgency.NOW
    return replace(draft, window=None if soon else window_in(draft.text, now, home.timezone))


def open_or_blank(tx: Transaction, actor: Actor, home: Home, *, now: datetime) -> Draft:
    """What this person is in the middle of writing, or a new draft without a word yet, for the caller to keep."""
    current = open_draft(tx, actor, now=now)
    if current is None:
        _put_away(tx, actor)
    return current or blank(actor.id, home.bot_id, _next_number(tx, actor), home.catalogue, now)


def open_draft(tx: Transaction, actor: Actor, *, now: datetime) -> Draft | None:
    """What this person is in the middle of writing; None: nothing, or nothing of today."""
    current = drafts.find(tx, actor.id)
    return current if current is not None and current.fresh(now) else None


def card(draft: Draft) -> DraftCard:
    """The card on which a draft is shown."""
    return DraftCard(draft.person_id, draft.number)


def begin_guided(tx: Transaction, actor: Actor, home: Home, *, now: datetime) -> Notice:
    """Asked step by step."""
    need_cases.check_limits(tx, actor, home, now=now)
    _put_away(tx, actor)
    people.ask(tx, actor, home, None, now=now)
    return _keep(tx, begin(actor.id, home.bot_id, _next_number(tx, actor), "", home.catalogue, now, guided=True))


def begin_like(tx: Transaction, actor: Actor, home: Home, need: Need, stage: Stage, *, now: datetime) -> DraftCard:
    """What was asked for before is asked for once more: the same words, kind and place, for the same person, with what lay
    with it; the card asks for `stage`."""
    need_cases.check_limits(tx, actor, home, now=now)
    _put_away(tx, actor)
    people.ask(tx, actor, home, None, now=now)
    draft = blank(actor.id, home.bot_id, _next_number(tx, actor), home.catalogue, now)
    enclosures.copy(tx, f"need:{need.id}", card(draft).subject, now)
    draft = draft if is_wordless(need.text) else draft.add(need.text, home.catalogue, now)
    own = need.area_id == actor.person.building_id and beneficiaries.find(tx, card(draft).subject) is None
    place = None if own else need.area_id
    return _keep(tx, replace(draft.of_category(need.category), place_id=place, stage=stage))


def change(tx: Transaction, actor: Actor, number: int, rule: Callable[[Draft], Draft]) -> DraftCard:
    """One field of the draft is changed by a tap; DraftGone for a button of an older draft."""
    return _keep(tx, rule(current(tx, actor, number)))


def set_place(tx: Transaction, actor: Actor, number: int, area_id: int) -> DraftCard:
    """It is needed there; DraftGone for a button of an older draft, ButtonInvalid for a place that there is not."""
    people.check_place(tx, area_id)
    return _keep(tx, current(tx, actor, number).at(area_id))


def asked_before(tx: Transaction, draft: Draft, *, now: datetime) -> Need | None:
    """What this person asked for lately, or is still waiting for, and seems to ask for again; None: nothing like it."""
    if not draft.text:
        return None
    before = needs.recent_of(tx, draft.person_id, now - LOOK_BACK, RECENT)
    return most_alike(draft.text, draft.category, before)


def same(tx: Transaction, actor: Actor, home: Home, number: int, need_id: int, *, now: datetime) -> NeedCard:
    """It is the same as before: the draft is thrown away, and what was asked before is shown."""
    card_before = need_cases.show(tx, actor, need_id, now=now)
    require(Action.NEED_CONFIRM, actor, (), need_cases.relations_of(tx, actor, need_id))
    discard(tx, actor, home, number, now=now)
    return card_before


def discard(tx: Transaction, actor: Actor, home: Home, number: int, *, now: datetime) -> None:
    """Thrown away: nothing of it is kept, and its door is not waited for any more."""
    draft = current(tx, actor, number)
    if door_asked(tx, actor, people.asked(tx, actor, now=now)) == number:
        people.ask(tx, actor, home, None, now=now)
    drafts.finish(tx, draft)
    enclosures.forget(tx, card(draft).subject)
    outbox.touch(tx, card(draft).subject)


def door_asked(tx: Transaction, actor: Actor, question: str | None) -> int | None:
    """The number of the draft that waits for its door to be written; None: the open `question` is another, or there is none."""
    asked, _, number = (question or "").partition(":")
    if asked != DOOR_QUESTION:
        return None
    current = drafts.find(tx, actor.id)
    return int(number) if current is not None and str(current.number) == number else None


def post(
    tx: Transaction, actor: Actor, home: Home, number: int, *, ask_door: bool, now: datetime
) -> Need | AskContact | DraftCard:
    """The draft becomes a need; the door is asked first where it is needed and not known. Posting it twice posts it once."""
    already = drafts.posted_as(tx, actor.id, number)
    posted = None if already is None else needs.find(tx, already)
    if posted is not None:
        return posted
    draft = _with_words(tx, current(tx, actor, number))
    if not home.catalogue.knows(draft.category):
        # It was of a kind that is gone, perhaps a confidential one: nobody but the writer says what it is now.
        return change(tx, actor, number, lambda draft: draft.asks(Stage.CATEGORY))
    whom = beneficiaries.find(tx, card(draft).subject)
    if whom is not None:
        whom.check_may_ask()
    if place_of(tx, actor, draft) is None:
        raise NotEnrolled
    need_cases.check_limits(tx, actor, home, now=now)
    at_home = whom is None and place_of(tx, actor, draft) == actor.person.building_id
    if ask_door and at_home and actor.person.door is None:
        people.ask(tx, actor, home, f"{DOOR_QUESTION}:{number}", now=now)
        return AskContact(number)
    return _post(tx, actor, home, draft, now=now)


def _post(tx: Transaction, actor: Actor, home: Home, draft: Draft, *, now: datetime) -> Need:
    need = need_cases.post(tx, actor, home, draft, now=now)
    enclosures.move(tx, card(draft).subject, f"need:{need.id}")
    if draft.budget is not None:
        receipts.set_budget(tx, need.id, draft.budget)
    people.ask(tx, actor, home, None, now=now)
    drafts.finish(tx, draft, posted_as=need.id)
    outbox.touch(tx, card(draft).subject)
    return need


def _with_words(tx: Transaction, draft: Draft) -> Draft:
    """What was asked without a word says what lies with it; TextEmpty where nothing does."""
    wordless = wordless_text(enclosures.enclosed(tx, card(draft).subject))
    return replace(draft, text=legible_text(draft.text or wordless))


def place_of(tx: Transaction, actor: Actor, draft: Draft) -> int | None:
    """Where it is needed: for oneself at home unless another place was chosen; None: nobody has said it."""
    if beneficiaries.find(tx, card(draft).subject) is not None:
        return draft.place_id
    return draft.place_id or actor.person.building_id


def lacks_place(tx: Transaction, actor: Actor, number: int) -> bool:
    """Whether it has to be asked first where this draft is needed; what is no draft any more needs no place."""
    found = drafts.find(tx, actor.id)
    return found is not None and found.number == number and place_of(tx, actor, found) is None


def current(tx: Transaction, actor: Actor, number: int) -> Draft:
    """This person's draft of this number; DraftGone for a button of an older draft."""
    found = drafts.find(tx, actor.id)
    if found is None:
        raise DraftGone
    return found.is_number(number)


def _next_number(tx: Transaction, actor: Actor) -> int:
    return drafts.last_number(tx, actor.id) + 1


def _placed(tx: Transaction, actor: Actor, draft: Draft) -> Draft:
    """A place of one's own community that the text names is where it is needed, unless a tap has chosen another."""
    if actor.person.building_id is None or "place" in draft.chosen:
        return draft
    community = areas.community_of(tx, actor.person.building_id)
    if community is None:
        return draft
    named = last_named(draft.text, (area for area in areas.subtree(tx, community.id) if area.id != community.id))
    return draft if named is None else replace(draft, place_id=named.id)


def _keep(tx: Transaction, draft: Draft) -> DraftCard:
    drafts.put(tx, draft)
    outbox.touch(tx, card(draft).subject)
    return card(draft)


def _put_away(tx: Transaction, actor: Actor) -> None:
    """Another draft begins: the card of the one before loses its words and buttons, and nothing lies with it any more."""
    before = drafts.find(tx, actor.id)
    if before is not None:
        enclosures.forget(tx, card(before).subject)
        outbox.touch(tx, card(before).subject)
