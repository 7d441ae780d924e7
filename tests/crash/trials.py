"""What the program has to stand: kills in rounds, and mishaps during each round and after it."""

import asyncio
import itertools
import math
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator

from sandbox import Sandbox
from tests.crash.keeper import Keeper
from tests.crash.mishaps import Mishap, mishaps
from tests.crash.model import Finding
from tests.crash.model.evidence import LOST
from tests.crash.order import CARE, NEEDS, WEBHOOK, Order
from tests.crash.points import LONGEST_CARE_JUMPS_MINUTES, LONGEST_JUMPS_MINUTES, Kill, plan, plan_care
from tests.crash.record import RecordingQueue
from tests.crash.weather import Weather

LOOK_SECONDS = 0.25
# After a mishap the program has so long to take in and to say something again, and may have ended by itself until then.
BACK_SECONDS, EXCUSED_SECONDS = 45.0, 30.0
# Minutes that pass while programs run: at least and at most at once, all in all. A need stands still for six hours only.
FORWARD = {NEEDS: (11.0, 19.0, 50.0), CARE: (60.0, 240.0, 1200.0)}
Said = Callable[[str], None]


class Trials:
    """Carries them out. `met` counts the mishaps, `back_after` how many seconds after each the program had gone on."""

    def __init__(self, order: Order, weather: Weather, sandbox: Sandbox, queue: RecordingQueue, say: Said) -> None:
        self._order, self._weather, self._sandbox, self._queue, self._say = order, weather, sandbox, queue, say
        self.met: Counter[str] = Counter()
        self.back_after: list[float] = []
        self._excused_until = 0.0

    def excused(self) -> bool:
        """Whether a program that ends by itself now has a reason."""
        return time.monotonic() < self._excused_until

    async def run(self, keepers: list[Keeper], dice: random.Random) -> list[Finding]:
        """All of them; in each round something happens meanwhile, and then something to those that are left alone."""
        order, findings = self._order, list[Finding]()
        coming = itertools.islice(mishaps(order.database, order.kinds, dice, brief=order.brief), order.mishaps)
        rounds = max(1, -(-order.mishaps // 2))
        plans = [list(self._kills(dice)) for _ in keepers]
        if order.mishaps:
            self._weather.begin(dice)
        for number in range(rounds):
            parts = [plan[number * len(plan) // rounds : (number + 1) * len(plan) // rounds] for plan in plans]
            meanwhile = [self._suffer(mishap)] if (mishap := next(coming, None)) is not None else []
            await asyncio.gather(*(k.kill_through(part) for k, part in zip(keepers, parts, strict=True)), *meanwhile)
            if (mishap := next(coming, None)) is not None:
                findings += await lived_through(keepers, self._suffer_and_go_on(mishap))
        return findings

    def _kills(self, dice: random.Random) -> Iterator[Kill]:
        """One copy's deaths, and its part of the time that passes; what passes while they live is taken off."""
        order = self._order
        kills, passing = -(-order.kills // order.copies), FORWARD[order.load][2] if order.mishaps else 0.0
        if order.load == CARE:
            return plan_care(kills, dice, longest=(LONGEST_CARE_JUMPS_MINUTES - passing) / order.copies)
        longest = (LONGEST_JUMPS_MINUTES - passing) / order.copies
        return plan(kills, dice, one_by_one=order.intake == WEBHOOK, longest=longest)

    async def _suffer(self, mishap: Mishap) -> None:
        """This happens, now."""
        await asyncio.sleep(mishap.after_seconds)
        self._say(f"now: {mishap}")
        self.met[mishap.kind] += 1
        self._excused_until = math.inf
        await self._weather.strike(mishap)
        self._excused_until = time.monotonic() + EXCUSED_SECONDS

    async def _suffer_and_go_on(self, mishap: Mishap) -> list[Finding]:
        """This happens, and then what waits at Telegram is taken in and something new is said."""
        await self._suffer(mishap)
        began, newest, said = time.monotonic(), max(self._queue.seen), len(self._sandbox.calls)
        while not self._goes_on(newest, said):
            if time.monotonic() - began > BACK_SECONDS:
                return [Finding(LOST, f"{BACK_SECONDS:g} seconds after {mishap} the program had not gone on")]
            await asyncio.sleep(LOOK_SECONDS)
        self.back_after.append(time.monotonic() - began)
        return []

    def _goes_on(self, newest: int, said: int) -> bool:
        if any(update.id <= newest for update in self._queue.waiting):
            return False
        later = itertools.islice(self._sandbox.calls, said, None)
        return any(call.ok and call.method in ("sendMessage", "editMessageText") for call in later)

    def median_and_longest(self) -> list[float]:
        """Of the seconds until the program had gone on; empty: it was never left alone."""
        after = self.back_after
        return [round(statistics.median(after), 1), round(max(after), 1)] if after else []


async def lived_through(keepers: list[Keeper], deed: Coroutine[None, None, list[Finding]]) -> list[Finding]:
    """Do this while all programs live on."""
    doing = asyncio.ensure_future(deed)
    await asyncio.gather(*(keeper.live_through(doing) for keeper in keepers))
    return doing.result()
