"""Care plans: a coordinator proposes, the resident agrees, questions begin; paused, resumed, ended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.access import IN_CHARGE, Action, Relation, require
from bot.domain.alerts import Whom
from bot.domain.doors import EnterCard
from bot.domain.errors import ButtonInvalid, LadderEmpty, NotEnrolled, PlanExists, PlanGone
from bot.domain.home import Home
from bot.domain.notices import Priority
from bot.domain.people import Actor
from bot.domain.plans import (
    CONSENT_VERSION,
    ConsentCard,
    Plan,
    PlanCard,
    PlanDeclined,
    PlanStarted,
    PlanState,
)
from bot.services import knocks, sheets, telling
from bot.services.ladders import Ladders
from bot.storage import areas, checkins, history, outbox, persons, plans, relatives
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event
from bot.storage.plans import Contact


def propose(tx: Transaction, actor: Actor, home: Home, person_id: int, *, now: datetime) -> PlanCard:
    """A coordinator proposes care for a resident, who is asked in their chat whether they agree.

    LadderEmpty when nobody would be told; PlanExists; NotEnrolled for somebody who lives nowhere we know.
    """
    person = persons.find(tx, person_id)
    if person is None:
        raise ButtonInvalid
    if person.building_id is None:
        raise NotEnrolled
    require(Action.CARE_PLAN, actor, areas.line(tx, person.building_id))
    new = Plan(0, home.bot_id, person_id, person.building_id, PlanState.PROPOSED)
    check_ladder(tx, home, new, now=now)
    plan = plans.make(tx, new, proposed_by=actor.id)
    if plan is None:
        raise PlanExists
    history.write(tx, Event(now, actor.id, f"plan:{plan.id}", "proposed", after=plan.state.value))
    telling.tell(tx, person_id, ConsentCard(plan.id), now=now)
    return PlanCard(plan.id)


def check_ladder(tx: Transaction, home: Home, plan: Plan, *, now: datetime) -> None:
    """LadderEmpty, saying who is missing, when nobody on the ladder could be told at this hour or any other."""
    if not Ladders(tx, home, now=now, known={plan.person_id: plan}).reaches(plan):
        raise LadderEmpty(Whom.COORDINATORS.value)


def consent(tx: Transaction, actor: Actor, home: Home, plan_id: int, *, yes: bool, now: datetime) -> Plan:
    """The resident answers: yes begins with the next slot, no ends it; whoever proposed it hears."""
    old = get(tx, plan_id)
    require_self(tx, actor, old)
    if old.state is not PlanState.PROPOSED:
        raise PlanGone
    if yes:
        write_consent(tx, actor, old, now=now)
    new = old.activate(now, home.timezone) if yes else old.end()
    saved = _save(tx, actor, old, new, "agreed" if yes else "declined", now)
    proposer = plans.proposer(tx, plan_id)
    if proposer is not None:
        telling.tell(tx, proposer, PlanStarted(plan_id) if yes else PlanDeclined(plan_id), now=now)
    if yes:
        sheets.begin(tx, home, saved, now=now)
        _tell_begun(tx, saved, now=now)
    return saved


def _tell_begun(tx: Transaction, plan: Plan, *, now: datetime) -> None:
    """The person hears that it begins, and is then asked whether somebody may come in."""
    telling.tell(tx, plan.person_id, PlanStarted(plan.id), now=now, priority=Priority.ANSWER)
    telling.tell(tx, plan.person_id, EnterCard(plan.id), now=now)


def write_consent(tx: Transaction, actor: Actor, plan: Plan, *, now: datetime) -> None:
    """Who agreed in which chat: on another's telephone it is they who tapped, and so they are the witness."""
    by = None if plan.person_id == actor.id else actor.person.name
    plans.consented(tx, plan.id, consent=f"chat:{CONSENT_VERSION}", witness=by, now=now)


def tell_started(tx: Transaction, plan: Plan, *, now: datetime) -> None:
    """It begins: the person and whoever proposed it hear so."""
    _tell_begun(tx, plan, now=now)
    tell_proposer(tx, plan, now=now)


def tell_proposer(tx: Transaction, plan: Plan, *, now: datetime) -> None:
    """Whoever proposed it hears that it begins."""
    proposer = plans.proposer(tx, plan.id)
    if proposer is not None:
        telling.tell(tx, proposer, PlanStarted(plan.id), now=now)


def witness(
    tx: Transaction, actor: Actor, home: Home, plan_id: int, *, now: datetime, heard_by: str | None = None
) -> Plan:
    """A coordinator has heard the resident agree, and says so with their own name, or names who has heard it."""
    old = get(tx, plan_id)
    _require_plan(tx, actor, old)
    if old.state is not PlanState.PROPOSED:
        raise PlanGone
    plans.consented(tx, plan_id, consent=f"witness:{CONSENT_VERSION}", witness=heard_by or actor.person.name, now=now)
    saved = _save(tx, actor, old, old.activate(now, home.timezone), "agreed before a witness", now)
    sheets.begin(tx, home, saved, now=now)
    telling.tell(tx, old.person_id, PlanStarted(plan_id), now=now)
    return saved


def change(
    tx: Transaction, actor: Actor, home: Home, plan_id: int, rule: Callable[[Plan], Plan], event: str, *, now: datetime
) -> Plan:
    """A coordinator changes a plan; a running one is scheduled anew. LadderEmpty when nobody would be told any more."""
    old = get(tx, plan_id)
    _require_plan(tx, actor, old)
    new = rule(old)
    check_ladder(tx, home, new, now=now)
    if new.state is PlanState.ACTIVE:
        new = new.activate(now, home.timezone)
    return _save(tx, actor, old, new, event, now)


def add_contact(tx: Transaction, actor: Actor, plan_id: int, contact: Contact, *, now: datetime) -> Plan:
    """Somebody more to be told when this person does not answer."""
    plan = get(tx, plan_id)
    _require_plan(tx, actor, plan)
    plans.add_contact(tx, plan_id, contact)
    history.write(tx, Event(now, actor.id, f"plan:{plan_id}", "contact added"))
    outbox.touch(tx, f"plan:{plan_id}")
    return plan


def set_state(tx: Transaction, actor: Actor, old: Plan, new: Plan, event: str, *, now: datetime) -> Plan:
    """A plan is as new says, whoever may say so; what is open is excused when it stops asking."""
    return _save(tx, actor, old, new, event, now)


def end(tx: Transaction, actor: Actor, home: Home, plan_id: int, *, now: datetime) -> Plan:
    """Nobody asks any more; what is open is excused."""
    old = get(tx, plan_id)
    if old.person_id != actor.id:
        _require_plan(tx, actor, old)
    return _save(tx, actor, old, old.end(), "ended", now)


def notes_of(notes: str) -> Callable[[Plan], Plan]:
    """These notes help whoever goes."""
    return lambda plan: replace(plan, notes=notes or None)


def require_plan(tx: Transaction, actor: Actor, plan_id: int) -> Plan:
    """The plan, if this person may manage it."""
    plan = get(tx, plan_id)
    _require_plan(tx, actor, plan)
    return plan


def get(tx: Transaction, plan_id: int) -> Plan:
    """One plan; PlanGone if there is none or it has ended."""
    plan = plans.find(tx, plan_id)
    if plan is None or plan.state is PlanState.ENDED:
        raise PlanGone
    return plan


def in_charge_of(actor: Actor) -> list[int]:
    """The places where this person coordinates or administers, each once."""
    return list(dict.fromkeys(grant.area_id for grant in actor.grants if grant.role in IN_CHARGE))


def _require_plan(tx: Transaction, actor: Actor, plan: Plan) -> None:
    require(Action.CARE_PLAN, actor, areas.line(tx, plan.area_id))


def require_self(tx: Transaction, actor: Actor, plan: Plan) -> None:
    """NotAllowed for anybody but the person themselves, and whoever's telephone reaches them."""
    mine = plan.person_id == actor.id or relatives.speaks_for(tx, actor.id, plan.person_id)
    relations = {Relation.SELF} if mine else set()
    require(Action.CARE_CONSENT, actor, areas.line(tx, plan.area_id), relations)


def _save(tx: Transaction, actor: Actor, old: Plan, new: Plan, event: str, now: datetime) -> Plan:
    if not plans.save(tx, old, new):
        raise Unsettled(f"plan {old.id} moved")
    history.write(tx, Event(now, actor.id, f"plan:{old.id}", event, old.state.value, new.state.value))
    if new.state in (PlanState.PAUSED, PlanState.ENDED):
        excuse(tx, new.person_id)
    outbox.touch(tx, f"plan:{old.id}")
    return replace(new, version=old.version + 1)


def excuse(tx: Transaction, person_id: int) -> None:
    """What this person was asked and has not answered needs no answer any more."""
    waiting = checkins.waiting_until(tx, person_id)
    checkins.save_many(tx, [(one, one.excused()) for one in waiting])
    knocks.moved(tx, [one.id for one in waiting])
