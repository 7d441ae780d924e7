"""Relatives: contacts agree in their chat, family answers and calls for somebody, and both sides may take it back."""

from datetime import datetime

from bot.domain.access import Action, Relation, allowed, require
from bot.domain.alerts import Alert, AlertCard, Cause, Whom
from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInAsked
from bot.domain.errors import (
    ButtonInvalid,
    RelativeGone,
)
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.plans import Channel, Plan
from bot.domain.relatives import (
    CONSENT_VERSION,
    YES_OF,
    Bond,
    BondAsked,
    BondSettled,
    ContactState,
    Relative,
    RelativeCard,
    RelativeShown,
    Side,
)
from bot.domain.telephones import TelephoneKeys
from bot.services import alerts, checkins, plans, telling
from bot.storage import alerts as stored_alerts
from bot.storage import areas, history, outbox, persons, relatives
from bot.storage import checkins as stored_checkins
from bot.storage import plans as stored_plans
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

# A contact's deep link begins with this.
PREFIX, PURPOSE = "f", "contact"


def require_manage(tx: Transaction, actor: Actor, plan_id: int) -> Plan:
    """The plan, if this person looks after its family."""
    plan = plans.get(tx, plan_id)
    require(Action.FAMILY_MANAGE, actor, areas.line(tx, plan.area_id))
    return plan


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
    relative = mine(tx, actor, relative_id)
    if bond is Bond.SHARED and not relative.shared:
        # Whose telephone reaches whom is first proposed by who is in charge.
        raise ButtonInvalid
    new = relative.yes(bond, Side.RELATIVE)
    if new == relative:
        return
    save(tx, relative, new, actor, f"{bond.value}: wished", now=now)
    _settle(tx, home, new, bond, Side.RELATIVE, now=now)


def offer(tx: Transaction, actor: Actor, home: Home, relative_id: int, *, now: datetime) -> None:
    """Who is in charge asks a relative whether their telephone may reach the person too; only for who has no chat."""
    relative = _managed(tx, actor, relative_id)
    if persons.has_chat(tx, relative.person_id) or relative.shared:
        raise ButtonInvalid
    history.write(tx, Event(now, actor.id, RelativeShown(relative_id).subject, "shared: offered"))
    # Whoever offers it has spoken with the person, and says so with their own name.
    save(
        tx,
        relative,
        relative.yes(Bond.SHARED, Side.PERSON),
        actor,
        f"shared: agreed before a witness, text {CONSENT_VERSION}",
        now=now,
    )
    asked = BondAsked(relative_id, Bond.SHARED.value, Side.RELATIVE.value)
    telling.tell_afresh(tx, relative.relative_id, asked, now=now)


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
    save(tx, relative, new, actor, f"{bond.value}: {event}, text {CONSENT_VERSION}", now=now)
    _settle(tx, home, new, bond, Side.PERSON, now=now)


def _settle(tx: Transaction, home: Home, relative: Relative, bond: Bond, by: Side, *, now: datetime) -> None:
    """It holds, and the other side hears it; or the other one is asked."""
    if relative.may(bond):
        other = relative.relative_id if by is Side.PERSON else relative.person_id
        telling.tell(tx, other, BondSettled(relative.id, bond.value, True), now=now)
        if bond is Bond.SHARED:
            change_keys(tx, relative.relative_id, now=now)
        return
    if persons.has_chat(tx, relative.person_id):
        asked = BondAsked(relative.id, bond.value, Side.PERSON.value)
        telling.tell_afresh(tx, relative.person_id, asked, now=now)
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
    save(tx, relative, relative.no(bond), actor, f"{bond.value}: taken back", now=now)
    for person_id in sorted(people_told):
        telling.tell(tx, person_id, BondSettled(relative.id, bond.value, False), now=now)
    if bond is Bond.SHARED and persons.chat_of(tx, relative.person_id) is None:
        checkins.blocked(tx, home, relative.person_id, now=now)
    if bond is Bond.SHARED and relative.may(bond):
        change_keys(tx, relative.relative_id, now=now)


def change_keys(tx: Transaction, speaker_id: int, *, now: datetime) -> None:
    """The keys of this telephone name somebody else, or nobody, from now on."""
    telling.tell(tx, speaker_id, TelephoneKeys(), now=now)
    ask_again(tx, speaker_id, now=now)


def ask_again(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """What is open in their chat is asked again, with the keys of this moment."""
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


def mine(tx: Transaction, actor: Actor, relative_id: int) -> Relative:
    """What this person is to somebody; NotAllowed for anybody else."""
    relative = get(tx, relative_id)
    mine = {Relation.FAMILY} if actor.id == relative.relative_id else set()
    require(Action.FAMILY_WISH, actor, (), mine)
    return relative


def _managed(tx: Transaction, actor: Actor, relative_id: int) -> Relative:
    relative = get(tx, relative_id)
    require(Action.FAMILY_MANAGE, actor, areas.line(tx, area_of(tx, relative)))
    return relative


def save(tx: Transaction, old: Relative, new: Relative, actor: Actor, event: str, *, now: datetime) -> None:
    """Write it, with who did it, and draw every card of it again."""
    if not relatives.save(tx, old, new):
        raise Unsettled(f"relative {old.id} moved")
    _written(tx, actor, new, event, now=now)


def _written(tx: Transaction, actor: Actor, relative: Relative, event: str, *, now: datetime) -> None:
    subject = RelativeShown(relative.id).subject
    history.write(tx, Event(now, actor.id, subject, event))
    plan = stored_plans.of_person(tx, relative.person_id)
    cards = (*(f"{subject}:{bond.value}" for bond in Bond), *((f"plan:{plan.id}",) if plan else ()))
    outbox.touch(tx, subject, *cards)
