"""Whoever leaves, or may help no more, hands back what they hold; nobody who waits for them is left alone."""

from datetime import datetime

from bot.domain.access import Action, allowed
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.services import alerts, handovers, knocks, needs, offers, watches
from bot.storage import alerts as stored_alerts
from bot.storage import areas, duty, erasures, outbox
from bot.storage import needs as stored_needs
from bot.storage.database import Transaction


def hand_back(tx: Transaction, home: Home, actor: Actor, *, by: int | None, now: datetime) -> None:
    """What this person has taken on and, with the roles of `actor`, could take on no more, goes back to others.

    Residents hear that somebody else is looked for; alerts are raised again at once.
    """
    kept = [one.id for one in stored_needs.claimed_by(tx, actor.id) if _may(tx, actor, Action.NEED_CLAIM, one.area_id)]
    needs.take_back(tx, home, actor.id, by=by, now=now, kept=kept)
    # Duty first, so that an alert that is raised again does not come back to them.
    leave_rotas(tx, home, actor, now=now)
    if not actor.grants:
        watches.unreachable(tx, actor.id, now=now)
        knocks.unreachable(tx, home, actor.id, now=now)
        # What they were asked and have not answered, somebody else is asked.
        offers.blocked(tx, home, actor.id, now=now)
        handovers.gone(tx, actor.id, now=now)
    leave_alerts(tx, home, actor, by=by, now=now)


def leave_alerts(tx: Transaction, home: Home, actor: Actor, *, by: int | None, now: datetime) -> None:
    """They are on no alert any more that they were told of as a helper; what they had taken on is raised again."""
    for alert_id in stored_alerts.running_with(tx, actor.id):
        alert = stored_alerts.find(tx, alert_id)
        if alert is None or _may(tx, actor, Action.NEED_CLAIM, alert.area_id):
            continue
        stored_alerts.untell(tx, alert_id, actor.id)
        if alert.taken_by == actor.id:
            alerts.take_back(tx, home, alert_id, by=by, now=now)
        # Whatever of the door their card showed is gone from it.
        outbox.touch(tx, f"alert:{alert_id}")


def leave_rotas(tx: Transaction, home: Home, actor: Actor, *, now: datetime) -> None:
    """No rota of a place where they may not be on duty names them any more."""
    for area_id in erasures.shift_places(tx, actor.id):
        if not _may(tx, actor, Action.DUTY_TAKE, area_id):
            duty.forget_person(tx, area_id, actor.id)
            watches.replan(tx, home, area_id, now=now)


def _may(tx: Transaction, actor: Actor, action: Action, area_id: int) -> bool:
    return allowed(action, actor, areas.line(tx, area_id))
