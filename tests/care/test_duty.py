"""The rota from end to end: planned, begun with a handshake, passed on, handed over, changed, and never silently empty."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.domain.duty import Hours
from bot.domain.people import Role
from bot.services import duty as cases
from bot.services import watches as watch_cases
from bot.storage import duty, watches
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.enrolled import cared_for
from tests.care.shifts import here, on_duty, planned, planned_in_chinese
from tests.journeys.conftest import Town, told


async def on_now(town: Town) -> list[int]:
    """Who is on duty now for building 1, first to last."""
    area_id, now = await town.area_id("b1"), town.clock.now()
    return await town.read(lambda tx: cases.on_duty(tx, town.program.home, area_id, now=now))


async def number(town: Town, phone: Phone) -> int:
    """Somebody's number."""
    return (await town.person(phone)).id


async def test_silence_passes_the_duty_on_and_the_coordinator_hears(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhao = await town.helper("Li", language="en"), await town.helper("Zhao", language="en")
    await planned(town, wang, "Li", "08:00–20:00")
    await planned(town, wang, "Zhao", "08:00–20:00")
    await town.passes()
    await li.reads("Are you there?")
    assert not told(zhao, "Are you there?")
    assert await on_now(town) == [await number(town, li), await number(town, zhao)]
    await town.passes(minutes=10)
    await zhao.reads("Are you there?")
    await wang.reads("Li has not said that they are there")
    assert told(wang, "Zhao is asked now")
    await zhao.presses("I'm here")
    await zhao.reads("You are on duty in 幸福社区 until 20:00")
    assert await on_now(town) == [await number(town, zhao)]
    await li.presses("I'm here")
    await town.quiet()
    assert await on_now(town) == [await number(town, zhao), await number(town, li)], "they stand behind now"
    assert told(li, "Zhao is on duty")


async def test_empty_duty_is_never_silent(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await town.helper("Li", language="en")
    await planned(town, wang, "Li", "08:00–20:00")
    await town.passes()
    await li.reads("Are you there?")
    await town.passes(minutes=10)
    await wang.reads("Nobody is on duty in 幸福社区 now")
    assert await on_now(town) == []
    await li.presses("I'm here")
    await li.reads("You are on duty in 幸福社区 until 20:00")
    assert await on_now(town) == [await number(town, li)], "who comes late is there all the same"


async def test_who_cannot_be_reached_is_passed_over_at_once(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhao = await town.helper("Li", language="en"), await town.helper("Zhao", language="en")
    await planned(town, wang, "Li", "20:00–08:00")
    await planned(town, wang, "Zhao", "20:00–08:00")
    await li.blocks()
    await town.passes(hours=11)  # 20:00
    await zhao.reads("Are you there?")
    await zhao.presses("I'm here")
    await zhao.reads("You are on duty")
    await zhao.blocks()
    await town.quiet()
    await wang.reads("Nobody is on duty in 幸福社区 now")
    assert await on_now(town) == []


async def test_what_is_open_is_handed_over(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhao = await town.helper("Li", language="en"), await town.helper("Zhao", language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await planned(town, wang, "Li", "08:00–20:00")
    await planned(town, wang, "Zhao", "20:00–08:00")
    await here(town, li)
    await town.passes(hours=10, minutes=58)  # 19:58
    await zhang.sends("/sos")
    await li.reads("Zhang")
    await town.passes(minutes=3)
    await zhao.reads("Are you there?")
    assert told(zhao, "1 alert is open")
    await zhao.presses("I'm here")
    await zhao.reads("Zhang")
    await zhao.presses("I'll look")
    await zhang.reads("Zhao looks in on you")
    await li.reads("Your duty in 幸福社区 is over")


async def test_taken_now_and_kept_whatever_is_planned(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li", "08:00–20:00")
    zhao = await town.helper("Zhao", language="en")
    await zhao.sends("/duty")
    await zhao.reads("You have no turn")
    await zhao.presses("I take it now")
    await zhao.reads("You are on duty in 幸福社区 until 20:00")
    assert await on_now(town) == [await number(town, zhao), await number(town, li)]
    await planned(town, wang, "Wang", "08:00–20:00")
    assert (await on_now(town))[0] == await number(town, zhao), "another plan takes nothing from whoever has it"
    await town.passes(hours=12)
    assert await on_now(town) == []
    await zhao.presses("I take it now")
    await town.quiet()
    assert await on_now(town) == [await number(town, zhao)], "where nothing is planned it can be taken too"
    area_id, now = await town.area_id("c1"), town.clock.now()
    spent = dict(await town.read(lambda tx: watches.duty_hours(tx, area_id, now.replace(hour=0), now)))
    assert spent[await number(town, zhao)] > 10 * 3600
    assert sum(spent.values()) == 11 * 3600, "from nine to eight somebody was on duty, and nobody twice"


async def test_whoever_goes_on_over_midnight_is_not_woken(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    asked = sum("Are you there?" in shown.text for shown in li.screen())
    await town.passes(hours=15, minutes=1)
    await town.passes(minutes=1)
    assert await on_now(town) == [await number(town, li)]
    assert sum("Are you there?" in shown.text for shown in li.screen()) == asked


async def test_gaps_are_told_a_week_and_a_day_ahead_and_the_first_who_can_has_them(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await on_duty(town, wang, "Li", "08:00–14:00")
    zhao, sun = await town.helper("Zhao", language="en"), await town.helper("Sun", language="en")
    await town.passes(hours=22, minutes=31)  # Tuesday, 07:31
    told_of = await wang.reads("Nobody is on duty in 幸福社区:")
    assert "Tue, Mar 10 14:00–20:00" in told_of.text
    assert "Wed, Mar 4 14:00–20:00" in told_of.text
    await wang.presses("Wed, Mar 4")
    for one in (zhao, sun):
        await one.reads("Can you be on duty")
    await zhao.presses("I can")
    await zhao.reads("Wed, Mar 4 14:00–20:00")
    refused = await sun.taps_code(
        f"us:{await town.area_id('c1')}:{Hours(1, 840, 1200, day=date(2026, 3, 4)).number}:0",
        next(shown for shown in sun.screen() if "Can you be on duty" in shown.text),
    )
    assert refused
    assert "Somebody has stepped in already" in (refused.text or "")
    await town.passes(hours=31)  # Wednesday, 14:31
    await town.passes()
    await zhao.reads("Are you there?")


async def test_leave_is_told_with_what_it_leaves_open_and_a_turn_can_be_given_to_others(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li", "08:00–20:00")
    zhao = await town.helper("Zhao", language="en")
    await li.sends("/duty")
    await li.reads("My own turns")
    await li.presses("Tue, Mar 3, 08:00–20:00: who can?")
    await zhao.reads("Instead of Li")
    await zhao.presses("I can")
    await town.quiet()
    await li.sends("/duty")
    await town.quiet()
    await li.presses("I am away")
    await li.reads("From when to when")
    await li.sends("next week perhaps")
    await li.reads("I could not read these days")
    await li.sends("3-5 to 3-6")
    await li.reads("Away from Thu, Mar 5 to Fri, Mar 6")
    await wang.reads("Li is away from Thu, Mar 5 to Fri, Mar 6")
    await wang.reads("Thu, Mar 5 08:00–20:00")
    await town.passes(hours=23)  # Tuesday, 08:00
    await zhao.reads("Are you there?")
    await li.presses("I am back")
    await town.quiet()
    area_id = await town.area_id("c1")
    rota = await town.read(lambda tx: duty.rota(tx, area_id))
    assert [one.people for one in rota.of_day(date(2026, 3, 5))] == [(await number(town, li),)]


async def test_a_day_is_made_different_and_taken_back_in_mid_alert(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    await planned_in_chinese(town, wang, "小李")
    await here(town, li)
    zhang = await town.resident("张奶奶")
    await zhang.sends("/sos")
    await li.reads("张奶奶")
    await li.presses("我去看看")
    await wang.sends("/duty")
    await town.quiet()
    await wang.presses("某一天")
    await wang.reads("哪一天不一样")
    await wang.presses("3月2日周一")
    await wang.reads("3月2日周一 08:00–20:00 小李")
    await wang.presses("换个人")
    await wang.reads("谁来值班")
    await wang.presses("小赵")
    await zhao.reads("您在吗")
    await town.quiet()
    assert li.sees("记录我看到的情况"), "whoever has an alert keeps it"
    await zhao.presses("我在")
    await town.quiet()
    assert await on_now(town) == [await number(town, zhao)]
    await wang.presses("照每周的来")
    await town.quiet()
    await town.passes()
    assert (await on_now(town))[0] == await number(town, li)
    await li.presses("记录")
    await li.reads("看到")
    await li.presses("摔倒")
    await li.reads("结束")


async def test_a_second_line_has_its_own_people(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li", "08:00–20:00")
    zhao = await town.helper("Zhao", language="en")
    await wang.sends("/duty")
    await town.quiet()
    await wang.presses("Somebody more")
    await wang.reads("Who is on duty?")
    await wang.presses("On line 2")
    await wang.reads("line 2")
    await wang.presses("Zhao")
    await wang.reads("at which hours?")
    await wang.presses("08:00–20:00")
    await wang.reads("on which days?")
    await wang.presses("workdays")
    await town.quiet()
    await here(town, zhao)
    assert await on_now(town) == [await number(town, li), await number(town, zhao)]
    await wang.sends("/duty")
    await town.quiet()
    await wang.presses("✏️ Shifts")
    await wang.reads("2. Zhao: workdays, 08:00–20:00")
    await wang.presses("⏹ 2 ends")
    await town.quiet()
    assert await on_now(town) == [await number(town, li)]


async def test_forged_and_foreign_taps_change_nothing(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li", "08:00–20:00")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    zhang = await town.resident("Zhang", language="en")
    area_id, person = await town.area_id("c1"), await number(town, li)
    week, day = Hours(1, 480, 1200, 127).number, Hours(1, 480, 1200, day=date(2026, 3, 2)).number
    codes = [
        *(f"{code}:{area_id}" for code in ("ui", "ud", "uv", "ut")),
        *(f"uc:{area_id}:1:0", f"uh:{area_id}:{person}:1", f"uy:{area_id}:{person}:{week}", f"uk:{area_id}:0:0"),
        *(f"ug:{area_id}:{person}:{week}", f"uz:{area_id}:{day}:0", f"ux:{area_id}:{day}:0", f"ur:{area_id}:20260302"),
        *(f"uq:{area_id}:{day}:{person}", f"us:{area_id}:{day}:{person}", "ue:1", "uf:1", "uj:1", "ue:99", "uj:99"),
        *(f"ug:{area_id}:{person}:-1", f"ug:{area_id}:{person}:{2**62}", f"uz:{area_id}:{week}:0", "uo:1:0", "ua:1:1"),
    ]
    for phone in (sunny, zhang):
        message = next(shown for shown in phone.screen() if not shown.mine)
        for code in codes:
            toast = await phone.taps_code(code, message)
            assert toast, code
            assert toast.alert, code
    assert await on_now(town) == [person]


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
async def test_a_night_on_which_the_clocks_change_is_as_long_as_it_is(town: Town, day: date) -> None:
    zone = ZoneInfo("Europe/Berlin")
    starts, ends = Hours(1, 0, 6 * 60, day=day).piece().span(zone)
    assert (ends - starts).total_seconds() / 3600 == (5 if day.month == 3 else 7)
    skipped, _ = Hours(1, 150, 6 * 60, day=day).piece().span(zone)
    assert skipped.astimezone(zone).hour == (3 if day.month == 3 else 2)


async def test_two_copies_begin_a_watch_once(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await town.helper("Li", language="en")
    await planned(town, wang, "Li", "20:00–08:00")
    town.clock.advance(11 * 3600)
    now = town.clock.now()

    def sweep(tx: Transaction) -> None:
        due = watches.due(tx, now, 500)
        watch_cases.step_due(tx, town.program.home, due, now)

    await town.write(sweep)
    await town.write(sweep)
    await town.passes()
    assert sum("Are you there?" in shown.text for shown in li.screen()) == 1
