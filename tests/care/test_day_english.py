"""The same day in English."""

from bot.domain.people import Role
from sandbox import Phone
from tests.care.shifts import here, planned
from tests.journeys.conftest import Town


async def cared_for(town: Town, wang: Phone, name: str) -> Phone:
    """A resident who has agreed to be asked twice a day."""
    zhang = await town.resident(name, language="en")
    await wang.sends("/care")
    await wang.reads("Nobody is cared for here yet")
    await wang.presses("Somebody new")
    await wang.reads("Who would like to be asked")
    await wang.presses(name)
    await zhang.reads("may I ask you every day")
    await zhang.presses("Yes, please")
    await zhang.reads("The first question comes today 18:00")
    return zhang


async def test_a_missed_check_in_climbs_until_somebody_has_looked_in_english(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await town.helper("Li", language="en")
    await planned(town, wang, "Li", "08:00–20:00")
    await li.reads("You are on duty")
    await here(town, li)
    zhang = await cared_for(town, wang, "Zhang")

    await town.passes(hours=9)  # 18:00
    await zhang.reads("Good evening")
    assert zhang.keyboard() == [["🌞 I'm well"], ["📞 Please call me"], ["🆘 I need help"]]
    await zhang.presses("I'm well")
    await zhang.reads("Take care")

    await town.passes(hours=14)  # 08:00
    await zhang.reads("Good morning")
    await here(town, li)
    await town.passes(minutes=30)
    await zhang.reads("somebody will come and look")
    await town.passes(minutes=20)
    await zhang.reads("somebody will come and look")
    await town.passes(minutes=10)  # 09:00
    await li.reads("Zhang has not answered the check-in")
    assert not wang.sees("Zhang has not answered")
    await li.presses("I'll look")
    await li.reads("Door")
    await zhang.reads("Li looks in on you")
    await li.presses("15 minutes")
    await zhang.reads("Li comes to you today 09:15")
    await li.presses("Record what I found")
    await li.reads("What did you find")
    await li.presses("Had fallen")
    await li.reads("Ended: Had fallen")
    assert li.nothing_says("Door:")
    assert not town.sandbox.unknown_parameters


async def test_a_ladder_climbs_rung_by_rung_and_a_late_answer_ends_it(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)  # 18:00
    await zhang.reads("Good evening")
    await town.passes(hours=1)  # 19:00: nobody on duty, no neighbour: both rungs are skipped at once
    await wang.reads("Zhang has not answered the check-in")
    await wang.reads("nobody is on duty now")
    await zhang.presses("I'm well")
    await zhang.reads("hears that you are well")
    await wang.reads("Zhang has answered and is well")


async def test_help_is_called_at_once_and_well_does_not_end_it(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await town.resident("Zhang", language="en")
    await zhang.sends("/sos")
    await zhang.reads("Help is being called")
    assert zhang.sees("120 / 110")
    assert zhang.sees("Wang")
    await wang.reads("Zhang asks for help")
    await zhang.sends("🌞 I'm well")
    await town.passes(minutes=1)
    await wang.presses("I'll look")
    await wang.reads("Please record here what you find")
