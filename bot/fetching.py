"""Files that somebody sent are fetched from Telegram, outside of any transaction, and handed to the use case that waits."""

import logging
from collections.abc import Callable
from functools import partial

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.domain.home import Home
from bot.domain.rosters import BYTES_AT_MOST
from bot.services import parcels, rosters
from bot.storage import parcels as stored_parcels
from bot.storage import rosters as imports
from bot.storage.database import Database, Transaction

# Telegram gives a bot no more.
MEDIA_BYTES_AT_MOST = 20 * 1024 * 1024

LOG = logging.getLogger(__name__)


class Fetcher:
    """Fetches one file after the other. Two copies may fetch the same: whoever comes second finds it read already."""

    def __init__(
        self, database: Database, bot: ExtBot[None], home: Home, clock: Clock, *, wake: Callable[[], None]
    ) -> None:
        self._database, self._bot, self._home, self._clock, self._wake = database, bot, home, clock, wake

    async def tick(self) -> None:
        """Everything that waits. What Telegram does not give is asked for again."""
        while (errand := await self._database.read(lambda tx: stored_parcels.due(tx, self._home.bot_id))) is not None:
            content = await self._fetched(errand.file_id, MEDIA_BYTES_AT_MOST)
            await self._database.transaction(partial(self._bring, errand, content))
            self._wake()
        while (found := await self._next()) is not None:
            content = await self._fetched(found.file_id, BYTES_AT_MOST)
            await self._database.transaction(partial(self._hand_over, found.id, content))
            self._wake()

    def _hand_over(self, number: int, content: bytes | None, tx: Transaction) -> None:
        now = self._clock.now()
        if content is None:
            rosters.lost(tx, number, now=now)
        else:
            rosters.came(tx, self._home, number, content, now=now)

    async def _next(self) -> imports.Import | None:
        now = self._clock.now()
        return await self._database.read(lambda tx: imports.due(tx, self._home.bot_id, now))

    @staticmethod
    def _bring(errand: stored_parcels.Errand, content: bytes | None, tx: Transaction) -> None:
        parcels.came(tx, errand, content)

    async def _fetched(self, file_id: str, at_most: int) -> bytes | None:
        """The file; None when Telegram does not give it, or gives more than was said."""
        try:
            file = await self._bot.get_file(file_id)
            content = bytes(await file.download_as_bytearray())
        except TelegramError as error:
            LOG.warning("a file was not fetched: %s", type(error).__name__)
            return None
        return content if len(content) <= at_most else None
