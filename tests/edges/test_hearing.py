"""Deafness: silence is not taken for silence before what waited was read, and nobody waits for that longer than three minutes."""

from datetime import datetime, timedelta

import pytest

from bot.clock import Sign, StillClock
from bot.storage import pulses
from bot.storage.database import Database
from scheduler.hearing import DEAF, HOLD_AT_MOST, Hearing

SECOND = timedelta(seconds=1)


class Ears:
    """A program's hearing in the hands of a test: two clocks, an intake, and who was asked again."""

    def __init__(self, database: Database, at: datetime) -> None:
        self.program, self.machine = StillClock(at), StillClock(at)
        self.heard_at: datetime | None = None
        self.caught_up = False
        self.asked: list[tuple[datetime, datetime]] = []
        self.hearing = Hearing(
            database,
            self.program,
            self.machine,
            heard_at=lambda: self.heard_at,
            caught_up=lambda: self.caught_up,
            ask_again=self._ask_again,
        )

    async def _ask_again(self, since: datetime, until: datetime) -> int:
        self.asked.append((since, until))
        return 1

    def hears(self, *, caught_up: bool = True) -> None:
        """An answer came from Telegram."""
        self.heard_at, self.caught_up = self.program.now(), caught_up

    async def passes(self, span: timedelta) -> None:
        """Time passes on both clocks, then the program ticks."""
        for clock in (self.program, self.machine):
            clock.advance(span.total_seconds())
        await self.hearing.tick()


@pytest.fixture
async def ears(database: Database, clock: StillClock) -> Ears:
    """A program that listened a second ago."""
    at = clock.now()
    await database.transaction(lambda tx: pulses.beat(tx, "one", intake_at=at, tick_at=at))
    return Ears(database, at)


async def test_a_clock_that_is_moved_on_before_the_first_tick_makes_nobody_deaf(ears: Ears) -> None:
    await ears.hearing.look_back()
    ears.program.advance(600)
    ears.hears()
    await ears.passes(SECOND)
    assert ears.hearing.ready()
    assert ears.asked == []


async def test_whoever_was_down_reads_first_and_asks_again(ears: Ears, clock: StillClock) -> None:
    ears.program.advance(3600)
    ears.machine.advance(3600)
    await ears.hearing.look_back()
    assert not ears.hearing.ready()
    ears.hears(caught_up=False)
    await ears.passes(SECOND)
    assert ears.asked == []
    ears.hears()
    await ears.passes(SECOND)
    assert ears.asked == [(clock.now(), ears.program.now())]
    assert ears.hearing.ready()


async def test_a_machine_that_slept_was_deaf(ears: Ears, clock: StillClock) -> None:
    await ears.hearing.look_back()
    ears.hears()
    await ears.passes(SECOND)
    await ears.passes(DEAF + SECOND)
    assert not ears.hearing.ready()
    ears.hears()
    await ears.passes(SECOND)
    assert ears.asked == [(clock.now() + SECOND, ears.program.now())]
    assert ears.hearing.ready()


async def test_dead_intake_holds_check_ins_for_three_minutes_and_no_longer(ears: Ears) -> None:
    await ears.hearing.look_back()
    ears.hears()
    await ears.passes(SECOND)
    steps = int(DEAF / timedelta(seconds=10)) + 1
    for _ in range(steps):
        await ears.passes(timedelta(seconds=10))
    assert not ears.hearing.ready()
    await ears.passes(HOLD_AT_MOST - 10 * SECOND)
    assert not ears.hearing.ready()
    await ears.passes(20 * SECOND)
    assert ears.hearing.ready()
    assert ears.asked == []


def test_a_sign_of_life_is_as_old_as_it_really_is(clock: StillClock) -> None:
    machine = StillClock(clock.now())
    sign = Sign(clock, machine=machine)
    assert sign.at() is None
    sign.give()
    clock.advance(3600)
    assert sign.at() == clock.now(), "a clock that is moved on makes nobody deaf"
    machine.advance(30)
    assert sign.at() == clock.now() - timedelta(seconds=30)
