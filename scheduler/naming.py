"""A copy of the program has its name for itself: two of one name would take each other's letters for their own."""

import asyncio
import logging

from bot.storage.database import Database, Hold, Unsettled

LOG = logging.getLogger(__name__)
# A copy that died without a word has lost its name after so long at the latest.
TRIES, SECONDS = 6, 2.0


class CopyTaken(Exception):
    """Another copy of this name runs: two would take each other's letters for their own."""


class Name:
    """The right to be the copy of this name."""

    def __init__(self, database: Database, copy: str) -> None:
        self._database, self._copy = database, copy
        self._hold: Hold | None = None

    async def take(self) -> None:
        """Have it from now on; CopyTaken while another copy has it. One that has just died is waited for."""
        for _ in range(TRIES):
            self._hold = await self._database.hold(f"copy {self._copy}")
            if self._hold is not None:
                return
            await asyncio.sleep(SECONDS)
        raise CopyTaken(self._copy)

    async def keep(self) -> None:
        """Take it again when the connection that held it broke: a server that was started anew knows of nobody's name."""
        if self._hold is not None and await self._hold.kept():
            return
        self._hold = None
        try:
            self._hold = await self._database.hold(f"copy {self._copy}")
        except Unsettled:
            return
        if self._hold is None:
            # Perhaps our own connection, which the server does not know to be broken yet; if not, somebody has to hear of it.
            LOG.error("another copy named %s runs on this database: give each its own name", self._copy)

    async def let_go(self) -> None:
        """Another copy may have it."""
        if self._hold is not None:
            await self._hold.let_go()
