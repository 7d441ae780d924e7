"""Where a backup was put back, and whom an alert out of it is about."""

from collections.abc import Callable, Mapping

from bot.domain.backups import AlertPutBack, BackupFailed, PutBack
from bot.domain.notices import Notice
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import alerts, persons
from bot.storage.database import Transaction


def as_is(tx: Transaction, notice: BackupFailed, look: Look) -> None:
    """Nothing more is known."""


def place(tx: Transaction, notice: PutBack, look: Look) -> str:
    """The name of the place."""
    return place_name(tx, notice.area_id)


def alerted(tx: Transaction, notice: AlertPutBack, look: Look) -> str:
    """Who must be looked after. LookupError when the alert is gone."""
    alert = alerts.see(tx, notice.alert_id)
    if alert is None:
        raise LookupError(f"alert {notice.alert_id}")
    return persons.get(tx, alert.person_id).name


VIEWS: Mapping[type[Notice], Callable[..., object]] = {BackupFailed: as_is, PutBack: place, AlertPutBack: alerted}
