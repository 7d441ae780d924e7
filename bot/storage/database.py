"""One thin seam over SQLite and PostgreSQL: a transaction is one plain function, run in the database's own thread.

Every difference between the two lives behind it, in `sqlite.py` and `postgres.py`: how a transaction begins, how parameters
are written, what locks are called, which errors mean "the database is in trouble" and which mean "this statement is wrong".
The SQL elsewhere is one text for both, with `:name` parameters and PostgreSQL's locks.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from operator import attrgetter, methodcaller
from types import TracebackType
from typing import Any, TypeVar

from bot.storage.vault import Vault

T = TypeVar("T")
Row = Mapping[str, Any]
Values = Mapping[str, Any]
Hook = Callable[[str], None]
Work = Callable[["Transaction"], T]

CHANGED, FIRST, EVERY = attrgetter("rowcount"), methodcaller("fetchone"), methodcaller("fetchall")


class Unsettled(Exception):
    """The transaction as a whole cannot go on; whoever catches faults of single steps inside it lets this one pass."""


class DatabaseUnavailable(Unsettled):
    """The database cannot be used just now, or nobody knows whether a commit happened: try it all again later."""


class DatabaseDamaged(DatabaseUnavailable):
    """The database's file is not whole any more: nothing but a backup helps."""


class TryAgain(Unsettled):
    """PostgreSQL took this transaction back (deadlock, serialization): it is run again from its beginning."""


def nothing(point: str) -> None:
    """The hook that does nothing: what `point` was reached is of interest to the crash laboratory only."""


class Transaction(ABC):
    """What storage works with: statements inside one open transaction. `vault` seals and opens personal words."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self._instant: float | None = None

    @abstractmethod
    def _execute(self, sql: str, values: Values, take: Callable[[Any], Any]) -> Any:
        """Run a statement and `take` from its cursor what is wanted: reading on can fail as the statement itself can."""

    @abstractmethod
    def many(self, sql: str, rows: Sequence[Values]) -> None:
        """Run one statement for each of `rows`, as one batch."""

    @abstractmethod
    def _read_clock(self) -> float: ...

    def instant(self) -> float:
        """The database's own clock when this transaction first asked, in seconds since the epoch: for leases, about which
        copies on other machines must agree."""
        if self._instant is None:
            self._instant = self._read_clock()
        return self._instant

    @abstractmethod
    def has_table(self, name: str) -> bool:
        """Whether there is a table of this name: asked before the first migration has run."""

    def skip_numbers(self, gap: int) -> None:
        """Leave out so many numbers before the next row of each table, where the database keeps count of them."""
        return

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


class Hold:
    """What only one copy of the program has at a time. This one is had by whoever asks: nobody shares the database with it."""

    async def kept(self) -> bool:
        """Whether it is still ours; False: the connection broke, and another copy may have it by now."""
        return True

    async def let_go(self) -> None:
        """Another copy may have it."""


class Database(ABC):
    """A database that runs transactions. `lanes` is how many write transactions it can run side by side.

    `shared`: other copies of the program, on other machines too, may work on it at the same time.
    """

    lanes: int
    shared = False

    @abstractmethod
    async def transaction(self, work: Work[T]) -> T:
        """Run `work` in one write transaction and commit; whatever it raises rolls everything back.

        DatabaseUnavailable means that nothing was kept, or that nobody knows: repeat only what can be repeated.
        """

    @abstractmethod
    async def read(self, work: Work[T]) -> T:
        """Run `work`, which only reads, beside the writers."""

    async def tidy(self) -> bool:
        """Leave nothing behind of what was overwritten; False: this kind of database keeps nothing beside itself."""
        return False

    # --- between copies ---

    async def hold(self, name: str) -> Hold | None:
        """Have `name` until it is let go of or this process ends, however it ends; None: another copy has it."""
        return Hold()

    async def call(self, word: str) -> None:
        """Say `word` to the other copies. Nothing may depend on it: who does not hear it looks by itself a second later."""
        return

    async def listen(self, heard: Callable[[str], None]) -> None:
        """Tell `heard` each word that a copy calls, this one too, until cancelled."""
        await asyncio.Event().wait()

    async def check(self) -> None:
        """Look whether the database is whole, as far as that is quickly done; DatabaseDamaged when it is not."""
        await self.read(lambda tx: tx.one("SELECT 1 AS one"))

    @abstractmethod
    async def close(self) -> None:
        """Let go of every connection."""


async def open_database(url: str, vault: Vault, *, hook: Hook = nothing) -> Database:
    """The database behind `sqlite:///path` or `postgresql://…`; DatabaseUnavailable if it cannot be reached."""
    # The library of the database that is not used is not loaded: it would cost a tenth of the start.
    if url.startswith("sqlite:///"):
        from bot.storage.sqlite import SqliteDatabase

        return await SqliteDatabase.open(url.removeprefix("sqlite:///"), vault, hook)
    from bot.storage.postgres import PostgresDatabase

    return await PostgresDatabase.open(url, vault, hook)
