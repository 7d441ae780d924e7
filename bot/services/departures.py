"""Whoever leaves, or may help no more, hands back what they hold; nobody who waits for them is left alone."""

from datetime import datetime

from bot.domain.access import Action, allowed
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.services import alerts, knocks, needs, offers, watches
from bot.storage import alerts as stored_alerts
from bot.storage import areas, duty, erasures
from bot.storage import needs as stored_needs
from bot.storage.database import Transaction


def hand_back(tx: Transaction, home: Home, actor: Actor, *, by: int | None, now: datetime) -> None:
    """What this person has taken on and, with the roles of `actor`, could take on no more, goes back to others.

    Residents hear that somebody else is looked for; alerts are raised again at once.
    """
    kept = [one.id for one in stored_needs.claimed_by(tx, actor.id) if _may(tx, actor, Action.NEED_CLAIM, one.area_id)]
    needs.take_back(tx, home, actor.id, by=by, now=now, kept=kept)
    for alert_id in erasures.alerts_held(tx, actor.id):
        alert = stored_alerts.see(tx, alert_id)
        if alert is not None and not _may(tx, actor, Action.ALERT_TAKE, alert.area_id):
            alerts.take_back(tx, home, alert_id, by=by, now=now)
    leave_rotas(tx, home, actor, now=now)
    if not actor.grants:
        watches.unreachable(tx, actor.id, now=now)
        knocks.unreachable(tx, home, actor.id, now=now)
        # What they were asked and have not answered, somebody else is asked.
        offers.blocked(tx, home, actor.id, now=now)


def leave_rotas(tx: Transaction, home: Home, actor: Actor, *, now: datetime) -> None:
    """No rota of a place where they may not be on duty names them any more."""
    for area_id in erasures.shift_places(tx, actor.id):
        if not _may(tx, actor, Action.DUTY_TAKE, area_id):
            duty.forget_person(tx, area_id, actor.id)
            watches.replan(tx, home, area_id, now=now)


def _may(tx: Transaction, actor: Actor, action: Action, area_id: int) -> bool:
    return allowed(action, actor, areas.line(tx, area_id))
