"""The seam over both databases, with real connections: what is kept, what is taken back, who sees what."""

import asyncio
import contextlib
import threading
from functools import partial

import psycopg
import pytest

from bot.storage.database import Database, DatabaseUnavailable, Transaction, open_database
from bot.storage.vault import Vault
from tests.storage.works import (
    PATIENCE_SECONDS,
    STATEMENT_ERRORS,
    Refused,
    names,
    on_postgres,
    put,
    putting,
    value_of,
)

# --- what every transaction can do ---


async def test_what_work_returns_comes_back_and_what_it_wrote_is_kept(database: Database) -> None:
    def work(tx: Transaction) -> str:
        put(tx, "a", "1")
        return "done"

    assert await database.transaction(work) == "done"
    assert await database.read(names) == ["a"]


async def test_a_statement_says_how_many_rows_it_changed(database: Database) -> None:
    await database.transaction(putting("a", "b", "c"))
    change = "UPDATE meta SET value = 'y' WHERE name > :name"
    assert await database.transaction(lambda tx: tx.run(change, {"name": "a"})) == 2
    assert await database.transaction(lambda tx: tx.run(change, {"name": "z"})) == 0


async def test_one_row_or_none(database: Database) -> None:
    await database.transaction(lambda tx: put(tx, "a", "1"))
    found = "SELECT name, value FROM meta WHERE name = :name"
    row = await database.read(lambda tx: tx.one(found, {"name": "a"}))
    assert row is not None
    assert (row["name"], row["value"]) == ("a", "1")
    assert await database.read(lambda tx: tx.one(found, {"name": "b"})) is None


async def test_once_is_told_by_what_is_returned(database: Database) -> None:
    once = "INSERT INTO meta (name, value) VALUES ('a', '') ON CONFLICT DO NOTHING RETURNING name"
    assert await database.transaction(lambda tx: tx.one(once)) is not None
    assert await database.transaction(lambda tx: tx.one(once)) is None


async def test_many_rows_are_one_batch(database: Database) -> None:
    rows = [{"name": f"{number:04}", "value": str(number)} for number in range(1000)]
    insert = "INSERT INTO meta (name, value) VALUES (:name, :value)"
    await database.transaction(lambda tx: tx.many(insert, rows))
    await database.transaction(lambda tx: tx.many(insert, []))
    assert len(await database.read(names)) == 1000
    with pytest.raises(STATEMENT_ERRORS):
        await database.transaction(lambda tx: tx.many(insert, [{"name": "new", "value": ""}, rows[0]]))
    assert len(await database.read(names)) == 1000


async def test_percent_signs_and_colons_are_only_characters(database: Database) -> None:
    await database.transaction(lambda tx: put(tx, "100% :name", "50%"))
    row = await database.read(lambda tx: tx.one("SELECT name FROM meta WHERE value LIKE '5%' AND name <> 'a: b'"))
    assert row is not None
    assert row["name"] == "100% :name"


async def test_locks_are_one_text_for_both(database: Database) -> None:
    await database.transaction(putting("a"))
    for lock in ("UPDATE", "NO KEY UPDATE", "UPDATE OF m", "UPDATE SKIP LOCKED", "UPDATE OF m SKIP LOCKED"):
        found = await database.transaction(partial(Transaction.all, sql=f"SELECT m.name FROM meta m FOR {lock}"))
        assert len(found) == 1


async def test_the_instant_is_now_and_moves_on(database: Database) -> None:
    first = await database.read(lambda tx: tx.instant())
    second = await database.transaction(lambda tx: tx.instant())
    assert 1_700_000_000 < first <= second


async def test_tables_are_there_or_not(database: Database) -> None:
    assert await database.read(lambda tx: (tx.has_table("meta"), tx.has_table("nothing"))) == (True, False)


async def test_big_numbers_are_kept_whole(database: Database) -> None:
    group = -1_002_147_483_648_000
    await database.transaction(
        lambda tx: tx.run("INSERT INTO groups (bot_id, chat_id) VALUES (:bot, :chat)", {"bot": 2**40, "chat": group})
    )
    row = await database.read(lambda tx: tx.one("SELECT bot_id, chat_id FROM groups"))
    assert row is not None
    assert (row["bot_id"], row["chat_id"]) == (2**40, group)


# --- what is taken back ---


async def test_work_that_raises_leaves_nothing_and_the_next_one_works(database: Database) -> None:
    def work(tx: Transaction) -> None:
        put(tx, "a")
        raise Refused("no")

    with pytest.raises(Refused, match="no"):
        await database.transaction(work)
    assert await database.read(names) == []
    await database.transaction(putting("b"))
    assert await database.read(names) == ["b"]


async def test_a_savepoint_is_taken_back_alone(database: Database) -> None:
    def work(tx: Transaction) -> None:
        put(tx, "before")
        with contextlib.suppress(Refused), tx.savepoint():
            put(tx, "inside")
            raise Refused("no")
        with tx.savepoint():
            put(tx, "another")
        put(tx, "after")

    await database.transaction(work)
    assert await database.read(names) == ["after", "another", "before"]


async def test_savepoints_stand_inside_each_other(database: Database) -> None:
    def work(tx: Transaction) -> None:
        with tx.savepoint():
            put(tx, "outer")
            with contextlib.suppress(Refused), tx.savepoint():
                put(tx, "inner")
                raise Refused("no")
            put(tx, "outer too")

    await database.transaction(work)
    assert await database.read(names) == ["outer", "outer too"]


async def test_a_wrong_statement_inside_a_savepoint_harms_nothing_else(database: Database) -> None:
    def work(tx: Transaction) -> None:
        put(tx, "before")
        with contextlib.suppress(*STATEMENT_ERRORS), tx.savepoint():
            tx.run("INSERT INTO meta (name, value) VALUES ('before', '')")
        put(tx, "after")

    await database.transaction(work)
    assert await database.read(names) == ["after", "before"]


async def test_a_savepoint_lets_what_concerns_the_whole_transaction_pass(database: Database) -> None:
    def work(tx: Transaction) -> None:
        put(tx, "a")
        with tx.savepoint():
            raise DatabaseUnavailable("the disk is full")

    with pytest.raises(DatabaseUnavailable, match="full"):
        await database.transaction(work)
    assert await database.read(names) == []


@on_postgres
async def test_an_error_that_was_swallowed_is_never_a_silent_loss(database: Database) -> None:
    def work(tx: Transaction) -> None:
        put(tx, "a")
        with contextlib.suppress(psycopg.Error):
            tx.run("INSERT INTO meta (name, value) VALUES ('a', '')")

    with pytest.raises(psycopg.errors.InFailedSqlTransaction):
        await database.transaction(work)
    assert await database.read(names) == []


async def test_whoever_is_cancelled_leaves_no_transaction_open(database: Database) -> None:
    started, go_on = threading.Event(), threading.Event()

    def work(tx: Transaction) -> None:
        put(tx, "a")
        started.set()
        go_on.wait(PATIENCE_SECONDS)

    task = asyncio.create_task(database.transaction(work))
    await asyncio.to_thread(started.wait, PATIENCE_SECONDS)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    await asyncio.wait_for(database.transaction(lambda tx: put(tx, "a", "later")), PATIENCE_SECONDS)
    assert await database.read(value_of("a")) == "later"


# --- side by side ---


async def test_readers_read_beside_a_writer(database: Database) -> None:
    await database.transaction(putting("old"))
    wrote, go_on = threading.Event(), threading.Event()

    def work(tx: Transaction) -> None:
        put(tx, "new")
        wrote.set()
        go_on.wait(PATIENCE_SECONDS)

    writing = asyncio.create_task(database.transaction(work))
    await asyncio.to_thread(wrote.wait, PATIENCE_SECONDS)
    seen = await asyncio.wait_for(database.read(names), PATIENCE_SECONDS)
    go_on.set()
    await writing
    assert seen == ["old"]
    assert await database.read(names) == ["new", "old"]


async def test_a_reader_that_writes_changes_nothing(database: Database) -> None:
    with contextlib.suppress(*STATEMENT_ERRORS, DatabaseUnavailable):
        await database.read(putting("a"))
    assert await database.read(names) == []


async def test_writers_that_add_to_one_row_lose_nothing(database: Database) -> None:
    await database.transaction(lambda tx: put(tx, "sum", "0"))

    def add(tx: Transaction) -> None:
        row = tx.one("SELECT value FROM meta WHERE name = 'sum' FOR UPDATE")
        assert row is not None
        put(tx, "sum", str(int(row["value"]) + 1))

    await asyncio.gather(*(database.transaction(add) for _ in range(50)))
    assert await database.read(value_of("sum")) == "50"


async def test_two_programs_race_and_one_wins_each_time(database: Database, database_url: str, vault: Vault) -> None:
    other = await open_database(database_url, vault)
    claim = "INSERT INTO meta (name, value) VALUES (:name, :who) ON CONFLICT DO NOTHING RETURNING name"

    async def race(racer: Database, who: str, number: int) -> bool:
        values = {"name": f"need {number}", "who": who}
        return await racer.transaction(lambda tx: tx.one(claim, values)) is not None

    won = await asyncio.gather(
        *(race(racer, str(who), number) for number in range(20) for who in range(5) for racer in (database, other))
    )
    await other.close()
    assert sum(won) == 20
    assert len(await database.read(names)) == 20


async def test_hooks_stand_around_the_commit_of_writers_only(database_url: str, vault: Vault) -> None:
    points: list[str] = []
    database = await open_database(database_url, vault, hook=points.append)
    points.clear()
    await database.read(names)
    assert points == []

    def work(tx: Transaction) -> None:
        put(tx, "a")
        points.append("work")

    await database.transaction(work)
    assert points == ["work", "commit", "committed"]
    await database.close()
