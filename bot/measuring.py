"""What is measured of each update and of each message: kinds, results and times."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from telegram import Update

from bot.clock import Clock
from bot.intake.handling import ALLOWED_UPDATES, Answer, Dispatch
from bot.intake.haste import Heed
from bot.metrics import Metrics
from bot.sending import Fate, Verdict
from bot.storage.database import Transaction
from bot.storage.outbox import Letter


class MeasuredDispatch:
    """Hands updates on and counts them."""

    def __init__(self, inner: Dispatch, metrics: Metrics) -> None:
        self._inner, self._metrics = inner, metrics

    def heed(self, raw: Mapping[str, Any]) -> Heed:
        """How an update is taken; those that are only noted as seen are counted as a kind of their own."""
        heed = self._inner.heed(raw)
        if heed is Heed.SEEN_ONLY:
            self._metrics.updates.labels("excess").inc()
        return heed

    def lane(self, update: Update) -> int:
        """Whose update it is."""
        return self._inner.lane(update)

    def lock(self, tx: Transaction, batch: Sequence[Update]) -> None:
        """Lock everyone who acts in a batch."""
        self._inner.lock(tx, batch)

    def handle(self, tx: Transaction, update: Update, now: datetime) -> Answer | None:
        """Handle one update; one that is taken back with its whole transaction is counted each time it is tried."""
        began = time.monotonic()
        try:
            return self._inner.handle(tx, update, now)
        finally:
            self._metrics.update_seconds.observe(time.monotonic() - began)
            self._metrics.updates.labels(_kind(update)).inc()


def _kind(update: Update) -> str:
    return next((kind for kind in ALLOWED_UPDATES if getattr(update, kind) is not None), "other")


class MeasuredSending:
    """Counts what became of each try to say something, and how long something new had waited."""

    def __init__(self, metrics: Metrics, clock: Clock) -> None:
        self._metrics, self._clock = metrics, clock

    def __call__(self, letter: Letter, verdict: Verdict) -> None:
        self._metrics.deliveries.labels(verdict.fate.name.lower()).inc()
        if verdict.fate is Fate.TAKEN and letter.subject is None:
            waited = (self._clock.now() - letter.created_at).total_seconds()
            self._metrics.delivery_seconds.labels(str(letter.priority)).observe(max(0.0, waited))
