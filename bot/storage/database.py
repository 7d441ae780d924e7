"""One thin seam over SQLite and PostgreSQL: a transaction is one plain function, run in the database's own thread.

Every difference between the two lives here: how a transaction begins, how parameters are written, what locks are called,
which errors mean "the database is in trouble" and which mean "this statement is wrong". The SQL elsewhere is one text for
both, with `:name` parameters; `FOR UPDATE` and `SKIP LOCKED` are left out on SQLite, whose one writer holds the whole file.
"""

import asyncio
import re
import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import lru_cache, partial
from operator import attrgetter, methodcaller
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import aiosqlite
import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row

from bot.storage.vault import Vault

T = TypeVar("T")
Row = Mapping[str, Any]
Values = Mapping[str, Any]
Hook = Callable[[str], None]
Work = Callable[["Transaction"], T]

CHANGED, FIRST, EVERY = attrgetter("rowcount"), methodcaller("fetchone"), methodcaller("fetchall")

POSTGRES_LANES = 4
# A copy that hangs in the middle of a transaction must not hold the others for ever.
POSTGRES_PATIENCE = "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'"
# The class of PostgreSQL's codes for statements that exceed what it can do at all.
TOO_MUCH = "54"
TRIES = 3
# SQLite's primary result codes that say "not now" or "not this file", never "your SQL is wrong".
TROUBLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
}


class Unsettled(Exception):
    """The transaction as a whole cannot go on; whoever catches faults of single steps inside it lets this one pass."""


class DatabaseUnavailable(Unsettled):
    """The database cannot be used just now, or nobody knows whether a commit happened: try it all again later."""


class TryAgain(Unsettled):
    """PostgreSQL took this transaction back (deadlock, serialization): it is run again from its beginning."""


def nothing(point: str) -> None:
    """The hook that does nothing: what `point` was reached is of interest to the crash laboratory only."""


class Transaction(ABC):
    """What storage works with: statements inside one open transaction. `vault` seals and opens personal words."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault

    @abstractmethod
    def _execute(self, sql: str, values: Values, take: Callable[[Any], Any]) -> Any:
        """Run a statement and `take` from its cursor what is wanted: reading on can fail as the statement itself can."""

    @abstractmethod
    def many(self, sql: str, rows: Sequence[Values]) -> None:
        """Run one statement for each of `rows`, as one batch."""

    @abstractmethod
    def instant(self) -> float:
        """The database's own clock, in seconds since the epoch: for leases, which copies on other machines must agree about."""

    @abstractmethod
    def has_table(self, name: str) -> bool:
        """Whether there is a table of this name: asked before the first migration has run."""

    def run(self, sql: str, values: Values | None = None) -> int:
        """Run a statement; how many rows it changed."""
        return int(self._execute(sql, values or {}, CHANGED))

    def one(self, sql: str, values: Values | None = None) -> Row | None:
        """The first row of an answer, or None."""
        row: Row | None = self._execute(sql, values or {}, FIRST)
        return row

    def all(self, sql: str, values: Values | None = None) -> list[Row]:
        """Every row of an answer."""
        rows: list[Row] = self._execute(sql, values or {}, EVERY)
        return rows

    def savepoint(self) -> AbstractContextManager[None]:
        """What is done inside is taken back alone if it raises; the transaction goes on."""
        return _Savepoint(self)


class _Savepoint(AbstractContextManager[None]):
    # A class, because a generator's context manager writes into the exception that passes, and ours may be frozen.
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def __enter__(self) -> None:
        self._transaction.run("SAVEPOINT part")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Unsettled):
            return
        if error is not None:
            self._transaction.run("ROLLBACK TO SAVEPOINT part")
        self._transaction.run("RELEASE SAVEPOINT part")


class Database(ABC):
    """A database that runs transactions. `lanes` is how many write transactions it can run side by side."""

    lanes: int

    @abstractmethod
    async def transaction(self, work: Work[T]) -> T:
        """Run `work` in one write transaction and commit; whatever it raises rolls everything back.

        DatabaseUnavailable means that nothing was kept, or that nobody knows: repeat only what can be repeated.
        """

    @abstractmethod
    async def read(self, work: Work[T]) -> T:
        """Run `work`, which only reads, beside the writers."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of every connection."""


async def open_database(url: str, vault: Vault, *, hook: Hook = nothing) -> Database:
    """The database behind `sqlite:///path` or `postgresql://…`; DatabaseUnavailable if it cannot be reached."""
    if url.startswith("sqlite:///"):
        return await SqliteDatabase.open(url.removeprefix("sqlite:///"), vault, hook)
    return await PostgresDatabase.open(url, vault, hook)


def unavailable(error: BaseException | None) -> bool:
    """Whether an error of one of the two drivers says that the database is in trouble, and not that a statement is wrong."""
    if isinstance(error, sqlite3.Error):
        return isinstance(_sqlite_trouble(error), DatabaseUnavailable)
    return isinstance(error, psycopg.Error) and isinstance(_postgres_trouble(error), Unsettled)


# --- SQLite ---


@lru_cache(maxsize=2048)
def _for_sqlite(sql: str) -> str:
    return re.sub(r"\s+FOR (NO KEY )?UPDATE( OF \w+)?( SKIP LOCKED)?", "", sql)


def _sqlite_trouble(error: sqlite3.Error) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None and code & 0xFF in TROUBLE:
        return DatabaseUnavailable(f"{getattr(error, 'sqlite_errorname', 'SQLite')}: {error}")
    return error


class SqliteTransaction(Transaction):
    """A transaction on SQLite: plain calls of sqlite3 in the connection's thread."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault) -> None:
        super().__init__(vault)
        self._connection = connection

    def _execute(self, sql: str, values: Values, take: Callable[[Any], Any]) -> Any:
        try:
            return take(self._connection.execute(_for_sqlite(sql), values))
        except sqlite3.Error as error:
            raise _sqlite_trouble(error) from error

    def many(self, sql: str, rows: Sequence[Values]) -> None:
        try:
            self._connection.executemany(_for_sqlite(sql), rows)
        except sqlite3.Error as error:
            raise _sqlite_trouble(error) from error

    def instant(self) -> float:
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
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        writer = await _open_sqlite(path)
        try:
            reader = await _open_sqlite(path, read_only=True)
        except BaseException:
            await writer.close()
            raise
        return cls(writer, reader, vault, hook)

    async def transaction(self, work: Work[T]) -> T:
        return await self._writer.work(partial(self._transact, work))

    async def read(self, work: Work[T]) -> T:
        return await self._reader.work(partial(self._look, work))

    async def close(self) -> None:
        await self._reader.close()
        await self._writer.close()

    def _look(self, work: Work[T], connection: sqlite3.Connection) -> T:
        transaction = SqliteTransaction(connection, self._vault)
        transaction.run("BEGIN")
        try:
            return work(transaction)
        finally:
            _end_sqlite(connection)

    def _transact(self, work: Work[T], connection: sqlite3.Connection) -> T:
        transaction = SqliteTransaction(connection, self._vault)
        transaction.run("BEGIN IMMEDIATE")
        try:
            result = work(transaction)
            self._hook("commit")
            transaction.run("COMMIT")
        finally:
            _end_sqlite(connection)
        self._hook("committed")
        return result


def _end_sqlite(connection: sqlite3.Connection) -> None:
    """Take back what is still open: nothing after a COMMIT, nor after a full disk, which has taken it back by itself."""
    if not connection.in_transaction:
        return
    try:
        connection.rollback()
    except sqlite3.Error as error:
        raise _sqlite_trouble(error) from error


async def _open_sqlite(path: str, *, read_only: bool = False) -> OneHopConnection:
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
        raise _sqlite_trouble(error) from error
    return connection


# --- PostgreSQL ---


@lru_cache(maxsize=2048)
def _for_postgres(sql: str) -> str:
    return re.sub(r"(?<![:\w]):(\w+)", r"%(\1)s", sql.replace("%", "%%"))


def _postgres_trouble(error: psycopg.Error) -> Exception:
    if isinstance(error, psycopg.errors.DeadlockDetected | psycopg.errors.SerializationFailure):
        return TryAgain(type(error).__name__)
    # A statement that is too large or too complex stays so; a server that became a follower may lead again.
    if (error.sqlstate or "").startswith(TOO_MUCH):
        return error
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError | psycopg.errors.ReadOnlySqlTransaction):
        return DatabaseUnavailable(f"PostgreSQL: {type(error).__name__}")
    return error


class PostgresTransaction(Transaction):
    """A transaction on PostgreSQL: plain calls of psycopg in one thread of a small pool."""

    def __init__(self, connection: psycopg.Connection[DictRow], vault: Vault) -> None:
        super().__init__(vault)
        self._connection = connection

    def _execute(self, sql: str, values: Values, take: Callable[[Any], Any]) -> Any:
        try:
            return take(self._connection.execute(_for_postgres(sql).encode(), values))
        except psycopg.Error as error:
            raise _postgres_trouble(error) from error

    def many(self, sql: str, rows: Sequence[Values]) -> None:
        try:
            with self._connection.cursor() as cursor:
                cursor.executemany(_for_postgres(sql).encode(), rows)
        except psycopg.Error as error:
            raise _postgres_trouble(error) from error

    def instant(self) -> float:
        row = self.one("SELECT EXTRACT(EPOCH FROM clock_timestamp())::float8 AS now")
        return float(row["now"]) if row else 0.0

    def has_table(self, name: str) -> bool:
        row = self.one("SELECT to_regclass(:name) IS NOT NULL AS there", {"name": name})
        return row is not None and bool(row["there"])


class PostgresDatabase(Database):
    """A few threads with a connection each; a connection that broke is replaced when it is next needed."""

    lanes = POSTGRES_LANES

    def __init__(self, url: str, vault: Vault, hook: Hook) -> None:
        self._url, self._vault, self._hook = url, vault, hook
        self._pool = ThreadPoolExecutor(max_workers=POSTGRES_LANES + 2, thread_name_prefix="postgres")
        self._local = threading.local()
        self._connections: list[psycopg.Connection[DictRow]] = []

    @classmethod
    async def open(cls, url: str, vault: Vault, hook: Hook = nothing) -> "PostgresDatabase":
        """Connect once, so that a wrong address is known at start; DatabaseUnavailable if nobody answers there."""
        database = cls(url, vault, hook)
        try:
            await database.read(lambda tx: tx.one("SELECT 1 AS one"))
        except BaseException:
            await database.close()
            raise
        return database

    async def transaction(self, work: Work[T]) -> T:
        return await self._run(partial(self._write, work))

    async def read(self, work: Work[T]) -> T:
        return await self._run(partial(self._look, work))

    async def close(self) -> None:
        await asyncio.to_thread(self._pool.shutdown)
        for connection in self._connections:
            connection.close()

    async def _run(self, once: Callable[[psycopg.Connection[DictRow]], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._patiently, once)

    def _patiently(self, once: Callable[[psycopg.Connection[DictRow]], T]) -> T:
        for _ in range(TRIES - 1):
            try:
                return self._settled(once)
            except TryAgain:
                continue
        try:
            return self._settled(once)
        except TryAgain as error:
            raise DatabaseUnavailable(f"PostgreSQL: taken back {TRIES} times") from error

    def _settled(self, once: Callable[[psycopg.Connection[DictRow]], T]) -> T:
        connection = self._connection()
        try:
            return once(connection)
        except psycopg.Error as error:
            raise _postgres_trouble(error) from error
        finally:
            self._end(connection)

    def _look(self, work: Work[T], connection: psycopg.Connection[DictRow]) -> T:
        return work(PostgresTransaction(connection, self._vault))

    def _write(self, work: Work[T], connection: psycopg.Connection[DictRow]) -> T:
        result = work(PostgresTransaction(connection, self._vault))
        if connection.info.transaction_status is TransactionStatus.INERROR:
            # Somebody caught a statement's error and went on: PostgreSQL would answer COMMIT by taking everything back.
            raise psycopg.errors.InFailedSqlTransaction("a statement failed and its error was swallowed")
        self._hook("commit")
        connection.commit()
        self._hook("committed")
        return result

    def _end(self, connection: psycopg.Connection[DictRow]) -> None:
        try:
            connection.rollback()
        except psycopg.Error:
            connection.close()

    def _connection(self) -> psycopg.Connection[DictRow]:
        connection: psycopg.Connection[DictRow] | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            if connection is not None:
                self._connections.remove(connection)
            connection = self._connect()
            self._local.connection = connection
            self._connections.append(connection)
        return connection

    def _connect(self) -> psycopg.Connection[DictRow]:
        try:
            connection = psycopg.connect(
                self._url, row_factory=dict_row, connect_timeout=5, tcp_user_timeout=20_000, application_name="linli"
            )
            connection.execute(POSTGRES_PATIENCE)
            connection.commit()
            return connection
        except psycopg.Error as error:
            raise _postgres_trouble(error) from error
