"""Copies of the program wake each other: what one puts into the outbox another may have to say."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from bot.storage.database import Database, Unsettled

LOG = logging.getLogger(__name__)

# However much happens in this time, the others are called once.
CALM_SECONDS = 0.03


class Calling:
    """Calls the other copies by this one's name, and wakes this one when another calls.

    `company` says whether there is anybody to call. Nothing depends on it: who hears nothing looks by itself every second.
    """

    def __init__(self, database: Database, name: str, *, wake: Callable[[], None], company: Callable[[], bool]) -> None:
        self._database, self._name, self._wake, self._company = database, name, wake, company
        self._news = asyncio.Event()

    def call(self) -> None:
        """There is something new to say."""
        if self._database.shared and self._company():
            self._news.set()

    async def run(self) -> None:
        """Call and listen, until cancelled."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._database.listen(self._heard))
            both.create_task(self._calls())

    async def _calls(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            with suppress(Unsettled):
                await self._database.call(self._name)
            await asyncio.sleep(CALM_SECONDS)

    def _heard(self, name: str) -> None:
        if name != self._name:
            self._wake()
