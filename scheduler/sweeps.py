"""A sweep moves on whatever was waiting for the time that has come: a batch of due rows in each transaction, until none is due.

All truth is in rows: any number of copies may sweep at once, and after a restart the first sweep catches up.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from structlog.contextvars import bound_contextvars

from bot.clock import Clock, Sign
from bot.storage import failures
from bot.storage.database import Database, Transaction, Unsettled

LOG = logging.getLogger(__name__)

BATCH = 500


@dataclass(frozen=True)
class Sweep:
    """One kind of row that waits for time, and what is done with it.

    `due` takes (locking them) at most so many rows whose time has come; `step` moves them on; `postpone` lets a row that
    fails rest for a minute. `vital`: somebody's safety hangs on it, so it is swept first, and when a row fails `poisoned`
    tells somebody to look by hand. `late` counts rows that should have been moved on before an instant. While
    `ready` says no the sweep waits: silence may not be taken for an answer after the program was deaf. `fans_out`: a row stands
    for many people and is due again until all of them were reached.
    """

    name: str
    due: Callable[[Transaction, datetime, int], list[int]]
    step: Callable[[Transaction, list[int], datetime], None]
    postpone: Callable[[Transaction, int, datetime], None]
    late: Callable[[Transaction, datetime], int]
    vital: bool = False
    poisoned: Callable[[Transaction, int, datetime], None] | None = None
    ready: Callable[[], bool] | None = None
    fans_out: bool = False


class Sweeper:
    """Runs sweeps, the vital ones first. `done`: when all of them were last done."""

    def __init__(self, database: Database, sweeps: Sequence[Sweep], clock: Clock, *, wake: Callable[[], None]) -> None:
        self._database, self._clock, self._wake = database, clock, wake
        self._sweeps = sorted(sweeps, key=lambda sweep: not sweep.vital)
        self.done = Sign(clock)

    async def tick(self) -> int:
        """Do everything that is due; how many rows it was. A database in trouble is left alone until the next tick."""
        now = self._clock.now()
        moved, fine = 0, True
        for sweep in self._sweeps:
            if sweep.ready is not None and not sweep.ready():
                continue
            try:
                moved += await self._run(sweep, now)
            except Unsettled as error:
                LOG.warning("the tick ends early, the database cannot be used: %s", error)
                return moved
            except Exception as error:  # the tick edge: a sweep that cannot even find its rows must not stop the others
                LOG.error("sweep %s failed: %s", sweep.name, failures.describe(error))
                fine = False
        if fine:
            self.done.give()
        return moved

    async def _run(self, sweep: Sweep, now: datetime) -> int:
        moved = 0
        while True:
            batch = Batch(sweep, now)
            taken = await self._database.transaction(batch.run)
            if taken:
                self._wake()
            moved += taken
            # A row that could be neither moved nor postponed is still due: it waits for the next tick.
            if batch.stuck or taken < (1 if sweep.fans_out else BATCH):
                return moved


class Batch:
    """One transaction of a sweep. `stuck`: a row failed that could not even be postponed."""

    def __init__(self, sweep: Sweep, now: datetime) -> None:
        self._sweep, self._now = sweep, now
        self.stuck = False

    def run(self, tx: Transaction) -> int:
        """Take what is due and move it on; how many rows were taken. It can be run again from its beginning."""
        self.stuck = False
        rows = self._sweep.due(tx, self._now, BATCH)
        if rows:
            self._step(tx, rows)
        return len(rows)

    def _step(self, tx: Transaction, rows: list[int]) -> None:
        """Move on these; if that fails, halve them until the failing row stands alone."""
        try:
            with tx.savepoint():
                self._sweep.step(tx, rows, self._now)
        except Unsettled:
            raise
        except Exception as error:  # the tick edge
            if len(rows) == 1:
                self._set_aside(tx, rows[0], error)
                return
            middle = len(rows) // 2
            self._step(tx, rows[:middle])
            self._step(tx, rows[middle:])

    def _set_aside(self, tx: Transaction, row: int, error: Exception) -> None:
        subject = f"{self._sweep.name}:{row}"
        with bound_contextvars(sweep=self._sweep.name, alert=row if self._sweep.name == "alerts" else None):
            LOG.error("sweep row %s failed: %s", subject, failures.describe(error))
        failures.record(tx, place="sweep", subject=subject, body=None, error=error, now=self._now)
        self.stuck |= not self._tried(tx, row, self._sweep.postpone)
        if self._sweep.poisoned is not None:
            self._tried(tx, row, self._sweep.poisoned)

    def _tried(self, tx: Transaction, row: int, deed: Callable[[Transaction, int, datetime], None]) -> bool:
        try:
            with tx.savepoint():
                deed(tx, row, self._now)
        except Unsettled:
            raise
        except Exception as error:  # the tick edge
            subject = f"{self._sweep.name}:{row}"
            failures.record(tx, place="sweep", subject=subject, body=None, error=error, now=self._now)
            return False
        return True
