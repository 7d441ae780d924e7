"""Somebody did not feel safe: who is in charge hears at once, the two are kept apart, and it is kept until it was seen to."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, Relation, allowed, require
from bot.domain.errors import NeedNotSo, NotAllowed, UneaseNotSo
from bot.domain.home import Home
from bot.domain.needs import Need
from bot.domain.people import Actor
from bot.domain.unease import REMIND_EVERY, Unease, UneaseCard, UneaseHandled, VisitMoved
from bot.services import needs, secrecy, telling
from bot.storage import areas, history, outbox, unease
from bot.storage import needs as stored_needs
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event


def other_of(tx: Transaction, actor: Actor, need_id: int) -> tuple[Need, int]:
    """The need, and with whom this person was on it. NotAllowed for whoever was not, NeedNotSo while nobody has come."""
    need = secrecy.find(tx, actor, need_id)
    came = [one for one in dict.fromkeys((need.claimed_by, *unease.visitors(tx, need_id))) if one is not None]
    asked = {Relation.REQUESTER} if actor.id == need.person_id else set()
    helped = {Relation.HELPED} if actor.id in came else set()
    require(Action.UNEASE_SAY, actor, areas.line(tx, need.area_id), asked | helped)
    if not asked:
        return need, need.person_id
    others = [one for one in came if one != actor.id]
    if not others:
        raise NeedNotSo(need.state.value)
    return need, others[0]


def say(tx: Transaction, actor: Actor, home: Home, need_id: int, *, now: datetime) -> Unease:
    """They did not feel safe. Who is in charge hears at once; what the helper has in hand there goes back quietly."""
    need, other_id = other_of(tx, actor, need_id)
    helper_id = other_id if actor.id == need.person_id else actor.id
    fresh = Unease(0, home.bot_id, need_id, need.area_id, actor.id, other_id, helper_id, now, act_at=now + REMIND_EVERY)
    made = unease.make(tx, fresh)
    if made is None:
        return _waiting(tx, need_id, actor.id)
    history.write(tx, Event(now, actor.id, f"unease:{made.id}", "said"))
    _keep_apart(tx, home, need.person_id, helper_id, quietly=actor.id != helper_id, now=now)
    _tell_keepers(tx, made, now=now)
    return made


def _waiting(tx: Transaction, need_id: int, person_id: int) -> Unease:
    found = unease.waiting(tx, need_id, person_id)
    if found is None:
        raise Unsettled(f"unease of need {need_id} moved")
    return found


def _keep_apart(tx: Transaction, home: Home, resident_id: int, helper_id: int, *, quietly: bool, now: datetime) -> None:
    """Whatever the helper has in hand at this resident goes back. `quietly`: they are told no reason, for they know of none."""
    held = stored_needs.claimed_by(tx, helper_id)
    there = [one.id for one in held if one.person_id == resident_id]
    if not there:
        return
    needs.take_back(tx, home, helper_id, by=None, now=now, kept=[one.id for one in held if one.id not in there])
    for need_id in there if quietly else ():
        telling.tell(tx, helper_id, VisitMoved(need_id), now=now)


def write(tx: Transaction, actor: Actor, unease_id: int, words: str, *, now: datetime) -> Unease:
    """What happened, in their own words. TextEmpty, TextTooLong; UneaseNotSo once it was handled."""
    old = mine(tx, actor, unease_id)
    history.write(tx, Event(now, actor.id, f"unease:{unease_id}", "written"))
    return _save(tx, old, old.say(words))


def mine(tx: Transaction, actor: Actor, unease_id: int) -> Unease:
    """What this person has said themselves; UneaseNotSo for anything else, so that nobody learns what there is."""
    found = unease.find(tx, unease_id)
    if found is None or found.person_id != actor.id:
        raise UneaseNotSo
    return found


# --- who is in charge ---


def keepers(tx: Transaction, found: Unease) -> list[int]:
    """Who sees to it: whoever is in charge there and no part of it; whoever said it, when there is nobody else.

    Never the other side, whatever roles they hold.
    """
    in_charge = (*telling.coordinators_of(tx, found.area_id), *telling.administrators_of(tx, found.area_id))
    able = [one for one in dict.fromkeys(in_charge) if one != found.other_id]
    return [one for one in able if one != found.person_id] or able


def _tell_keepers(tx: Transaction, found: Unease, *, now: datetime) -> None:
    for person_id in first_of(keepers(tx, found), telling.coordinators_of(tx, found.area_id)):
        telling.tell_afresh(tx, person_id, UneaseCard(found.id), now=now)


def first_of(able: list[int], nearest: Iterable[int]) -> list[int]:
    """Those who are nearest, or, where none of them can see to it, all who can."""
    return [one for one in nearest if one in able] or able


def require_keeper(tx: Transaction, actor: Actor, unease_id: int) -> Unease:
    """What was said, its row locked, for who sees to it now; NotAllowed for anybody else, even where there is nothing."""
    found = unease.find(tx, unease_id)
    if found is None or not may_keep(tx, actor, found):
        raise NotAllowed(Action.UNEASE_HANDLE.value)
    return found


def may_keep(tx: Transaction, actor: Actor, found: Unease) -> bool:
    """Whether this person sees to it now."""
    in_charge = allowed(Action.UNEASE_HANDLE, actor, areas.line(tx, found.area_id))
    return in_charge and actor.id in keepers(tx, found)


def show_telephone(tx: Transaction, actor: Actor, unease_id: int, *, now: datetime) -> Unease:
    """Who sees to it wants to ring whoever said it; that is written down, as every showing is.

    Of the other side nothing is shown: they would read in /me that somebody wanted to ring them.
    """
    found = require_keeper(tx, actor, unease_id)
    subject = f"unease:{unease_id}"
    history.disclosed(tx, viewer_id=actor.id, person_id=found.person_id, subject=subject, now=now)
    return found


def handle(tx: Transaction, actor: Actor, unease_id: int, note: str, *, now: datetime) -> Unease:
    """Who is in charge writes what was done, and whoever said it hears that. The two stay apart until it is lifted."""
    old = require_keeper(tx, actor, unease_id)
    new = _save(tx, old, old.handled(actor.id, note, now))
    history.write(tx, Event(now, actor.id, f"unease:{unease_id}", "handled"))
    if old.person_id != actor.id:
        telling.tell(tx, old.person_id, UneaseHandled(unease_id), now=now)
    return new


def lift(tx: Transaction, actor: Actor, unease_id: int, *, now: datetime) -> Unease:
    """The two may be brought together again."""
    old = require_keeper(tx, actor, unease_id)
    history.write(tx, Event(now, actor.id, f"unease:{unease_id}", "lifted"))
    return _save(tx, old, old.lifted(now))


def unreachable(tx: Transaction, unease_id: int, *, now: datetime) -> None:
    """Whoever is in charge cannot be told: whoever is next is, at once."""
    found = unease.find(tx, unease_id)
    if found is not None and found.handled_at is None:
        unease.postpone(tx, unease_id, now)


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: who is in charge reads of it again each day until somebody has written what was done."""
    for unease_id in ids:
        old = unease.find(tx, unease_id)
        if old is not None and old.act_at is not None and old.act_at <= now:
            _tell_keepers(tx, _save(tx, old, old.reminded(now)), now=now)


def _save(tx: Transaction, old: Unease, new: Unease) -> Unease:
    if old == new:
        return old
    if not unease.save(tx, old, new):
        raise Unsettled(f"unease {old.id} moved")
    outbox.touch(tx, f"unease:{old.id}")
    return replace(new, version=old.version + 1)
