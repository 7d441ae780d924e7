"""Relatives: contacts agree in their chat, family answers and calls for somebody, and both sides may take it back."""

import secrets
from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, Relation, allowed, require
from bot.domain.alerts import Alert, AlertCard, Cause, Whom
from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInAsked
from bot.domain.errors import (
    ButtonInvalid,
    InvitationExpired,
    InvitationInvalid,
    InvitationUsed,
    LinkForAnother,
    RelativeGone,
)
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.plans import Channel, Plan, PlanState
from bot.domain.relatives import (
    CONSENT_VERSION,
    YES_OF,
    Bond,
    BondAsked,
    BondSettled,
    ContactAnswered,
    ContactAsked,
    ContactCard,
    ContactGone,
    ContactState,
    FamilyCard,
    Relative,
    RelativeCard,
    RelativeShown,
    Side,
)
from bot.services import alerts, checkins, people, plans, telling
from bot.storage import alerts as stored_alerts
from bot.storage import areas, history, invitations, outbox, persons, relatives
from bot.storage import checkins as stored_checkins
from bot.storage import plans as stored_plans
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event
from bot.storage.invitations import Invitation
from bot.storage.plans import Contact

# A contact's deep link begins with this.
PREFIX, PURPOSE = "f", "contact"


# --- links ---


def make_link(tx: Transaction, actor: Actor, prefix: str, purpose: str, area_id: int, *, now: datetime) -> str:
    """A deep link's payload that serves one purpose once, within seven days; only its hash is kept."""
    token = secrets.token_urlsafe(16)
    expires_at = now + people.INVITATION_LASTS
    invitations.make(tx, token, role=None, area_id=area_id, by=actor.id, expires_at=expires_at, purpose=purpose)
    return f"{prefix}{token}"


def read_link(tx: Transaction, actor: Actor, token: str, purpose: str, *, now: datetime) -> tuple[Invitation, int]:
    """A link and the number that it is about; not used up yet. InvitationInvalid, InvitationUsed, InvitationExpired."""
    found = invitations.find(tx, token)
    kind, _, number = (found.purpose or "" if found else "").partition(":")
    if found is None or kind != purpose:
        raise InvitationInvalid
    if found.used_by not in (None, actor.id):
        raise InvitationUsed
    if found.used_by is None and found.expires_at <= now:
        raise InvitationExpired
    return found, int(number)


# --- emergency contacts ---


def require_manage(tx: Transaction, actor: Actor, plan_id: int) -> Plan:
    """The plan, if this person looks after its family."""
    plan = plans.get(tx, plan_id)
    require(Action.FAMILY_MANAGE, actor, areas.line(tx, plan.area_id))
    return plan


def contact_of(tx: Transaction, actor: Actor, contact_id: int) -> tuple[Contact, Plan]:
    """An emergency contact with the plan, for who is in charge; RelativeGone when it was removed."""
    contact = stored_plans.contact(tx, contact_id)
    if contact is None:
        raise RelativeGone
    return contact, require_manage(tx, actor, contact.plan_id)


def invite_contact(tx: Transaction, actor: Actor, contact_id: int, *, now: datetime) -> str:
    """A link by which this contact comes into the chat and is asked; access is asked once more."""
    contact, plan = contact_of(tx, actor, contact_id)
    _noted(tx, actor, plan.id, "contact invited", now=now)
    return make_link(tx, actor, PREFIX, f"{PURPOSE}:{contact.id}", plan.area_id, now=now)


def open_link(tx: Transaction, actor: Actor, payload: str, *, now: datetime) -> ContactAsked:
    """A contact opens their link: it says what it means, and asks. The person themselves does not use it up."""
    token = payload.removeprefix(PREFIX)
    _, contact_id = read_link(tx, actor, token, PURPOSE, now=now)
    contact = stored_plans.contact(tx, contact_id)
    plan = None if contact is None else stored_plans.find(tx, contact.plan_id)
    if contact is None or plan is None or plan.state is PlanState.ENDED:
        raise RelativeGone
    if plan.person_id == actor.id:
        raise LinkForAnother
    relative = relatives.make(tx, plan.person_id, actor.id, contact.relation)
    if invitations.use(tx, token, actor.id):
        _save(tx, relative, replace(relative, contact_id=contact_id), actor, "opened", now=now)
    return ContactAsked(relative.id)


def answer_contact(tx: Transaction, actor: Actor, relative_id: int, *, yes: bool, now: datetime) -> None:
    """ "Yes, tell me", or not (any more): who is in charge hears, and the ladder keeps to it."""
    relative = _mine(tx, actor, relative_id)
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
    relatives.answer_contact(tx, contact.id, state, person_id=actor.id if yes else None, by=None, at=now)
    _moved(tx, actor, contact, state.value, now=now)
    outbox.touch(tx, RelativeShown(relative.id).subject)
    plan = stored_plans.find(tx, contact.plan_id)
    if plan is not None:
        telling.tell_coordinators(tx, plan.area_id, ContactAnswered(relative.id), now=now)


def record_contact(tx: Transaction, actor: Actor, contact_id: int, *, yes: bool, now: datetime) -> None:
    """ "I rang them, they agree" (or not): who, and when, is written down."""
    contact, _ = contact_of(tx, actor, contact_id)
    if contact.person_id is not None:
        # Who has a chat with us says so themselves.
        raise RelativeGone
    state = ContactState.AGREED if yes else ContactState.DECLINED
    relatives.answer_contact(tx, contact.id, state, person_id=None, by=actor.id, at=now)
    _moved(tx, actor, contact, f"{state.value}, by telephone", now=now)


def raise_contact(tx: Transaction, actor: Actor, contact_id: int, *, now: datetime) -> None:
    """They are told before the one who stood above them."""
    contact, plan = contact_of(tx, actor, contact_id)
    order = [one.id for one in stored_plans.contacts(tx, plan.id)]
    place = order.index(contact.id)
    if place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
        relatives.order_contacts(tx, order)
        outbox.touch(tx, *(ContactCard(one).subject for one in order))
        _moved(tx, actor, contact, "before the one above", now=now)


def remove_contact(tx: Transaction, actor: Actor, contact_id: int, *, now: datetime) -> FamilyCard:
    """They are not told any more, and hear so where the chat reaches them."""
    contact, plan = contact_of(tx, actor, contact_id)
    gone = relatives.of_contact(tx, contact_id)
    relatives.forget_contact(tx, contact_id)
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


# --- what a relative may do ---


def get(tx: Transaction, relative_id: int) -> Relative:
    """One relative; RelativeGone when there is none."""
    found = relatives.find(tx, relative_id)
    if found is None:
        raise RelativeGone
    return found


def area_of(tx: Transaction, relative: Relative) -> int:
    """Where the person lives, as far as it is known."""
    plan = stored_plans.of_person(tx, relative.person_id)
    area_id = plan.area_id if plan else persons.get(tx, relative.person_id).building_id
    first = areas.first(tx) if area_id is None else None
    return area_id or (first.id if first else 0)


def contact_state(tx: Transaction, relative: Relative) -> ContactState | None:
    """What this relative has said as an emergency contact; None: they are none."""
    contact = None if relative.contact_id is None else stored_plans.contact(tx, relative.contact_id)
    if contact is None:
        return None
    return contact.state if contact.person_id in (None, relative.relative_id) else ContactState.LEFT


def is_family(tx: Transaction, relative: Relative) -> bool:
    """Whether anything was agreed: whoever only proposed something, or has said no, is nobody's family here."""
    return contact_state(tx, relative) is ContactState.AGREED or any(relative.may(bond) for bond in Bond)


def side_of(tx: Transaction, actor: Actor, relative: Relative) -> Side | None:
    """As who this person looks at it; None: it is nothing of theirs."""
    if actor.id == relative.relative_id:
        return Side.RELATIVE
    if actor.id == relative.person_id:
        return Side.PERSON
    manages = allowed(Action.FAMILY_MANAGE, actor, areas.line(tx, area_of(tx, relative)))
    return Side.COORDINATOR if manages else None


def show(tx: Transaction, actor: Actor, relative_id: int) -> RelativeCard:
    """The card of one relative, for either side and for who is in charge."""
    relative = get(tx, relative_id)
    theirs = {Relation.FAMILY} if actor.id == relative.relative_id else set()
    mine = {Relation.SELF} if actor.id == relative.person_id else set()
    require(Action.FAMILY_SEE, actor, areas.line(tx, area_of(tx, relative)), theirs | mine)
    return RelativeCard(relative_id)


def wish(tx: Transaction, actor: Actor, home: Home, relative_id: int, bond: Bond, *, now: datetime) -> None:
    """A relative wishes it; the person is asked in their own chat, or who is in charge hears them agree."""
    relative = _mine(tx, actor, relative_id)
    if bond is Bond.SHARED and not relative.shared:
        # Whose telephone reaches whom is first proposed by who is in charge.
        raise ButtonInvalid
    new = relative.yes(bond, Side.RELATIVE)
    if new == relative:
        return
    _save(tx, relative, new, actor, f"{bond.value}: wished", now=now)
    _settle(tx, home, new, bond, Side.RELATIVE, now=now)


def offer(tx: Transaction, actor: Actor, home: Home, relative_id: int, *, now: datetime) -> None:
    """Who is in charge asks a relative whether their telephone may reach the person too; only for who has no chat."""
    relative = _managed(tx, actor, relative_id)
    if persons.has_chat(tx, relative.person_id) or relative.shared:
        raise ButtonInvalid
    history.write(tx, Event(now, actor.id, RelativeShown(relative_id).subject, "shared: offered"))
    # Whoever offers it has spoken with the person, and says so with their own name.
    _save(
        tx,
        relative,
        relative.yes(Bond.SHARED, Side.PERSON),
        actor,
        f"shared: agreed before a witness, text {CONSENT_VERSION}",
        now=now,
    )
    asked = BondAsked(relative_id, Bond.SHARED.value, Side.RELATIVE.value)
    telling.tell(tx, relative.relative_id, asked, now=now)


def allow(tx: Transaction, actor: Actor, home: Home, relative_id: int, bond: Bond, *, now: datetime) -> None:
    """The person agrees, in their own chat."""
    relative = get(tx, relative_id)
    themselves = {Relation.SELF} if actor.id == relative.person_id else set()
    require(Action.FAMILY_AGREE, actor, (), themselves)
    _agree(tx, actor, home, relative, bond, "agreed", now=now)


def witness(tx: Transaction, actor: Actor, home: Home, relative_id: int, bond: Bond, *, now: datetime) -> None:
    """Who is in charge has heard the person agree, and says so with their own name."""
    relative = _managed(tx, actor, relative_id)
    _agree(tx, actor, home, relative, bond, "agreed before a witness", now=now)


def _agree(
    tx: Transaction, actor: Actor, home: Home, relative: Relative, bond: Bond, event: str, *, now: datetime
) -> None:
    if not relative.marks(bond) & YES_OF[Side.RELATIVE]:
        # The relative has taken it back in the meantime.
        raise RelativeGone
    new = relative.yes(bond, Side.PERSON)
    if new == relative:
        return
    _save(tx, relative, new, actor, f"{bond.value}: {event}, text {CONSENT_VERSION}", now=now)
    _settle(tx, home, new, bond, Side.PERSON, now=now)


def _settle(tx: Transaction, home: Home, relative: Relative, bond: Bond, by: Side, *, now: datetime) -> None:
    """It holds, and the other side hears it; or the other one is asked."""
    if relative.may(bond):
        other = relative.relative_id if by is Side.PERSON else relative.person_id
        telling.tell(tx, other, BondSettled(relative.id, bond.value, True), now=now)
        if bond is Bond.SHARED:
            ask_again(tx, relative.relative_id, now=now)
        return
    if persons.has_chat(tx, relative.person_id):
        asked = BondAsked(relative.id, bond.value, Side.PERSON.value)
        telling.tell(tx, relative.person_id, asked, now=now)
        return
    for person_id in telling.coordinators_of(tx, area_of(tx, relative)):
        telling.tell_afresh(tx, person_id, RelativeCard(relative.id), now=now)


def withdraw(tx: Transaction, actor: Actor, home: Home, relative_id: int, bond: Bond, *, now: datetime) -> None:
    """Either side takes it back, or says no to it; the other hears. What waited on their telephone is knocked for."""
    relative = get(tx, relative_id)
    side = side_of(tx, actor, relative)
    if side is None:
        raise RelativeGone
    if not relative.marks(bond):
        return
    people_told = {relative.relative_id, relative.person_id} - {actor.id}
    if bond is Bond.SHARED and relative.may(bond):
        # Nothing reaches the person from here on, and their telephone was never their own.
        people_told -= {relative.person_id}
    _save(tx, relative, relative.no(bond), actor, f"{bond.value}: taken back", now=now)
    for person_id in sorted(people_told):
        telling.tell(tx, person_id, BondSettled(relative.id, bond.value, False), now=now)
    if bond is Bond.SHARED and persons.chat_of(tx, relative.person_id) is None:
        checkins.blocked(tx, home, relative.person_id, now=now)
    if bond is Bond.SHARED:
        ask_again(tx, relative.relative_id, now=now)


def ask_again(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """The keys of their telephone name somebody else, or nobody, from now on: what is open there is asked again."""
    for checkin in stored_checkins.waiting_until(tx, person_id):
        if checkin.channel is Channel.CHAT:
            telling.tell(tx, person_id, CheckInAsked(checkin.id), now=now)


# --- answering and calling for somebody ---


def say_well(tx: Transaction, actor: Actor, home: Home, relative_id: int, *, now: datetime) -> CheckIn | None:
    """ "My mother is well": it answers for her, with who said it. It ends no alert: whoever looks records what they find.

    None: nothing was asked. The alert that is open comes to whoever said so, to record there what they know.
    """
    relative = get(tx, relative_id)
    theirs = actor.id == relative.relative_id and relative.may(Bond.PROXY)
    require(Action.FAMILY_ANSWER, actor, (), {Relation.HOLDER} if theirs else set())
    person = persons.actor(tx, persons.get(tx, relative.person_id))
    if not checkins.is_asked(tx, person.id, at=now):
        return None
    said = checkins.answer(tx, person, home, CheckInAnswer.PROXY, at=now, now=now, by=actor.id)
    _written(tx, actor, relative, "answered for them", now=now)
    alert = stored_alerts.open_for(tx, person.id)
    if alert is not None:
        _on_it(tx, actor, alert, now=now)
    return said


def call(tx: Transaction, actor: Actor, home: Home, relative_id: int, *, now: datetime) -> Alert:
    """ "I cannot reach my mother": an alert at once; its card comes to whoever called."""
    relative = get(tx, relative_id)
    theirs = actor.id == relative.relative_id and is_family(tx, relative)
    require(Action.FAMILY_CALL, actor, (), {Relation.FAMILY} if theirs else set())
    alert = alerts.raise_alert(tx, home, relative.person_id, Cause.UNREACHED, now=now, by=actor.id)
    _written(tx, actor, relative, "cannot reach them", now=now)
    _on_it(tx, actor, alert, now=now)
    return alert


def _on_it(tx: Transaction, actor: Actor, alert: Alert, *, now: datetime) -> None:
    stored_alerts.tell(tx, alert.id, actor.id, Whom.CONTACTS, now)
    telling.tell_afresh(tx, actor.id, AlertCard(alert.id), now=now)


# --- parts ---


def _mine(tx: Transaction, actor: Actor, relative_id: int) -> Relative:
    relative = get(tx, relative_id)
    mine = {Relation.FAMILY} if actor.id == relative.relative_id else set()
    require(Action.FAMILY_WISH, actor, (), mine)
    return relative


def _managed(tx: Transaction, actor: Actor, relative_id: int) -> Relative:
    relative = get(tx, relative_id)
    require(Action.FAMILY_MANAGE, actor, areas.line(tx, area_of(tx, relative)))
    return relative


def _save(tx: Transaction, old: Relative, new: Relative, actor: Actor, event: str, *, now: datetime) -> None:
    if not relatives.save(tx, old, new):
        raise Unsettled(f"relative {old.id} moved")
    _written(tx, actor, new, event, now=now)


def _written(tx: Transaction, actor: Actor, relative: Relative, event: str, *, now: datetime) -> None:
    subject = RelativeShown(relative.id).subject
    history.write(tx, Event(now, actor.id, subject, event))
    plan = stored_plans.of_person(tx, relative.person_id)
    cards = (*(f"{subject}:{bond.value}" for bond in Bond), *((f"plan:{plan.id}",) if plan else ()))
    outbox.touch(tx, subject, *cards)
