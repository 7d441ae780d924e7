"""An alert's way: raised, up its ladder, taken on, and ended by what a named person found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.access import Action, Relation, require
from bot.domain.alerts import (
    DEFAULT_LADDER,
    SETTLED_BY_ANSWER,
    Alert,
    AlertAnsweredLate,
    AlertAskOutcome,
    AlertCard,
    AlertNotice,
    AlertOutcome,
    AlertRaisedAgain,
    AlertState,
    AlertStillYours,
    AlertTakenOn,
    Cause,
    RungEmpty,
    SomebodyComes,
    Whom,
)
from bot.domain.areas import Kind
from bot.domain.errors import AlertGone, AlertNotSo, NotEnrolled, TimePassed
from bot.domain.home import Home
from bot.domain.people import Actor, Role
from bot.services import duty, telling
from bot.storage import alerts, areas, history, outbox, persons, plans
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

# Why a rung is empty is said on the ladder's first turn, not every twenty minutes.
FIRST_TURN = timedelta(hours=1)
# A cry for help at an hour without duty goes to these at once.
WITHOUT_DUTY = (Whom.COORDINATORS, Whom.CONTACTS)


# --- raising ---


def raise_alert(
    tx: Transaction, home: Home, person_id: int, cause: Cause, *, now: datetime, by: int | None = None
) -> Alert:
    """Somebody must look at this person: a new alert, or the one that is open becomes graver, or is joined."""
    current = alerts.open_for(tx, person_id)
    if current is None:
        made = alerts.raise_(tx, _new(tx, home, person_id, cause, now))
        if made is None:
            raise Unsettled(f"alert of person {person_id}")
        history.write(tx, Event(now, by, f"alert:{made.id}", "raised", after=cause.value))
        return climb(tx, home, made, now=now)
    graver = current.graver(cause, now)
    event = "joined" if graver == current else "graver"
    history.write(tx, Event(now, by, f"alert:{current.id}", event, before=current.cause.value, after=cause.value))
    if graver == current:
        return current
    _save(tx, current, graver)
    tell_told(tx, current, AlertRaisedAgain(current.id), now=now)
    return climb(tx, home, replace(graver, version=current.version + 1), now=now)


def _new(tx: Transaction, home: Home, person_id: int, cause: Cause, now: datetime) -> Alert:
    plan = plans.of_person(tx, person_id)
    area_id = plan.area_id if plan else persons.get(tx, person_id).building_id
    if area_id is None:
        first = areas.first(tx)
        if first is None:
            raise NotEnrolled
        area_id = first.id
    ladder = plan.ladder if plan else DEFAULT_LADDER
    return Alert(0, home.bot_id, person_id, area_id, cause, AlertState.OPEN, now, ladder, act_at=now)


# --- the ladder ---


def climb(tx: Transaction, home: Home, alert: Alert, *, now: datetime) -> Alert:
    """Try the rung that is due; one on which nobody stands is skipped at once, and the coordinators hear why."""
    present = alert
    for _ in range(len(alert.ladder) + 1):
        if present.state is not AlertState.OPEN or present.act_at is None or present.act_at > now:
            break
        rung = present.ladder[present.rung]
        people = [
            one for one in standing(tx, home, present, rung.whom, now=now) if _tell(tx, present, one, rung.whom, now)
        ]
        history.write(tx, Event(now, None, f"alert:{alert.id}", "rung", before=rung.whom.value, after=str(len(people))))
        if not people:
            if now - present.opened_at < FIRST_TURN:
                telling.tell_coordinators(tx, present.area_id, RungEmpty(alert.id, rung.whom.value), now=now)
            if rung.whom is Whom.DUTY and present.cause is Cause.HELP:
                people = _cry_out(tx, home, present, now)
        present = present.tried(now) if people else present.skipped(now)
    return _save(tx, alert, present)


def _cry_out(tx: Transaction, home: Home, alert: Alert, now: datetime) -> list[int]:
    """Nobody is on duty and somebody needs help: coordinators, contacts and the emergency chats hear at once."""
    for chat_id in home.emergency_chats:
        telling.put(tx, AlertCard(alert.id), bot_id=home.bot_id, chat_id=chat_id, person_id=None, now=now)
    asked = [(one, whom) for whom in WITHOUT_DUTY for one in standing(tx, home, alert, whom, now=now)]
    return [one for one, whom in asked if _tell(tx, alert, one, whom, now)]


def standing(tx: Transaction, home: Home, alert: Alert, whom: Whom, *, now: datetime) -> list[int]:
    """Who stands on a rung now, never the person themselves."""
    match whom:
        case Whom.DUTY:
            people = duty.on_duty(tx, home, alert.area_id, now=now)
        case Whom.COORDINATORS:
            people = telling.coordinators_of(tx, alert.area_id)
        case Whom.STREET:
            people = _street(tx, alert.area_id)
        case Whom.NEIGHBOUR | Whom.CONTACTS:
            people = _chosen(tx, alert.person_id, whom)
    return [person_id for person_id in people if person_id != alert.person_id]


def _chosen(tx: Transaction, person_id: int, whom: Whom) -> list[int]:
    plan = plans.of_person(tx, person_id)
    if plan is None:
        return []
    if whom is Whom.NEIGHBOUR:
        return [plan.neighbour_id] if plan.neighbour_id is not None else []
    return [contact.person_id for contact in plans.contacts(tx, plan.id) if contact.person_id is not None]


def _street(tx: Transaction, area_id: int) -> list[int]:
    above = [area for area in (areas.get(tx, one) for one in areas.line(tx, area_id)) if area.kind is Kind.STREET]
    return persons.holding(tx, Role.COORDINATOR, above[0].id) if above else []


def _tell(tx: Transaction, alert: Alert, person_id: int, whom: Whom, now: datetime) -> bool:
    if not telling.tell(tx, person_id, AlertCard(alert.id), now=now):
        return False
    alerts.tell(tx, alert.id, person_id, whom, now)
    return True


def tell_told(tx: Transaction, alert: Alert, notice: AlertNotice, *, now: datetime, but: int | None = None) -> None:
    """Everyone who was told of it hears this too."""
    for person_id in alerts.told(tx, alert.id):
        if person_id != but:
            telling.tell(tx, person_id, notice, now=now)


def accepted(tx: Transaction, alert_id: int, *, now: datetime) -> None:
    """Telegram took a rung's message: the minutes to the next rung count from now."""
    alert = alerts.find(tx, alert_id)
    if alert is not None:
        later = alert.accepted(now)
        if later != alert:
            alerts.save(tx, alert, later)


def hold(tx: Transaction, alert_id: int, pause: timedelta) -> None:
    """The further rungs of a missed check-in wait so much longer; a cry for help is never held."""
    alert = alerts.find(tx, alert_id)
    if alert is not None and alert.act_at is not None and alert.cause in SETTLED_BY_ANSWER:
        alerts.save(tx, alert, alert.held(pause))


def unreachable(tx: Transaction, alert_id: int, *, now: datetime) -> None:
    """A rung's message was refused for good: if nobody else of this rung was reached, the next one is tried at once."""
    alert = alerts.find(tx, alert_id)
    if alert is not None and alert.state is AlertState.OPEN and alert.gap_minutes:
        alerts.save(tx, alert, replace(alert, act_at=now))


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: an open alert climbs; one that was taken on and went silent is raised again."""
    for alert_id in ids:
        alert = alerts.find(tx, alert_id)
        if alert is None or alert.act_at is None or alert.act_at > now:
            continue
        if alert.state is AlertState.TAKEN:
            _raise_again(tx, home, alert, now=now, event="silent", by=None)
        else:
            climb(tx, home, alert, now=now)


def _raise_again(tx: Transaction, home: Home, alert: Alert, *, now: datetime, event: str, by: int | None) -> Alert:
    history.write(tx, Event(now, by, f"alert:{alert.id}", event, before=alert.state.value, after=AlertState.OPEN.value))
    raised = _save(tx, alert, alert.left(now))
    tell_told(tx, alert, AlertRaisedAgain(alert.id), now=now, but=by)
    return climb(tx, home, raised, now=now)


# --- people who look ---

Rule = Callable[[Alert], Alert]


def take(tx: Transaction, actor: Actor, alert_id: int, *, now: datetime) -> Alert:
    """ "I'll look": the others see who goes, and the person hears who comes."""
    old, new = _change(tx, actor, alert_id, Action.ALERT_TAKE, lambda alert: alert.take(actor.id, now), "taken", now)
    if old != new:
        alerts.tell(tx, alert_id, actor.id, Whom.COORDINATORS, now)
        tell_told(tx, new, AlertTakenOn(alert_id), now=now, but=actor.id)
        telling.tell(tx, new.person_id, SomebodyComes(alert_id), now=now)
    return new


def arrive(tx: Transaction, actor: Actor, alert_id: int, at: datetime, *, now: datetime) -> Alert:
    """Whoever has it says when they are there."""
    if at < now - timedelta(minutes=1):
        raise TimePassed
    _, new = _change(tx, actor, alert_id, Action.ALERT_WORK_ON, lambda alert: alert.arrive(at), "arrival", now)
    telling.tell(tx, new.person_id, SomebodyComes(alert_id), now=now)
    return new


def leave(tx: Transaction, actor: Actor, home: Home, alert_id: int, *, now: datetime) -> Alert:
    """Whoever has it cannot go: raised again at once."""
    alert = get(tx, alert_id)
    require(Action.ALERT_WORK_ON, actor, areas.line(tx, alert.area_id), relations(tx, alert, actor))
    return _raise_again(tx, home, alert, now=now, event="left", by=actor.id)


def close(
    tx: Transaction, actor: Actor, alert_id: int, outcome: AlertOutcome, remark: str | None, *, now: datetime
) -> Alert:
    """A named person says what they found; it ends."""
    old, new = _change(
        tx,
        actor,
        alert_id,
        Action.ALERT_CLOSE,
        lambda alert: alert.close(outcome, remark),
        outcome.value,
        now,
        detail=remark,
        closed_by=actor.id,
    )
    return new if old != new else old


def answered(tx: Transaction, person_id: int, *, now: datetime) -> Alert | None:
    """The person says that they are well: ends what nobody has taken on, else whoever has it is asked to record it."""
    alert = alerts.open_for(tx, person_id)
    if alert is None:
        return None
    later = alert.answered()
    history.write(tx, Event(now, person_id, f"alert:{alert.id}", "answered late", alert.state.value, later.state.value))
    if later != alert:
        _save(tx, alert, later)
        tell_told(tx, alert, AlertAnsweredLate(alert.id), now=now)
    elif alert.taken_by is not None:
        telling.tell(tx, alert.taken_by, AlertStillYours(alert.id), now=now)
    return later


def require_holder(tx: Transaction, actor: Actor, alert_id: int) -> Alert:
    """The alert, if this person has it now."""
    alert = get(tx, alert_id)
    require(Action.ALERT_WORK_ON, actor, areas.line(tx, alert.area_id), relations(tx, alert, actor))
    return alert


def call_further(tx: Transaction, actor: Actor, home: Home, alert_id: int, *, now: datetime) -> Alert:
    """A coordinator does not wait: the next rung is tried now."""
    alert = get(tx, alert_id)
    require(Action.ALERT_CLOSE, actor, areas.line(tx, alert.area_id), relations(tx, alert, actor))
    if alert.state is not AlertState.OPEN:
        raise AlertNotSo
    history.write(tx, Event(now, actor.id, f"alert:{alert_id}", "called further"))
    return climb(tx, home, replace(alert, act_at=now), now=now)


def ask_outcome(tx: Transaction, actor: Actor, alert_id: int, *, now: datetime) -> AlertAskOutcome:
    """What was found? Asked of whoever may record it."""
    alert = get(tx, alert_id)
    require(Action.ALERT_CLOSE, actor, areas.line(tx, alert.area_id), relations(tx, alert, actor))
    return AlertAskOutcome(alert_id)


# --- parts ---


def get(tx: Transaction, alert_id: int) -> Alert:
    """One alert; AlertGone if there is none."""
    alert = alerts.find(tx, alert_id)
    if alert is None:
        raise AlertGone
    return alert


def relations(tx: Transaction, alert: Alert, actor: Actor) -> set[Relation]:
    """What this person is to an alert."""
    found = {Relation.HOLDER} if alert.taken_by == actor.id and alert.state is AlertState.TAKEN else set()
    if actor.id in alerts.told(tx, alert.id):
        found.add(Relation.TOLD)
    return found


def _change(
    tx: Transaction,
    actor: Actor,
    alert_id: int,
    action: Action,
    rule: Rule,
    event: str,
    now: datetime,
    *,
    detail: str | None = None,
    closed_by: int | None = None,
) -> tuple[Alert, Alert]:
    old = get(tx, alert_id)
    require(action, actor, areas.line(tx, old.area_id), relations(tx, old, actor))
    new = rule(old)
    if new == old:
        return old, new
    history.write(tx, Event(now, actor.id, f"alert:{alert_id}", event, old.state.value, new.state.value, detail))
    return old, _save(tx, old, new, closed_by=closed_by)


def _save(tx: Transaction, old: Alert, new: Alert, *, closed_by: int | None = None) -> Alert:
    """Write it (its row is locked) and draw every card of it again."""
    if new == old:
        return old
    if not alerts.save(tx, old, new, closed_by=closed_by):
        raise Unsettled(f"alert {old.id} moved")
    outbox.touch(tx, f"alert:{old.id}")
    return replace(new, version=old.version + 1)
