"""SQLite behind the seam: one file, one writer in one thread, whose queue is the lock, and one reader beside it."""

import re
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.storage.database import (
    Database,
    DatabaseDamaged,
    DatabaseUnavailable,
    Hook,
    Transaction,
    Values,
    Work,
    nothing,
)
from bot.storage.vault import Vault

T = TypeVar("T")

# SQLite's primary result codes that say "not now" or "not this file", never "your SQL is wrong"; and what is to be done then.
TROUBLE = {
    sqlite3.SQLITE_BUSY: "another program holds the file: end that program, or wait for it",
    sqlite3.SQLITE_LOCKED: "another program holds the file: end that program, or wait for it",
    sqlite3.SQLITE_FULL: "the disk is full: make room",
    sqlite3.SQLITE_IOERR: "the disk does not do what it should: see the system's log",
    sqlite3.SQLITE_CANTOPEN: "there is no such file or folder, or it may not be opened: see LINLI_DATABASE_URL",
    sqlite3.SQLITE_READONLY: "the file or its folder may not be written: give this user the right to both",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is no database, or its beginning is damaged",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
    sqlite3.SQLITE_PROTOCOL: "another program holds the file: end that program, or wait for it",
}
DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# A file up to this size is looked through at the start (a tenth of a second, once read); of a larger one only what is used is.
LOOKED_THROUGH_BYTES = 256 * 1024 * 1024


@lru_cache(maxsize=2048)
def _spelled(sql: str) -> str:
    """Without row locks: the one writer holds the whole file."""
    return re.sub(r"\s+FOR (KEY SHARE|(NO KEY )?UPDATE)( OF \w+)?( SKIP LOCKED)?", "", sql)


def trouble(error: sqlite3.Error) -> Exception:
    """What an error means: DatabaseUnavailable, or itself when the statement is wrong."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None and code & 0xFF in TROUBLE:
        kind = DatabaseDamaged if code & 0xFF in DAMAGE else DatabaseUnavailable
        return kind(f"{TROUBLE[code & 0xFF]} ({getattr(error, 'sqlite_errorname', 'SQLite')}: {error})")
    return error


class SqliteTransaction(Transaction):
    """A transaction on SQLite: plain calls of sqlite3 in the connection's thread."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault) -> None:
        super().__init__(vault)
        self._connection = connection

    def _execute(self, sql: str, values: Values, take: Callable[[Any], Any]) -> Any:
        try:
            return take(self._connection.execute(_spelled(sql), values))
        except sqlite3.Error as error:
            raise trouble(error) from error

    def many(self, sql: str, rows: Sequence[Values]) -> None:
        try:
            self._connection.executemany(_spelled(sql), rows)
        except sqlite3.Error as error:
            raise trouble(error) from error

    def _read_clock(self) -> float:
        row = self.one("SELECT (julianday('now') - 2440587.5) * 86400.0 AS now")
        return float(row["now"]) if row else 0.0

    def has_table(self, name: str) -> bool:
        return self.one("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name", {"name": name}) is not None


class OneHopConnection(aiosqlite.Connection):
    """aiosqlite's connection and thread, handed one callable for a whole transaction instead of one a statement."""

    async def work(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run `function` in the connection's thread."""
        hop: Callable[..., Awaitable[T]] = self._execute
        return await hop(function, self._conn)


class SqliteDatabase(Database):
    """One writer in one thread (its queue is the lock) and one reader beside it, on one file."""

    lanes = 1

    def __init__(self, writer: OneHopConnection, reader: OneHopConnection, vault: Vault, hook: Hook) -> None:
        self._writer, self._reader, self._vault, self._hook = writer, reader, vault, hook

    @classmethod
    async def open(cls, path: str, vault: Vault, hook: Hook = nothing) -> "SqliteDatabase":
        """Open (or make) the file at `path`; DatabaseUnavailable when it is no database or cannot be written."""
        make_folder(path)
        writer = await _connect(path)
        try:
            reader = await _connect(path, read_only=True)
        except BaseException:
            await writer.close()
            raise
        return cls(writer, reader, vault, hook)

    async def transaction(self, work: Work[T]) -> T:
        return await self._writer.work(partial(self._transact, work))

    async def read(self, work: Work[T]) -> T:
        return await self._reader.work(partial(self._look, work))

    async def tidy(self) -> bool:
        # Old pages stand in the file beside it until that is emptied; while somebody reads it waits for the next time.
        await self._writer.work(_empty_log)
        return True

    async def check(self) -> None:
        await self._reader.work(_look_through)

    async def close(self) -> None:
        await self._reader.close()
        await self._writer.close()

    def _look(self, work: Work[T], connection: sqlite3.Connection) -> T:
        transaction = SqliteTransaction(connection, self._vault)
        transaction.run("BEGIN")
        try:
            return work(transaction)
        finally:
            _end(connection)

    def _transact(self, work: Work[T], connection: sqlite3.Connection) -> T:
        transaction = SqliteTransaction(connection, self._vault)
        transaction.run("BEGIN IMMEDIATE")
        try:
            result = work(transaction)
            self._hook("commit")
            transaction.run("COMMIT")
        finally:
            _end(connection)
        self._hook("committed")
        return result


def _look_through(connection: sqlite3.Connection) -> None:
    try:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        size = pages * connection.execute("PRAGMA page_size").fetchone()[0]
        wrong = "ok" if size > LOOKED_THROUGH_BYTES else connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise trouble(error) from error
    if wrong != "ok":
        raise DatabaseDamaged(f"{TROUBLE[sqlite3.SQLITE_CORRUPT]} ({' '.join(str(wrong).split())})")


def _empty_log(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.Error as error:
        raise trouble(error) from error


def _end(connection: sqlite3.Connection) -> None:
    """Take back what is still open: nothing after a COMMIT, nor after a full disk, which has taken it back by itself."""
    if not connection.in_transaction:
        return
    try:
        connection.rollback()
    except sqlite3.Error as error:
        raise trouble(error) from error


def make_folder(path: str) -> None:
    """Make the folder that the file at `path` is to lie in; DatabaseUnavailable when that cannot be."""
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(f"no folder for the database: {error}") from error


async def _connect(path: str, *, read_only: bool = False) -> OneHopConnection:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
        connection.row_factory = sqlite3.Row
        for pragma in (
            "busy_timeout = 5000",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            f"query_only = {'ON' if read_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    connection = OneHopConnection(connect, iter_chunk_size=64)
    # The program ends when it is told to, not when this thread has been closed in order.
    connection._thread.daemon = True
    try:
        await connection
    except sqlite3.Error as error:
        raise trouble(error) from error
    return connection
