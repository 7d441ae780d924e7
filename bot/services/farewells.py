"""Somebody has died: everything queued for and about them is taken back gently; a mistake can be mended the same day."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, Relation, allowed, require
from bot.domain.alerts import FALSE_ALARMS, Alert, AlertOutcome, AlertReasonAsked, AlertState, Whom
from bot.domain.checkins import CheckIn, CheckInState
from bot.domain.errors import ButtonInvalid, FarewellNotSo, PlanGone
from bot.domain.farewells import (
    HEARD_EVERY,
    Farewell,
    FarewellAsked,
    FarewellCard,
    FarewellHeard,
    FarewellTold,
    FarewellUndone,
    mend_until,
)
from bot.domain.home import Home
from bot.domain.needs import DeskCard
from bot.domain.people import Actor
from bot.domain.plans import ConsentCard, Plan, PlanState
from bot.services import alerts, followups, knocks, media, telling
from bot.services import plans as plan_cases
from bot.services import recurrences as recurring
from bot.storage import absences, areas, checkins, farewells, history, needs, outbox, persons, plans, recurrences
from bot.storage import alerts as stored_alerts
from bot.storage import knocks as stored_knocks
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

# How far back missed check-ins are looked for: nobody is missed longer without somebody having looked.
LOOKED_AT = 60


# --- saying it ---


def ask(tx: Transaction, actor: Actor, person_id: int) -> FarewellAsked:
    """Is it so? Asked of whoever has the alert about this person, or is in charge there. PlanGone, NotAllowed."""
    _scene(tx, actor, person_id)
    return FarewellAsked(person_id)


def say(tx: Transaction, actor: Actor, home: Home, person_id: int, *, now: datetime) -> Farewell:
    """It is so, said a second time: no question, no reminder goes there any more, nobody goes there any more in vain.

    Saying it twice changes nothing. PlanGone, NotAllowed.
    """
    said = farewells.of_person(tx, person_id)
    if said is not None and said.by_id == actor.id:
        return said
    plan, alert, area_id = _scene(tx, actor, person_id)
    missed = _missed(tx, person_id)
    until_at = mend_until(now, home.timezone)
    numbers = tuple(one.id for one in missed)
    plan_id, alert_id = plan.id if plan else None, alert.id if alert else None
    new = Farewell(0, person_id, area_id, plan_id, alert_id, actor.id, now, until_at, numbers)
    made = farewells.make(tx, replace(new, act_at=until_at))
    if made is None:
        raise Unsettled(f"farewell of person {person_id}")
    history.write(tx, Event(now, actor.id, f"person:{person_id}", "farewell"))
    # Before anything is taken back: afterwards nobody knows any more who was on it.
    companions = _companions(tx, made, plan, alert)
    _take_back(tx, actor, made, plan, alert, missed, now=now)
    farewells.silence(tx, person_id)
    _tell(tx, made, companions, now=now)
    return made


def stands(tx: Transaction, person_id: int) -> bool:
    """Whether it has been said of this person already."""
    return farewells.of_person(tx, person_id) is not None


def _scene(tx: Transaction, actor: Actor, person_id: int) -> tuple[Plan | None, Alert | None, int]:
    """The plan, the open alert and the place of somebody of whom this person may say so."""
    found = plans.of_person(tx, person_id)
    plan = None if found is None else plans.find(tx, found.id)
    alert = stored_alerts.open_for(tx, person_id)
    area_id = alert.area_id if alert else plan.area_id if plan else None
    if area_id is None or farewells.of_person(tx, person_id) is not None or person_id == actor.id:
        raise PlanGone
    holder = {Relation.HOLDER} if alert and alert.taken_by == actor.id and alert.state is AlertState.TAKEN else set()
    require(Action.FAREWELL_SAY, actor, areas.line(tx, area_id), holder)
    return plan, alert, area_id


def _missed(tx: Transaction, person_id: int) -> list[CheckIn]:
    """What nobody answered since the last sign of life: it was no negligence of theirs, and no figure counts it as such."""
    missed: list[CheckIn] = []
    for one in checkins.of_person(tx, person_id, LOOKED_AT):
        if one.answered_at is not None:
            break
        if one.state is CheckInState.ALERT:
            missed.append(one)
    return missed


def _take_back(
    tx: Transaction,
    actor: Actor,
    made: Farewell,
    plan: Plan | None,
    alert: Alert | None,
    missed: list[CheckIn],
    *,
    now: datetime,
) -> None:
    """The plan ends, what is open is excused, lists and needs wait for nobody, the alert has its outcome."""
    if plan is not None:
        plan_cases.set_state(tx, actor, plan, plan.end(), "farewell", now=now)
        absence = absences.of_plan(tx, plan.id)
        if absence is not None:
            absences.save(tx, absence, absence.confirmed(now).ended(now))
    checkins.save_many(tx, [(one, one.excused()) for one in missed])
    knocks.moved(tx, [one.id for one in missed])
    needs.hold(tx, made.person_id)
    recurrences.hold(tx, made.person_id)
    followups.drop_all(tx, made.person_id, now=now)
    if alert is not None:
        alerts.close(tx, actor, alert.id, AlertOutcome.DECEASED, None, now=now)
        media.settle(tx, actor, alert.id, now=now)
    telling.day_moved(tx, [made.area_id])


def _companions(tx: Transaction, made: Farewell, plan: Plan | None, alert: Alert | None) -> list[int]:
    """Who was on the way to them, or looked after them; family hears it from a human, never from us."""
    family = {one.person_id for one in plans.contacts(tx, plan.id)} if plan else set()
    told = stored_alerts.told_as(tx, alert.id) if alert else {}
    family |= {one for one, whom in told.items() if whom is Whom.CONTACTS}
    waiting = [one.id for one in checkins.waiting_until(tx, made.person_id)]
    lists = (stored_knocks.see_list(tx, knock.list_id) for knock in stored_knocks.of_checkins(tx, waiting))
    helping = (need.claimed_by for need in needs.running_of(tx, made.person_id))
    people = (
        *told,
        *(listed.holder_id for listed in lists if listed is not None),
        *(one for one in helping if one is not None),
        *((plan.neighbour_id,) if plan and plan.neighbour_id else ()),
    )
    return [one for one in dict.fromkeys(people) if one not in family | {made.person_id, made.by_id}]


def _tell(tx: Transaction, made: Farewell, companions: list[int], *, now: datetime) -> None:
    """Who is in charge gets the card and what is left to close; companions read one quiet sentence."""
    in_charge = telling.coordinators_of(tx, made.area_id)
    for person_id in in_charge:
        telling.tell_afresh(tx, person_id, FarewellCard(made.id), now=now)
        for need in needs.running_of(tx, made.person_id):
            telling.tell_afresh(tx, person_id, DeskCard(need.id), now=now)
    for person_id in companions:
        if person_id not in in_charge:
            telling.tell(tx, person_id, FarewellTold(made.id), now=now)
    history.write(tx, *(Event(now, one, f"farewell:{made.id}", "told") for one in companions if one not in in_charge))


# --- taking it back ---


def undo(tx: Transaction, actor: Actor, home: Home, farewell_id: int, *, now: datetime) -> Farewell:
    """It was a mistake: the plan is proposed again, and everyone who was told hears so. FarewellNotSo the day after."""
    old = _get(tx, farewell_id)
    require(Action.FAREWELL_UNDO, actor, areas.line(tx, old.area_id))
    new = old.undone(actor.id, now)
    if not farewells.save(tx, old, new):
        raise Unsettled(f"farewell {farewell_id} moved")
    history.write(tx, Event(now, actor.id, f"person:{old.person_id}", "farewell undone"))
    farewells.speak(tx, old.person_id)
    needs.wake(tx, old.person_id, now)
    recurring.take_up_all(tx, home, old.person_id, now=now)
    followups.take_up_all(tx, home, old.person_id, old.at)
    excused = [one for one in checkins.get_many(tx, list(old.checkins)) if one.state is CheckInState.EXCUSED]
    checkins.save_many(tx, [(one, replace(one, state=CheckInState.ALERT)) for one in excused])
    _propose_again(tx, actor, old, now=now)
    if old.alert_id is not None:
        alerts.correct(tx, actor, old.alert_id, AlertOutcome.OTHER, now=now)
    outbox.touch(tx, f"farewell:{old.id}")
    telling.day_moved(tx, [old.area_id])
    told = [one.actor_id for one in history.of(tx, f"farewell:{old.id}") if one.event == "told"]
    for person_id in dict.fromkeys((*telling.coordinators_of(tx, old.area_id), *told, old.by_id)):
        if person_id is not None and person_id != actor.id:
            telling.tell(tx, person_id, FarewellUndone(old.id), now=now)
    return new


def _propose_again(tx: Transaction, actor: Actor, old: Farewell, *, now: datetime) -> None:
    """The plan as it was, waiting for their yes; somebody who has a new one keeps that."""
    plan = None if old.plan_id is None else plans.find(tx, old.plan_id)
    if plan is None or plan.state is not PlanState.ENDED or plans.of_person(tx, old.person_id) is not None:
        return
    again = replace(plan, state=PlanState.PROPOSED, paused_until=None, pause_reason=None)
    plan_cases.set_state(tx, actor, plan, again, "proposed again", now=now)
    telling.tell(tx, old.person_id, ConsentCard(plan.id), now=now)


def correct(
    tx: Transaction, actor: Actor, alert_id: int, outcome: AlertOutcome, *, now: datetime
) -> AlertReasonAsked | None:
    """What it was instead, so that the figures are right; of a false alarm the cause is asked.

    ButtonInvalid, NotAllowed; FarewellNotSo the day after.
    """
    made = farewells.of_alert(tx, alert_id)
    if made is None or made.undone_at is None or outcome in (AlertOutcome.DECEASED, AlertOutcome.ANSWERED_LATE):
        raise ButtonInvalid
    require(Action.FAREWELL_UNDO, actor, areas.line(tx, made.area_id))
    if now >= made.until_at:
        raise FarewellNotSo
    alerts.correct(tx, actor, alert_id, outcome, now=now)
    return AlertReasonAsked(alert_id) if outcome in FALSE_ALARMS else None


def may_mend(tx: Transaction, actor: Actor, farewell: Farewell, *, now: datetime) -> bool:
    """Whether this person may take it back now."""
    return farewell.mendable(now) and in_charge(tx, actor, farewell)


def in_charge(tx: Transaction, actor: Actor, farewell: Farewell) -> bool:
    """Whether this person is in charge there."""
    return allowed(Action.FAREWELL_UNDO, actor, areas.line(tx, farewell.area_id))


# --- their telephone ---


def heard(tx: Transaction, actor: Actor, *, now: datetime) -> Farewell | None:
    """Something was written from the telephone of somebody who has died: perhaps by family, perhaps it was a mistake.

    Who is in charge hears it at once, though not for every line. None: they live.
    """
    found = farewells.of_person(tx, actor.id)
    if found is None:
        return None
    subject = f"farewell:{found.id}"
    before = [one.at for one in history.of(tx, subject) if one.event == "heard"]
    if not before or now - before[-1] >= HEARD_EVERY:
        history.write(tx, Event(now, None, subject, "heard"))
        telling.tell_coordinators(tx, found.area_id, FarewellHeard(found.id), now=now)
    return found


def let_go(tx: Transaction, home: Home, user_id: int, *, now: datetime) -> None:
    """Somebody starts anew with the telephone of somebody who has died: it is theirs from now on."""
    person = persons.by_account(tx, home.bot_id, user_id)
    if person is not None and farewells.let_go(tx, user_id, person.id):
        # If it was a mistake it is they themselves who have pressed it.
        heard(tx, persons.actor(tx, person), now=now)
        history.write(tx, Event(now, None, f"person:{person.id}", "telephone let go"))


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """The day is over: it stands, and the family's telephones leave the card."""
    for farewell_id in ids:
        old = farewells.find(tx, farewell_id)
        if old is None or old.act_at is None or old.act_at > now:
            continue
        if not farewells.save(tx, old, old.settled()):
            raise Unsettled(f"farewell {farewell_id} moved")
        outbox.touch(tx, f"farewell:{farewell_id}")


def _get(tx: Transaction, farewell_id: int) -> Farewell:
    found = farewells.find(tx, farewell_id)
    if found is None:
        raise FarewellNotSo
    return found
