"""Money between the sides of a need: said beforehand, stated afterwards, settled by one tap of each."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, Relation, allowed, require
from bot.domain.errors import ButtonInvalid, DraftGone, NeedGone, NeedNotSo, ReceiptNotSo
from bot.domain.home import Home
from bot.domain.media import Media, Sent, subject_of
from bot.domain.needs import Need, ResidentCard, State
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.domain.receipts import (
    MOST_CENTS,
    RECEIPT,
    SETTLED_WITHIN,
    Budget,
    BudgetKept,
    CeilingAsked,
    Payer,
    Receipt,
    ReceiptAsked,
    ReceiptCard,
    ReceiptPhoto,
    Side,
    given_and_spent,
)
from bot.domain.visitors import check_photo
from bot.services import drafts, people, secrecy, telling, visits
from bot.storage import areas, history, media, needs, outbox, receipts
from bot.storage import drafts as stored_drafts
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

DRAFT, NEED = "draft", "need"
CEILING, STATE, PHOTO = "ceiling", "receipt", "receipt-photo"


# --- beforehand ---


def require_budget(tx: Transaction, actor: Actor, noun: str, number: int) -> None:
    """Whether this person may say who pays: for their own draft, or their own need until it is done."""
    if noun == DRAFT:
        draft = stored_drafts.find(tx, actor.id)
        if draft is None or draft.number != number:
            raise DraftGone
        return
    if noun != NEED:
        raise ButtonInvalid
    need = secrecy.find(tx, actor, number)
    require(Action.NEED_EDIT, actor, (), {Relation.REQUESTER} if need.person_id == actor.id else ())
    if need.state not in (State.OPEN, State.CLAIMED):
        raise NeedNotSo(need.state.value)


def choose(tx: Transaction, actor: Actor, home: Home, noun: str, number: int, payer: Payer, *, now: datetime) -> Notice:
    """This is who pays; how much at most is asked where money goes from hand to hand."""
    _set(tx, actor, noun, number, Budget(payer), now=now)
    if not payer.moves_money:
        return kept(actor, noun, number)
    people.ask(tx, actor, home, f"{CEILING}:{noun}:{number}", now=now)
    return CeilingAsked(noun, number)


def limit(
    tx: Transaction, actor: Actor, home: Home, noun: str, number: int, cents: int | None, *, now: datetime
) -> Notice:
    """So much at most; None: no limit. ButtonInvalid where no money goes from hand to hand, or for a forged amount."""
    budget = budget_of(tx, actor, noun, number)
    if budget is None or not budget.payer.moves_money or (cents is not None and not 0 < cents <= MOST_CENTS):
        raise ButtonInvalid
    _set(tx, actor, noun, number, replace(budget, ceiling=cents), now=now)
    if ceiling_asked(people.asked(tx, actor, now=now)) is not None:
        people.ask(tx, actor, home, None, now=now)
    return kept(actor, noun, number)


def ceiling_asked(question: str | None) -> tuple[str, int] | None:
    """For what the next message says how much at most; None: for nothing."""
    parts = (question or "").split(":")
    return (parts[1], int(parts[2])) if len(parts) == 3 and parts[0] == CEILING else None


def budget_of(tx: Transaction, actor: Actor, noun: str, number: int) -> Budget | None:
    """What was said of the money; None: nothing."""
    if noun == NEED:
        return receipts.budget_of(tx, number)
    draft = stored_drafts.find(tx, actor.id)
    return None if draft is None or draft.number != number else draft.budget


def kept(actor: Actor, noun: str, number: int) -> Notice:
    """Where it is seen now."""
    return BudgetKept(noun, number) if noun == DRAFT else ResidentCard(number)


def _set(tx: Transaction, actor: Actor, noun: str, number: int, budget: Budget, *, now: datetime) -> None:
    require_budget(tx, actor, noun, number)
    if noun == DRAFT:
        drafts.change(tx, actor, number, lambda draft: replace(draft, budget=budget))
        return
    receipts.set_budget(tx, number, budget)
    history.write(tx, Event(now, actor.id, f"need:{number}", "money", after=budget.payer.value))
    outbox.touch(tx, f"need:{number}")


# --- afterwards ---


def ask(tx: Transaction, actor: Actor, home: Home, visit_id: int, *, now: datetime) -> ReceiptAsked:
    """What did it come to? Asked of whoever was there."""
    visit = visits.over(tx, actor, visit_id)
    budget = receipts.budget_of(tx, visit.need_id)
    people.ask(tx, actor, home, f"{STATE}:{visit_id}", now=now)
    return ReceiptAsked(visit_id, budget is not None and budget.payer is Payer.BEFOREHAND)


def state(tx: Transaction, actor: Actor, visit_id: int, words: str, *, now: datetime) -> Receipt:
    """So much was given and spent: both sides see it and say whether it is settled.

    AmountUnclear, AmountTooLarge, ReceiptNotSo.
    """
    visit = visits.over(tx, actor, visit_id)
    need = secrecy.find(tx, actor, visit.need_id)
    given, spent = given_and_spent(words, receipts.budget_of(tx, need.id))
    old = receipts.of_helper(tx, need.id, actor.id)
    if old is None:
        made = receipts.make(
            tx,
            Receipt(0, need.bot_id, need.id, actor.id, given, spent, now, act_at=now + SETTLED_WITHIN),
        )
    else:
        made = _save(tx, old, old.stated(given, spent, now))
    history.write(tx, Event(now, actor.id, subject_of(RECEIPT, made.id), "stated", after=f"{given}/{spent}"))
    for person_id in (need.person_id, actor.id):
        telling.tell_afresh(tx, person_id, ReceiptCard(made.id), now=now)
    outbox.touch(tx, f"visit:{visit_id}")
    return made


def add_photo(
    tx: Transaction, actor: Actor, home: Home, receipt_id: int, sent: Sent, *, at: datetime, now: datetime
) -> None:
    """The receipt itself, for the resident. PhotoNotSo, ReceiptNotSo."""
    receipt, need = _find(tx, actor, receipt_id)
    if receipt.helper_id != actor.id:
        raise ReceiptNotSo
    check_photo(sent)
    subject = subject_of(RECEIPT, receipt_id)
    found = media.keep(tx, Media(0, home.bot_id, actor.id, sent.kind, sent.file_id, subject, at))
    telling.tell(tx, need.person_id, ReceiptPhoto(receipt_id, found.id), now=now)
    outbox.touch(tx, subject)


def agree(tx: Transaction, actor: Actor, receipt_id: int, *, now: datetime) -> Receipt:
    """ "The money is settled", said by either side; with both it is."""
    old, need = _find(tx, actor, receipt_id)
    side = _side(tx, actor, old, need)
    new = _save(tx, old, old.agreed(side, now))
    if new != old:
        history.write(tx, Event(now, actor.id, subject_of(RECEIPT, receipt_id), f"settled by {side.value}"))
    return new


def dispute(tx: Transaction, actor: Actor, receipt_id: int, *, now: datetime) -> Receipt:
    """ "That is not right", said by either side: who is in charge sees to it. ReceiptNotSo once it is settled."""
    old, need = _find(tx, actor, receipt_id)
    _side(tx, actor, old, need)
    new = _save(tx, old, old.disputed(now))
    if new != old:
        history.write(tx, Event(now, actor.id, subject_of(RECEIPT, receipt_id), "disputed"))
        _tell_judges(tx, new, need, now=now)
    return new


def close(tx: Transaction, actor: Actor, receipt_id: int, *, now: datetime) -> Receipt:
    """Who is in charge has seen to it."""
    old, need = _find(tx, actor, receipt_id)
    require(Action.RECEIPT_DECIDE, actor, areas.line(tx, need.area_id))
    if actor.id in (old.helper_id, need.person_id):
        raise ReceiptNotSo
    history.write(tx, Event(now, actor.id, subject_of(RECEIPT, receipt_id), "closed"))
    return _save(tx, old, old.closed(now))


def side_of(receipt: Receipt, need: Need, person_id: int | None) -> Side | None:
    """On which side of the money somebody is; None: on neither."""
    if person_id == receipt.helper_id:
        return Side.HELPER
    return Side.RESIDENT if person_id == need.person_id else None


def _side(tx: Transaction, actor: Actor, receipt: Receipt, need: Need) -> Side:
    side = side_of(receipt, need, actor.id)
    require(Action.RECEIPT_SETTLE, actor, (), {Relation.SELF} if side is not None else ())
    return side or Side.RESIDENT


def may_see(tx: Transaction, actor: Actor, receipt: Receipt, need: Need) -> bool:
    """The two sides, and who is in charge once it is theirs to see to."""
    in_charge = allowed(Action.RECEIPT_DECIDE, actor, areas.line(tx, need.area_id))
    return side_of(receipt, need, actor.id) is not None or in_charge


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: what two people have not settled in two days is shown to who is in charge."""
    for receipt_id in ids:
        old = receipts.find(tx, receipt_id)
        need = None if old is None else needs.see(tx, old.need_id)
        if old is None or need is None or old.act_at is None or old.act_at > now:
            continue
        new = _save(tx, old, replace(old, act_at=None))
        if new.settled_at is None:
            _tell_judges(tx, new, need, now=now)


def _tell_judges(tx: Transaction, receipt: Receipt, need: Need, *, now: datetime) -> None:
    people_there = [*telling.coordinators_of(tx, need.area_id), *telling.administrators_of(tx, need.area_id)]
    for person_id in dict.fromkeys(people_there):
        if side_of(receipt, need, person_id) is None:
            telling.tell_afresh(tx, person_id, ReceiptCard(receipt.id), now=now)


def _find(tx: Transaction, actor: Actor, receipt_id: int) -> tuple[Receipt, Need]:
    found = receipts.find(tx, receipt_id)
    if found is None:
        raise NeedGone
    return found, secrecy.find(tx, actor, found.need_id)


def _save(tx: Transaction, old: Receipt, new: Receipt) -> Receipt:
    if new == old:
        return old
    if not receipts.save(tx, old, new):
        raise Unsettled(f"receipt {old.id} moved")
    outbox.touch(tx, subject_of(RECEIPT, old.id))
    return replace(new, version=old.version + 1)
