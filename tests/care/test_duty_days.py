"""The rota beside the usual: hours that are written, somebody more on one day, who may look, and a telephone that rings."""

from datetime import date

from bot.domain.alerts import AlertState
from bot.domain.duty import Hours
from bot.domain.people import Role
from bot.storage import alerts, duty
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.shifts import on_duty, planned, planned_in_chinese
from tests.care.test_duty import number, on_now
from tests.journeys.conftest import Town, told


async def one_day(town: Town, wang: Phone, day: str) -> None:
    """The coordinator looks at one day."""
    await wang.sends("/duty")
    await town.quiet()
    await wang.presses("📆 One day")
    await wang.reads("Which day is different?")
    await wang.presses(day)
    await town.quiet()


async def test_hours_are_written_and_what_is_none_is_asked_again(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await town.helper("Li", language="en")
    await wang.sends("/duty")
    await town.quiet()
    await wang.presses("Somebody more")
    await wang.reads("Who is on duty?")
    await wang.presses("Li")
    await wang.reads("at which hours?")
    await wang.presses("✏️ Other hours")
    await wang.reads("Please write it, for example: 07:30-12:15")
    await wang.sends("in the morning")
    await wang.reads("I could not read these hours")
    await wang.sends("９：３０－１２：１５")
    await wang.reads("Li, 09:30–12:15: on which days?")
    await wang.presses("On one weekday")
    await wang.reads("on which days?")
    await wang.presses("Mondays")
    await wang.reads("Mon, Mar 2 09:30–12:15 Li")
    await town.quiet()
    await town.passes(minutes=31)
    await li.reads("Are you there?")
    await wang.presses("⏰ Hours")
    await wang.reads("Which hours should it be?")
    await wang.presses("✏️ Other hours")
    await wang.reads("From when to when?")
    await wang.sends("9:30 to 13:00")
    await wang.reads("nobody 12:15–13:00")
    area_id = await town.area_id("c1")
    assert await town.read(lambda tx: duty.hours(tx, area_id)) == (570, 780)


async def test_somebody_more_on_one_day_takes_nothing_from_whoever_is_planned(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li", "08:00–20:00")
    zhao, sun = await town.helper("Zhao", language="en"), await town.helper("Sun", language="en")
    await one_day(town, wang, "Mon, Mar 2")
    await wang.presses("Somebody more on this day")
    await wang.reads("Whoever is planned stays planned")
    await wang.presses("08:00–20:00")
    await wang.reads("Who is on duty?")
    await wang.presses("Zhao")
    await zhao.reads("Are you there?")
    assert told(wang, "08:00–20:00 Li")
    assert told(wang, "08:00–20:00 Zhao (line 2)")
    await zhao.presses("I'm here")
    await zhao.reads("You are on duty")
    assert await on_now(town) == [await number(town, li), await number(town, zhao)]

    # At other hours, which are written, on the same line.
    await wang.presses("Somebody more on this day")
    await wang.reads("Whoever is planned stays planned")
    await wang.presses("✏️ Other hours")
    await wang.reads("From when to when?")
    await wang.sends("tomorrow")
    await wang.reads("I could not read these hours")
    await wang.sends("9-11")
    await wang.reads("Who is on duty?")
    await wang.presses("Sun")
    await sun.reads("Are you there?")
    await sun.presses("I'm here")
    await town.quiet()
    assert set(await on_now(town)) == {await number(town, one) for one in (li, zhao, sun)}

    # Both hear of an alert; on the day after all is as each week.
    zhang = await town.resident("Zhang", language="en")
    await zhang.sends("/sos")
    for phone in (li, zhao, sun):
        await phone.reads("Zhang asks for help")
    await li.presses("I'll look")
    await town.quiet()
    area_id = await town.area_id("c1")
    rota = await town.read(lambda tx: duty.rota(tx, area_id))
    assert [one.people for one in rota.of_day(date(2026, 3, 3))] == [(await number(town, li),)]


async def test_an_override_is_laid_over_and_removed_while_an_alert_waits(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li", "08:00–20:00")
    zhao = await town.helper("Zhao", language="en")
    zhang = await town.resident("Zhang", language="en")
    await zhang.sends("/sos")
    await li.reads("Zhang asks for help")
    assert not told(zhao, "Zhang")

    # Laid over: the alert that nobody has taken comes to whoever is there now.
    await one_day(town, wang, "Mon, Mar 2")
    await wang.presses("08:00–20:00: somebody else")
    await wang.reads("Who is on duty?")
    await wang.presses("Zhao")
    await zhao.reads("Are you there?")
    assert told(zhao, "1 alert is open")
    await zhao.presses("I'm here")
    await zhao.reads("Zhang asks for help")
    assert await on_now(town) == [await number(town, zhao)]
    assert li.sees("I'll look"), "whoever was told can still go"

    # Removed: it comes back with the duty, and whoever is quicker has it.
    await wang.presses("As each week")
    await town.passes()
    assert (await on_now(town))[0] == await number(town, li)
    await zhao.presses("I'll look")
    await li.reads("Zhao looks after Zhang")
    person = (await town.person(zhang)).id

    def alert(tx: Transaction) -> tuple[AlertState, int | None] | None:
        found = alerts.open_for(tx, person)
        return None if found is None else (found.state, found.taken_by)

    assert await town.read(alert) == (AlertState.TAKEN, await number(town, zhao))


async def test_a_team_leader_looks_at_the_rota_and_changes_nothing(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await on_duty(town, wang, "Li", "08:00–20:00")
    chen = await town.helper("Chen", Role.LEADER, code="g1", language="en")
    stranger = await town.helper("Sunny", Role.LEADER, code="c2", language="en")
    await chen.sends("/duty")
    await chen.reads("Duty in 幸福社区")
    assert told(chen, "On duty now: Li")
    assert told(chen, "My own turns")
    for key in ("Somebody more", "✏️ Shifts", "One day", "⏰ Hours", "I take it now: 幸福社区"):
        assert chen.nothing_says(key), key
    await chen.presses("Later →")
    await chen.reads("Mon, Mar 9")
    area_id = await town.area_id("c1")
    day = Hours(1, 480, 1200, day=date(2026, 3, 2)).number
    message = next(shown for shown in chen.screen() if not shown.mine)
    codes = [
        *(f"uc:{area_id}:1:0", f"ui:{area_id}", f"ud:{area_id}", f"uz:{area_id}:{day}:0", f"ht:{area_id}:0:1", "ue:1"),
        *(f"he:{area_id}:20260302", f"hx:{area_id}:20260302", f"hm:{area_id}:0", f"hd:{area_id}:0"),
        *(f"hp:{area_id}:20260302:0", f"hs:{area_id}:1:{day}"),
    ]
    for phone in (chen, stranger):
        where = message if phone is chen else next(shown for shown in phone.screen() if not shown.mine)
        for code in codes:
            toast = await phone.taps_code(code, where)
            assert toast, code
            assert toast.alert, code
    toast = await stranger.taps_code(f"uw:{area_id}:0", next(shown for shown in stranger.screen() if not shown.mine))
    assert toast
    assert toast.alert, "from elsewhere nobody looks"


async def test_how_it_rings_is_shown_once_and_noted_when_it_is_set(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhao = await town.helper("Li", language="en"), await town.helper("Zhao", language="en")
    await planned(town, wang, "Li", "08:00–14:00")
    await planned(town, wang, "Zhao", "08:00–14:00")
    await planned(town, wang, "Li", "14:00–20:00")
    for phone in (li, zhao):
        assert sum("even when your telephone is silenced" in shown.text for shown in phone.screen()) == 1
    await wang.sends("/duty")
    await wang.reads("Not yet set to ring when silenced: Li and Zhao")
    await li.presses("Done, it rings")
    await town.quiet()
    await wang.sends("/duty")
    await wang.reads("Not yet set to ring when silenced: Zhao")
    message = next(shown for shown in li.screen() if not shown.mine)
    again = await li.taps_code("hb", message)
    assert again is not None
    assert not again.alert, "twice changes nothing"
    refused = await wang.taps_code("hb", next(shown for shown in wang.screen() if not shown.mine))
    assert refused
    assert refused.alert, "nobody told them how"
    await zhao.presses("Done, it rings")
    await town.quiet()
    await wang.sends("/duty")
    await town.quiet()
    newest = [shown.text for shown in wang.screen() if "Duty in" in shown.text][-1]
    assert "Not yet set" not in newest


async def test_many_shifts_and_a_month_are_leafed_through(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await town.helper("Li", language="en")
    for hours in ("08:00–20:00", "08:00–14:00", "14:00–20:00", "20:00–08:00"):
        await planned(town, wang, "Li", hours)
    await wang.presses("✏️ Shifts")
    await wang.reads("3. Li: every day, 14:00–20:00")
    await wang.presses("Later →")
    await wang.reads("4. Li: every day, 20:00–08:00")
    await wang.presses("⏹ 4 ends")
    await town.quiet()
    assert not told(wang, "4. Li")
    await wang.presses("📆 One day")
    await wang.reads("Which day is different?")
    for _ in range(4):
        await wang.presses("Later →")
        await town.quiet()
    await wang.presses("Sun, Mar 29")
    await wang.reads("Sun, Mar 29")


async def test_a_leader_looks_and_a_coordinator_writes_hours_in_chinese(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, chen = await town.helper("小李"), await town.helper("陈队长", Role.LEADER)
    await planned_in_chinese(town, wang, "小李")
    await li.reads("手机静音")
    await li.presses("设好了，会响")
    await one_day_in_chinese(town, wang)
    await wang.presses("这天再加一个人")
    await wang.reads("原来安排的人不变")
    await wang.presses("别的时间")
    await wang.reads("请写下来")
    await wang.sends("上午")
    await wang.reads("我没看懂是几点到几点")
    await wang.sends("９点到１１点半")
    await wang.reads("谁来值班")
    await wang.presses("陈队长")
    await chen.reads("您在吗")
    await chen.presses("我在")
    await town.quiet()
    assert await number(town, chen) in await on_now(town)
    await chen.sends("/duty")
    await chen.reads("幸福社区的值班")
    assert told(chen, "09:00–11:30 陈队长")
    assert chen.nothing_says("再加一个人")
    await wang.sends("/duty")
    await wang.reads("手机静音时还不能响铃：陈队长")


async def one_day_in_chinese(town: Town, wang: Phone) -> None:
    """The coordinator looks at today."""
    await wang.sends("/duty")
    await town.quiet()
    await wang.presses("某一天")
    await wang.reads("哪一天不一样")
    await wang.presses("3月2日周一")
    await town.quiet()
