"""Each running copy follows a change of keys: it takes a new key from the key file, and uses it once the database says so."""

import logging

from bot.storage import failures, keyrings
from bot.storage.database import Database, Unsettled

LOG = logging.getLogger(__name__)


class Keyrings:
    """Follows for one copy of the program."""

    def __init__(self, database: Database, *, copy: str) -> None:
        self._database, self._copy = database, copy

    async def tick(self) -> None:
        """Look at the key file and at the database, and say which keys this copy holds."""
        try:
            if not await self._database.transaction(lambda tx: keyrings.follow(tx, self._copy)):
                LOG.error("the key that is in use is not in this machine's key file: bring the file here")
        except Unsettled:
            LOG.warning("keys wait: the database cannot be used")
        except Exception as error:  # the tick edge
            LOG.error("keys cannot be followed: %s", failures.describe(error))

    async def leave(self) -> None:
        """The program ends: a change of keys does not wait for this copy."""
        try:
            await self._database.transaction(lambda tx: keyrings.leave(tx, self._copy))
        except Unsettled:
            LOG.warning("the database cannot be told that this copy ends")
