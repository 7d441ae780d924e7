"""An alert's way: raised, up its ladder, taken on, and ended by what a named person found."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.access import Action, Relation, require
from bot.domain.alerts import (
    NEWS,
    Alert,
    AlertAnsweredLate,
    AlertAskOutcome,
    AlertNews,
    AlertNotice,
    AlertOutcome,
    AlertRaisedAgain,
    AlertState,
    AlertStillYours,
    AlertTakenOn,
    Cause,
    Ladder,
    Reason,
    SomebodyComes,
    VisitorAsked,
    VisitorSilent,
    Whom,
)
from bot.domain.errors import AlertGone, AlertNotSo, NotEnrolled, TimePassed
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.plans import Plan
from bot.services import ladders, telling
from bot.services.ladders import Ladders
from bot.storage import alerts, areas, history, outbox, persons, plans
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

# When so many are missing that the system is suspected, the further rungs wait so much longer.
MASS_HOLD = timedelta(minutes=10)


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
        return climb(tx, home, made, now=now, new=True)
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
    area_id = plan.area_id if plan else _place_of(tx, person_id)
    ladder = ladders.of_plan(tx, plan) if plan else ladders.of_area(tx, area_id)
    return Alert(0, home.bot_id, person_id, area_id, cause, AlertState.OPEN, now, ladder, act_at=now)


def _place_of(tx: Transaction, person_id: int) -> int:
    """Where somebody lives; a helper who has told us no home is looked for where they help, for somebody is in charge there."""
    person = persons.get(tx, person_id)
    if person.building_id is not None:
        return person.building_id
    helps = [grant.area_id for grant in persons.actor(tx, person).grants]
    if helps:
        return helps[0]
    first = areas.first(tx)
    if first is None:
        raise NotEnrolled
    return first.id


# --- the ladder ---


def climb(tx: Transaction, home: Home, alert: Alert, *, now: datetime, new: bool = False) -> Alert:
    """Try the rung that is due; one on which nobody stands is skipped at once, and the coordinators hear why."""
    climbing = Ladders(tx, home, now=now)
    climbed = climbing.climb(alert)
    climbing.write({alert.person_id: alert.id}, fresh=new)
    return _save(tx, alert, climbed)


def raise_missed(
    tx: Transaction, home: Home, missed: Mapping[int, Cause], *, now: datetime, hold: Collection[int] = ()
) -> None:
    """Many people have not answered: an alert each, all at once. The further rungs of those in `hold` wait longer."""
    known = plans.of_people(tx, missed)
    busy = {alert.person_id for alert in alerts.open_among(tx, missed)}
    alone = [one for one in missed if one in busy or one not in known]
    for person_id in alone:
        held = raise_alert(tx, home, person_id, missed[person_id], now=now)
        if person_id in hold and held.act_at is not None:
            _save(tx, held, held.held(MASS_HOLD))
    fresh = [person_id for person_id in missed if person_id not in alone]
    planned = ladders.of_plans(tx, (known[one] for one in fresh))
    climbing = Ladders(tx, home, now=now, known=known)
    new = [climbing.climb(_planned(home, known[one], planned[known[one].id], missed[one], now)) for one in fresh]
    made = alerts.raise_many(tx, [alert.held(MASS_HOLD) if alert.person_id in hold else alert for alert in new])
    for person_id in fresh:
        if person_id not in made:
            # Another signal was on its way: this one joins it.
            raise_alert(tx, home, person_id, missed[person_id], now=now)
    raised = ((f"alert:{number}", missed[person_id].value) for person_id, number in made.items())
    history.write(tx, *(Event(now, None, subject, "raised", after=cause) for subject, cause in raised))
    climbing.write(made, fresh=True)


def _planned(home: Home, plan: Plan, ladder: Ladder, cause: Cause, now: datetime) -> Alert:
    return Alert(0, home.bot_id, plan.person_id, plan.area_id, cause, AlertState.OPEN, now, ladder, act_at=now)


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
        if alert.state is AlertState.TAKEN and alert.visited and alert.taken_by is not None:
            _save(tx, alert, alert.checked(now))
            telling.tell(tx, alert.taken_by, VisitorAsked(alert_id), now=now)
        elif alert.state is AlertState.TAKEN:
            if alert.checked_at is not None:
                silent = VisitorSilent(alert_id, alert.taken_by or 0)
                telling.tell_coordinators(tx, alert.area_id, silent, now=now)
            _raise_again(tx, home, alert, now=now, event="silent", by=None)
        else:
            climb(tx, home, alert, now=now)


def _raise_again(tx: Transaction, home: Home, alert: Alert, *, now: datetime, event: str, by: int | None) -> Alert:
    history.write(tx, Event(now, by, f"alert:{alert.id}", event, before=alert.state.value, after=AlertState.OPEN.value))
    alerts.leave_all(tx, alert.id)
    alerts.settle_offer(tx, alert.id)
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


def there(tx: Transaction, actor: Actor, alert_id: int, *, now: datetime) -> Alert:
    """Whoever has it is at the door; or is well themselves, and still there."""
    return _change(tx, actor, alert_id, Action.ALERT_WORK_ON, lambda alert: alert.there(now), "there", now)[1]


def because(tx: Transaction, actor: Actor, alert_id: int, reason: Reason, *, now: datetime) -> Alert:
    """What was behind a false alarm, said by whoever was there or is in charge."""
    alert = get(tx, alert_id)
    there_ = {Relation.HOLDER} if alert.taken_by == actor.id else set()
    require(Action.ALERT_CLOSE, actor, areas.line(tx, alert.area_id), there_)
    new = alert.because(reason)
    history.write(tx, Event(now, actor.id, f"alert:{alert_id}", "reason", after=reason.value))
    return _save(tx, alert, new)


def leave(tx: Transaction, actor: Actor, home: Home, alert_id: int, *, now: datetime) -> Alert:
    """Whoever has it cannot go: raised again at once."""
    alert = get(tx, alert_id)
    require(Action.ALERT_WORK_ON, actor, areas.line(tx, alert.area_id), relations(tx, alert, actor))
    return _raise_again(tx, home, alert, now=now, event="left", by=actor.id)


def take_back(tx: Transaction, home: Home, alert_id: int, *, by: int | None, now: datetime) -> None:
    """Whoever has it may help no more: raised again at once."""
    alert = get(tx, alert_id)
    if alert.state is AlertState.TAKEN:
        _raise_again(tx, home, alert, now=now, event="left", by=by)


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
    alerts.settle_offer(tx, alert_id)
    if old != new and outcome in NEWS:
        _tell_news(tx, new, by=actor.id, now=now)
    return new


def correct(tx: Transaction, actor: Actor, alert_id: int, outcome: AlertOutcome, *, now: datetime) -> Alert:
    """What was recorded was a mistake: this is what it was; whoever asks has looked whether this person may say so."""
    alert = get(tx, alert_id)
    history.write(
        tx,
        Event(now, actor.id, f"alert:{alert_id}", "corrected", alert.outcome and alert.outcome.value, outcome.value),
    )
    return _save(tx, alert, alert.corrected(outcome), closed_by=actor.id)


def _tell_news(tx: Transaction, alert: Alert, *, by: int, now: datetime) -> None:
    """Who is in charge, and everyone who was told, hear how it ended."""
    readers = dict.fromkeys((*telling.coordinators_of(tx, alert.area_id), *alerts.told(tx, alert.id)))
    for person_id in readers:
        if person_id not in (by, alert.person_id):
            telling.tell(tx, person_id, AlertNews(alert.id), now=now)


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
    if alerts.offered(tx, alert.id) == actor.id:
        found.add(Relation.OFFERED)
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
    telling.day_moved(tx, [old.area_id])
    return replace(new, version=old.version + 1)
