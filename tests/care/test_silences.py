"""After an outage whoever is in charge reads one message; and whoever has duty next is within reach, or somebody hears it."""

import pytest

from bot.domain.people import Role
from sandbox.phones import Phone
from tests.care.enrolled import cared_for
from tests.care.shifts import planned
from tests.care.test_guarantees import coordinator
from tests.journeys.conftest import Town


def said(phone: Phone, words: str) -> list[str]:
    """What the bot says with these words in it."""
    return [shown.text for shown in phone.screen() if not shown.mine and words in shown.text]


async def test_after_an_outage_coordinators_read_once_who_was_not_asked_and_who_has_been_since(town: Town) -> None:
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, "Zhang")
    chen = await cared_for(town, wang, "Chen")
    other = await town.helper("老陈", Role.COORDINATOR, "c2")
    await town.passes(hours=9)  # 18:00
    for phone in (zhang, chen):
        await phone.reads("Good evening")
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    await town.sleeps()
    town.clock.advance((14 * 60 + 20) * 60)  # 08:20: the evening's time is over, the morning's runs
    await town.wakes()
    await town.passes(minutes=0)
    await wang.reads("I could not hear anybody from yesterday 1")
    (text,) = said(wang, "could not hear anybody")
    assert "to today 08:20" in text
    assert "2 people have been asked since: Zhang and Chen" in text
    assert "not asked" not in text, "the evening's question was asked, and this morning's is asked now"
    for _ in range(3):
        await town.passes(minutes=1)
    assert len(said(wang, "could not hear anybody")) == 1
    assert said(other, "听不到") == [], "nobody is cared for there"

    await town.sleeps()
    town.clock.advance(26 * 3600)
    await town.wakes()
    await town.passes(minutes=1)
    text = said(wang, "could not hear anybody")[-1]
    assert "2 people were not asked in that time: Zhang and Chen. Please ring them: /today" in text
    assert len(said(wang, "could not hear anybody")) == 2


async def test_a_restart_is_no_outage(town: Town) -> None:
    wang = await coordinator(town)
    await cared_for(town, wang, "Zhang")
    await town.sleeps()
    town.clock.advance(60)
    await town.wakes()
    await town.passes(minutes=1)
    assert said(wang, "could not hear anybody") == []


async def test_an_outage_that_two_copies_noticed_is_told_once(town: Town) -> None:
    wang = await coordinator(town)
    await cared_for(town, wang, "Zhang")
    await town.passes(hours=2)
    now = town.clock.now()
    for _ in range(2):
        await town.program._ask_again(now.replace(hour=0), now)
    await town.passes(minutes=1)
    assert len(said(wang, "could not hear anybody")) == 1
    assert "Nobody's question fell into that time" in said(wang, "could not hear anybody")[0]


@pytest.mark.parametrize("alone", [True, False])
async def test_whoever_has_duty_next_and_cannot_be_reached_is_told_of_a_day_before(town: Town, alone: bool) -> None:
    wang = await coordinator(town)
    li = await town.helper("Li", language="en")
    await planned(town, wang, "Li", hours="08:00–20:00")
    if not alone:
        await town.helper("Zhao", language="en")
        await planned(town, wang, "Zhao", hours="08:00–20:00")
    await li.blocks()
    await town.quiet()
    for _ in range(3):
        await town.program.ahead.tick()
        await town.quiet()
    (text,) = said(wang, "Nothing that I say reaches Li")
    assert ("Nobody else is planned" in text) is alone
    assert ("1 other person is planned" in text) is not alone


async def test_whoever_can_be_reached_is_not_spoken_of(town: Town) -> None:
    wang = await coordinator(town)
    await town.helper("Li", language="en")
    await planned(town, wang, "Li", hours="08:00–20:00")
    await town.program.ahead.tick()
    await town.quiet()
    assert said(wang, "Nothing that I say reaches") == []
