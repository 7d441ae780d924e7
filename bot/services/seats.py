"""Several go to one need: somebody comes along, does not after all, or leads; and how many are to go is said."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.errors import NeedElsewhere, NeedNotSo
from bot.domain.home import Home
from bot.domain.needs import REMIND_AT_MOST_EVERY, Need, OfferCard, Release, State
from bot.domain.notices import Priority
from bot.domain.people import Actor
from bot.domain.seats import Party, SeatJoined, SeatLed, SeatLeft, SeatsAsked, SeatsMissing
from bot.services import matching, parties, secrecy, telling
from bot.storage import areas, handovers, helpers, history, needs, outbox, seats
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event


def join(tx: Transaction, actor: Actor, need: Need, *, now: datetime) -> Need:
    """A volunteer comes along: the first taps win the seats, and everybody who goes hears who else does. The need is locked,
    and they may claim it. NeedTaken, ExperiencedWanted, NeedElsewhere."""
    before = parties.party(tx, need)
    joined = before.join(actor.id, new=parties.accompanied(tx, actor.id, need.area_id))
    if joined == before:
        return need
    if actor.id in parties.kept_apart(tx, before):
        raise NeedElsewhere
    seats.join(tx, need.id, actor.id, now)
    new = note(tx, actor.id, need, "joined", now)
    parties.settle(tx, new, now=now)
    helpers.spoke(tx, actor.id)
    telling.tell(tx, actor.id, OfferCard(need.id), now=now, priority=Priority.ANSWER)
    for person_id in (need.person_id, *before.people):
        telling.tell(tx, person_id, SeatJoined(need.id), now=now)
    return new


def leave(
    tx: Transaction,
    home: Home,
    need: Need,
    person_id: int,
    *,
    by: int | None,
    now: datetime,
    reason: Release | None = None,
) -> Need:
    """Somebody does not come along after all: whoever leads hears, and others are asked. The need is locked."""
    seats.leave(tx, need.id, person_id, now)
    not_again(tx, need, person_id, now)
    new = note(tx, by, need, "left", now, detail=reason and reason.value)
    ask_others(tx, home, new, now=now)
    if need.claimed_by is not None:
        telling.tell(tx, need.claimed_by, SeatLeft(need.id), now=now)
    return new


def led_on(tx: Transaction, need: Need, *, now: datetime) -> None:
    """Somebody who came along leads from now on."""
    if need.claimed_by in seats.along(tx, need.id):
        seats.leave(tx, need.id, need.claimed_by, now)
        telling.tell(tx, need.claimed_by, SeatLed(need.id), now=now)


def ask_others(tx: Transaction, home: Home, need: Need, *, now: datetime) -> None:
    """Somebody left: others are asked, also who was asked before, unless nobody is missing."""
    parties.settle(tx, need, now=now)
    if parties.wanting(tx, need):
        matching.begin(tx, home, need, now=now)


def not_again(tx: Transaction, need: Need, person_id: int, now: datetime) -> None:
    """Whoever gave it back is not asked for it again, and asks nobody to go instead."""
    handovers.drop(tx, need.id, person_id)
    needs.offer(tx, need.id, person_id, reason="community", skill=None, now=now)
    needs.released(tx, need.id, person_id)


# --- how many ---


def ask_how_many(tx: Transaction, actor: Actor, need_id: int) -> SeatsAsked:
    """How many are to go?"""
    _permitted(tx, actor, need_id)
    return SeatsAsked(need_id)


def ask(tx: Transaction, actor: Actor, home: Home, need_id: int, count: int, *, now: datetime) -> Need:
    """So many are to go: if somebody goes already, more are asked at once. ButtonInvalid, SeatsTaken, NeedNotSo."""
    need = _permitted(tx, actor, need_id)
    before = parties.party(tx, need)
    after = before.seat(count)
    if after == before:
        return need
    seats.ask(tx, need_id, count)
    new = note(tx, actor.id, need, "seats", now, detail=str(count))
    if need.state is State.CLAIMED and after.missing > before.missing:
        ask_others(tx, home, new, now=now)
    else:
        parties.settle(tx, new, now=now)
    return new


def _permitted(tx: Transaction, actor: Actor, need_id: int) -> Need:
    need = secrecy.find(tx, actor, need_id)
    relations = {Relation.REQUESTER} if need.person_id == actor.id else set()
    require(Action.NEED_SEATS, actor, areas.line(tx, need.area_id), relations)
    if need.state not in (State.OPEN, State.CLAIMED):
        raise NeedNotSo(need.state.value)
    return need


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: seats have been empty for long; whoever is in charge hears, and whoever leads that they should wait."""
    for need_id in ids:
        need, at = needs.find(tx, need_id), seats.look_of(tx, need_id)
        if need is None or at is None or at > now:
            continue
        going = parties.party(tx, need)
        if need.state is State.CLAIMED and going.missing:
            _tell_missing(tx, need, going, now=now)
            again = now + REMIND_AT_MOST_EVERY if need.window is None else need.window.next_look(now)
            seats.look_at(tx, need_id, again)
        else:
            seats.look_at(tx, need_id, None)


def _tell_missing(tx: Transaction, need: Need, going: Party, *, now: datetime) -> None:
    in_charge = telling.coordinators_of(tx, need.area_id)
    lead = going.people[:1] if going.alone else ()
    for person_id in dict.fromkeys((*in_charge, *lead)):
        telling.tell(tx, person_id, SeatsMissing(need.id), now=now)


def note(
    tx: Transaction,
    by: int | None,
    need: Need,
    event: str,
    now: datetime,
    *,
    new: Need | None = None,
    detail: str | None = None,
) -> Need:
    """Who goes has changed (`new`: who leads, too): its cards are drawn again and its history goes on."""
    if not needs.save(tx, need, new or need):
        raise Unsettled(f"need {need.id} moved")
    state = need.state.value
    history.write(tx, Event(now, by, f"need:{need.id}", event, state, state, detail))
    outbox.touch(tx, f"need:{need.id}")
    return replace(new or need, version=need.version + 1)
