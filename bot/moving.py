"""The verb `move`: a community is carried from SQLite to PostgreSQL, and nothing of it is left behind or counted twice."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from bot.settings import Settings
from bot.storage import meta, migrate, moving, presence
from bot.storage.database import Database, open_database
from bot.storage.moving import CannotMove, Progress
from bot.storage.tables import Table, tables
from bot.storage.vault import Vault, load_keys

# So many rows were done.
Step = Callable[[int], None]


@asynccontextmanager
async def opened_move(settings: Settings, to: str) -> AsyncIterator["Move"]:
    """Both databases, ready for one to be carried into the other; CannotMove says why not.

    DatabaseUnavailable while the program runs on either.
    """
    url = settings.database_url
    if not url.startswith("sqlite:///") or not to.startswith(("postgresql://", "postgres://")):
        raise CannotMove("a community is moved from SQLite (LINLI_DATABASE_URL) to PostgreSQL (--to postgresql://…)")
    keys, _ = load_keys(settings.secret_key_file)
    async with AsyncExitStack() as stack:
        stack.enter_context(presence.alone(url))
        stack.enter_context(presence.alone(to))
        source = await stack.enter_async_context(_opened(url, Vault(keys)))
        target = await stack.enter_async_context(_opened(to, Vault(keys)))
        await source.read(meta.fits)
        yield Move(source, target, _shown(to, await target.read(moving.place)))


@asynccontextmanager
async def _opened(url: str, vault: Vault) -> AsyncIterator[Database]:
    """A database that is whole, at this version's schema."""
    database = await open_database(url, vault)
    try:
        await database.check()
        if await migrate.pending(database):
            await asyncio.to_thread(migrate.upgrade, url)
        yield database
    finally:
        await database.close()


def _shown(url: str, schema: str) -> str:
    """An address without its password."""
    parts = urlsplit(url)
    return f"postgresql://{parts.hostname or ''}{parts.path} (schema {schema})"


class Move:
    """One move from `source` to `target`; `name` is how the source calls the place from now on."""

    def __init__(self, source: Database, target: Database, name: str) -> None:
        self._source, self._target, self._name = source, target, name

    async def rows(self) -> int:
        """How many rows there are to carry, and to look at again."""
        return sum((await self._source.read(moving.counts)).values())

    async def carry(self, step: Step) -> None:
        """Carry everything that was not carried yet: broken off at any instant, it is simply called again."""
        progress = await self._begun()
        names = [table.name for table in tables()]
        for table in tables()[names.index(progress.table) if progress.table else 0 :]:
            last = progress.last if table.name == progress.table else ()
            progress = await self._carry(table, replace(progress, table=table.name, last=last), step)
        if not progress.whole:
            await self._target.transaction(partial(moving.finish, now=progress))

    async def _begun(self) -> Progress:
        """The move that was begun, or a new one. The source knows from now on that it is being moved."""
        progress = await self._target.read(moving.progress)
        number = await self._source.transaction(lambda tx: meta.leave(tx, self._name, token_hex(8)))
        if progress is None:
            try:
                return await self._target.transaction(partial(moving.begin, source=number))
            except CannotMove:
                await self._source.transaction(meta.stay)
                raise
        if progress.source != number:
            raise CannotMove("a move of another database was begun into the target: give an empty one")
        return progress

    async def _carry(self, table: Table, progress: Progress, step: Step) -> Progress:
        while rows := await self._source.read(partial(moving.page, table=table, last=progress.last)):
            progress = replace(progress, last=table.key(rows[-1]))
            await self._target.transaction(partial(moving.put, table=table, rows=rows, now=progress))
            step(len(rows))
        return progress

    async def check(self, step: Step) -> None:
        """Look at every row on both sides once more; CannotMove names the first that are not the same."""
        for table in tables():
            last: tuple[Any, ...] = ()
            while rows := await self._source.read(partial(moving.page, table=table, last=last)):
                wrong = await self._target.read(partial(moving.differing, table=table, rows=rows))
                if wrong:
                    raise CannotMove(f"{table.name} is not the same on both sides: {'; '.join(wrong[:5])}")
                last = table.key(rows[-1])
                step(len(rows))
        here, there = await self._source.read(moving.counts), await self._target.read(moving.counts)
        if here != there:
            raise CannotMove("the target holds rows that the source does not")

    async def arrive(self) -> None:
        """The community lives in the target from now on, and the source says so to whoever starts it."""
        await self._source.transaction(meta.left)
        await self._target.transaction(moving.arrive)


async def come_back(settings: Settings) -> bool:
    """The community lives in LINLI_DATABASE_URL again, as it was when it left; False when it had not left."""
    keys, _ = load_keys(settings.secret_key_file)
    async with _opened(settings.database_url, Vault(keys)) as database:
        return await database.transaction(meta.come_back)
