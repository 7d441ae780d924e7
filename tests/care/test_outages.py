"""Silence of our own: outages short and long, half of the program dead, clocks that jump and clocks that change."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import StillClock
from bot.domain.home import Home
from bot.domain.plans import Slot
from bot.services import checkins
from bot.storage.database import Database, Transaction, open_database
from bot.storage.vault import Vault
from scheduler.auditor import Auditor
from scheduler.waiting import sweeps_of
from tests.care.ward import HELP, HOME, HOURLY, WELL, Ward, ward
from tests.storage.works import PATIENCE_SECONDS, on_postgres

__all__ = ["ward"]


async def asked_again(ward: Ward, hours: float) -> int:
    """The program hears again after so many hours of deafness."""
    now, since = ward.clock.now(), ward.clock.now().timestamp() - hours * 3600
    earlier = datetime.fromtimestamp(since, UTC)
    return await ward.database.transaction(lambda tx: checkins.ask_again(tx, earlier, now, now=now))


@on_postgres
async def test_two_copies_that_were_deaf_together_ask_once_more_once(
    ward: Ward, database_url: str, vault: Vault
) -> None:
    await ward.fill(2)
    await ward.passes(hours=9)
    ward.clock.advance(55 * 60)
    now, since = ward.clock.now(), ward.clock.now() - timedelta(hours=2)
    other = await open_database(database_url, vault)
    begun = threading.Event()

    def first(tx: Transaction) -> int:
        asked = checkins.ask_again(tx, since, now, now=now)
        begun.set()
        waits = "SELECT 1 AS one FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        while tx.one(waits) is None:
            continue
        return asked

    def second(tx: Transaction) -> int:
        begun.wait(PATIENCE_SECONDS)
        # Its clock is a little ahead of the other's.
        return checkins.ask_again(tx, since, now, now=now + timedelta(seconds=2))

    asked = await asyncio.gather(ward.database.transaction(first), other.transaction(second))
    await other.close()
    assert list(asked) == [2, 0]
    assert (await ward.letters())["CheckInAsked"] == 4, "at its time, and once more"


async def rungs(ward: Ward) -> list[str]:
    """The rungs that were tried, in their order."""
    return [row["before"] for row in await ward.rows("SELECT before FROM history WHERE event = 'rung' ORDER BY id")]


async def test_an_outage_over_several_rungs_leaves_none_out_and_asks_one_at_a_time(ward: Ward) -> None:
    await ward.fill(1)
    await ward.hears(ward.update(1, HELP))
    assert await rungs(ward) == ["duty"], "a cry for help without duty goes to coordinators and contacts at once"
    ward.clock.advance(2 * 3600)
    await ward.tick()
    await ward.tick()
    assert await rungs(ward) == ["duty", "neighbour"]
    await ward.passes(minutes=13)
    assert await rungs(ward) == ["duty", "neighbour", "coordinators"]
    await ward.whole()


@pytest.mark.parametrize("hours", [24, 72])
async def test_after_a_day_or_three_an_open_alert_goes_on_and_old_slots_are_told_not_asked(
    ward: Ward, hours: int
) -> None:
    await ward.fill(2)
    await ward.hears(ward.update(1, HELP))
    ward.clock.advance(hours * 3600)
    await ward.tick()
    slots = hours // 12
    assert await ward.checkins() == {"not_asked": 2 * slots}
    assert (await ward.letters())["CheckInAsked"] == 0
    assert (await ward.letters())["NotAsked"] == slots, "one message a slot, to the one who is in charge"
    assert await ward.alerts() == {"open": 1}
    assert len(await rungs(ward)) == 2
    await ward.whole()


async def test_a_program_that_is_down_again_and_again_puts_no_alert_off_for_ever(ward: Ward) -> None:
    await ward.fill(1)
    await ward.passes(hours=9)
    for _ in range(4):
        # Eight minutes of silence of our own, two minutes of listening, again and again.
        ward.clock.advance(20 * 60)
        await asked_again(ward, 0.3)
        await ward.tick()
    assert await ward.checkins() == {"alert": 1}
    assert await ward.alerts() == {"open": 1}
    assert (await ward.letters())["CheckInAsked"] == 2


async def test_after_a_night_of_outage_one_question_is_asked_and_its_answer_counts_for_both(ward: Ward) -> None:
    await ward.fill(1)
    await ward.passes(hours=9)  # 18:00
    assert await ward.checkins() == {"asked": 1}
    ward.clock.advance((14 * 60 + 5) * 60)  # 08:05
    await ward.tick(ready=lambda: False)
    assert await ward.checkins() == {"asked": 2}
    assert (await ward.letters())["CheckInAsked"] == 2
    await asked_again(ward, 14)
    assert (await ward.letters())["CheckInAsked"] == 2, "yesterday evening's is not asked again beside this morning's"
    await ward.hears(ward.update(1, WELL))
    await ward.passes(minutes=61)
    assert await ward.checkins() == {"answered": 2}
    assert await ward.alerts() == {}


async def test_while_intake_is_dead_check_ins_wait_and_alerts_climb(ward: Ward) -> None:
    await ward.fill(2, **HOURLY)
    await ward.hears(ward.update(1, HELP))
    ward.clock.advance(3600)
    await ward.tick(ready=lambda: False)
    ward.clock.advance(31 * 60)
    await ward.tick(ready=lambda: False)
    assert (await ward.checkins())["alert"] == 0, "nobody could be heard"
    assert len(await rungs(ward)) == 3, "who was heard before is not left alone"
    await ward.tick()
    assert (await ward.checkins())["alert"] == 1
    await ward.whole()


async def test_while_ticks_are_dead_answers_count_and_the_auditor_says_what_is_late(ward: Ward) -> None:
    await ward.fill(2, **HOURLY)
    await ward.passes(hours=1)
    ward.clock.advance(20 * 60)
    await ward.hears(ward.update(1, WELL))
    ward.clock.advance(20 * 60)
    stood_still = ward.clock.at
    auditor = Auditor(
        sweeps_of(ward.home, ready=lambda: True),
        bots=lambda: [ward.home.bot_id],
        intake_at=lambda: ward.clock.now(),
        tick_at=lambda: None,
    )
    late = await ward.database.read(lambda tx: auditor.late(tx, stood_still))
    assert late["checkins"] == 1
    assert auditor.deaf(stood_still) == ("ticks",)
    await ward.tick()
    assert await ward.checkins() == {"answered": 1, "alert": 1}
    assert "checkins" not in await ward.database.read(lambda tx: auditor.late(tx, stood_still))


async def test_a_clock_that_jumps_back_and_forward_asks_and_climbs_nothing_twice(ward: Ward) -> None:
    await ward.fill(1)
    await ward.passes(hours=9)
    await ward.passes(minutes=30)
    assert (await ward.letters())["CheckInNudged"] == 1
    await ward.passes(hours=-2)
    await ward.passes(hours=2)
    assert await ward.checkins() == {"asked": 1}
    assert (await ward.letters())["CheckInAsked"] == 1
    assert (await ward.letters())["CheckInNudged"] == 1
    await ward.passes(minutes=30)
    assert await ward.alerts() == {"open": 1}
    tried = await rungs(ward)
    await ward.passes(hours=-3)
    assert await rungs(ward) == tried
    await ward.passes(hours=3)
    assert await rungs(ward) == tried
    assert await ward.checkins() == {"alert": 1}
    await ward.passes(minutes=23)
    assert len(await rungs(ward)) == len(tried) + 1
    await ward.whole()


@pytest.mark.parametrize(("day", "hours_between"), [(29, 23), (25, 25)], ids=["spring", "autumn"])
async def test_in_the_night_on_which_the_clocks_change_everybody_is_asked_once(
    database: Database, day: int, hours_between: int
) -> None:
    zone = ZoneInfo("Europe/Berlin")
    month = 3 if day == 29 else 10
    noon = datetime(2026, month, day - 1, 12, tzinfo=zone)
    home = Home(1, "linli_bot", zone, HOME.language, HOME.catalogue, "112")
    ward = Ward(database, StillClock(noon.astimezone(UTC)), home)
    # At half past two the clocks show nothing in spring, and the same thing twice in autumn.
    await ward.fill(1, slots=(Slot(150), Slot(720)))
    for _ in range(4 * 25):
        await ward.passes(minutes=15)
    rows = await ward.rows("SELECT day, slot, asked_at FROM checkins ORDER BY asked_at")
    assert [(row["day"], row["slot"]) for row in rows] == [
        (f"2026-{month:02}-{day}", 150),
        (f"2026-{month:02}-{day}", 720),
    ]
    asked = [datetime.fromtimestamp(row["asked_at"], UTC) for row in rows]
    assert asked[0].astimezone(zone).strftime("%H:%M") == ("03:30" if month == 3 else "02:30")
    assert asked[0].hour == (1 if month == 3 else 0), "of two times the first"
    assert (asked[1] - noon.astimezone(UTC)).total_seconds() == hours_between * 3600
    await ward.whole()
