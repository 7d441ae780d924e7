"""Somebody who goes asks another by name to go instead; until that one says yes it stays with whoever has it."""

from datetime import datetime

from bot.domain.access import Action
from bot.domain.errors import ButtonInvalid, HandoverOver
from bot.domain.handovers import (
    Handover,
    HandoverCard,
    HandoverDeclined,
    HandoverDone,
    HandoverNotice,
    HandoverRanOut,
    HandoverTold,
    asked,
)
from bot.domain.home import Home
from bot.domain.needs import Need, OfferCard
from bot.domain.notices import Priority
from bot.domain.people import Actor
from bot.domain.seats import SeatJoined
from bot.services import assignments, needs, parties, seats, secrecy, telling
from bot.storage import handovers, helpers, outbox
from bot.storage import needs as stored_needs
from bot.storage import seats as stored_seats
from bot.storage.database import Transaction


def whom(
    tx: Transaction, actor: Actor, home: Home, need_id: int, *, limit: int, offset: int, now: datetime
) -> list[tuple[int, bool]]:
    """Who could go instead of this person, the likeliest first: their number, and whether they rest just now."""
    need = _going(tx, actor, need_id)
    return assignments.able(tx, home, need, now=now)[offset : offset + limit]


def ask(tx: Transaction, actor: Actor, home: Home, need_id: int, person_id: int, *, now: datetime) -> None:
    """Somebody is asked to go instead; whoever was asked before is not any more. ButtonInvalid for whoever may not go."""
    need = _going(tx, actor, need_id)
    if person_id not in [one for one, _ in assignments.able(tx, home, need, now=now)]:
        raise ButtonInvalid
    handovers.ask(tx, asked(need, actor.id, person_id, now))
    seats.note(tx, actor.id, need, "handover asked", now, detail=str(person_id))
    telling.tell_afresh(tx, person_id, HandoverCard(need_id), now=now)


def accept(tx: Transaction, actor: Actor, home: Home, need_id: int, *, now: datetime) -> Need:
    """They go instead: the address leaves one card and comes onto the other, and everybody hears. Whoever goes already
    changes nothing. HandoverOver when it was settled otherwise meanwhile; NotAllowed for whoever may not help any more."""
    need = needs.permitted(tx, actor, need_id, Action.NEED_CLAIM)
    if parties.goes(tx, need, actor.id):
        return need
    question = _open(tx, need, actor.id)
    before = parties.party(tx, need)
    new = _moved(tx, need, question, now)
    seats.not_again(tx, new, question.from_id, now)
    if parties.party(tx, new).missing > before.missing:
        seats.ask_others(tx, home, new, now=now)
    else:
        parties.settle(tx, new, now=now)
    _tell_all(tx, new, question, now=now)
    return new


def _moved(tx: Transaction, need: Need, question: Handover, now: datetime) -> Need:
    """Whoever was asked leads, or sits, where whoever asked did."""
    new = need
    if need.claimed_by == question.from_id:
        new = need.take_over(question.to_id, now)
    else:
        stored_seats.leave(tx, need.id, question.from_id, now)
        stored_seats.join(tx, need.id, question.to_id, now)
    return seats.note(tx, question.to_id, need, "handed over", now, new=new, detail=str(question.from_id))


def _tell_all(tx: Transaction, need: Need, question: Handover, *, now: datetime) -> None:
    helpers.spoke(tx, question.to_id)
    telling.tell(tx, question.to_id, OfferCard(need.id), now=now, priority=Priority.ANSWER)
    telling.tell(tx, question.from_id, HandoverDone(need.id, question.to_id), now=now)
    telling.tell(tx, need.person_id, HandoverTold(need.id), now=now)
    for person_id in parties.helpers_of(tx, need):
        if person_id != question.to_id:
            telling.tell(tx, person_id, SeatJoined(need.id), now=now)


def decline(tx: Transaction, actor: Actor, need_id: int, *, now: datetime) -> None:
    """They cannot: it stays with whoever asked, who hears so. HandoverOver when nobody waits for an answer."""
    need = secrecy.find(tx, actor, need_id)
    question = _open(tx, need, actor.id)
    _over(tx, question, HandoverDeclined(need_id, actor.id), now=now)
    seats.note(tx, actor.id, need, "handover declined", now, detail=str(question.from_id))


def gone(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """Somebody can be asked nothing any more: whoever waits for their answer hears that it is no."""
    for question in handovers.all_to(tx, person_id):
        _over(tx, question, HandoverDeclined(question.need_id, person_id), now=now)


def pending(tx: Transaction, need: Need, person_id: int | None) -> Handover | None:
    """Whom this person has asked to go instead; None: nobody, or they do not go any more."""
    goes = person_id is not None and parties.goes(tx, need, person_id)
    return handovers.by(tx, need.id, person_id) if goes and person_id is not None else None


def waits_for(tx: Transaction, need: Need, person_id: int | None) -> Handover | None:
    """Who waits for this person's answer; None: nobody, or that one does not go any more."""
    question = None if person_id is None else handovers.to(tx, need.id, person_id)
    return question if question is not None and parties.goes(tx, need, question.from_id) else None


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: no answer is no, and it stays with whoever asked, who hears so."""
    for handover_id in ids:
        question = handovers.find(tx, handover_id)
        if question is not None and question.act_at <= now:
            _over(tx, question, HandoverRanOut(question.need_id, question.to_id), now=now)


def _over(tx: Transaction, question: Handover, notice: HandoverNotice, *, now: datetime) -> None:
    """The question is over: its card says so, and whoever asked and still goes hears what became of it."""
    need = stored_needs.find(tx, question.need_id)
    handovers.drop(tx, question.need_id, question.from_id)
    outbox.touch(tx, f"need:{question.need_id}")
    if need is not None and parties.goes(tx, need, question.from_id):
        telling.tell(tx, question.from_id, notice, now=now)


def _open(tx: Transaction, need: Need, person_id: int) -> Handover:
    question = waits_for(tx, need, person_id)
    if question is None:
        raise HandoverOver
    return question


def _going(tx: Transaction, actor: Actor, need_id: int) -> Need:
    """The need, if this person goes: needs.permitted says kindly who has it otherwise."""
    return needs.permitted(tx, actor, need_id, Action.ADDRESS_SEE)
