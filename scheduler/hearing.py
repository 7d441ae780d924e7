"""Whether silence may be taken for silence: after the program was deaf, what waits at Telegram is read before alerts open.

Deaf is: for 120 seconds no successful intake, or no tick (a program that was down, a machine that slept). Spans are measured
on the machine's clock, so that moving the demo's clock makes nobody deaf; what people said and when is in program's time.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.storage import pulses
from bot.storage.database import Database, Unsettled

LOG = logging.getLogger(__name__)

DEAF = timedelta(seconds=120)
HOLD_AT_MOST = timedelta(minutes=3)

# Asks everyone again who could have answered in vain between two instants of the program's time; how many.
AskAgain = Callable[[datetime, datetime], Awaitable[int]]


class Hearing:
    """Watches intake and ticks of one copy. `heard_at` changes with each successful intake; `caught_up`: nothing waits there."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        machine: Clock,
        *,
        heard_at: Callable[[], datetime | None],
        caught_up: Callable[[], bool],
        ask_again: AskAgain,
    ) -> None:
        self._database, self._clock, self._machine = database, clock, machine
        self._heard_at, self._caught_up, self._ask_again = heard_at, caught_up, ask_again
        self._heard_last: datetime | None = None
        self._heard_machine: datetime | None = None
        self._ticked_machine: datetime | None = None
        self._since: datetime | None = None
        self._noticed: datetime | None = None
        self._restored = False

    async def look_back(self) -> None:
        """Once, before anything runs: when did any copy last hear and tick?

        It waits for no first tick: a clock that is moved on before that would look like a time in which nobody listened.
        """
        machine, now = self._machine.now(), self._clock.now()
        self._heard_machine = machine
        try:
            pulse = await self._database.read(pulses.latest)
        except Unsettled:
            return
        signs = [at for at in (pulse.intake_at, pulse.tick_at) if at is not None]
        if signs and now - min(signs) > DEAF:
            self._notice(min(signs), machine)

    def ready(self) -> bool:
        """Whether check-ins may be judged: not deaf, or deaf for so long that waiting any longer would be worse."""
        if self._since is None or self._noticed is None:
            return True
        return self._machine.now() - self._noticed > HOLD_AT_MOST

    async def tick(self) -> None:
        """Look once; after deafness, once everything that waited was read (or after three minutes), ask again."""
        machine, now = self._machine.now(), self._clock.now()
        if self._ticked_machine is not None and machine - self._ticked_machine > DEAF:
            self._notice(now - (machine - self._ticked_machine), machine)
        self._ticked_machine = machine
        self._listen(machine, now)
        if self._since is not None and self._restored and (self._caught_up() or not self._within_hold(machine)):
            await self._make_good(self._since, now)

    def _listen(self, machine: datetime, now: datetime) -> None:
        heard = self._heard_at()
        if heard is not None and heard != self._heard_last:
            self._heard_last, self._heard_machine = heard, machine
            self._restored = self._since is not None
        elif self._heard_machine is not None and machine - self._heard_machine > DEAF:
            self._notice(now - (machine - self._heard_machine), machine)

    def _notice(self, since: datetime, machine: datetime) -> None:
        if self._since is None:
            self._since, self._noticed, self._restored = since, machine, False
            LOG.warning("deaf since %s: alerts wait until what was said meanwhile is read", since.isoformat())

    def _within_hold(self, machine: datetime) -> bool:
        return self._noticed is not None and machine - self._noticed <= HOLD_AT_MOST

    async def _make_good(self, since: datetime, now: datetime) -> None:
        try:
            asked = await self._ask_again(since, now)
        except Unsettled:
            return
        LOG.warning("hearing again: %d people are asked once more", asked)
        self._since = self._noticed = None
