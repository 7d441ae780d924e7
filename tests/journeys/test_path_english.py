"""The same path in English: not a word of it is left out."""

from bot.domain.people import Role
from tests.journeys.conftest import Town


async def test_a_need_goes_all_the_way_round_in_english(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await town.helper("Li", language="en")
    zhao = await town.helper("Zhao", language="en")
    zhang = await town.resident("Zhang", language="en")

    await zhang.sends("The lamp in my kitchen is broken")
    await zhang.reads("Repairs")
    await zhang.presses("Post it")
    await zhang.reads("unit and door")
    await zhang.sends("unit 2 door 301, +44 7700 900123")
    await zhang.reads("Posted. Neighbours nearby")

    offer = await li.reads("lamp in my kitchen")
    assert "301" not in offer.text
    await zhao.reads("lamp in my kitchen")
    await li.presses("I'll help")
    await li.reads("unit 2 door 301")
    assert li.sees("+447700900123")
    await zhang.reads("Li has taken your request")
    await zhao.reads("Li is going")
    assert zhao.nothing_says("301")

    await li.presses("in 30 minutes")
    await zhang.reads("today 09:30")
    await li.reads("You said that you come today 09:30")
    await li.presses("I'm done")
    await li.reads("What came of")
    await li.presses("Done")
    await zhang.reads("Is it all right?")
    await li.reads("nothing is left for you to do here")
    assert li.nothing_says("unit 2 door 301")
    await zhang.presses("Yes, all well")
    await zhang.reads("How was it")
    await zhang.presses("⭐⭐⭐⭐⭐")
    await zhang.reads("Thank you!")
    await li.reads("⭐⭐⭐⭐⭐ from Zhang")
    assert wang.nothing_says("301")
    assert not town.sandbox.unknown_parameters
