"""Somebody is away: said with a reason and a day, asked before the return, visited after a hospital, never forgotten."""

from bot.domain.people import Role
from bot.domain.plans import PlanState
from bot.storage import checkins, plans
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.enrolled import cared_for, cared_for_in_chinese
from tests.care.test_farewells import taken_on
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


async def test_the_day_of_the_return_is_typed_and_moved_and_what_is_no_day_is_asked_again(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await wang.presses("Away for some days")
    await town.quiet()
    await wang.presses("travelling")
    await wang.reads("Or write the day of the return")
    await wang.sends("when the plums are ripe")
    await wang.reads("I could not read this day")
    await wang.sends("1.3.")
    await wang.reads("That day is today or over")
    await wang.sends("1 March 2029, 2029-03-01")
    await wang.reads("more than a year ahead")
    await wang.sends("15.3.")
    await wang.reads("nobody asks until Mar 15")
    await zhang.reads("Until Mar 15 nobody asks you")
    await wang.presses("Another day")
    await wang.reads("On which day does Zhang come back?")
    await wang.sends("in 5 days")
    await wang.reads("nobody asks until Mar 7")
    await zhang.reads("Until Mar 7 nobody asks you")
    await town.passes(days=4, hours=15)  # Saturday, 00:00
    await town.passes(hours=8)
    await zhang.reads("Good morning")


async def test_whoever_is_away_types_the_day_in_chinese_and_an_answer_is_still_an_answer(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await cared_for_in_chinese(town, wang, "张奶奶")
    await town.passes(hours=9)  # 18:00
    await zhang.reads("您好吗")
    await zhang.sends("/me")
    await zhang.reads("张奶奶")
    await zhang.presses("我要离开几天")
    await zhang.reads("您会在哪里")
    await zhang.presses("家人")
    await zhang.reads("写下回来的那天")
    await zhang.sends("🌞 我很好")
    await zhang.reads("谢谢")
    person = (await town.person(zhang)).id
    assert (await town.read(lambda tx: checkins.of_person(tx, person, 1)))[0].state.value == "answered"
    await zhang.sends("十天后回来")
    await zhang.reads("3月12日")
    assert told(wang, "3月12日")
    await zhang.sends("/me")
    await town.quiet()
    await zhang.presses("我回来了")
    await town.passes(hours=14)
    await zhang.reads("早")


async def test_somebody_else_answers_for_it_and_is_asked(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    chen = await town.helper("Chen", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    daughter = await town.resident("Daughter", language="en")
    number, plan_person = (await town.person(daughter)).id, (await town.person(zhang)).id

    def family(tx: Transaction) -> None:
        plan = plans.of_person(tx, plan_person)
        assert plan is not None
        plans.add_contact(tx, plan.id, plans.Contact("Daughter", "daughter", None, number))

    await town.write(family)
    await away(town, wang, "travelling", "3 days")
    await wang.reads("Wang answers for it")
    await wang.presses("Somebody else answers for it")
    await wang.reads("Who answers for the absence of Zhang?")
    assert told(wang, "👤 Chen")
    await wang.presses("Daughter")
    await daughter.reads("You answer for the absence of Zhang (travelling) until Mar 5")
    await wang.reads("Daughter answers for it")
    await town.passes(hours=39)
    await daughter.reads("From Mar 5 on Zhang is asked again. Back by then?")
    assert not told(wang, "Back by then?")
    await daughter.presses("Still away: 3 days later")
    await daughter.reads("nobody asks until Mar 8")
    assert not told(chen, "Back by then?")
    await daughter.presses("They are back")
    await town.quiet()
    plan = await town.read(lambda tx: plans.of_person(tx, plan_person))
    assert plan is not None
    assert plan.state.value == "active"


async def test_a_stranger_chooses_no_owner_and_no_day(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await cared_for(town, wang, "Zhang")
    await away(town, wang, "travelling", "7 days")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    person = (await town.person(sunny)).id
    message = next(shown for shown in sunny.screen() if not shown.mine)
    for code in ("we:1", "wp:1", f"wz:1:{person}", "we:99", "wp:99", f"wz:99:{person}"):
        toast = await sunny.taps_code(code, message)
        assert toast
        assert toast.alert, code
    mine = next(shown for shown in wang.screen() if not shown.mine)
    toast = await wang.taps_code(f"wz:1:{person}", mine)
    assert toast
    assert toast.alert, "nobody from elsewhere can be chosen"


async def test_a_long_absence_is_listed_from_its_beginning(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await cared_for(town, wang, "Zhang")
    await away(town, wang, "with family", "30 days")
    await town.passes(days=6, hours=22)  # the next Monday
    listed = await wang.reads("Long or forgotten absences")
    assert "Zhang: away until Apr 1 (Wang)" in listed.text


async def test_hospital_and_home_again_are_seen_on_the_plan_and_today(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await cared_for(town, wang, "Zhang")
    await away(town, wang, "in hospital", "7 days")
    await wang.sends("/today")
    await wang.reads("🏥 Zhang: in hospital since Mar 2")
    await town.passes(days=2)
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Zhang")
    await wang.reads("🏥 In hospital since Mar 2")
    await wang.presses("Away longer")
    await town.quiet()
    await wang.presses("in hospital")
    await wang.reads("For how long?")
    await wang.presses("14 days")
    await town.quiet()
    assert told(wang, "🏥 Zhang: in hospital since Mar 2"), "a longer stay is the same stay"
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Zhang")
    await wang.reads("🏥 In hospital since Mar 2")
    await wang.presses("Home from hospital")
    await wang.reads("🏠 Home from hospital since Mar 4")
    await wang.sends("/today")
    await wang.reads("🏠 Zhang: home from hospital since Mar 4")


async def test_a_hospital_stay_that_ends_as_was_said_is_visited_too(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await cared_for(town, wang, "Zhang")
    await away(town, wang, "in hospital", "3 days")
    await town.passes(hours=39)  # Wednesday, 00:00
    await wang.reads("Back by then?")
    await wang.presses("👍 Yes")
    await town.passes(hours=24)  # Thursday, 00:00
    await town.passes(hours=33, minutes=31)  # Friday, 09:31
    visits = await town.read(lambda tx: tx.all("SELECT checkin_id FROM knocks"))
    assert len(visits) == 1


async def test_an_owner_who_is_gone_is_not_asked_alone(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    chen = await town.helper("Chen", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await away(town, wang, "travelling", "3 days")
    await zhang.reads("Until Mar 5 nobody asks you")
    await wang.blocks()
    await town.quiet()
    await town.passes(hours=39)
    await chen.reads("From Mar 5 on Zhang is asked again. Back by then?")
    await chen.presses("👍 Yes")
    await town.quiet()
    assert (await town.read(lambda tx: tx.all("SELECT confirmed_at FROM absences")))[0]["confirmed_at"] is not None


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
    for code in ("jho:1", "ji:1:7"):
        toast = await zhao.taps_code(code, message)
        assert toast
        assert toast.alert, code
    await li.presses("🏥 Yes, 7 days")
    await wang.reads("Zhang is in hospital; nobody asks until Mar 9")
    assert told(wang, "Li answers for it")
    message = next(shown for shown in wang.screen() if not shown.mine)
    toast = await wang.taps_code("jho:1", message)
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
