"""Time passes: APScheduler only ticks. What is due stands in rows, so a tick that was late or left out loses nothing."""

import logging
from asyncio import CancelledError
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.storage.database import Unsettled

LOG = logging.getLogger(__name__)

SWEEP_SECONDS = 1
WATCH_SECONDS = 10
HOUSEKEEPING_SECONDS = 3600
BACKUP_SECONDS = 60
AHEAD_SECONDS = 600

Tick = Callable[[], Awaitable[object]]


class Ticks:
    """Ticks while the program runs: `sweep`, `fetch` and `export` every `sweep_seconds`, `watch` every ten, `keep_house` every
    hour; `back_up` looks every minute whether a backup is due, `look_ahead` every ten minutes who has duty next."""

    def __init__(
        self,
        *,
        sweep: Tick,
        fetch: Tick,
        export: Tick,
        watch: Tick,
        keep_house: Tick,
        back_up: Tick,
        look_ahead: Tick,
        sweep_seconds: float = SWEEP_SECONDS,
    ) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # Its default leaves out a run that is a second late; ours runs once, however late.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        timed = (
            (sweep, sweep_seconds),
            (fetch, sweep_seconds),
            (export, sweep_seconds),
            (watch, WATCH_SECONDS),
            (keep_house, HOUSEKEEPING_SECONDS),
            (back_up, BACKUP_SECONDS),
            (look_ahead, AHEAD_SECONDS),
        )
        for tick, seconds in timed:
            self._scheduler.add_job(_until_let_go, "interval", args=(tick,), seconds=seconds)

    def start(self) -> None:
        """Begin; the first sweep is a second away."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more; a tick that is on is let go of, its transaction ends by itself."""
        self._scheduler.shutdown(wait=False)


async def _until_let_go(tick: Tick) -> None:
    """One tick. To be let go of when the program stops is no failure, and APScheduler would write it down as one.

    Nor is a database that cannot be used just now: the next tick comes.
    """
    with suppress(CancelledError):
        try:
            await tick()
        except Unsettled as error:
            LOG.warning("a tick waits, the database cannot be used: %s", error)
