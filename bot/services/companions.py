"""Two on one alert: somebody comes along, or takes it over."""

from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.alerts import (
    Alert,
    AlertCard,
    AlertState,
    SomebodyComes,
    Whom,
)
from bot.domain.companions import AlertDeclined, AlertHandedOver, AlertHelpers, AlertOffered
from bot.domain.errors import AlertNotSo, ButtonInvalid
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.services import alerts, duty, telling
from bot.storage import alerts as stored
from bot.storage import areas, history, outbox
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event


def join(tx: Transaction, actor: Actor, alert_id: int, *, now: datetime) -> None:
    """ "I'll come along": whoever has it sees who, and both see what they need, as long as both are on it."""
    alert = _permitted(tx, actor, alert_id, Action.ALERT_JOIN)
    if alert.state is not AlertState.TAKEN or alert.taken_by == actor.id:
        raise AlertNotSo
    stored.tell(tx, alert_id, actor.id, Whom.COORDINATORS, now)
    stored.join(tx, alert_id, actor.id, now)
    _written(tx, actor, alert_id, "joined", now)


def leave(tx: Transaction, actor: Actor, alert_id: int, *, now: datetime) -> None:
    """Somebody does not come along after all; the address leaves their card."""
    if stored.leave(tx, alert_id, actor.id):
        _written(tx, actor, alert_id, "not along", now)


def ask_helpers(tx: Transaction, actor: Actor, alert_id: int) -> AlertHelpers:
    """Whoever has it would hand it over: who could take it?"""
    alerts.require_holder(tx, actor, alert_id)
    return AlertHelpers(alert_id)


def could_take(tx: Transaction, home: Home, alert: Alert, *, now: datetime) -> list[int]:
    """Who could take it over: who goes along, who is on duty, who was told; nobody twice."""
    people = (
        *stored.joined(tx, alert.id),
        *duty.on_duty(tx, home, alert.area_id, now=now),
        *stored.told(tx, alert.id),
    )
    return [one for one in dict.fromkeys(people) if one not in (alert.taken_by, alert.person_id)]


def offer(tx: Transaction, actor: Actor, home: Home, alert_id: int, person_id: int, *, now: datetime) -> None:
    """Somebody is asked to take it over; until they say yes whoever has it keeps it."""
    alert = alerts.require_holder(tx, actor, alert_id)
    if person_id not in could_take(tx, home, alert, now=now):
        raise ButtonInvalid
    stored.offer(tx, alert_id, person_id, now)
    telling.tell(tx, person_id, AlertOffered(alert_id), now=now)
    _written(tx, actor, alert_id, "offered", now, detail=str(person_id))


def accept(tx: Transaction, actor: Actor, alert_id: int, *, now: datetime) -> None:
    """Whoever was asked takes it over: both sides, and the person, hear who goes now."""
    alert = _permitted(tx, actor, alert_id, Action.ALERT_ACCEPT)
    before = alert.taken_by
    if not stored.save(tx, alert, alert.handed(actor.id, now)):
        raise Unsettled(f"alert {alert_id} moved")
    stored.settle_offer(tx, alert_id)
    stored.leave(tx, alert_id, actor.id)
    stored.tell(tx, alert_id, actor.id, Whom.DUTY, now)
    _written(tx, actor, alert_id, "handed over", now)
    if before is not None:
        telling.tell(tx, before, AlertHandedOver(alert_id), now=now)
    telling.tell(tx, actor.id, AlertCard(alert_id), now=now)
    telling.tell(tx, alert.person_id, SomebodyComes(alert_id), now=now)


def decline(tx: Transaction, actor: Actor, alert_id: int, *, now: datetime) -> None:
    """Whoever was asked cannot: whoever has it hears so at once."""
    alert = _permitted(tx, actor, alert_id, Action.ALERT_ACCEPT)
    stored.settle_offer(tx, alert_id)
    if alert.taken_by is not None:
        telling.tell(tx, alert.taken_by, AlertDeclined(alert_id), now=now)
    _written(tx, actor, alert_id, "declined", now)


def is_along(tx: Transaction, alert: Alert, person_id: int | None) -> bool:
    """Whether this person goes along on a running alert."""
    return alert.state is AlertState.TAKEN and person_id is not None and person_id in stored.joined(tx, alert.id)


def require_on_it(tx: Transaction, actor: Actor, alert_id: int) -> None:
    """NotAllowed unless this person has the alert, or goes along."""
    alert = alerts.get(tx, alert_id)
    along = {Relation.HOLDER} if is_along(tx, alert, actor.id) else set()
    require(Action.ALERT_WORK_ON, actor, areas.line(tx, alert.area_id), alerts.relations(tx, alert, actor) | along)


def _permitted(tx: Transaction, actor: Actor, alert_id: int, action: Action) -> Alert:
    alert = alerts.get(tx, alert_id)
    require(action, actor, areas.line(tx, alert.area_id), alerts.relations(tx, alert, actor))
    return alert


def _written(
    tx: Transaction, actor: Actor, alert_id: int, event: str, now: datetime, *, detail: str | None = None
) -> None:
    history.write(tx, Event(now, actor.id, f"alert:{alert_id}", event, detail=detail))
    outbox.touch(tx, f"alert:{alert_id}")
