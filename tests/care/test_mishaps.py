"""When something is wrong with us and not with people: a row that cannot be moved on, and half a round that is missing."""

from bot.domain.people import Role
from sandbox import Phone
from tests.care.enrolled import cared_for
from tests.journeys.conftest import Town, told


async def test_a_poisoned_check_in_is_looked_after_by_hand_and_the_others_go_on(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang, chen = await cared_for(town, wang, "Zhang"), await cared_for(town, wang, "Chen")
    await town.passes(hours=9)
    for phone in (zhang, chen):
        await phone.reads("Good evening")
    person = (await town.person(zhang)).id
    await nudges(town, person, "broken")
    await town.passes(hours=1)
    assert told(wang, "Something went wrong on our side with Zhang")
    assert told(wang, "Chen has not answered")
    await town.passes(minutes=2)
    await town.passes(minutes=2)
    assert sum("went wrong on our side" in shown.text for shown in wang.screen()) == 1, "once an hour, not each minute"
    await nudges(town, person, "")
    await town.passes(minutes=2)
    assert told(wang, "Zhang has not answered")
    await town.write(lambda tx: tx.run("DELETE FROM failures"))


async def nudges(town: Town, person_id: int, words: str) -> None:
    """The row of somebody's check-in as no program of ours would write it, or mended."""
    values = {"words": words, "id": person_id}
    await town.write(lambda tx: tx.run("UPDATE checkins SET nudges = :words WHERE person_id = :id", values))


async def test_half_a_round_that_is_missing_makes_the_system_suspected_and_holds_no_cry_for_help(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    people: list[Phone] = [await cared_for(town, wang, f"Zhang {number}") for number in range(10)]
    await town.passes(hours=9)
    for phone in people:
        await phone.reads("Good evening")
    await town.passes(hours=1)
    await wang.reads("perhaps the system is at fault")
    assert told(wang, "Zhang 3 has not answered"), "alerts open on time all the same"
    waits = await town.read(lambda tx: tx.all("SELECT DISTINCT act_at FROM alerts"))
    held = min(row["act_at"] for row in waits) - town.clock.now().timestamp()
    await people[0].sends("/sos")
    await wang.reads("Zhang 0 asks for help")
    helped = await town.read(lambda tx: tx.all("SELECT act_at FROM alerts WHERE cause = 'help'"))
    assert helped[0]["act_at"] - town.clock.now().timestamp() <= held - 600, (
        "a cry for help waits no ten minutes longer"
    )


async def test_a_helper_who_has_told_no_home_is_looked_for_where_they_help(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await town.helper("Li", language="en")
    await li.sends("/sos")
    await wang.reads("Li asks for help")
    await li.reads("I have told: Wang")


async def test_an_answer_that_our_clock_dates_before_its_question_is_an_answer(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang, chen = await cared_for(town, wang, "Zhang"), await cared_for(town, wang, "Chen")
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    # As it stands there when our clock ran five minutes ahead of Telegram's and was put right; to the other one eleven.
    for phone, minutes in ((zhang, 5), (chen, 11)):
        await asked_later(town, (await town.person(phone)).id, minutes)
        await phone.presses("I'm well")
    await zhang.reads("Thank you")
    # Both presses are read before time goes on: one that is read later meets an alert already.
    await town.quiet()
    await town.passes(hours=1)
    assert told(wang, "Chen has not answered")
    assert not told(wang, "Zhang has not answered")
    # Read so late that the question had become an alert.
    await asked_later(town, (await town.person(chen)).id, 54)
    await chen.presses("I'm well")
    await wang.reads("Chen has answered and is well")
    rows = await town.read(lambda tx: tx.all("SELECT state, answer FROM checkins ORDER BY state"))
    assert [(row["state"], row["answer"]) for row in rows] == [("alert", "well"), ("answered", "well")]


async def asked_later(town: Town, person_id: int, minutes: int) -> None:
    """The row of somebody's check-in, dated later than it was asked."""
    values = {"seconds": minutes * 60, "id": person_id}
    later = "UPDATE checkins SET asked_at = asked_at + :seconds WHERE person_id = :id"
    await town.write(lambda tx: tx.run(later, values))
