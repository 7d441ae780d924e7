"""Who was forgotten is written down outside the database too, so that a restored backup forgets them again."""

import asyncio
import logging
import os
import re
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.domain.erasures import Mark
from bot.domain.home import Home
from bot.services import erasures as cases
from bot.storage import erasures, failures
from bot.storage.database import Database, Unsettled

LOG = logging.getLogger(__name__)
# A line is when, and a keyed hash of whom. What a power cut left half-written is no line.
LINE = re.compile(r"(\S+) ([0-9a-f]{64})")


class ErasureLog:
    """A file that is no part of the database's backups: each copy of the program keeps its own, with every erasure in it.

    It holds nothing but keyed hashes: without the secret key it says nothing about anybody.
    """

    def __init__(self, database: Database, path: Path) -> None:
        self._database, self._path = database, path
        self._last = 0
        self._key: str | None = None
        self._written: set[str] | None = None

    async def tick(self) -> None:
        """Write down what was forgotten since the last time; a file that cannot be written is tried again."""
        try:
            await self._follow()
        except Unsettled:
            LOG.warning("the log of erasures waits: the database cannot be used")
        except Exception as error:  # the tick edge
            LOG.error("the log of erasures cannot be written: %s", failures.describe(error))

    async def _follow(self) -> None:
        if self._written is None:
            self._written = await asyncio.to_thread(self._read)
        # Under a new key everybody has a new mark.
        key = await self._database.read(lambda tx: tx.vault.seals)
        if key != self._key:
            self._key, self._last = key, 0
        while page := await self._database.read(lambda tx: erasures.noted_after(tx, self._last)):
            fresh = [mark for _, mark in page if mark.hash not in self._written]
            if fresh:
                await asyncio.to_thread(self._append, fresh)
            self._written |= {mark.hash for mark in fresh}
            self._last = page[-1][0]

    async def apply_again(self, home: Home, now: datetime) -> int:
        """Forget again whoever the file knows and the database does not: it was restored from a backup. How many."""
        marks = await asyncio.to_thread(self._read)
        again = await self._database.read(lambda tx: cases.to_apply_again(tx, marks)) if marks else []
        for person_id in again:
            await self._database.transaction(partial(cases.apply_again, home=home, person_id=person_id, now=now))
        if again:
            LOG.warning("the database is older than the log of erasures: %s people were forgotten again", len(again))
        return len(again)

    def _read(self) -> set[str]:
        if not self._path.exists():
            return set()
        lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        return {found.group(2) for line in lines if (found := LINE.fullmatch(line))}

    def _append(self, marks: list[Mark]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            # Behind a line that a power cut left half-written a new one begins.
            if file.tell() and not self._ends_whole():
                file.write("\n")
            file.writelines(f"{mark.at.isoformat()} {mark.hash}\n" for mark in marks)
            file.flush()
            os.fsync(file.fileno())

    def _ends_whole(self) -> bool:
        return self._path.read_bytes().endswith(b"\n")
