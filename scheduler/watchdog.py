"""The watchdog: if nothing can be written any more, people are told past the outbox, and the outside monitor hears nothing.

It writes each copy's pulse, asks the auditor, and sends the heartbeat only when all is well: whoever watches from outside
learns of everything from its absence, a dead machine included.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from math import inf

import aiohttp

from bot.clock import Clock
from bot.domain.pulses import CopyTroubled, CopyWell
from bot.services import pulses as cases
from bot.storage import failures, pulses
from bot.storage.database import Database, Transaction, Unsettled
from scheduler.auditor import DEAF, Auditor, Report

LOG = logging.getLogger(__name__)

SILENT_SECONDS = 60.0
REPEAT_SECONDS = 600.0
HEARTBEAT_SECONDS = 60.0
HEARTBEAT_TIMEOUT_SECONDS = 10.0
WRITE_TIMEOUT_SECONDS = 8.0
FRESH_SECONDS = 30.0
ALARM = (
    "邻里程序无法保存任何内容已超过一分钟。求助和报平安可能没有被记录，请直接打电话或上门联系需要关心的人，并通知管理员。\n\n"
    "Linli has not been able to save anything for over a minute. Requests and check-ins may not be recorded: please telephone"
    " or visit those who may need you, and tell the administrator."
)
COPY_TROUBLED = (
    "邻里程序的副本 {copy} 出了问题，其他副本照常工作。请管理员查看。\n\n"
    "The copy {copy} of Linli is in trouble; the other copies go on. Please tell the administrator."
)
COPY_WELL = "邻里程序的副本 {copy} 已恢复正常。\n\nThe copy {copy} of Linli is well again."
ALL_CLEAR = (
    "邻里程序已恢复，可以正常保存。请留意刚才这段时间里可能没有被记录的求助。\n\n"
    "Linli can save again. Please look out for requests that may not have been recorded in the meantime."
)

Emergency = Callable[[str], Awaitable[None]]
# What was found late, and what of the other copies reached nobody in the chat.
Found = tuple[dict[str, int], list[CopyTroubled | CopyWell]]


class Watchdog:
    """Watches one copy. `emergency` says a text to the emergency chats directly; `heartbeat_url` None: nobody watches outside.

    `hears` says whether silence may be taken for silence here; None: another copy takes in what is said.
    """

    def __init__(
        self,
        database: Database,
        auditor: Auditor,
        clock: Clock,
        *,
        copy: str,
        emergency: Emergency,
        heartbeat_url: str | None = None,
        hears: Callable[[], bool | None] = lambda: True,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._auditor, self._clock, self._copy = database, auditor, clock, copy
        self._hears = hears
        self._emergency, self._heartbeat_url, self._monotonic = emergency, heartbeat_url, monotonic
        self._began_at = self._written_at = monotonic()
        self._writing: asyncio.Task[Found] | None = None
        self._alarmed_at = -inf
        self._alarmed = False
        self._beaten_at = -inf

    async def tick(self) -> Report | None:
        """Write, look, tell; what the auditor found, or None if nothing could be written."""
        try:
            return await self._watch()
        except Exception as error:  # the tick edge
            LOG.error("the watchdog failed: %s", failures.describe(error))
            return None

    async def _watch(self) -> Report | None:
        found = await self._write()
        if found is None:
            await self._bark()
            return None
        late, untold = found
        self._written_at = self._monotonic()
        for notice in untold:
            await self._emergency(_of_copy(notice))
        await self._calm_down()
        report = Report(late, self._auditor.deaf(self._clock.now()))
        if report.fine:
            await self._beat()
        else:
            LOG.error("late: %s; deaf: %s", report.late, ", ".join(report.deaf) or "nothing")
        return report

    def writes(self) -> bool:
        """Whether something was written and read within the last half minute."""
        return self._monotonic() - self._written_at <= FRESH_SECONDS

    async def ends(self) -> None:
        """The last pulse before this copy stops as it was asked to: nobody has to look for it."""
        await self.tick()
        with suppress(Unsettled):
            await self._database.transaction(lambda tx: pulses.end(tx, self._copy))

    # --- writing ---

    async def _write(self) -> Found | None:
        """Write the pulse and look for what is late; None if that failed or takes too long."""
        # Only one try at a time: a database that hangs must not gather them.
        if self._writing is None:
            self._writing = asyncio.create_task(self._database.transaction(self._pulse))
        done, _ = await asyncio.wait({self._writing}, timeout=WRITE_TIMEOUT_SECONDS)
        if not done:
            return None
        task, self._writing = self._writing, None
        error = task.exception()
        if error is not None:
            LOG.warning("the pulse was not written: %s", failures.describe(error))
            return None
        return task.result()

    def _pulse(self, tx: Transaction) -> Found:
        signs, now = self._auditor.signs(), self._clock.now()
        hears = self._hears()
        intake_at = None if hears is None else signs["intake"]
        # Just started, it has not heard or ticked yet: that is no trouble.
        settled = self._monotonic() - self._began_at > DEAF.total_seconds()
        ails = ",".join(self._auditor.deaf(now)) or None if settled else None
        pulses.beat(tx, self._copy, intake_at=intake_at, tick_at=signs["ticks"], hears=hears, ails=ails)
        untold = cases.look_after(tx, self._copy, now=now) if self._database.shared else []
        return self._auditor.late(tx, now), untold

    # --- telling people ---

    async def _bark(self) -> None:
        at = self._monotonic()
        if at - self._written_at < SILENT_SECONDS or at - self._alarmed_at < REPEAT_SECONDS:
            return
        LOG.critical("nothing could be written for %d seconds: the emergency chats are told", at - self._written_at)
        await self._emergency(ALARM)
        self._alarmed, self._alarmed_at = True, at

    async def _calm_down(self) -> None:
        if self._alarmed:
            await self._emergency(ALL_CLEAR)
            self._alarmed = False

    # --- telling the monitor ---

    async def _beat(self) -> None:
        at = self._monotonic()
        if self._heartbeat_url is None or at - self._beaten_at < HEARTBEAT_SECONDS:
            return
        self._beaten_at = at
        try:
            timeout = aiohttp.ClientTimeout(total=HEARTBEAT_TIMEOUT_SECONDS)
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(self._heartbeat_url) as answer:
                answer.raise_for_status()
        except (aiohttp.ClientError, TimeoutError) as error:
            self._beaten_at = -inf  # the next tick tries again
            LOG.warning("the outside monitor was not reached: %s", type(error).__name__)


def _of_copy(notice: CopyTroubled | CopyWell) -> str:
    text = COPY_TROUBLED if isinstance(notice, CopyTroubled) else COPY_WELL
    return text.format(copy=notice.copy)
