"""The seam over both databases, with real connections: what an error means, and that trouble passes."""

import asyncio
import contextlib
import os
import socket
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psycopg
import pytest

from bot.storage.database import Database, DatabaseUnavailable, Transaction, Unsettled, open_database
from bot.storage.postgres import PostgresTransaction
from bot.storage.vault import Vault
from tests.storage.works import (
    PATIENCE_SECONDS,
    STATEMENT_ERRORS,
    Refused,
    names,
    on_postgres,
    on_sqlite,
    put,
    putting,
)


def typed(words: str) -> Callable[[Transaction], int]:
    """Runs what somebody typed."""
    return lambda tx: tx.run(words)


async def test_a_wrong_statement_is_not_a_database_in_trouble(database: Database) -> None:
    for wrong in (
        "SELECT nothing FROM meta",
        "SELECT * FROM nothing",
        "SELEC 1",
        "INSERT INTO meta (name) VALUES ('a')",
    ):
        with pytest.raises(STATEMENT_ERRORS) as caught:
            await database.transaction(typed(wrong))
        assert not isinstance(caught.value, Unsettled)
    await database.transaction(putting("a"))
    assert await database.read(names) == ["a"]


def pragma(words: str) -> Callable[[Transaction], int]:
    """Work that asks SQLite for one of its own numbers, or sets it."""

    def work(tx: Transaction) -> int:
        row = tx.one(f"PRAGMA {words}")
        assert row is not None
        return int(next(iter(dict(row).values())))

    return work


@on_sqlite
async def test_a_full_disk_is_trouble_keeps_nothing_and_passes(database: Database) -> None:
    def fill(tx: Transaction) -> None:
        put(tx, "a")
        put(tx, "b", "x" * 1_000_000)

    most = await database.transaction(pragma("max_page_count"))
    used = await database.transaction(pragma("page_count"))
    await database.transaction(pragma(f"max_page_count = {used}"))
    with pytest.raises(DatabaseUnavailable, match="SQLITE_FULL"):
        await database.transaction(fill)
    with pytest.raises(DatabaseUnavailable, match="SQLITE_FULL"):
        await database.transaction(_in_a_savepoint(fill))
    assert await database.read(names) == []
    await database.transaction(pragma(f"max_page_count = {most}"))
    await database.transaction(fill)
    assert await database.read(names) == ["a", "b"]


def _in_a_savepoint(work: Callable[[Transaction], None]) -> Callable[[Transaction], None]:
    def inside(tx: Transaction) -> None:
        with contextlib.suppress(Refused), tx.savepoint():
            work(tx)

    return inside


@on_sqlite
async def test_a_file_that_somebody_else_writes_to_is_trouble_and_passes(database: Database, database_url: str) -> None:
    await database.transaction(lambda tx: tx.run("PRAGMA busy_timeout = 50"))
    somebody = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    somebody.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailable, match="SQLITE_BUSY"):
        await database.transaction(putting("a"))
    assert await database.read(names) == []
    somebody.execute("ROLLBACK")
    somebody.close()
    await database.transaction(putting("a"))
    assert await database.read(names) == ["a"]


async def test_what_is_no_database_is_said_at_once(tmp_path: Path, vault: Vault) -> None:
    (tmp_path / "letter.sqlite3").write_text("Dear neighbours, " * 1000, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    for url in (
        f"sqlite:///{tmp_path}/letter.sqlite3",
        f"sqlite:///{tmp_path}/folder",
        "postgresql://nobody@127.0.0.1:1/nothing",
    ):
        with pytest.raises(DatabaseUnavailable):
            await open_database(url, vault)


@pytest.fixture
async def judge(database_url: str) -> AsyncIterator[psycopg.Connection[tuple[object, ...]]]:
    """Another connection to the same PostgreSQL database, which can end those of the program."""
    connection = psycopg.connect(database_url, autocommit=True)
    yield connection
    connection.close()


Judge = psycopg.Connection[tuple[object, ...]]


def end_connection(tx: Transaction, judge: Judge) -> None:
    """End the connection of a running transaction, as a crash of the server would."""
    row = tx.one("SELECT pg_backend_pid() AS pid")
    assert row is not None
    judge.execute("SELECT pg_terminate_backend(%s, 10000)", [row["pid"]])


@on_postgres
async def test_a_connection_that_breaks_is_trouble_and_is_replaced(database: Database, judge: Judge) -> None:
    def broken(tx: Transaction) -> None:
        put(tx, "a")
        end_connection(tx, judge)
        put(tx, "b")

    for work in (broken, _in_a_savepoint(broken)):
        with pytest.raises(DatabaseUnavailable):
            await database.transaction(work)
    assert await database.read(names) == []
    await database.transaction(putting("c"))
    assert await database.read(names) == ["c"]


@on_postgres
async def test_whoever_slept_in_a_transaction_meets_trouble_at_the_commit(
    database_url: str, vault: Vault, judge: Judge
) -> None:
    slept: list[Transaction] = []

    def sleep_before_the_commit(point: str) -> None:
        if point == "commit" and slept:
            # The server ends who is at rest for so long, and this is over when it has.
            row = slept.pop().one(
                "SELECT set_config('idle_in_transaction_session_timeout', '1', false), pg_backend_pid() AS pid"
            )
            assert row is not None
            while judge.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [row["pid"]]).fetchone():
                continue

    def work(tx: Transaction) -> None:
        put(tx, "a")
        slept.append(tx)

    database = await open_database(database_url, vault, hook=sleep_before_the_commit)
    with pytest.raises(DatabaseUnavailable):
        await database.transaction(work)
    await database.transaction(putting("b"))
    assert await database.read(names) == ["b"]
    await database.close()


@on_postgres
async def test_a_server_that_vanishes_while_it_is_waited_for_is_asked_after_within_seconds(database: Database) -> None:
    def asked_after(tx: Transaction) -> tuple[int, ...]:
        assert isinstance(tx, PostgresTransaction)
        with socket.socket(fileno=os.dup(tx._connection.fileno())) as line:
            options = (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
            assert line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
            return tuple(line.getsockopt(socket.IPPROTO_TCP, option) for option in options)

    idle, interval, count = await database.read(asked_after)
    assert idle + interval * count <= 20


@on_postgres
async def test_a_commit_that_nobody_knows_of_is_trouble(database_url: str, vault: Vault, judge: Judge) -> None:
    ended: list[Transaction] = []

    def end_before_the_commit(point: str) -> None:
        if point == "commit" and ended:
            end_connection(ended.pop(), judge)

    def work(tx: Transaction) -> None:
        put(tx, "a")
        ended.append(tx)

    database = await open_database(database_url, vault, hook=end_before_the_commit)
    with pytest.raises(DatabaseUnavailable):
        await database.transaction(work)
    await database.transaction(putting("b"))
    assert await database.read(names) == ["b"]
    await database.close()


@on_postgres
async def test_a_server_that_was_started_anew_is_found_out_once(database: Database, judge: Judge) -> None:
    meeting = threading.Barrier(6, timeout=PATIENCE_SECONDS)
    await asyncio.gather(*(database.read(lambda tx: (names(tx), meeting.wait())) for _ in range(6)))
    judge.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with pytest.raises(DatabaseUnavailable):
        await database.read(names)
    await asyncio.gather(*(database.transaction(putting(str(number))) for number in range(20)))
    assert len(await database.read(names)) == 20


@on_postgres
async def test_a_deadlock_is_run_again_from_the_beginning(database: Database) -> None:
    await database.transaction(putting("a", "b"))
    meeting = threading.Barrier(2, timeout=PATIENCE_SECONDS)
    runs: list[str] = []

    def crossing(order: str) -> Callable[[Transaction], None]:
        def work(tx: Transaction) -> None:
            first_time = order not in runs
            runs.append(order)
            for name in order:
                tx.run("UPDATE meta SET value = value || :order WHERE name = :name", {"order": order, "name": name})
                if first_time and name == order[0]:
                    meeting.wait()

        return work

    await asyncio.gather(database.transaction(crossing("ab")), database.transaction(crossing("ba")))
    assert sorted(runs[:2]) == ["ab", "ba"]
    assert len(runs) >= 3
    rows = await database.read(lambda tx: tx.all("SELECT value FROM meta ORDER BY name"))
    assert [sorted((row["value"].count("ab"), row["value"].count("ba"))) for row in rows] == [[1, 1], [1, 1]]


@on_postgres
async def test_what_is_taken_back_again_and_again_is_trouble(database: Database) -> None:
    runs: list[int] = []

    def unlucky(tx: Transaction) -> None:
        runs.append(1)
        tx.run("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = 'serialization_failure'; END $$")

    with pytest.raises(DatabaseUnavailable, match="3 times"):
        await database.transaction(unlucky)
    assert len(runs) == 3


def raising(code: str) -> Callable[[Transaction], None]:
    """Work in which PostgreSQL answers with an error of this code."""

    def work(tx: Transaction) -> None:
        tx.run(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{code}'; END $$")

    return work


@on_postgres
@pytest.mark.parametrize("code", ["53100", "53200", "53300", "57P01", "58030", "08006", "55P03", "25006", "25P03"])
async def test_codes_that_mean_trouble(database: Database, code: str) -> None:
    with pytest.raises(DatabaseUnavailable):
        await database.transaction(raising(code))


@on_postgres
@pytest.mark.parametrize("code", ["54000", "54001", "42601", "42P01", "23505", "22001", "22P02", "0A000"])
async def test_codes_that_mean_a_wrong_statement(database: Database, code: str) -> None:
    with pytest.raises(psycopg.Error):
        await database.transaction(raising(code))


@on_postgres
async def test_copies_that_hang_do_not_hold_the_others_for_ever(database: Database) -> None:
    shown = await database.read(
        lambda tx: [tx.one("SHOW lock_timeout"), tx.one("SHOW idle_in_transaction_session_timeout")]
    )
    assert [next(iter(row.values())) for row in shown if row] == ["10s", "1min"]


async def test_the_folder_of_the_file_is_made(tmp_path: Path, vault: Vault) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/data/deep/linli.sqlite3", vault)
    await database.close()
    assert (tmp_path / "data/deep/linli.sqlite3").exists()
