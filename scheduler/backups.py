"""Backups by themselves: at the hours that are set one copy of the program makes one, and removes what is kept no longer."""

import asyncio
import logging
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.backups import Keep, slot_before
from bot.services import backups as cases
from bot.storage import failures
from bot.storage.backups import copies, files, records
from bot.storage.database import Database, Unsettled

LOG = logging.getLogger(__name__)


class Backups:
    """Makes backups of the database behind `url`; `folder` None: none are made. What is due is a row: one copy takes it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        url: str,
        copy: str,
        folder: Path | None,
        hours: Sequence[int],
        zone: ZoneInfo,
        keep: Keep,
        passphrase: str | None,
    ) -> None:
        self._database, self._clock, self._url, self._copy = database, clock, url, copy
        self._folder, self._hours, self._zone, self._keep = folder, hours, zone, keep
        self._passphrase = passphrase

    async def tick(self) -> None:
        """Make the backup that is due, if no other copy has; told if that fails."""
        try:
            await self._tick()
        except Unsettled:
            LOG.warning("the backup waits: the database cannot be used")
        except Exception as error:  # the tick edge
            LOG.error("the backup failed: %s", failures.describe(error))

    async def _tick(self) -> None:
        now = self._clock.now()
        slot = slot_before(now, self._hours, self._zone)
        if self._folder is None or not await self._database.transaction(
            lambda tx: records.claim(tx, slot, self._copy, now)
        ):
            return
        try:
            made = await self._make(self._folder, now)
        except copies.BackupImpossible as error:
            LOG.error("no backup could be made: %s", error)
            why = error.why.value
            await self._database.transaction(lambda tx: cases.failed(tx, slot, why, now=self._clock.now()))
            return
        LOG.info("backup %s was made", made.path.name)
        await self._database.transaction(lambda tx: records.made(tx, slot, made.path.name, self._clock.now()))
        await asyncio.to_thread(copies.rotate, self._folder, self._keep, self._zone)

    async def _make(self, folder: Path, now: datetime) -> files.Backup:
        # A program that is asked to stop does not wait for its backup: the thread gives up at the next piece.
        halt = threading.Event()
        try:
            return await asyncio.to_thread(
                copies.take, self._url, folder, at=now, passphrase=self._passphrase, halt=halt
            )
        except asyncio.CancelledError:
            halt.set()
            raise
