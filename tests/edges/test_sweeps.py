"""Time moves on what is due: in batches, the vital first, and one row that fails stops no other."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import StillClock
from bot.storage import failures, pulses, updates
from bot.storage.columns import among
from bot.storage.database import Database, DatabaseUnavailable, Transaction
from scheduler.housekeeping import Housekeeper
from scheduler.sweeps import BATCH, Sweep, Sweeper
from scheduler.ticks import Ticks
from tests.edges.stand_ins import BOT_ID, Troubled, recorded, say

# Rows of `updates` stand for whatever waits for time: `at` is when it is due.


class Eggs:
    """A sweep over eggs that are done at their time; what happened to them is kept."""

    def __init__(self, name: str = "eggs", *, bot_id: int = 1, vital: bool = False) -> None:
        self.name, self.bot_id, self.vital = name, bot_id, vital
        self.rotten: set[int] = set()
        self.log: list[int] = []
        self.poisoned: list[int] = []
        self.batches: list[int] = []
        self.order: list[str] = []
        self.failing_postpone = False

    def sweep(self) -> Sweep:
        return Sweep(
            self.name, self.due, self.step, self.postpone, self.late, self.vital, self.tell if self.vital else None
        )

    def lay(self, tx: Transaction, number: int, at: datetime) -> None:
        updates.note(tx, self.bot_id, number, at)

    def due(self, tx: Transaction, now: datetime, limit: int) -> list[int]:
        rows = tx.all(
            "SELECT update_id FROM updates WHERE bot_id = :bot_id AND at <= :now ORDER BY update_id LIMIT :limit"
            " FOR UPDATE SKIP LOCKED",
            {"bot_id": self.bot_id, "now": int(now.timestamp()), "limit": limit},
        )
        return [row["update_id"] for row in rows]

    def step(self, tx: Transaction, eggs: list[int], now: datetime) -> None:
        names, values = among("egg", eggs)
        tx.run(
            f"DELETE FROM updates WHERE bot_id = :bot_id AND update_id IN ({names})", {**values, "bot_id": self.bot_id}
        )
        if self.rotten.intersection(eggs):
            tx.run("SELECT smell FROM nowhere")
        self.batches.append(len(eggs))
        self.order.append(self.name)
        self.log += eggs

    def postpone(self, tx: Transaction, egg: int, now: datetime) -> None:
        if self.failing_postpone:
            raise ValueError("cannot wait")
        later = int((now + timedelta(minutes=1)).timestamp())
        tx.run(
            "UPDATE updates SET at = :at WHERE bot_id = :bot_id AND update_id = :egg",
            {"at": later, "bot_id": self.bot_id, "egg": egg},
        )

    def late(self, tx: Transaction, before: datetime) -> int:
        row = tx.one(
            "SELECT COUNT(*) AS eggs FROM updates WHERE bot_id = :bot_id AND at < :before",
            {"bot_id": self.bot_id, "before": int(before.timestamp())},
        )
        return int(row["eggs"]) if row else 0

    def tell(self, tx: Transaction, egg: int, now: datetime) -> None:
        tx.one("SELECT 1 AS one")
        self.poisoned.append(egg)


class Waker:
    """Counts how often it was rung."""

    def __init__(self) -> None:
        self.rung = 0

    def __call__(self) -> None:
        self.rung += 1


def sweeper(database: Database, clock: StillClock, *eggs: Eggs, wake: Callable[[], None] | None = None) -> Sweeper:
    return Sweeper(database, [one.sweep() for one in eggs], clock, wake=wake or Waker())


async def lay(database: Database, eggs: Eggs, numbers: range, at: datetime) -> None:
    def work(tx: Transaction) -> None:
        for number in numbers:
            eggs.lay(tx, number, at)

    await database.transaction(work)


async def test_what_is_due_is_moved_and_nothing_else(database: Database, clock: StillClock) -> None:
    eggs, wake = Eggs(), Waker()
    await lay(database, eggs, range(1, 4), clock.now())
    await lay(database, eggs, range(4, 6), clock.now() + timedelta(seconds=1))
    sweeping = sweeper(database, clock, eggs, wake=wake)
    assert await sweeping.tick() == 3
    assert (eggs.log, wake.rung) == ([1, 2, 3], 1)
    assert sweeping.done.at() is not None
    clock.advance(1)
    assert await sweeping.tick() == 2


async def test_nothing_due_wakes_nobody(database: Database, clock: StillClock) -> None:
    wake = Waker()
    assert await sweeper(database, clock, Eggs(), wake=wake).tick() == 0
    assert wake.rung == 0


async def test_a_long_absence_is_caught_up_in_batches(database: Database, clock: StillClock) -> None:
    eggs = Eggs()
    await lay(database, eggs, range(BATCH * 2 + 7), clock.now() - timedelta(days=3))
    assert await sweeper(database, clock, eggs).tick() == BATCH * 2 + 7
    assert eggs.batches == [BATCH, BATCH, 7]


async def test_what_is_vital_goes_first(database: Database, clock: StillClock) -> None:
    order: list[str] = []
    plain, vital = Eggs("plain", bot_id=1), Eggs("vital", bot_id=2, vital=True)
    for eggs in (plain, vital):
        await lay(database, eggs, range(1), clock.now())
        eggs.order = order
    await sweeper(database, clock, plain, vital).tick()
    assert order == ["vital", "plain"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rotten=st.sets(st.integers(0, 39), max_size=6))
async def test_failing_rows_are_set_aside_and_the_others_moved(
    database: Database, clock: StillClock, rotten: set[int]
) -> None:
    await database.transaction(lambda tx: [tx.run("DELETE FROM updates"), tx.run("DELETE FROM failures")])
    eggs = Eggs(vital=True)
    eggs.rotten = rotten
    await lay(database, eggs, range(40), clock.now())
    assert await sweeper(database, clock, eggs).tick() == 40
    assert sorted(eggs.log) == [number for number in range(40) if number not in rotten]
    assert eggs.poisoned == sorted(rotten)
    assert [subject for subject, _ in await recorded(database)] == [f"eggs:{number}" for number in sorted(rotten)]


async def test_a_failing_row_is_tried_again_after_a_minute(database: Database, clock: StillClock) -> None:
    eggs = Eggs()
    eggs.rotten = {1}
    await lay(database, eggs, range(1, 3), clock.now())
    sweeping = sweeper(database, clock, eggs)
    await sweeping.tick()
    assert await sweeping.tick() == 0
    eggs.rotten = set()
    clock.advance(60)
    assert await sweeping.tick() == 1
    assert eggs.log == [2, 1]


async def test_a_row_that_cannot_even_be_postponed_ends_the_sweep_for_this_tick(
    database: Database, clock: StillClock
) -> None:
    eggs, other = Eggs(), Eggs("other", bot_id=2)
    eggs.rotten, eggs.failing_postpone = set(range(BATCH)), True
    await lay(database, eggs, range(BATCH), clock.now())
    await lay(database, other, range(1), clock.now())
    await sweeper(database, clock, eggs, other).tick()
    assert other.log == [0]


async def test_a_sweep_that_finds_no_rows_stops_no_other(database: Database, clock: StillClock) -> None:
    broken, other = Eggs("broken"), Eggs("other", bot_id=2)

    def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
        raise ValueError("wrong")

    await lay(database, other, range(1), clock.now())
    sweeps = [Sweep("broken", due, broken.step, broken.postpone, broken.late), other.sweep()]
    sweeping = Sweeper(database, sweeps, clock, wake=Waker())
    assert await sweeping.tick() == 1
    assert sweeping.done.at() is None


async def test_a_database_in_trouble_is_left_to_the_next_tick(database: Database, clock: StillClock) -> None:
    eggs = Eggs()
    await lay(database, eggs, range(1), clock.now())
    troubled = Troubled(database)
    troubled.before = [DatabaseUnavailable("locked")]
    sweeping = sweeper(troubled, clock, eggs)
    assert await sweeping.tick() == 0
    assert sweeping.done.at() is None
    assert await sweeping.tick() == 1


async def test_two_copies_move_each_row_once(database: Database, clock: StillClock) -> None:
    eggs = Eggs()
    await lay(database, eggs, range(BATCH * 3), clock.now())
    moved = await asyncio.gather(*(sweeper(database, clock, eggs).tick() for _ in range(2)))
    assert sum(moved) == BATCH * 3
    assert sorted(eggs.log) == list(range(BATCH * 3))


# --- housekeeping ---


async def test_what_was_kept_long_enough_is_forgotten(database: Database, clock: StillClock) -> None:
    ages = (timedelta(hours=1), timedelta(hours=49), timedelta(days=8), timedelta(days=31))

    def fill(tx: Transaction) -> None:
        for number, age in enumerate(ages):
            at = clock.now() - age
            updates.note(tx, BOT_ID, number, at)
            failures.record(tx, place="update", subject=str(number), body=None, error="X", now=at)
            say(tx, str(number), chat_id=number + 1, now=at)
            pulses.beat(tx, str(number), intake_at=at, tick_at=at)
        tx.run("UPDATE outbox SET send_at = NULL")

    await database.transaction(fill)
    assert await Housekeeper(database, clock).tick() == 3 + 1 + 2 + 2

    def left(tx: Transaction) -> list[int]:
        tables = ("updates", "failures", "outbox", "pulses")
        return [len(tx.all(f"SELECT 1 AS one FROM {table}")) for table in tables]

    assert await database.read(left) == [1, 3, 2, 2]


async def test_housekeeping_waits_for_a_database_in_trouble(database: Database, clock: StillClock) -> None:
    troubled = Troubled(database)
    troubled.before = [DatabaseUnavailable("locked"), RuntimeError("a defect")]
    assert [await Housekeeper(troubled, clock).tick() for _ in range(2)] == [0, 0]


async def test_more_than_a_batch_is_forgotten(database: Database, clock: StillClock) -> None:
    await lay(database, Eggs(), range(1203), clock.now() - timedelta(days=3))
    assert await Housekeeper(database, clock).tick() == 1203


# --- ticks ---


async def test_it_ticks_and_stops() -> None:
    ticked = asyncio.Event()

    async def sweep() -> None:
        ticked.set()

    async def nothing() -> None: ...

    ticks = Ticks(
        sweep=sweep,
        fetch=nothing,
        export=nothing,
        watch=nothing,
        keep_house=nothing,
        back_up=nothing,
        look_ahead=nothing,
    )
    ticks.start()
    await asyncio.wait_for(ticked.wait(), 10)
    ticks.stop()


async def test_a_tick_that_meets_a_database_in_trouble_is_a_line_and_the_next_one_comes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries = iter(range(2))
    ticked = asyncio.Event()

    async def fetch() -> None:
        if next(tries, None) is not None:
            raise DatabaseUnavailable("the disk is full: make room")
        ticked.set()

    async def nothing() -> None: ...

    ticks = Ticks(
        sweep=nothing,
        fetch=fetch,
        export=nothing,
        watch=nothing,
        keep_house=nothing,
        back_up=nothing,
        look_ahead=nothing,
        sweep_seconds=0.01,
    )
    ticks.start()
    await asyncio.wait_for(ticked.wait(), 10)
    ticks.stop()
    said = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert said == [("WARNING", "a tick waits, the database cannot be used: the disk is full: make room")] * 2


# --- pulses, failures ---


async def test_the_newest_sign_of_life_counts(database: Database) -> None:
    early, late = datetime(2026, 3, 2, 1, tzinfo=UTC), datetime(2026, 3, 2, 2, tzinfo=UTC)

    def work(tx: Transaction) -> list[pulses.Pulse]:
        empty = pulses.latest(tx)
        pulses.beat(tx, "one", intake_at=late, tick_at=early)
        pulses.beat(tx, "two", intake_at=early, tick_at=None)
        pulses.beat(tx, "one", intake_at=None, tick_at=late)
        return [empty, pulses.latest(tx)]

    assert await database.transaction(work) == [pulses.Pulse(None, None), pulses.Pulse(late, late)]


def raiser() -> None:
    raise KeyError("张奶奶 3-201")


def test_an_error_is_described_without_its_words() -> None:
    with pytest.raises(KeyError) as caught:
        raiser()
    described = failures.describe(caught.value)
    assert described.startswith("KeyError at tests/edges/test_sweeps.py:")
    assert described.endswith(" in raiser")
    assert failures.describe(ValueError("secret")) == "ValueError"
    full = DatabaseUnavailable("the disk is full: make room")
    assert failures.describe(full) == "DatabaseUnavailable: the disk is full: make room"


async def test_a_body_is_sealed(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[str, str]:
        failures.record(tx, place="update", subject="7", body="私密的话", error="X", now=clock.now())
        row = tx.one("SELECT body FROM failures")
        assert row is not None
        return row["body"], tx.vault.open("failures.body", row["body"])

    sealed, opened = await database.transaction(work)
    assert "私密" not in sealed
    assert opened == "私密的话"
