"""Somebody is away: said with a reason and a day, asked before the return, visited after a hospital, never forgotten."""

from bot.domain.people import Role
from bot.domain.plans import PlanState
from bot.storage import checkins, plans
from sandbox import Phone
from tests.care.test_farewells import taken_on
from tests.care.test_knocks import cared_for
from tests.journeys.conftest import Town, told


async def away(town: Town, phone: Phone, reason: str, days: str) -> None:
    """Some taps, and nobody asks."""
    await phone.presses("Away for some days")
    await town.quiet()
    await phone.presses(reason)
    await phone.reads("For how long?")
    await phone.presses(days)
    await town.quiet()


async def test_the_owner_is_asked_before_the_return_and_it_can_be_later(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await away(town, wang, "travelling", "3 days")
    await zhang.reads("Until Mar 5 nobody asks you")
    await town.passes(hours=9)  # Monday, 18:00
    assert not told(zhang, "Good evening")
    await town.passes(hours=30)  # Wednesday, 00:00
    await wang.reads("From Mar 5 on Zhang is asked again. Back by then?")
    await zhang.reads("Are you back by then?")
    await zhang.presses("3 days later")
    await town.passes(hours=34)  # Thursday, 10:00
    assert not told(zhang, "Good morning"), "it is later now"
    await town.passes(hours=38)  # Saturday, 00:00
    await wang.reads("From Mar 8 on Zhang is asked again")
    await wang.presses("👍 Yes")
    await town.passes(hours=24)  # Sunday, 00:00
    await town.passes(hours=8)
    await zhang.reads("Good morning")
    assert not told(wang, "Nobody has said that they are back")


async def test_a_return_that_nobody_confirmed_is_told_and_listed_each_week(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await zhang.sends("/away")
    await zhang.reads("Where will you be?")
    await zhang.presses("with family")
    await zhang.reads("For how long?")
    await zhang.presses("1 day")
    await wang.reads("Zhang is with family; nobody asks until Mar 3")
    await town.passes(hours=15)  # Tuesday, 00:00
    await town.passes(hours=8)
    await zhang.reads("Good morning")
    await wang.reads("Zhang is asked again from today. Nobody has said that they are back")
    await town.passes(days=5, hours=22, minutes=31)  # Monday, 06:31
    listed = await wang.reads("Long or forgotten absences")
    assert "Zhang: asked again since Mar 3, nobody confirmed (Zhang)" in listed.text


async def test_after_a_hospital_somebody_visits_on_the_day_after(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await away(town, wang, "in hospital", "30 days")
    await town.passes(days=2)
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Zhang")
    await town.quiet()
    await wang.presses("🏠 Home from hospital")
    await zhang.reads("Tomorrow somebody looks in on you")
    await town.passes(hours=9)  # the same day, 18:00
    await zhang.reads("Good evening")
    await zhang.presses("I'm well")
    await town.passes(hours=14)  # 08:00
    await zhang.reads("Good morning")
    await zhang.presses("I'm well")
    await town.passes(hours=1, minutes=31)
    visits = await town.read(lambda tx: tx.all("SELECT checkin_id FROM knocks"))
    assert len(visits) == 1, "it is on the round's list"
    person = (await town.person(zhang)).id
    last = (await town.read(lambda tx: checkins.of_person(tx, person, 1)))[0]
    assert (last.slot, last.channel.value, last.state.value) == (600, "knock", "asked")


async def test_nobody_sends_a_stranger_away(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await away(town, wang, "travelling", "7 days")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    sun = await town.resident("Sun", language="en")
    for phone in (sunny, sun):
        message = next(shown for shown in phone.screen() if not shown.mine)
        for code in ("wa:1", "wr:1:travel", "wd:1:travel:3", "wb:1", "wc:1", "wl:1:3", "wd:1:nonsense:3", "wc:99"):
            toast = await phone.taps_code(code, message)
            assert toast
            assert toast.alert, code
        await phone.sends("/away")
        await phone.reads("This has ended")
    message = next(shown for shown in zhang.screen() if not shown.mine)
    for code in ("wd:1:travel:0", "wd:1:travel:999", "wl:1:-3", "wl:1:999"):
        toast = await zhang.taps_code(code, message)
        assert toast
        assert toast.alert, code


async def test_found_in_hospital_they_pause_once_somebody_says_so(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhang = await taken_on(town, wang, "Zhang")
    zhao = await town.helper("Zhao", language="en")
    await li.presses("Record what I found")
    await li.reads("What did you find")
    message = next(shown for shown in li.screen() if not shown.mine)
    toast = await li.taps_code("ji:1:7", message)
    assert toast
    assert toast.alert, "it was not found yet"
    await li.presses("In hospital")
    await li.reads("Shall nobody ask Zhang while they are in hospital?")
    await wang.reads("Zhang: In hospital")
    person = (await town.person(zhang)).id
    plan = await town.read(lambda tx: plans.of_person(tx, person))
    assert plan is not None
    assert plan.state is PlanState.ACTIVE
    message = next(shown for shown in zhao.screen() if not shown.mine)
    for code in ("jh:1", "ji:1:7"):
        toast = await zhao.taps_code(code, message)
        assert toast
        assert toast.alert, code
    await li.presses("🏥 Yes, 7 days")
    await wang.reads("Zhang is in hospital; nobody asks until Mar 9")
    assert told(wang, "Li answers for it")
    message = next(shown for shown in wang.screen() if not shown.mine)
    toast = await wang.taps_code("jh:1", message)
    assert toast
    assert toast.alert, "they pause already"
    await town.passes(hours=13)  # 08:00
    assert not told(zhang, "Good morning")
    await town.passes(days=4, hours=16)  # Sunday, 00:00
    await li.reads("From Mar 9 on Zhang is asked again")


async def test_who_is_in_charge_pauses_what_a_volunteer_left_open(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhang = await taken_on(town, wang, "Zhang")
    await li.presses("Record what I found")
    await li.reads("What did you find")
    await li.presses("In hospital")
    await li.reads("Shall nobody ask Zhang")
    await li.presses("No, keep asking")
    await wang.reads("Zhang: In hospital")
    await wang.presses("⏸ Pause their questions")
    await wang.reads("Shall nobody ask Zhang")
    await wang.presses("🏥 Yes, 3 days")
    await zhang.reads("Until Mar 5 nobody asks you")
