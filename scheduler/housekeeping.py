"""What is no longer needed is forgotten, in small batches, so that the writer is never held for long."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.storage import digests, failures, outbox, pulses, updates
from bot.storage.database import Database, Transaction, Unsettled

LOG = logging.getLogger(__name__)

BATCH = 500


@dataclass(frozen=True)
class Rule:
    """One kind of row, and for how long it is kept."""

    name: str
    kept: timedelta
    forget_before: Callable[[Transaction, datetime, int], int]


RULES = (
    Rule("updates", timedelta(hours=48), updates.forget_before),
    Rule("letters", timedelta(days=7), outbox.forget_before),
    Rule("news", timedelta(days=7), digests.forget_before),
    Rule("failures", timedelta(days=30), failures.forget_before),
    Rule("pulses", timedelta(days=7), pulses.forget_before),
)


class Housekeeper:
    """Forgets by rules; `rules` are those of the floor unless others are given."""

    def __init__(self, database: Database, clock: Clock, *, rules: tuple[Rule, ...] = RULES) -> None:
        self._database, self._clock, self._rules = database, clock, rules

    async def tick(self) -> int:
        """Forget everything that has been kept long enough; how many rows that was."""
        now = self._clock.now()
        forgotten = 0
        try:
            for rule in self._rules:
                forgotten += await self._follow(rule, now)
        except Unsettled:
            LOG.warning("housekeeping waits: the database cannot be used")
        except Exception as error:  # the tick edge
            LOG.error("housekeeping failed: %s", failures.describe(error))
        return forgotten

    async def _follow(self, rule: Rule, now: datetime) -> int:
        forgotten = 0
        while True:
            batch = await self._database.transaction(lambda tx: rule.forget_before(tx, now - rule.kept, BATCH))
            forgotten += batch
            if batch < BATCH:
                return forgotten
