"""The day at a glance: honest numbers, in one message that keeps itself up to date."""

from bot.domain.people import Role
from tests.care.enrolled import cared_for
from tests.journeys.conftest import Town, told


async def test_the_day_keeps_itself_up_to_date_and_counts_nobody_well_who_is_not(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang, chen, sun = [await cared_for(town, wang, name) for name in ("Zhang", "Chen", "Sun")]
    await town.passes(hours=9)  # 18:00
    for phone in (zhang, chen, sun):
        await phone.reads("Good evening")
    await wang.sends("/today")
    await wang.reads("18:00: asked 3, well 0, waiting 3, missing 0")
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    await chen.presses("I need help")
    await chen.reads("Help is being called")
    await town.quiet()
    today = [shown for shown in wang.screen() if "Today, " in shown.text]
    assert len(today) == 1, "one message, drawn again"
    assert "18:00: asked 3, well 1, waiting 1, missing 0" in today[0].text
    assert "🆘 1 asked for somebody" in today[0].text
    assert "Chen: nobody goes yet" in today[0].text
    await wang.presses("I'll look")
    await town.quiet()
    assert told(wang, "Chen: Wang goes and looks")
    await town.passes(hours=1)  # 19:00
    await wang.reads("Sun has not answered")
    await town.quiet()
    assert told(wang, "18:00: asked 3, well 1, waiting 0, missing 1")
    await sun.presses("I'm well")
    await town.quiet()
    assert told(wang, "18:00: asked 3, well 1, waiting 0, missing 0")
    assert told(wang, "1 answered late")


async def test_whoever_is_not_in_charge_any_more_reads_nothing_new(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    await wang.sends("/today")
    await wang.reads("waiting 1")
    person = (await town.person(wang)).id
    await town.write(lambda tx: tx.run("DELETE FROM roles WHERE person_id = :id", {"id": person}))
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    await town.quiet()
    assert told(wang, "Somebody else looks after this place now")
    assert not told(wang, "well 1")
    await wang.sends("/today")
    await wang.reads("This is for somebody else to do")


async def test_nobody_is_well_whose_voice_note_nobody_has_heard(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    chen = await cared_for(town, wang, "Chen")
    await town.passes(hours=9)  # 18:00
    for phone in (zhang, chen):
        await phone.reads("Good evening")
    await wang.sends("/today")
    await wang.reads("well 0, waiting 2")
    for phone in (zhang, chen):
        await phone.sends_voice()
        await phone.reads("Somebody listens to your voice note now")
    await town.quiet()
    assert told(wang, "18:00: asked 2, well 0, waiting 0, missing 0")
    assert told(wang, "👂 2 wait to be heard or seen: Zhang and Chen")
    await wang.presses("All is well")
    await town.quiet()
    assert told(wang, "18:00: asked 2, well 1, waiting 0, missing 0")
    assert told(wang, "👂 1 waits to be heard or seen")
    await town.passes(minutes=11)
    assert told(wang, "👂 1 waits to be heard or seen"), "an alert is open, and still nobody knows what it says"
    await wang.sends("/month")
    await wang.reads("waiting to be heard or seen: 1")
    await town.quiet()
    assert told(wang, "answered in time 1, late 0, missed 0")


async def test_the_day_is_read_by_place_where_there_are_several(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await wang.sends("/today")
    await wang.reads("Nobody has been asked today yet")
    zhang = await cared_for(town, wang, "Zhang")
    sun = await town.resident("Sun", code="b3", language="en")
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Somebody new")
    await wang.reads("Who would like to be asked")
    await wang.presses("Sun")
    await sun.reads("may I ask you every day")
    await sun.presses("Yes, please")
    await town.passes(hours=9)  # 18:00
    for phone in (zhang, sun):
        await phone.reads("Good evening")
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    await town.passes(hours=1)
    await town.quiet()
    today = next(shown.text for shown in wang.screen() if "Today, " in shown.text)
    assert "📍 第一网格: asked 1, well 1, waiting 0, late 0, missing 0" in today
    assert "📍 第二网格: asked 1, well 0, waiting 0, late 0, missing 1" in today
    assert "Sun: nobody goes yet" in today
    assert sum("Today, " in shown.text for shown in wang.screen()) == 1
