"""A thank-you for the group: written and agreed to by the resident, with names as each side chooses, taken back at any time."""

from dataclasses import replace
from datetime import datetime

from bot.domain.closings import Side
from bot.domain.errors import ShowcaseNotSo
from bot.domain.home import Home
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.domain.showcases import (
    Showcase,
    ShowcaseAsked,
    ShowcaseCard,
    ShowcaseHelperCard,
    ShowcaseInGroup,
    ShowcaseState,
)
from bot.services import closings, telling
from bot.services.closings import Parties
from bot.storage import groups, history, needs, outbox, showcases
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event


def begin(tx: Transaction, actor: Actor, home: Home, need_id: int) -> Notice:
    """Which words? Or, where some are written already, how they stand. ShowcaseNotSo where nothing may be shown."""
    who = _resident(tx, actor, home, need_id)
    found = showcases.of_visit(tx, need_id, who.other)
    running = found is not None and found.state is not ShowcaseState.WITHDRAWN
    return ShowcaseCard(found.id) if found is not None and running else ShowcaseAsked(need_id)


def _resident(tx: Transaction, actor: Actor, home: Home, need_id: int) -> Parties:
    who = closings.parties(tx, actor, need_id)
    shown = who.need.guarded_by is None and groups.of_area(tx, who.need.area_id)
    if who.side is not Side.RESIDENT or not shown:
        raise ShowcaseNotSo
    return who


def write(tx: Transaction, actor: Actor, home: Home, need_id: int, words: str, *, now: datetime) -> ShowcaseCard:
    """The resident's words, shown to them as the group would read them. TextEmpty, TextTooLong, ShowcaseNotSo."""
    who = _resident(tx, actor, home, need_id)
    bare = Showcase(0, home.bot_id, need_id, who.need.area_id, who.me, who.other, now, None)
    made = showcases.make(tx, bare.write(words))
    if made is None:
        old = showcases.of_visit(tx, need_id, who.other)
        if old is None:
            raise Unsettled(f"showcase of need {need_id} moved")
        made = _save(tx, old, old.write(words))
    history.write(tx, Event(now, actor.id, f"showcase:{made.id}", "written"))
    return ShowcaseCard(made.id)


def agree(tx: Transaction, actor: Actor, showcase_id: int, *, named: bool, now: datetime) -> None:
    """The resident agrees to show it; whoever helped is asked whether they are named, and has two days for it."""
    old = _open(tx, showcase_id)
    if old.person_id != actor.id:
        raise ShowcaseNotSo
    _save(tx, old, old.agree(now, named=named))
    history.write(tx, Event(now, actor.id, f"showcase:{showcase_id}", "agreed"))
    telling.tell(tx, old.helper_id, ShowcaseHelperCard(showcase_id), now=now)


def answer(tx: Transaction, actor: Actor, showcase_id: int, *, named: bool, now: datetime) -> None:
    """Whoever helped says whether they are named: it goes into the group, or is changed there."""
    old = _open(tx, showcase_id)
    if old.helper_id != actor.id:
        raise ShowcaseNotSo
    new = _save(tx, old, old.answer(now, named=named))
    history.write(tx, Event(now, actor.id, f"showcase:{showcase_id}", "named" if named else "not named"))
    if old.shown_at is None:
        _into_groups(tx, new, now=now)


def take_back(tx: Transaction, actor: Actor, showcase_id: int, *, now: datetime) -> None:
    """The resident takes it back: in the group it loses its words."""
    old = showcases.find(tx, showcase_id)
    if old is None or old.person_id != actor.id:
        raise ShowcaseNotSo
    _save(tx, old, old.take_back())
    history.write(tx, Event(now, actor.id, f"showcase:{showcase_id}", "taken back"))


def _open(tx: Transaction, showcase_id: int) -> Showcase:
    """One whose need may be spoken of in public, locked."""
    found = showcases.find(tx, showcase_id)
    if found is None or not is_public(tx, found):
        raise ShowcaseNotSo
    return found


def is_public(tx: Transaction, found: Showcase) -> bool:
    """Whether its need may be spoken of in public at all: it may have become confidential meanwhile."""
    need = needs.see(tx, found.need_id)
    return need is not None and need.guarded_by is None


def _into_groups(tx: Transaction, found: Showcase, *, now: datetime) -> None:
    telling.show_groups(tx, found.area_id, ShowcaseInGroup(found.id), now=now)


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: whoever helped has not answered, and is "a neighbour" in the group."""
    for showcase_id in ids:
        old = showcases.find(tx, showcase_id)
        if old is None or old.act_at is None or old.act_at > now:
            continue
        if is_public(tx, old):
            _into_groups(tx, _save(tx, old, old.show(now)), now=now)
        else:
            _save(tx, old, old.take_back())


def _save(tx: Transaction, old: Showcase, new: Showcase) -> Showcase:
    if old == new:
        return old
    if not showcases.save(tx, old, new):
        raise Unsettled(f"showcase {old.id} moved")
    outbox.touch(tx, f"showcase:{old.id}", f"need:{old.need_id}")
    return replace(new, version=old.version + 1)
