"""Lists become files: read page by page beside the writer, written row after row in a thread, kept sealed until they are sent.

No file is half of one: a copy that dies in the middle leaves a row whose time comes again, and the next one begins anew.
"""

import asyncio
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.clock import Clock
from bot.domain.errors import NotAllowed
from bot.domain.home import Home
from bot.domain.listings import Content, Export, Kept, Making, Row
from bot.papers.listings import Table, table
from bot.services.listings import files
from bot.storage import failures, persons
from bot.storage.database import Database, Hook, Transaction, Unsettled, nothing
from bot.texts.listings import cells, header
from bot.texts.message import Document
from bot.texts.words import Words

LOG = logging.getLogger(__name__)

# Read, worded and written at once; what is in memory of a file is never more than this, however long it is.
PAGE = 1000
# Telegram takes 50 MB. A file of this size comes up within the lease of its letter on a slow line, too.
PART_BYTES = 10_000_000
PIECE_BYTES = 256_000
FOLDER = "exports-"


class Stopped(Exception):
    """Nobody waits for this file any more."""


@dataclass
class Progress:
    """How far one file has come. `rung`: whose telephones are in it."""

    export: Export
    words: Words
    folder: Path
    total: int = 0
    top: int = 0
    rows: int = 0
    looked_at: int = 0
    parts: list[Path] = field(default_factory=list)
    rung: frozenset[int] = frozenset()
    table: Table | None = None


class Exporter:
    """Makes one file after the other. `folder`: where they are while they are written."""

    def __init__(
        self,
        database: Database,
        home: Home,
        clock: Clock,
        folder: Path,
        *,
        wake: Callable[[], None],
        page: int = PAGE,
        part_bytes: int = PART_BYTES,
        hook: Hook = nothing,
    ) -> None:
        self._database, self._home, self._clock, self._wake, self._hook = database, home, clock, wake, hook
        self._folder, self._page, self._part_bytes = folder, page, part_bytes

    async def tick(self) -> None:
        """Everything that waits to be made."""
        while (export := await self._database.transaction(self._taken_up)) is not None:
            self._wake()
            if export.state is Making.MAKING:
                await self._make(export)
                self._wake()

    def sweep(self) -> None:
        """What a copy that died has left in the folder is removed, before the first file is begun."""
        for left in self._folder.glob(f"{FOLDER}*"):
            shutil.rmtree(left, ignore_errors=True)

    def _taken_up(self, tx: Transaction) -> Export | None:
        return files.take_up(tx, now=self._clock.now())

    async def _make(self, export: Export) -> None:
        try:
            with self._own_folder() as folder:
                await self._write(export, folder)
        except Stopped:
            LOG.info("export %s was stopped", export.id)
        except NotAllowed:
            await self._database.transaction(lambda tx: files.refuse(tx, export.id, Making.REFUSED))
        except Unsettled:
            LOG.warning("export %s waits: the database cannot be used", export.id)
        except Exception as error:  # the exporting edge: one file that cannot be made must not stop the others
            LOG.error("export %s failed: %s", export.id, failures.describe(error))
            await self._database.transaction(partial(self._failed, export.id, error))

    def _failed(self, export_id: int, error: Exception, tx: Transaction) -> None:
        now = self._clock.now()
        failures.record(tx, place="export", subject=f"export:{export_id}", body=None, error=error, now=now)
        files.refuse(tx, export_id, Making.FAILED)

    @contextmanager
    def _own_folder(self) -> Iterator[Path]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=FOLDER, dir=self._folder) as made:
            yield Path(made)

    # --- reading and writing ---

    async def _write(self, export: Export, folder: Path) -> None:
        language = await self._database.read(lambda tx: persons.language_of(tx, export.person_id))
        progress = Progress(export, Words(language, self._home), folder)
        now = self._clock.now()
        progress.total, progress.top = await self._database.read(
            lambda tx: files.counted(tx, self._home, export, now=now)
        )
        last: int | None = 0
        try:
            while last is not None:
                last = await self._one_page(progress, last)
            await self._keep(progress)
        finally:
            if progress.table is not None:
                progress.table.drop()

    async def _one_page(self, progress: Progress, last: int) -> int | None:
        export, now = progress.export, self._clock.now()
        page = await self._database.read(
            lambda tx: files.page(tx, self._home, export, last=last, top=progress.top, limit=self._page, now=now)
        )
        await asyncio.to_thread(self._add, progress, page.rows)
        progress.looked_at += self._page if page.last is not None else 0
        done = min(progress.looked_at, progress.total)
        goes_on = await self._database.transaction(
            lambda tx: files.goes_on(tx, export.id, done=done, total=progress.total, now=now)
        )
        if not goes_on:
            raise Stopped
        self._hook("exported page")
        self._wake()
        return page.last

    def _add(self, progress: Progress, rows: tuple[Row, ...]) -> None:
        """Write a page; a part that is large enough is closed, and the next one begins with the next page that holds anything."""
        if not rows and progress.parts:
            return
        if progress.table is None:
            form = progress.export.form
            path = progress.folder / f"{len(progress.parts) + 1}.{form.value}"
            progress.table = table(form, path, header(progress.export.book, progress.words))
        progress.table.add([cells(row, progress.words) for row in rows])
        progress.rows += len(rows)
        progress.rung |= files.telephones_of(rows)
        if progress.table.size >= self._part_bytes:
            self._close_part(progress)

    def _close_part(self, progress: Progress) -> None:
        if progress.table is not None:
            progress.parts.append(progress.table.close())
            progress.table = None

    async def _keep(self, progress: Progress) -> None:
        """The finished parts are kept sealed, piece by piece; then it is said that they are there."""
        await asyncio.to_thread(self._close_part, progress)
        export_id = progress.export.id
        for part, path in enumerate(progress.parts, start=1):
            with path.open("rb") as file:
                number = 0
                while piece := await asyncio.to_thread(file.read, PIECE_BYTES):
                    await self._database.transaction(partial(_keep, export_id, part, number, piece))
                    number += 1
        await self._database.transaction(
            lambda tx: files.finish(
                tx,
                export_id,
                rows=progress.rows,
                parts=len(progress.parts),
                rung=progress.rung,
                now=self._clock.now(),
            )
        )


def _keep(export_id: int, part: int, number: int, piece: bytes, tx: Transaction) -> None:
    files.keep(tx, export_id, part, number, piece)


async def put_together(database: Database, words: Document, kept: Kept) -> Document:
    """A file that lies in pieces, as it is sent; LookupError when it is not kept any more."""
    pieces: list[bytes] = []
    while (piece := await database.read(partial(_piece, kept, len(pieces)))) is not None:
        pieces.append(piece)
    if not pieces:
        raise LookupError("the file is not kept any more")
    return Document(words.text, words.rows, protected=words.protected, name=words.name, paper=Content(b"".join(pieces)))


def _piece(kept: Kept, number: int, tx: Transaction) -> bytes | None:
    return files.piece(tx, kept.export_id, kept.part, number)
