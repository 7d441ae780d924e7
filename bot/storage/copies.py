"""What copies of the program agree on through PostgreSQL, outside of any transaction: who has what, and that there is news."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from bot.storage import namespace
from bot.storage.database import Hold

LISTEN_AGAIN_SECONDS = 2.0
ANSWER_SECONDS = 5.0
# Said afterwards and not in the address, whose own options would be lost.
SERVER_KEEPALIVES = "SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 2"
Waiting = psycopg.AsyncConnection[tuple[Any, ...]]


async def connected(url: str) -> Waiting:
    """A connection that waits, outside the pool. That the other side has vanished is noticed by both within seconds."""
    connection = await psycopg.AsyncConnection.connect(
        url,
        autocommit=True,
        connect_timeout=5,
        keepalives_idle=3,
        keepalives_interval=2,
        keepalives_count=2,
        tcp_user_timeout=5_000,
    )
    try:
        await connection.execute(f"{SERVER_KEEPALIVES}; {namespace.ENTER}; {namespace.BE_SEEN}".encode())
    except BaseException:
        await connection.close()
        raise
    return connection


class Lock(Hold):
    """An advisory lock on a connection of its own: it ends with the connection, and so with the process."""

    def __init__(self, connection: Waiting) -> None:
        self._connection = connection

    async def kept(self) -> bool:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._connection.execute("SELECT 1")
        except (psycopg.Error, TimeoutError):
            await self._connection.close()
            return False
        return True

    async def let_go(self) -> None:
        await self._connection.close()


async def take(url: str, name: str) -> Lock | None:
    """The lock of this name; None: another copy has it."""
    connection = await connected(url)
    try:
        answer = await connection.execute(
            f"SELECT pg_try_advisory_lock(hashtextextended({namespace.PREFIX} || %s, 0))".encode(), [name]
        )
        row = await answer.fetchone()
    except BaseException:
        await connection.close()
        raise
    if row is not None and row[0]:
        return Lock(connection)
    await connection.close()
    return None


def call(connection: psycopg.Connection[Any], word: str) -> None:
    """Say a word to whoever listens; committed at once, for a notification is told only then."""
    connection.execute(f"SELECT pg_notify({namespace.CHANNEL}, %s)".encode(), [word])
    connection.commit()


async def listen(url: str, heard: Callable[[str], None]) -> None:
    """Tell `heard` each word that is called, until cancelled. While nothing can be heard it is tried again and again."""
    while True:
        with suppress(psycopg.Error):
            await _hear(url, heard)
        await asyncio.sleep(LISTEN_AGAIN_SECONDS)


async def _hear(url: str, heard: Callable[[str], None]) -> None:
    connection = await connected(url)
    try:
        answer = await connection.execute(f"SELECT {namespace.CHANNEL}".encode())
        row = await answer.fetchone()
        await connection.execute(SQL("LISTEN {}").format(Identifier(str(row[0] if row else ""))))
        async for said in connection.notifies():
            heard(said.payload)
    finally:
        await connection.close()
