"""What the program counts and times, for Prometheus: numbers by kind and result, never by person, place or chat."""

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest

from bot.domain.notices import Priority
from bot.storage.database import Database, Hold, Work
from bot.storage.outbox import Waiting
from bot.storage.vitals import Vitals

T = TypeVar("T")

FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
SLOW = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 1800.0)
# A ladder has a handful of rungs; whatever is beyond is one kind.
RUNGS_AT_MOST = 9


class Metrics:
    """One copy's figures. Those of the whole database (outbox, sweeps, alerts) are the same at every copy: take their maximum."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._count_what_happens()
        self._look_at_the_database()
        self._look_at_this_copy()

    def _count_what_happens(self) -> None:
        to = self.registry
        self.updates = Counter("linli_updates", "Updates that were handled, by kind.", ["kind"], registry=to)
        self.update_seconds = Histogram(
            "linli_update_seconds", "Time in which one update was handled.", registry=to, buckets=FAST
        )
        self.deliveries = Counter("linli_deliveries", "Tries to say something, by result.", ["result"], registry=to)
        self.delivery_seconds = Histogram(
            "linli_delivery_seconds",
            "From when something new was to be said until Telegram had taken it, by priority (0: life).",
            ["priority"],
            registry=to,
            buckets=SLOW,
        )
        self.database_seconds = Histogram(
            "linli_database_seconds", "Time of one transaction or read.", ["kind"], registry=to, buckets=FAST
        )
        self.log_lines = Counter("linli_log_lines", "Lines written into the log, by level.", ["level"], registry=to)

    def _look_at_the_database(self) -> None:
        to = self.registry
        self.outbox_letters = Gauge("linli_outbox_letters", "Messages that wait.", ["priority"], registry=to)
        self.outbox_oldest = Gauge(
            "linli_outbox_oldest_seconds",
            "How long the oldest waiting message has been due.",
            ["priority"],
            registry=to,
        )
        self.sweep_late = Gauge(
            "linli_sweep_late_rows", "Rows that time should have moved on a minute ago.", ["sweep"], registry=to
        )
        self.alerts_open = Gauge(
            "linli_alerts_open",
            "Alerts that nobody has taken on, by the rung that is tried next.",
            ["rung"],
            registry=to,
        )
        self.alerts_taken = Gauge("linli_alerts_taken", "Alerts that somebody is on.", registry=to)
        self.ladder_late = Gauge(
            "linli_ladder_late_seconds", "How late the latest ladder is against its own clock.", registry=to
        )
        self.failures = Gauge("linli_failures", "Failures that are kept for looking into.", registry=to)

    def _look_at_this_copy(self) -> None:
        to = self.registry
        self.ready = Gauge("linli_ready", "1: this copy does all of its work.", registry=to)
        self.loop_lag = Gauge(
            "linli_event_loop_lag_seconds", "The longest that this copy's event loop was held up lately.", registry=to
        )
        self.sign_age = Gauge(
            "linli_sign_age_seconds", "Since the last sign of life of intake and ticks here.", ["sign"], registry=to
        )
        self.copies = Gauge("linli_copies", "Copies whose pulse beats.", registry=to)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)

    # --- what is looked up when somebody asks ---

    def see_outbox(self, waiting: Iterable[Waiting]) -> None:
        """What waits to be said; nothing at a priority is a nought, not an absence."""
        found = {one.priority: one for one in waiting}
        for priority in Priority:
            one = found.get(priority)
            self.outbox_letters.labels(str(int(priority))).set(one.letters if one else 0)
            self.outbox_oldest.labels(str(int(priority))).set(one.oldest_seconds if one else 0)

    def see_late(self, sweeps: Iterable[str], late: dict[str, int]) -> None:
        """What should have been moved on."""
        for name in sweeps:
            self.sweep_late.labels(name).set(late.get(name, 0))

    def see_vitals(self, vitals: Vitals) -> None:
        """Alerts, ladders, failures, copies."""
        self.alerts_open.clear()
        for rung in range(RUNGS_AT_MOST + 1):
            self.alerts_open.labels(str(rung)).set(0)
        for rung, number in vitals.open_by_rung.items():
            self.alerts_open.labels(str(min(rung, RUNGS_AT_MOST))).inc(number)
        self.alerts_taken.set(vitals.taken)
        self.ladder_late.set(vitals.ladder_late_seconds)
        self.failures.set(vitals.failures)
        self.copies.set(vitals.copies)

    def see_copy(self, ready: bool, lag: float, ages: dict[str, float]) -> None:
        """This copy: whether it is ready, by how much its loop was held up, and how old its signs of life are."""
        self.ready.set(int(ready))
        self.loop_lag.set(lag)
        for sign, seconds in ages.items():
            self.sign_age.labels(sign).set(seconds)


class MeasuredDatabase(Database):
    """A database whose transactions and reads are timed, waiting for their turn included."""

    def __init__(self, inner: Database, seen: Callable[[str, float], None]) -> None:
        self._inner, self._seen = inner, seen
        self.lanes, self.shared = inner.lanes, inner.shared

    async def transaction(self, work: Work[T]) -> T:
        began = time.monotonic()
        try:
            return await self._inner.transaction(work)
        finally:
            self._seen("transaction", time.monotonic() - began)

    async def read(self, work: Work[T]) -> T:
        began = time.monotonic()
        try:
            return await self._inner.read(work)
        finally:
            self._seen("read", time.monotonic() - began)

    async def tidy(self) -> bool:
        return await self._inner.tidy()

    async def hold(self, name: str) -> Hold | None:
        return await self._inner.hold(name)

    async def call(self, word: str) -> None:
        await self._inner.call(word)

    async def listen(self, heard: Callable[[str], None]) -> None:
        await self._inner.listen(heard)

    async def close(self) -> None:
        await self._inner.close()
