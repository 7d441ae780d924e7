"""The watchdog: people hear when nothing can be written, and the outside monitor hears only when all is well."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from aiohttp import web

from bot.clock import StillClock
from bot.domain.notices import Priority
from bot.storage import pulses
from bot.storage.database import Database, DatabaseUnavailable, T, Work
from scheduler.auditor import Auditor, Report
from scheduler.sweeps import Sweep
from scheduler.watchdog import ALARM, ALL_CLEAR, Watchdog
from tests.edges.stand_ins import BOT_ID, Troubled, say
from tests.edges.test_sweeps import Eggs, lay

TROUBLE = DatabaseUnavailable("the disk is full")


class Seconds:
    """A monotonic clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


class Monitor:
    """An outside monitor that counts heartbeats, and can be out of order."""

    def __init__(self) -> None:
        self.beats = 0
        self.status = 200

    async def take(self, request: web.Request) -> web.Response:
        self.beats += 1
        return web.Response(status=self.status)


@pytest.fixture
async def monitor() -> AsyncIterator[tuple[Monitor, str]]:
    """A monitor and its address."""
    watching = Monitor()
    application = web.Application()
    application.router.add_get("/ping", watching.take)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield watching, f"http://127.0.0.1:{runner.addresses[0][1]}/ping"
    await asyncio.shield(runner.cleanup())


class Yard:
    """A watchdog with everything around it in the hands of a test."""

    def __init__(self, database: Database, clock: StillClock, url: str | None = None) -> None:
        self.database = Troubled(database)
        self.clock, self.seconds = clock, Seconds()
        self.intake_at: datetime | None = clock.now()
        self.tick_at: datetime | None = clock.now()
        self.said: list[str] = []
        self.failing: Exception | None = None
        self.sweeps: list[Sweep] = []
        self.auditor = Auditor(
            self.sweeps, bots=lambda: [BOT_ID], intake_at=lambda: self.intake_at, tick_at=lambda: self.tick_at
        )
        self.dog = Watchdog(
            self.database,
            self.auditor,
            clock,
            copy="one",
            emergency=self._say,
            heartbeat_url=url,
            monotonic=self.seconds,
        )

    async def _say(self, text: str) -> None:
        if self.failing is not None:
            raise self.failing
        self.said.append(text)

    async def fails(self, seconds: float) -> None:
        """Nothing can be written for so many seconds."""
        for _ in range(int(seconds / 10)):
            self.seconds.at += 10
            self.database.before = [TROUBLE]
            assert await self.dog.tick() is None

    async def works(self) -> Report | None:
        """Ten seconds pass, and writing works."""
        self.seconds.at += 10
        return await self.dog.tick()


@pytest.fixture
def yard(database: Database, clock: StillClock) -> Yard:
    """A watchdog without an outside monitor."""
    return Yard(database, clock)


async def test_people_hear_after_a_minute_without_writing(yard: Yard) -> None:
    await yard.fails(50)
    assert yard.said == []
    await yard.fails(10)
    assert yard.said == [ALARM]


async def test_they_hear_again_after_ten_minutes_and_when_it_is_over(yard: Yard) -> None:
    await yard.fails(650)
    assert yard.said == [ALARM]
    await yard.fails(10)
    assert yard.said == [ALARM, ALARM]
    await yard.works()
    await yard.works()
    assert yard.said == [ALARM, ALARM, ALL_CLEAR]


async def test_a_short_trouble_is_not_told(yard: Yard) -> None:
    for _ in range(5):
        await yard.fails(50)
        await yard.works()
    assert yard.said == []


async def test_an_alarm_that_did_not_go_out_is_tried_again(yard: Yard) -> None:
    yard.failing = RuntimeError("no network")
    await yard.fails(60)
    yard.failing = None
    await yard.fails(10)
    assert yard.said == [ALARM]


async def test_a_database_that_hangs_counts_as_one_that_cannot_be_written(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.watchdog.WRITE_TIMEOUT_SECONDS", 0.01)
    held = asyncio.Event()
    tries = 0

    async def hang(work: Work[T]) -> T:
        nonlocal tries
        tries += 1
        await held.wait()
        raise TROUBLE

    monkeypatch.setattr(yard.database, "transaction", hang)
    for _ in range(7):
        assert await yard.works() is None
    assert (yard.said, tries) == ([ALARM], 1)
    held.set()
    assert await yard.works() is None


async def test_the_pulse_is_written(yard: Yard, database: Database, clock: StillClock) -> None:
    await yard.works()
    assert await database.read(pulses.latest) == pulses.Pulse(clock.now(), clock.now())


async def test_the_alarm_is_in_both_languages() -> None:
    for text in (ALARM, ALL_CLEAR):
        chinese, english = text.split("\n\n")
        assert "邻里" in chinese
        assert english.isascii()


# --- what is late ---


async def test_all_is_well(yard: Yard) -> None:
    report = await yard.works()
    assert report == Report({}, ())
    assert report.fine


async def test_rows_that_were_not_moved_on_are_late(yard: Yard, database: Database, clock: StillClock) -> None:
    eggs = Eggs()
    yard.sweeps.append(eggs.sweep())
    await lay(database, eggs, range(3), clock.now() - timedelta(seconds=61))
    await lay(database, eggs, range(3, 5), clock.now() - timedelta(seconds=59))
    assert await yard.works() == Report({"eggs": 3}, ())


async def test_letters_of_life_that_were_not_said_are_late(yard: Yard, database: Database, clock: StillClock) -> None:
    await database.transaction(lambda tx: say(tx, "help", chat_id=1, now=clock.now(), priority=Priority.LIFE))
    await database.transaction(lambda tx: tx.run("UPDATE outbox SET send_at = send_at - 61"))
    assert await yard.works() == Report({"letters": 1}, ())


async def test_silent_intake_and_ticks_are_deaf(yard: Yard, clock: StillClock) -> None:
    clock.advance(120)
    assert await yard.works() == Report({}, ())
    clock.advance(1)
    yard.tick_at = None
    assert await yard.works() == Report({}, ("intake", "ticks"))
    yard.intake_at = yard.tick_at = clock.now()
    assert await yard.works() == Report({}, ())


# --- the heartbeat ---


async def test_the_heart_beats_once_a_minute(
    database: Database, clock: StillClock, monitor: tuple[Monitor, str]
) -> None:
    watching, url = monitor
    yard = Yard(database, clock, url)
    for _ in range(13):
        await yard.works()
    assert watching.beats == 3


async def test_the_heart_stops_when_something_is_wrong(
    database: Database, clock: StillClock, monitor: tuple[Monitor, str]
) -> None:
    watching, url = monitor
    yard = Yard(database, clock, url)
    await yard.fails(600)
    clock.advance(121)
    await yard.works()
    assert watching.beats == 0
    yard.intake_at = yard.tick_at = clock.now()
    await yard.works()
    assert watching.beats == 1


async def test_a_monitor_out_of_order_is_asked_again(
    database: Database, clock: StillClock, monitor: tuple[Monitor, str]
) -> None:
    watching, url = monitor
    yard = Yard(database, clock, url)
    watching.status = 500
    report = await yard.works()
    watching.status = 200
    await yard.works()
    assert watching.beats == 2
    assert report is not None
    assert report.fine


async def test_a_monitor_that_is_not_there_disturbs_nobody(database: Database, clock: StillClock) -> None:
    yard = Yard(database, clock, "http://127.0.0.1:9/ping")
    assert await yard.works() == Report({}, ())
