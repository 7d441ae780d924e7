"""Struck between any two statements of a round, a miss, a rung and an answer: all of it or nothing, and then it is finished.

Struck is: the program is killed there, or the database is in trouble there (locked, full, gone).
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from itertools import count

import pytest

from bot.storage.database import DatabaseUnavailable
from tests.care.ward import HELP, HOURLY, WELL, Fuse, Ward, fuse, ward
from tests.edges.stand_ins import Killed

__all__ = ["fuse", "ward"]

BLOWS = [Killed, DatabaseUnavailable]
Deed = Callable[[], Awaitable[object]]


async def strike(fuse: Fuse, number: int, blow: type[BaseException], deed: Deed) -> bool:
    """Do it with the n-th statement struck; whether there was one."""
    fuse.arm(number, blow)
    with suppress(blow):
        await deed()
    return fuse.disarm()


@pytest.mark.parametrize("blow", BLOWS)
async def test_a_round_is_opened_whole_or_not_at_all(ward: Ward, fuse: Fuse, blow: type[BaseException]) -> None:
    await ward.fill(2, **HOURLY)
    for number in count(1):
        ward.clock.advance(3600)
        before = (await ward.checkins()).total()
        struck = await strike(fuse, number, blow, ward.tick)
        assert (await ward.checkins()).total() in (before, before + 2)
        await ward.whole()
        await ward.tick()
        assert (await ward.checkins())["asked"] == 2
        await ward.whole()
        await ward.well()
        if not struck:
            break
    assert number > 12


@pytest.mark.parametrize("blow", BLOWS)
async def test_a_miss_becomes_an_alert_whole_or_not_at_all(ward: Ward, fuse: Fuse, blow: type[BaseException]) -> None:
    await ward.fill(2, **HOURLY)
    for number in count(1):
        await ward.passes(hours=1)
        missed = (await ward.checkins())["alert"]
        ward.clock.advance(31 * 60)
        struck = await strike(fuse, number, blow, ward.tick)
        assert (await ward.checkins())["alert"] in (missed, missed + 2)
        await ward.whole()
        await ward.tick()
        assert (await ward.checkins())["alert"] == missed + 2
        assert (await ward.alerts())["open"] == 2
        await ward.whole()
        await ward.close()
        ward.clock.advance(-31 * 60)
        if not struck:
            break
    assert number > 20


@pytest.mark.parametrize("blow", BLOWS)
async def test_a_rung_is_tried_whole_or_not_at_all_and_none_is_left_out(
    ward: Ward, fuse: Fuse, blow: type[BaseException]
) -> None:
    await ward.fill(2)
    await ward.passes(hours=9)
    await ward.passes(hours=1)
    for number in count(1):
        ward.clock.advance(23 * 60)
        before = (await ward.events())["rung"]
        struck = await strike(fuse, number, blow, ward.tick)
        assert (await ward.events())["rung"] in (before, before + 2)
        await ward.whole()
        await ward.tick()
        assert (await ward.events())["rung"] == before + 2
        await ward.whole()
        if not struck:
            break
    assert number > 12
    ladders = await ward.rows("SELECT before FROM history WHERE event = 'rung' ORDER BY id")
    assert [row["before"] for row in ladders][:4] == ["duty,neighbour"] * 2 + ["coordinators"] * 2


@pytest.mark.parametrize("blow", BLOWS)
@pytest.mark.parametrize("pressed", [WELL, HELP], ids=["well", "help"])
async def test_an_answer_counts_once_wherever_it_is_struck(
    ward: Ward, fuse: Fuse, blow: type[BaseException], pressed: str
) -> None:
    await ward.fill(1, **HOURLY)
    for number in count(1):
        await silent_hours(ward)
        before, letters, heard = await ward.checkins(), await ward.letters(), await cries(ward)
        update = ward.update(1, pressed)
        struck = await strike(fuse, number, blow, partial(ward.hears, update))
        if struck:
            assert await ward.checkins() == before
            assert await ward.letters() == letters
        # Telegram gives it again until it was committed, and perhaps once more.
        await ward.hears(update)
        await ward.hears(update)
        assert (await ward.checkins())["answered"] == before["answered"] + 1
        reply = "CheckInThanked" if pressed == WELL else "HelpIsComing"
        assert (await ward.letters())[reply] == letters[reply] + 1
        assert await cries(ward) == heard + (pressed == HELP)
        await ward.whole()
        if not struck:
            break
    assert number > 12


async def cries(ward: Ward) -> int:
    """How often a cry for help was heard."""
    sql = "SELECT id FROM history WHERE after = 'help' AND event IN ('raised', 'joined', 'graver')"
    return len(await ward.rows(sql))


async def silent_hours(ward: Ward) -> None:
    """So long that nothing said before counts for the next question, which is asked now; nobody waits for an older one."""
    await ward.close()
    for _ in range(3):
        ward.clock.advance(3600)
        await ward.tick()
        if not (await ward.checkins())["asked"]:
            continue
        return
    raise AssertionError("nobody was asked")
