"""Where a copy's processor time goes: the running program in this process, with a clock at each of its seams.

The time of a thread counts only while that thread runs, so other programs on the machine disturb these figures little.
"""

import os
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import psutil

from bot.intake import polling
from bot.speech import Speech
from bot.storage.postgres import PostgresDatabase, PostgresTransaction
from bot.storage.sqlite import SqliteDatabase, SqliteTransaction

WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")


class Account:
    """Seconds of processor by part, and what the database was asked. Parts lie within each other: see `parts`."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """This thread does something for this part."""
        began = time.thread_time()
        try:
            yield
        finally:
            with self._lock:
                self.seconds[part] += time.thread_time() - began

    def count(self, what: str, more: int) -> None:
        """So many more of it."""
        with self._lock:
            self.counts[what] += more


@contextmanager
def watched(account: Account) -> Iterator[None]:
    """The program's seams tell this account, until the end."""
    with ExitStack() as stack:
        for owner, name, part in (
            (polling, "read", "objects"),
            (Speech, "words", "words"),
            (SqliteDatabase, "_transact", "hop"),
            (SqliteDatabase, "_look", "hop"),
            (PostgresDatabase, "_settled", "hop"),
        ):
            stack.enter_context(patch.object(owner, name, _timed(account, part, getattr(owner, name))))
        for kind in (SqliteDatabase, PostgresDatabase):
            for name in ("transaction", "read"):
                stack.enter_context(patch.object(kind, name, _with_work(account, getattr(kind, name))))
        for transaction in (SqliteTransaction, PostgresTransaction):
            stack.enter_context(patch.object(transaction, "_execute", _executed(account, transaction._execute)))
            stack.enter_context(patch.object(transaction, "many", _many(account, transaction.many)))
        yield


def _timed(account: Account, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*args: Any, **named: Any) -> Any:
        with account.timed(part):
            return function(*args, **named)

    return timed


def _with_work(account: Account, function: Callable[..., Any]) -> Callable[..., Any]:
    async def run(self: Any, work: Callable[[Any], Any]) -> Any:
        return await function(self, _timed(account, "work", work))

    return run


def _executed(account: Account, execute: Callable[..., Any]) -> Callable[..., Any]:
    def executed(self: Any, sql: str, values: Any, take: Callable[[Any], Any]) -> Any:
        account.count("statements", 1)

        def taken(cursor: Any) -> Any:
            found = take(cursor)
            if sql.lstrip().startswith(WRITES):
                account.count("rows", max(cursor.rowcount, 0))
            return found

        with account.timed("sql"):
            return execute(self, sql, values, taken)

    return executed


def _many(account: Account, many: Callable[..., Any]) -> Callable[..., Any]:
    def executed(self: Any, sql: str, rows: Any) -> None:
        account.count("statements", 1)
        account.count("rows", len(rows))
        with account.timed("sql"):
            many(self, sql, rows)

    return executed


def parts(spent: Mapping[str, float]) -> dict[str, float]:
    """Seconds of each part, which together are all that the process spent."""
    within = spent["objects"] + spent["words"]
    return {
        "python-telegram-bot's objects": spent["objects"],
        "routing and rules": max(0.0, spent["work"] - spent["sql"]),
        "the database, this side": spent["sql"] + max(0.0, spent["hop"] - spent["work"]),
        "words": spent["words"],
        "sending, and the event loop": max(0.0, spent["process"] - spent["hop"] - within),
    }


def server_seconds(name: str) -> float:
    """What PostgreSQL's processes of one database have spent; they must not end between two looks."""
    spent = 0.0
    for process in psutil.process_iter(["cmdline"]):
        line = " ".join(process.info["cmdline"] or ())
        if line.startswith("postgres:") and f" {name} " in line:
            times = process.cpu_times()
            spent += times.user + times.system
    return spent


def process_seconds() -> float:
    """What this process has spent, all its threads."""
    times = os.times()
    return times.user + times.system
