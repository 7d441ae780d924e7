"""Emergency contacts: asked in their own chat or rung, told in an order, and never told against their word."""

from dataclasses import replace
from datetime import datetime

from bot.domain.errors import LinkForAnother, RelativeGone
from bot.domain.people import Actor
from bot.domain.plans import Plan, PlanState
from bot.domain.relatives import (
    ContactAnswered,
    ContactAsked,
    ContactCard,
    ContactGone,
    ContactState,
    FamilyCard,
    RelativeShown,
)
from bot.services import links, relatives, telling
from bot.storage import history, invitations, outbox
from bot.storage import plans as stored_plans
from bot.storage import relatives as stored
from bot.storage.database import Transaction
from bot.storage.history import Event
from bot.storage.plans import Contact

# A contact's deep link begins with this.
PREFIX, PURPOSE = "f", "contact"


def of(tx: Transaction, actor: Actor, contact_id: int) -> tuple[Contact, Plan]:
    """An emergency contact with the plan, for who is in charge; RelativeGone when it was removed."""
    contact = stored_plans.contact(tx, contact_id)
    if contact is None:
        raise RelativeGone
    return contact, relatives.require_manage(tx, actor, contact.plan_id)


def invite(tx: Transaction, actor: Actor, contact_id: int, *, now: datetime) -> str:
    """A link by which this contact comes into the chat and is asked; access is asked once more."""
    contact, plan = of(tx, actor, contact_id)
    _noted(tx, actor, plan.id, "contact invited", now=now)
    return links.make(tx, actor, PREFIX, f"{PURPOSE}:{contact.id}", plan.area_id, now=now)


def open_link(tx: Transaction, actor: Actor, payload: str, *, now: datetime) -> ContactAsked:
    """A contact opens their link: it says what it means, and asks. The person themselves does not use it up."""
    token = payload.removeprefix(PREFIX)
    _, contact_id = links.read(tx, actor, token, PURPOSE, now=now)
    contact = stored_plans.contact(tx, contact_id)
    plan = None if contact is None else stored_plans.find(tx, contact.plan_id)
    if contact is None or plan is None or plan.state is PlanState.ENDED:
        raise RelativeGone
    if plan.person_id == actor.id:
        raise LinkForAnother
    relative = stored.make(tx, plan.person_id, actor.id, contact.relation)
    if invitations.use(tx, token, actor.id):
        relatives.save(tx, relative, replace(relative, contact_id=contact_id), actor, "opened", now=now)
    return ContactAsked(relative.id)


def answer(tx: Transaction, actor: Actor, relative_id: int, *, yes: bool, now: datetime) -> None:
    """ "Yes, tell me", or not (any more): who is in charge hears, and the ladder keeps to it."""
    relative = relatives.mine(tx, actor, relative_id)
    contact = None if relative.contact_id is None else stored_plans.contact(tx, relative.contact_id)
    if contact is None:
        raise RelativeGone
    if not yes and contact.person_id not in (None, actor.id):
        # Somebody else is this contact in the meantime; their word is not this person's.
        return
    was_told = contact.state is ContactState.AGREED
    state = ContactState.AGREED if yes else ContactState.LEFT if was_told else ContactState.DECLINED
    if state is contact.state:
        return
    stored.answer_contact(tx, contact.id, state, person_id=actor.id if yes else None, by=None, at=now)
    _moved(tx, actor, contact, state.value, now=now)
    outbox.touch(tx, RelativeShown(relative.id).subject)
    plan = stored_plans.find(tx, contact.plan_id)
    if plan is not None:
        telling.tell_coordinators(tx, plan.area_id, ContactAnswered(relative.id), now=now)


def record(tx: Transaction, actor: Actor, contact_id: int, *, yes: bool, now: datetime) -> None:
    """ "I rang them, they agree" (or not): who, and when, is written down."""
    contact, _ = of(tx, actor, contact_id)
    if contact.person_id is not None:
        # Who has a chat with us says so themselves.
        raise RelativeGone
    state = ContactState.AGREED if yes else ContactState.DECLINED
    stored.answer_contact(tx, contact.id, state, person_id=None, by=actor.id, at=now)
    _moved(tx, actor, contact, f"{state.value}, by telephone", now=now)


def raise_(tx: Transaction, actor: Actor, contact_id: int, *, now: datetime) -> None:
    """They are told before the one who stood above them."""
    contact, plan = of(tx, actor, contact_id)
    order = [one.id for one in stored_plans.contacts(tx, plan.id)]
    place = order.index(contact.id)
    if place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
        stored.order_contacts(tx, order)
        outbox.touch(tx, *(ContactCard(one).subject for one in order))
        _moved(tx, actor, contact, "before the one above", now=now)


def remove(tx: Transaction, actor: Actor, contact_id: int, *, now: datetime) -> FamilyCard:
    """They are not told any more, and hear so where the chat reaches them."""
    contact, plan = of(tx, actor, contact_id)
    gone = stored.of_contact(tx, contact_id)
    stored.forget_contact(tx, contact_id)
    for relative in gone:
        outbox.touch(tx, RelativeShown(relative.id).subject)
        if contact.person_id == relative.relative_id:
            telling.tell(tx, relative.relative_id, ContactGone(relative.id), now=now)
    _moved(tx, actor, contact, "contact removed", now=now)
    return FamilyCard(plan.id)


def _moved(tx: Transaction, actor: Actor, contact: Contact, event: str, *, now: datetime) -> None:
    history.write(tx, Event(now, actor.id, f"contact:{contact.id}", event, contact.state.value))
    _noted(tx, actor, contact.plan_id, event, now=now)
    outbox.touch(tx, ContactCard(contact.id).subject, FamilyCard(contact.plan_id).subject)


def _noted(tx: Transaction, actor: Actor, plan_id: int, event: str, *, now: datetime) -> None:
    history.write(tx, Event(now, actor.id, f"plan:{plan_id}", event))
