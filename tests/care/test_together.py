"""Two copies at once, a deadline against its answer, two who take on one alert; a disk that is full and a file that is locked."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from functools import partial

import pytest

from bot.domain.alerts import Cause
from bot.services import alerts
from bot.storage.database import Database, Transaction, open_database
from bot.storage.vault import Vault
from tests.care.ward import CHEN, HELP, HOURLY, WANG, WELL, Ward, ward
from tests.storage.test_trouble import pragma
from tests.storage.works import on_postgres, on_sqlite

__all__ = ["ward"]


@pytest.fixture
async def other(database_url: str, vault: Vault) -> AsyncIterator[Database]:
    """Another copy's connections to the same database."""
    opened = await open_database(database_url, vault)
    yield opened
    await asyncio.shield(opened.close())


async def test_two_copies_that_sweep_together_ask_miss_and_climb_once(ward: Ward, other: Database) -> None:
    await ward.fill(60, **HOURLY)
    ward.clock.advance(3600)
    await both_tick(ward, other)
    assert await ward.checkins() == {"asked": 60}
    ward.clock.advance(20 * 60)
    await both_tick(ward, other)
    assert (await ward.letters())["CheckInNudged"] == 60
    ward.clock.advance(11 * 60)
    await both_tick(ward, other)
    assert await ward.checkins() == {"alert": 60}
    assert await ward.alerts() == {"open": 60}
    assert (await ward.events())["rung"] == 60
    ward.clock.advance(23 * 60)
    await both_tick(ward, other)
    assert (await ward.events())["rung"] == 120
    await ward.whole()


async def both_tick(ward: Ward, other: Database) -> None:
    """Both copies tick at the same moment, twice: what one has locked the other leaves to it."""
    for _ in range(2):
        await asyncio.gather(ward.tick(), ward.tick(other))


async def test_an_answer_at_the_very_deadline_is_in_time_or_late_but_never_lost(ward: Ward, other: Database) -> None:
    await ward.fill(24, **HOURLY)
    await ward.passes(hours=1)
    ward.clock.advance(30 * 60)
    updates = [ward.update(number, WELL) for number in range(1, 25)]
    tasks = [ward.hears(update) for update in updates]
    await asyncio.gather(*tasks[:8], ward.tick(other), *tasks[8:])
    await ward.tick()
    states = await ward.checkins()
    assert states.total() == states["answered"] + states["alert"] == 24
    assert await ward.rows("SELECT id FROM checkins WHERE answered_at IS NULL") == []
    closed = await ward.rows("SELECT outcome FROM alerts")
    assert [row["outcome"] for row in closed] == ["answered_late"] * states["alert"]
    assert (await ward.letters())["CheckInThanked"] == states["answered"]
    assert (await ward.letters())["CheckInThankedLate"] == states["alert"]
    await ward.whole()


async def test_at_the_very_deadline_whoever_is_first_decides(ward: Ward) -> None:
    await ward.fill(2, **HOURLY)
    await ward.passes(hours=1)
    ward.clock.advance(30 * 60)
    await ward.hears(ward.update(1, WELL))
    await ward.tick()
    assert await ward.checkins() == {"answered": 1, "alert": 1}
    assert await ward.alerts() == {"open": 1}
    await ward.hears(ward.update(2, WELL))
    assert await ward.checkins() == {"answered": 1, "alert": 1}
    assert await ward.alerts() == {"closed": 1}


async def test_an_answer_after_the_grace_that_no_alert_has_met_is_an_answer(ward: Ward) -> None:
    await ward.fill(1, **HOURLY)
    await ward.passes(hours=1)
    ward.clock.advance(35 * 60)
    await ward.hears(ward.update(1, WELL))
    await ward.tick()
    assert await ward.checkins() == {"answered": 1}
    assert await ward.alerts() == {}


async def test_two_who_take_it_on_together_are_one_who_has_it(ward: Ward, other: Database) -> None:
    await ward.fill(1, **HOURLY)
    for _ in range(5):
        await ward.hears(ward.update(1, HELP))
        number = (await ward.rows("SELECT id FROM alerts WHERE state <> 'closed'"))[0]["id"]
        await ward.passes(minutes=23)
        await ward.passes(minutes=23)

        results = await asyncio.gather(
            ward.database.transaction(partial(take, ward, WANG, number)),
            other.transaction(partial(take, ward, CHEN, number)),
            return_exceptions=True,
        )
        assert sorted(type(one).__name__ for one in results) == ["AlertTaken", "int"]
        await ward.close()


def take(ward: Ward, user_id: int, number: int, tx: Transaction) -> int:
    """Somebody takes an alert on."""
    return alerts.take(tx, ward.actor(tx, user_id), number, now=ward.clock.now()).id


async def test_all_overdue_at_once_is_done_in_one_tick_and_nothing_twice(ward: Ward) -> None:
    await ward.fill(40, **HOURLY)
    await ward.passes(hours=1)
    for number in range(1, 11):
        await ward.hears(ward.update(number, HELP))
    # Alerts, questions, nudges, ends of grace and three further rounds: nobody has looked for three hours and forty minutes.
    ward.clock.advance(220 * 60)
    await ward.tick()
    assert await ward.rows(f"SELECT id FROM checkins WHERE act_at <= {at(ward)}") == []
    assert await ward.rows(f"SELECT id FROM alerts WHERE act_at <= {at(ward)}") == []
    assert await ward.rows(f"SELECT id FROM plans WHERE act_at <= {at(ward)}") == []
    assert await ward.alerts() == {"open": 40}
    # Of the rounds that passed unseen none is asked any more; the last one still has ten minutes.
    assert (await ward.checkins())["not_asked"] == 40 * 3
    before = await ward.letters()
    await ward.tick()
    assert await ward.letters() == before
    await ward.whole()


def at(ward: Ward) -> int:
    """Now, as it is kept."""
    return int(ward.clock.now().timestamp())


@on_sqlite
async def test_a_disk_that_is_full_in_the_middle_of_a_sweep_halves_nothing(ward: Ward) -> None:
    await ward.fill(150, **HOURLY)
    most = await ward.database.transaction(pragma("max_page_count"))

    async def full(spare: int) -> None:
        used = await ward.database.transaction(pragma("page_count"))
        await ward.database.transaction(pragma(f"max_page_count = {used + spare}"))

    async def empty() -> None:
        await ward.database.transaction(pragma(f"max_page_count = {most}"))

    ward.clock.advance(3600)
    await full(3)
    assert await ward.tick() == 0
    assert await ward.checkins() == {}
    await empty()
    await ward.tick()
    assert await ward.checkins() == {"asked": 150}
    ward.clock.advance(31 * 60)
    await full(3)
    await ward.tick()
    assert await ward.checkins() == {"asked": 150}
    assert await ward.alerts() == {}
    await ward.whole()
    await empty()
    await ward.tick()
    assert await ward.alerts() == {"open": 150}
    await ward.whole()


@on_sqlite
async def test_a_file_that_is_locked_delays_a_sweep_and_loses_nothing(ward: Ward, database_url: str) -> None:
    await ward.fill(3, **HOURLY)
    await ward.passes(hours=1)
    ward.clock.advance(31 * 60)
    await ward.database.transaction(lambda tx: tx.run("PRAGMA busy_timeout = 50"))
    somebody = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    somebody.execute("BEGIN IMMEDIATE")
    assert await ward.tick() == 0
    assert await ward.checkins() == {"asked": 3}
    somebody.execute("ROLLBACK")
    somebody.close()
    await ward.tick()
    assert await ward.alerts() == {"open": 3}
    await ward.whole()


@on_postgres
async def test_a_miss_that_meets_another_signal_on_its_way_joins_its_alert(ward: Ward, other: Database) -> None:
    await ward.fill(2, **HOURLY)
    await ward.passes(hours=1)
    ward.clock.advance(31 * 60)
    raised, let_go, loop = asyncio.Event(), threading.Event(), asyncio.get_running_loop()

    def unvisited(tx: Transaction) -> None:
        alerts.raise_alert(tx, ward.home, ward.people[0], Cause.UNVISITED, now=ward.clock.now())
        loop.call_soon_threadsafe(raised.set)
        assert let_go.wait(20)

    first = asyncio.create_task(other.transaction(unvisited))
    await raised.wait()
    sweep = asyncio.create_task(ward.tick())
    while not await ward.rows("SELECT pid FROM pg_locks WHERE NOT granted"):
        pass
    let_go.set()
    await asyncio.gather(first, sweep)
    assert await ward.checkins() == {"alert": 2}
    assert await ward.alerts() == {"open": 2}
    events = await ward.events()
    assert (events["raised"], events["joined"], events["rung"]) == (2, 1, 2)
    await ward.whole()
