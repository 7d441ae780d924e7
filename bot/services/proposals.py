"""Proposals: family asks for somebody to be looked after; the person agrees, and who is in charge looks at it first."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.alerts import Whom
from bot.domain.errors import LadderEmpty, LinkForAnother, NotEnrolled, RelativeGone, TooManyProposals
from bot.domain.home import Home
from bot.domain.notices import Notice
from bot.domain.people import Actor, Person, Role
from bot.domain.plans import ConsentCard, Plan, PlanState
from bot.domain.proposals import ProposalCard, ProposalTaken, ProposalWaits
from bot.domain.relatives import PROPOSALS_AT_MOST, ContactAsked, Relative, RelativeShown
from bot.services import people, plans, relatives, sheets, telling
from bot.services.floods import gate
from bot.storage import areas, history, outbox, persons
from bot.storage import plans as stored_plans
from bot.storage import relatives as stored
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event
from bot.storage.plans import Contact

QUESTION = "proposal-at"


def require_may(tx: Transaction, actor: Actor) -> None:
    """NotEnrolled for whoever lives nowhere we know and is nobody's family; TooManyProposals."""
    known = stored.of_relative(tx, actor.id)
    if actor.person.building_id is None and not any(relatives.is_family(tx, one) for one in known) and not actor.grants:
        raise NotEnrolled
    require(Action.CARE_PROPOSE, actor, (), {Relation.REQUESTER})
    if sum(one.waits_to_be_seen and _waits(tx, one) for one in known) >= PROPOSALS_AT_MOST:
        raise TooManyProposals(PROPOSALS_AT_MOST)


def _waits(tx: Transaction, relative: Relative) -> bool:
    plan = stored_plans.of_person(tx, relative.person_id)
    return plan is not None and plan.state is PlanState.PROPOSED


def ask(tx: Transaction, actor: Actor, home: Home, area_id: int, *, now: datetime) -> None:
    """They live here; who is it?"""
    require_may(tx, actor)
    people.check_place(tx, area_id)
    people.ask(tx, actor, home, f"{QUESTION}:{area_id}", now=now)


def propose(
    tx: Transaction, actor: Actor, home: Home, area_id: int, who: Contact, *, now: datetime
) -> tuple[Notice, ...]:
    """Care is proposed: the person is asked where a chat reaches them, and who is in charge of the place hears.

    LadderEmpty when nobody would be told. What the program knows of the person already is told to nobody who asks.
    """
    require_may(tx, actor)
    people.check_place(tx, area_id)
    person = _known(tx, actor, area_id, who) or persons.make_without_chat(
        tx,
        name=who.name,
        language=actor.person.language,
        telephone=who.telephone,
        building_id=area_id,
        now=now,
    )
    relative = stored.make(tx, person.id, actor.id, who.relation)
    plan = _plan(tx, actor, home, person, now=now)
    contact_id = _contact(tx, actor, plan, who, relative)
    new = replace(relative, plan_id=plan.id, seen_by=None, contact_id=contact_id)
    _save(tx, relative, new, actor, "proposed", now=now)
    history.write(tx, Event(now, actor.id, f"plan:{plan.id}", "proposed by family", after=plan.state.value))
    if plan.state is PlanState.PROPOSED:
        telling.tell(tx, person.id, ConsentCard(plan.id), now=now)
    people.ask(tx, actor, home, None, now=now)
    if gate.comes_up(tx, home, plan.area_id, f"relative:{relative.id}", actor.id, now=now):
        _tell_in_charge(tx, plan, relative.id, now=now)
    asked = (ContactAsked(relative.id),) if contact_id is not None and relative.contact_id is None else ()
    return (ProposalTaken(relative.id), *asked)


def _contact(tx: Transaction, actor: Actor, plan: Plan, who: Contact, known: Relative) -> int | None:
    """Whoever proposes it is asked to be told; of a plan that others made, who is in charge names the contacts."""
    if known.contact_id is not None or stored_plans.proposer(tx, plan.id) != actor.id:
        return known.contact_id
    me = Contact(actor.person.name, who.relation, actor.person.telephone, None)
    return stored_plans.add_contact(tx, plan.id, me)


def _known(tx: Transaction, actor: Actor, area_id: int, who: Contact) -> Person | None:
    """Somebody of the same community of this name and telephone; LinkForAnother for one's own.

    Another name is taken for somebody else: whoever asks learns no name that they did not write themselves.
    """
    community = areas.community_of(tx, area_id)
    for person in [] if who.telephone is None else persons.with_telephone(tx, who.telephone):
        if person.id == actor.id:
            raise LinkForAnother
        theirs = None if person.building_id is None else areas.community_of(tx, person.building_id)
        if community is not None and community == theirs and person.name == who.name:
            return person
    return None


def _plan(tx: Transaction, actor: Actor, home: Home, person: Person, *, now: datetime) -> Plan:
    """The plan that they have already, or a new one that waits for their yes."""
    known = stored_plans.of_person(tx, person.id)
    if known is not None:
        return known
    new = Plan(0, home.bot_id, person.id, person.building_id or 0, PlanState.PROPOSED)
    plans.check_ladder(tx, home, new, now=now)
    in_charge = persons.holding(tx, Role.COORDINATOR, new.area_id)
    if not persons.chats_of(tx, in_charge):
        # An administrator is told of alerts, but nobody could look at this.
        raise LadderEmpty(Whom.COORDINATORS.value)
    made = stored_plans.make(tx, new, proposed_by=actor.id)
    if made is None:
        raise Unsettled(f"plan of person {person.id}")
    return made


def show_in_charge(tx: Transaction, relative_id: int, *, now: datetime) -> None:
    """Whoever is in charge sees a proposal that nobody has looked at; one that is over is no news."""
    relative = stored.find(tx, relative_id)
    if relative is not None and relative.plan_id is not None and relative.waits_to_be_seen:
        _tell_in_charge(tx, plans.get(tx, relative.plan_id), relative_id, now=now)


def _tell_in_charge(tx: Transaction, plan: Plan, relative_id: int, *, now: datetime) -> None:
    for person_id in telling.coordinators_of(tx, plan.area_id):
        telling.tell_afresh(tx, person_id, ProposalCard(relative_id, plan.id), now=now)


def consent(tx: Transaction, actor: Actor, home: Home, plan_id: int, *, yes: bool, now: datetime) -> None:
    """The person answers. What family proposed begins only when who is in charge has looked at it."""
    held = stored.proposing(tx, plan_id)
    plan = plans.get(tx, plan_id)
    if not yes or held is None or not held.waits_to_be_seen:
        plans.consent(tx, actor, home, plan_id, yes=yes, now=now)
        return
    plans.require_self(tx, actor, plan)
    if plan.state is not PlanState.PROPOSED:
        raise RelativeGone
    plans.write_consent(tx, actor, plan, now=now)
    history.write(tx, Event(now, actor.id, f"plan:{plan_id}", "agreed, to be looked at"))
    outbox.touch(tx, f"plan:{plan_id}")
    telling.tell(tx, plan.person_id, ProposalWaits(held.id), now=now)
    _tell_in_charge(tx, plan, held.id, now=now)


def seen(tx: Transaction, actor: Actor, home: Home, relative_id: int, *, now: datetime) -> None:
    """Who is in charge has looked at it: it begins as soon as the person has agreed, or at once when they have."""
    relative = relatives.get(tx, relative_id)
    if relative.plan_id is None:
        raise RelativeGone
    plan = plans.require_plan(tx, actor, relative.plan_id)
    if relative.seen_by is not None:
        return
    _save(tx, relative, replace(relative, seen_by=actor.id), actor, "looked at", now=now)
    if plan.state is PlanState.PROPOSED and stored_plans.has_consent(tx, plan.id):
        begun = plans.set_state(tx, actor, plan, plan.activate(now, home.timezone), "begun", now=now)
        sheets.begin(tx, home, begun, now=now)
        plans.tell_started(tx, begun, now=now)


def witness(tx: Transaction, actor: Actor, home: Home, plan_id: int, *, now: datetime) -> None:
    """Who is in charge has heard the person agree; with that they have looked at what family proposed."""
    plans.witness(tx, actor, home, plan_id, now=now)
    relative = stored.proposing(tx, plan_id)
    if relative is not None:
        if relative.waits_to_be_seen:
            _save(tx, relative, replace(relative, seen_by=actor.id), actor, "looked at", now=now)
        plan = plans.get(tx, plan_id)
        plans.tell_proposer(tx, plan, now=now)


def _save(tx: Transaction, old: Relative, new: Relative, actor: Actor, event: str, *, now: datetime) -> None:
    if not stored.save(tx, old, new):
        raise Unsettled(f"relative {old.id} moved")
    subject = RelativeShown(old.id).subject
    history.write(tx, Event(now, actor.id, subject, event))
    outbox.touch(tx, subject, f"plan:{new.plan_id}")
