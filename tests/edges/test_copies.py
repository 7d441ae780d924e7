"""Several copies of one program on PostgreSQL: one polls, all speak at one pace, and they call each other."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram.ext import ExtBot

from bot.clock import StillClock
from bot.domain.pace import Limits
from bot.intake import Polling
from bot.storage import outbox, shares
from bot.storage.database import Database, Transaction, open_database
from bot.storage.outbox import Saying
from bot.storage.vault import Vault
from sandbox import Phone, Sandbox
from scheduler.naming import Name
from tests.edges.conftest import Deliver, neighbour
from tests.edges.stand_ins import BOT_ID, Cry, Echo, Word, say
from tests.edges.test_polling import Speaker

NAMES = ("one", "two", "three")


@pytest.fixture
def kind() -> str:
    """Only PostgreSQL has several copies on it."""
    return "postgres"


@pytest.fixture
async def other(database_url: str, vault: Vault) -> AsyncIterator[Database]:
    """The same database, opened by another copy."""
    opened = await open_database(database_url, vault)
    yield opened
    await opened.close()


# --- who polls ---


async def test_what_one_copy_holds_no_other_gets_until_it_is_let_go_of(database: Database, other: Database) -> None:
    first, second = await database.hold("it"), await other.hold("something else")
    assert first is not None
    assert second is not None
    assert await first.kept()
    assert await other.hold("it") is None
    await first.let_go()
    third = await other.hold("it")
    assert third is not None
    await third.let_go()
    await second.let_go()


async def test_a_hold_whose_connection_broke_is_known_to_be_lost(database: Database, other: Database) -> None:
    held = await database.hold("it")
    assert held is not None
    await end_holds(other)
    assert not await held.kept()
    taken = await other.hold("it")
    assert taken is not None
    await taken.let_go()


async def end_holds(database: Database) -> None:
    """The connection of everybody who holds something breaks, as if the server were started anew."""
    await database.read(
        lambda tx: tx.all(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
    )


async def test_a_copy_has_its_name_again_after_the_server_was_started_anew(
    database: Database, other: Database, caplog: pytest.LogCaptureFixture
) -> None:
    name, namesake = Name(database, "one"), Name(other, "one")
    await name.take()
    await end_holds(other)
    await name.keep()
    assert await other.hold("copy one") is None, "nobody else gets it"
    await name.keep()
    assert not caplog.records
    await end_holds(other)
    await namesake.take()
    await name.keep()
    assert "another copy named one" in caplog.text
    await namesake.let_go()
    await name.keep()
    assert await other.hold("copy one") is None
    await name.let_go()


async def test_another_copy_polls_as_soon_as_the_first_has_ended(
    database: Database,
    other: Database,
    bot: ExtBot[None],
    echo: Echo,
    clock: StillClock,
    sandbox: Sandbox,
    zhang: Phone,
) -> None:
    first, second = (Polling(one, bot, echo, Speaker(bot), clock, poll_seconds=5) for one in (database, other))
    tasks = [asyncio.create_task(first.run())]
    await polled(first)
    tasks.append(asyncio.create_task(second.run()))
    await zhang.sends("hello")
    await handled(echo, 2)
    assert not second.polls
    first.stop()
    await tasks[0]
    await zhang.sends("still there?")
    await handled(echo, 3)
    await polled(second)
    second.stop()
    await tasks[1]
    assert sandbox.calls_of("getUpdates")
    assert len(set(echo.handled)) == 3


async def polled(polling: Polling) -> None:
    """Wait until this copy polls."""
    async with asyncio.timeout(10):
        while True:
            if polling.polls:
                return
            await asyncio.sleep(0.01)


async def handled(echo: Echo, count: int) -> None:
    """Wait until so many updates were handled."""
    async with asyncio.timeout(10):
        while True:
            if len(echo.handled) >= count:
                return
            await asyncio.sleep(0.01)


# --- one pace for all ---


async def test_three_copies_together_keep_telegrams_limits(
    database: Database,
    other: Database,
    database_url: str,
    vault: Vault,
    clock: StillClock,
    deliver: Deliver,
    sandbox: Sandbox,
) -> None:
    phones = [await neighbour(sandbox, str(number)) for number in range(60)]
    sayings = [Saying(Word(str(turn)), BOT_ID, phone.id, None) for turn in range(2) for phone in phones]
    await database.transaction(lambda tx: outbox.say_many(tx, sayings, now=clock.now()))
    third = await open_database(database_url, vault)
    sandbox.limits = True
    async with (
        deliver(limits=Limits(), holder="one"),
        deliver(limits=Limits(), holder="two", database=other),
        deliver(limits=Limits(), holder="three", database=third),
    ):
        for phone in phones:
            await phone.reads("1")
    await third.close()
    assert [call for call in sandbox.calls if not call.ok] == []
    spoke = await database.read(lambda tx: tx.all("SELECT holder, seen_at FROM shares WHERE holder <> ''"))
    assert sorted(row["holder"] for row in spoke) == sorted(NAMES)


async def test_a_groups_minute_is_kept_by_the_one_copy_that_speaks_there(
    database: Database, other: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox, zhang: Phone
) -> None:
    async with deliver(holder="one"), deliver(holder="two", database=other):
        await database.transaction(lambda tx: say(tx, "both are here", chat_id=zhang.id, now=clock.now()))
        await zhang.reads("both are here")

        def copies(tx: Transaction) -> list[tuple[int, int]]:
            grants = [shares.take(tx, BOT_ID, name, wants=0, limit=28, urgent=False) for name in ("one", "two")]
            return [(grant.copies, grant.place) for grant in grants]

        await until_alive(database)
        assert await database.transaction(copies) == [(2, 0), (2, 1)]


async def until_alive(database: Database) -> None:
    """Wait until both copies are known."""
    while True:
        rows = await database.read(lambda tx: tx.all("SELECT holder FROM shares WHERE seen_at > 0"))
        if len(rows) == 2:
            return
        await asyncio.sleep(0.05)


async def test_what_concerns_life_goes_out_while_another_copy_has_the_whole_pace(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox, zhang: Phone
) -> None:
    await database.transaction(lambda tx: shares.take(tx, BOT_ID, "greedy", wants=28, limit=28, urgent=False))
    words = Saying(Cry("help"), BOT_ID, zhang.id, None)
    await database.transaction(lambda tx: outbox.say_many(tx, [words], now=clock.now()))
    async with deliver(limits=Limits(), holder="one"):
        async with asyncio.timeout(1.0):
            await zhang.reads("help")


async def test_the_reserve_belongs_to_one_copy_at_a_time(database: Database) -> None:
    def both(tx: Transaction) -> list[bool]:
        return [shares.take(tx, BOT_ID, name, wants=1, limit=28, urgent=True).reserve for name in ("one", "two", "one")]

    assert await database.transaction(both) == [True, False, True]


async def test_a_copy_that_ends_leaves_its_part_to_the_others(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox, zhang: Phone
) -> None:
    async with deliver(limits=Limits(), holder="one"):
        await database.transaction(lambda tx: say(tx, "hello", chat_id=zhang.id, now=clock.now()))
        await zhang.reads("hello")
    rows = await database.read(lambda tx: tx.all("SELECT wants, seen_at, until FROM shares WHERE holder = 'one'"))
    assert [(row["wants"], row["seen_at"]) for row in rows] == [(0, 0.0)]
    at = await database.transaction(lambda tx: tx.instant())
    assert rows[0]["until"] <= at


# --- calling each other ---


async def test_one_copy_hears_what_another_calls(database: Database, other: Database) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    listening = asyncio.create_task(other.listen(heard.put_nowait))
    async with asyncio.timeout(10):
        while heard.empty():
            await database.call("news")
            await asyncio.sleep(0.01)
    assert heard.get_nowait() == "news"
    listening.cancel()


async def test_whoever_listens_hears_again_after_the_connection_broke(database: Database, other: Database) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    listening = asyncio.create_task(other.listen(heard.put_nowait))

    async def hear() -> None:
        while heard.empty():
            await database.call("news")
            await asyncio.sleep(0.05)
        heard.get_nowait()

    async with asyncio.timeout(15):
        await hear()
        await database.read(
            lambda tx: tx.all(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            )
        )
        while not heard.empty():
            heard.get_nowait()
        await hear()
    listening.cancel()
