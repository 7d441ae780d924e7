"""Somebody is away: said with a reason and a day, asked about before the return, and never forgotten."""

from datetime import date, datetime, timedelta

from bot.domain.absences import (
    DAYS_AT_MOST,
    FOUND_WITHIN,
    VISIT_AT,
    VISIT_MINUTES,
    Absence,
    AbsenceAsked,
    AbsenceBegun,
    AbsenceForgotten,
    AbsenceFound,
    AbsenceReason,
    AbsenceYours,
    CameHome,
    local_midnight,
)
from bot.domain.access import Action, Relation, require
from bot.domain.alerts import AlertOutcome
from bot.domain.checkins import opened
from bot.domain.errors import AlertNotSo, ButtonInvalid, PlanGone
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.plans import LIST_MINUTES, Channel, Plan, PlanState, Slot
from bot.services import alerts, knocks, plans, telling
from bot.storage import absences, areas, checkins, history, outbox, persons, relatives
from bot.storage import plans as stored_plans
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event


def require_may(tx: Transaction, actor: Actor, plan_id: int) -> Plan:
    """The plan, if this person may say that they are away: whoever plans it, and themselves."""
    plan = plans.get(tx, plan_id)
    theirs = plan.person_id == actor.id or relatives.speaks_for(tx, actor.id, plan.person_id)
    mine = {Relation.SELF} if theirs else set()
    require(Action.CARE_AWAY, actor, areas.line(tx, plan.area_id), mine)
    return plan


def plan_of(tx: Transaction, actor: Actor) -> Plan:
    """The reader's own plan; PlanGone for whoever is not asked every day."""
    plan = stored_plans.of_person(tx, actor.id)
    if plan is None or plan.state not in (PlanState.ACTIVE, PlanState.PAUSED):
        raise PlanGone
    return plan


def go(
    tx: Transaction, actor: Actor, home: Home, plan_id: int, reason: AbsenceReason, days: int, *, now: datetime
) -> Absence:
    """Nobody asks until so many days from now; whoever says so answers for it, and the other side hears."""
    return _go(tx, actor, home, require_may(tx, actor, plan_id), reason, days, now=now)


def _go(
    tx: Transaction, actor: Actor, home: Home, plan: Plan, reason: AbsenceReason, days: int, *, now: datetime
) -> Absence:
    if plan.state not in (PlanState.ACTIVE, PlanState.PAUSED) or not 0 < days <= DAYS_AT_MOST:
        raise ButtonInvalid
    before = absences.of_plan(tx, plan.id)
    if before is not None:
        _save(tx, before, before.confirmed(now).ended(now))
    until = local_midnight(now, days, home.timezone)
    since = before.from_at if before is not None and before.reason is reason else now
    fresh = Absence(0, plan.id, plan.person_id, plan.area_id, reason, actor.id, since, until)
    made = absences.make(tx, fresh.until(until, now))
    if made is None:
        raise Unsettled(f"absence of plan {plan.id}")
    plans.set_state(tx, actor, plan, plan.pause(until, reason.value), f"paused: {reason.value}", now=now)
    _tell_both(tx, made, actor, AbsenceBegun(made.id), now=now)
    return made


def found(tx: Transaction, actor: Actor, alert_id: int, *, now: datetime) -> Plan:
    """The plan of somebody found in hospital, if this person may pause it: whoever was there, or is in charge.

    AlertNotSo when that was not the outcome, or long ago; PlanGone for whoever is not asked every day.
    """
    alert = alerts.get(tx, alert_id)
    there = {Relation.HOLDER} if alert.taken_by == actor.id else set()
    require(Action.CARE_FOUND, actor, areas.line(tx, alert.area_id), there)
    if alert.outcome is not AlertOutcome.HOSPITAL or alert.drill or now - alert.opened_at > FOUND_WITHIN:
        raise AlertNotSo
    plan = stored_plans.of_person(tx, alert.person_id)
    if plan is None:
        raise PlanGone
    return plans.get(tx, plan.id)


def asks_after(tx: Transaction, actor: Actor, alert_id: int, *, now: datetime) -> AbsenceFound | None:
    """Shall their questions pause? None: they do already, or there are none."""
    try_plan = stored_plans.of_person(tx, alerts.get(tx, alert_id).person_id)
    if try_plan is None or try_plan.state is not PlanState.ACTIVE:
        return None
    found(tx, actor, alert_id, now=now)
    return AbsenceFound(alert_id)


def go_found(tx: Transaction, actor: Actor, home: Home, alert_id: int, days: int, *, now: datetime) -> Absence:
    """They are in hospital for so many days; whoever says so answers for it, and who is in charge hears of it."""
    plan = found(tx, actor, alert_id, now=now)
    made = _go(tx, actor, home, plan, AbsenceReason.HOSPITAL, days, now=now)
    for person_id in telling.coordinators_of(tx, plan.area_id):
        if person_id not in (actor.id, plan.person_id):
            telling.tell(tx, person_id, AbsenceBegun(made.id), now=now)
    return made


def confirm(tx: Transaction, actor: Actor, absence_id: int, *, now: datetime) -> None:
    """The day of the return stands."""
    absence = _mine(tx, actor, absence_id)
    _save(tx, absence, absence.confirmed(now))


def later(tx: Transaction, actor: Actor, home: Home, absence_id: int, days: int, *, now: datetime) -> Absence:
    """They come back so many days later than was said."""
    absence = _mine(tx, actor, absence_id)
    until = absence.until_at + timedelta(days=days)
    if days <= 0 or until - now > timedelta(days=DAYS_AT_MOST):
        raise ButtonInvalid
    return _until(tx, actor, absence, until, now=now)


def on_day(tx: Transaction, actor: Actor, home: Home, absence_id: int, day: date, *, now: datetime) -> Absence:
    """They come back on this day, whatever was said before."""
    absence = _mine(tx, actor, absence_id)
    return _until(tx, actor, absence, local_midnight(now, days_until(day, home, now), home.timezone), now=now)


def days_until(day: date, home: Home, now: datetime) -> int:
    """How many days from today here."""
    return (day - now.astimezone(home.timezone).date()).days


def _until(tx: Transaction, actor: Actor, absence: Absence, until: datetime, *, now: datetime) -> Absence:
    plan = plans.get(tx, absence.plan_id)
    moved = absence.until(until, now)
    _save(tx, absence, moved)
    plans.set_state(tx, actor, plan, plan.pause(until, absence.reason.value), "paused longer", now=now)
    _tell_both(tx, moved, actor, AbsenceBegun(moved.id), now=now)
    return moved


# --- who answers for it ---


def owners(tx: Transaction, absence: Absence) -> list[int]:
    """Who could answer for it instead: whoever is in charge, and family, as far as a chat reaches them."""
    family = [one.person_id for one in stored_plans.contacts(tx, absence.plan_id) if one.person_id is not None]
    people = [*telling.coordinators_of(tx, absence.area_id), *family]
    chats = persons.chats_of(tx, people)
    return [one for one in dict.fromkeys(people) if one in chats and one != absence.owner_id]


def hand(tx: Transaction, actor: Actor, absence_id: int, person_id: int, *, now: datetime) -> Absence:
    """Somebody else answers for it from now on; they hear it, and are asked before the return."""
    absence = _mine(tx, actor, absence_id)
    if person_id not in owners(tx, absence):
        raise ButtonInvalid
    handed = absence.owned(person_id)
    _save(tx, absence, handed)
    history.write(
        tx, Event(now, actor.id, f"plan:{absence.plan_id}", "absence handed", str(absence.owner_id), str(person_id))
    )
    if person_id != actor.id:
        telling.tell(tx, person_id, AbsenceYours(absence_id), now=now)
    return handed


def require_mine(tx: Transaction, actor: Actor, absence_id: int) -> Absence:
    """The absence, if this person may change it: whoever answers for it, is in charge, or is away."""
    return _mine(tx, actor, absence_id)


def back(tx: Transaction, actor: Actor, home: Home, plan_id: int, *, now: datetime) -> Plan:
    """They are back: questions begin with the next slot; after a hospital somebody visits on the day after."""
    absence = absences.of_plan(tx, plan_id)
    mine = absence is not None and absence.owner_id == actor.id
    plan = plans.get(tx, plan_id) if mine else require_may(tx, actor, plan_id)
    if absence is not None:
        hospital = absence.reason is AbsenceReason.HOSPITAL
        _save(tx, absence, absence.confirmed(now).ended(now, visit_at=_visit_after(absence, home, now)))
        if hospital:
            _tell_both(tx, absence, actor, CameHome(absence.id), now=now)
    return plans.set_state(tx, actor, plan, plan.activate(now, home.timezone), "resumed", now=now)


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: whoever answers for it is asked before the return; it ends; after a hospital somebody visits."""
    for absence_id in ids:
        absence = absences.find(tx, absence_id)
        if absence is None or absence.act_at is None or absence.act_at > now:
            continue
        plan = stored_plans.find(tx, absence.plan_id)
        if plan is None or plan.state is PlanState.ENDED:
            _save(tx, absence, absence.confirmed(now).ended(now))
        elif absence.ended_at is not None:
            _visit(tx, home, absence, plan, now=now)
        elif now >= absence.until_at:
            _end(tx, home, absence, now=now)
        else:
            _ask(tx, absence, now=now)


def _ask(tx: Transaction, absence: Absence, *, now: datetime) -> None:
    _save(tx, absence, absence.asked(now))
    owner = absence.owner_id if persons.chat_of(tx, absence.owner_id) is not None else None
    in_charge = [owner] if owner is not None else telling.coordinators_of(tx, absence.area_id)
    for person_id in dict.fromkeys((*in_charge, absence.person_id)):
        telling.tell(tx, person_id, AbsenceAsked(absence.id), now=now)


def _end(tx: Transaction, home: Home, absence: Absence, *, now: datetime) -> None:
    """Questions begin again by the plan's own time; who is in charge hears it where nobody has confirmed the return."""
    ended = absence.ended(now, visit_at=None if absence.confirmed_at is None else _visit_after(absence, home, now))
    _save(tx, absence, ended)
    if ended.forgotten:
        telling.tell_coordinators(tx, absence.area_id, AbsenceForgotten(absence.id), now=now)


def _visit_after(absence: Absence, home: Home, now: datetime) -> datetime | None:
    """When the list of the visit after a hospital is made: on the day after; None: it was no hospital."""
    if absence.reason is not AbsenceReason.HOSPITAL:
        return None
    return local_midnight(now, 1, home.timezone, minutes=VISIT_AT - LIST_MINUTES)


def _visit(tx: Transaction, home: Home, absence: Absence, plan: Plan, *, now: datetime) -> None:
    """One check-in more, at the door: it comes onto the round's list like any other."""
    _save(tx, absence, absence.ended(absence.ended_at or now))
    if plan.state is not PlanState.ACTIVE:
        return
    at = now + timedelta(minutes=LIST_MINUTES)
    day = at.astimezone(home.timezone).date()
    visit = opened(plan, day, Slot(VISIT_AT, Channel.KNOCK), at, now)
    due_at = at + timedelta(minutes=VISIT_MINUTES)
    # What they say in the chat that morning does not take the place of a visit.
    knocks.join(tx, home, checkins.open_many(tx, [visit.due_by(due_at)]), now=now)


def _mine(tx: Transaction, actor: Actor, absence_id: int) -> Absence:
    absence = absences.find(tx, absence_id)
    if absence is None or absence.ended_at is not None:
        raise PlanGone
    if actor.id != absence.owner_id:
        require_may(tx, actor, absence.plan_id)
    return absence


def _save(tx: Transaction, old: Absence, new: Absence) -> None:
    if not absences.save(tx, old, new):
        raise Unsettled(f"absence {old.id} moved")
    outbox.touch(tx, f"plan:{old.plan_id}")
    telling.day_moved(tx, [old.area_id])


def _tell_both(
    tx: Transaction, absence: Absence, actor: Actor, notice: AbsenceBegun | CameHome, *, now: datetime
) -> None:
    """Whoever did not say it themselves hears it: the person, or who is in charge."""
    history.write(
        tx, Event(now, actor.id, f"plan:{absence.plan_id}", type(notice).__name__, after=absence.reason.value)
    )
    if actor.id != absence.person_id:
        telling.tell(tx, absence.person_id, notice, now=now)
    else:
        telling.tell_coordinators(tx, absence.area_id, notice, now=now)
