"""Somebody is away: said with a reason and a day, asked before the return, visited after a hospital, never forgotten."""

from bot.domain.people import Role
from bot.storage import checkins
from sandbox import Phone
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
