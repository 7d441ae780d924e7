"""PostgreSQL behind the seam: a few threads with a connection each, which run transactions side by side."""

import asyncio
import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from typing import Any, TypeVar

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row

from bot.storage import copies, namespace
from bot.storage.database import Database, DatabaseUnavailable, Hold, Hook, Transaction, TryAgain, Values, Work, nothing
from bot.storage.vault import Vault

T = TypeVar("T")

LANES = 4
# A copy that hangs in the middle of a transaction must not hold the others for ever.
# Compiling a statement pays for reports that run for seconds, and ours run for milliseconds: it cost up to 100 of them.
PATIENCE = "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'; SET jit = off"
# Planning some statements costs more than running them: so many of a connection stay planned.
PREPARED = 500
# The class of PostgreSQL's codes for statements that exceed what it can do at all.
TOO_MUCH = "54"
# A transaction that was at rest for too long (a machine that slept in the middle of it) was ended with its connection; psycopg
# files that under the mistakes of whoever speaks to it.
AT_REST = ("25P03", "25P04")
TRIES = 3
# A server whose machine has vanished is given up within twenty seconds, also by whoever waits for its answer and says nothing:
# the system by itself would ask after two hours whether it is still there.
VANISHED: dict[str, Any] = {
    "tcp_user_timeout": 20_000,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 4,
}

RETRY_SECONDS = 0.02


@lru_cache(maxsize=2048)
def _spelled(sql: str) -> str:
    """With parameters as psycopg writes them."""
    return re.sub(r"(?<![:\w]):(\w+)", r"%(\1)s", sql.replace("%", "%%"))


def trouble(error: psycopg.Error) -> Exception:
    """What an error means: DatabaseUnavailable, TryAgain, or itself when the statement is wrong."""
    if isinstance(error, psycopg.errors.DeadlockDetected | psycopg.errors.SerializationFailure):
        return TryAgain(type(error).__name__)
    # A statement that is too large or too complex stays so; a server that became a follower may lead again.
    if (error.sqlstate or "").startswith(TOO_MUCH):
        return error
    if error.sqlstate in AT_REST:
        return DatabaseUnavailable(f"PostgreSQL: {type(error).__name__}")
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
            return take(self._connection.execute(_spelled(sql).encode(), values))
        except psycopg.Error as error:
            raise trouble(error) from error

    def many(self, sql: str, rows: Sequence[Values]) -> None:
        try:
            with self._connection.cursor() as cursor:
                cursor.executemany(_spelled(sql).encode(), rows)
        except psycopg.Error as error:
            raise trouble(error) from error

    def _read_clock(self) -> float:
        row = self.one("SELECT EXTRACT(EPOCH FROM clock_timestamp())::float8 AS now")
        return float(row["now"]) if row else 0.0

    def has_table(self, name: str) -> bool:
        row = self.one("SELECT to_regclass(:name) IS NOT NULL AS there", {"name": name})
        return row is not None and bool(row["there"])

    def skip_numbers(self, gap: int) -> None:
        self.all(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, COALESCE(last_value, 0) + :gap)"
            " FROM pg_sequences WHERE schemaname = current_schema()",
            {"gap": gap},
        )


class PostgresDatabase(Database):
    """A few threads with a connection each; a connection that broke is replaced when it is next needed."""

    lanes = LANES
    shared = True

    def __init__(self, url: str, vault: Vault, hook: Hook) -> None:
        self._url, self._vault, self._hook = url, vault, hook
        self._pool = ThreadPoolExecutor(max_workers=LANES + 2, thread_name_prefix="postgres")
        self._local = threading.local()
        self._connections: list[psycopg.Connection[DictRow]] = []
        # How often a connection broke: each thread replaces one that is older than that, or a server that was started anew
        # would be found out once by every thread.
        self._breaks = 0

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

    async def hold(self, name: str) -> Hold | None:
        try:
            return await copies.take(self._url, name)
        except psycopg.Error as error:
            raise trouble(error) from error

    async def call(self, word: str) -> None:
        await self._run(lambda connection: copies.call(connection, word))

    async def listen(self, heard: Callable[[str], None]) -> None:
        await copies.listen(self._url, heard)

    async def close(self) -> None:
        await asyncio.to_thread(self._pool.shutdown)
        for connection in self._connections:
            connection.close()

    async def _run(self, once: Callable[[psycopg.Connection[DictRow]], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._patiently, once)

    def _patiently(self, once: Callable[[psycopg.Connection[DictRow]], T]) -> T:
        for attempt in range(TRIES - 1):
            try:
                return self._settled(once)
            except TryAgain:
                # The winner is still on its way: whoever lost lets it pass instead of meeting it again.
                time.sleep(RETRY_SECONDS * 2**attempt)
        try:
            return self._settled(once)
        except TryAgain as error:
            raise DatabaseUnavailable(f"PostgreSQL: taken back {TRIES} times") from error

    def _settled(self, once: Callable[[psycopg.Connection[DictRow]], T]) -> T:
        connection = self._connection()
        try:
            return once(connection)
        except psycopg.Error as error:
            raise trouble(error) from error
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
            self._breaks += 1

    def _connection(self) -> psycopg.Connection[DictRow]:
        kept: psycopg.Connection[DictRow] | None = getattr(self._local, "connection", None)
        if kept is not None and not kept.closed and self._local.breaks == self._breaks:
            return kept
        if kept is not None:
            kept.close()
            self._connections.remove(kept)
            self._local.connection = None
        self._local.breaks = self._breaks
        self._local.connection = self._connect()
        self._connections.append(self._local.connection)
        return self._connection()

    def _connect(self) -> psycopg.Connection[DictRow]:
        try:
            connection = psycopg.connect(self._url, row_factory=dict_row, connect_timeout=5, **VANISHED)
            connection.prepared_max = PREPARED
            connection.execute(f"{PATIENCE}; {namespace.ENTER}; {namespace.BE_SEEN}".encode())
            connection.commit()
            return connection
        except psycopg.Error as error:
            raise trouble(error) from error
