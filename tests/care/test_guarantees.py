"""The promise, sentence by sentence (docs/guarantees.md names these tests)."""

from bot.domain.checkins import CheckInState
from bot.domain.people import Role
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.enrolled import cared_for
from tests.journeys.conftest import Town


async def states(town: Town) -> list[str]:
    """The state of every check-in, oldest first."""

    def look(tx: Transaction) -> list[str]:
        return [row["state"] for row in tx.all("SELECT state FROM checkins ORDER BY id")]

    return await town.read(look)


async def alerts(town: Town) -> list[tuple[str, str]]:
    """Cause and state of every alert, oldest first."""

    def look(tx: Transaction) -> list[tuple[str, str]]:
        return [(row["cause"], row["state"]) for row in tx.all("SELECT cause, state FROM alerts ORDER BY id")]

    return await town.read(look)


async def coordinator(town: Town) -> Phone:
    """王姐, in English."""
    return await town.helper("Wang", Role.COORDINATOR, language="en")


async def test_a_reply_that_waited_while_the_program_was_down_counts_for_when_it_was_pressed(town: Town) -> None:
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    await town.sleeps()
    town.clock.advance(20 * 60)
    await zhang.sends("🌞 I'm well")
    town.clock.advance(3 * 3600)
    await town.wakes()
    await zhang.reads("Take care")
    await town.passes(minutes=15)
    assert await states(town) == [CheckInState.ANSWERED]
    assert await alerts(town) == []


async def test_whoever_could_have_answered_in_vain_is_asked_again_with_ten_minutes(town: Town) -> None:
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    await town.sleeps()
    town.clock.advance(3 * 3600)
    await town.wakes()
    await zhang.reads("Good evening")
    await town.passes(minutes=9)
    assert await alerts(town) == []
    await town.passes(minutes=2)
    await wang.reads("Zhang has not answered the check-in")
    assert await alerts(town) == [("missed", "open")]


async def test_a_slot_that_passed_entirely_while_the_program_was_down_is_told_to_the_coordinator(town: Town) -> None:
    wang = await coordinator(town)
    await cared_for(town, wang, "Zhang")
    await town.sleeps()
    town.clock.advance(24 * 3600 + 30 * 60)
    await town.wakes()
    await town.passes(minutes=1)
    await wang.reads("The program was down")
    assert await states(town) == [CheckInState.NOT_ASKED, CheckInState.NOT_ASKED]
    await town.passes(minutes=1)
    assert len(await states(town)) == 2


async def test_three_days_of_outage_ask_no_stale_question(town: Town) -> None:
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, "Zhang")
    await town.sleeps()
    town.clock.advance(3 * 24 * 3600 + 9 * 3600)
    await town.wakes()
    await zhang.reads("Good evening")
    assert (await states(town)).count(CheckInState.NOT_ASKED) == 6
    assert (await states(town)).count(CheckInState.ASKED) == 1
    assert sum("Good evening" in shown.text for shown in zhang.screen()) == 1


async def test_the_ladder_never_falls_silent(town: Town) -> None:
    wang = await coordinator(town)
    await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)
    await town.passes(hours=1)
    await wang.reads("Zhang has not answered")
    heard = await rungs(town)
    for _ in range(6):
        await town.passes(minutes=25)
    assert await rungs(town) >= heard + 6


async def rungs(town: Town) -> int:
    """How many rungs were tried."""

    def look(tx: Transaction) -> int:
        row = tx.one("SELECT COUNT(*) AS n FROM history WHERE event = 'rung'")
        assert row is not None
        return int(row["n"])

    return await town.read(look)


async def test_an_alert_that_was_taken_on_and_left_is_raised_again(town: Town) -> None:
    wang = await coordinator(town)
    await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)
    await town.passes(hours=1)
    await wang.reads("Zhang has not answered")
    await wang.presses("I'll look")
    await wang.reads("You are going")
    await town.passes(minutes=25)
    await wang.reads("Nobody has said yet what they found")
    assert await alerts(town) == [("missed", "open")]


async def test_help_upgrades_a_missed_check_in_and_is_never_closed_by_itself(town: Town) -> None:
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)
    await town.passes(hours=1)
    await wang.reads("Zhang has not answered")
    await zhang.presses("I need help")
    await zhang.reads("Help is being called")
    await wang.reads("asks for help")
    await zhang.sends("🌞 I'm well")
    await zhang.reads("hears that you are well")
    await town.passes(minutes=1)
    assert await alerts(town) == [("help", "open")]


async def test_a_blocked_bot_becomes_a_knock_at_once(town: Town) -> None:
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, "Zhang")
    await zhang.blocks()
    await town.quiet()
    await town.passes(hours=9)
    await wang.reads("1 left, by 19:00")
    await town.quiet()
    await wang.presses("Seen and well")
    await wang.reads("All reached")
    await town.passes(hours=2)
    assert await states(town) == [CheckInState.ANSWERED]
    assert await alerts(town) == []


async def test_an_early_sign_of_life_answers(town: Town) -> None:
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=8)
    await zhang.sends("hello")
    await zhang.reads("Hello")
    await town.passes(hours=1)
    await town.quiet()
    assert await states(town) == [CheckInState.ANSWERED]
    assert not any("Are you well" in shown.text for shown in zhang.screen())


async def test_a_worrying_answer_raises_an_alert(town: Town) -> None:
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    await zhang.sends("I am rather dizzy this morning")
    await zhang.reads("Help is being called")
    await wang.reads("wrote something worrying")


async def test_pressed_the_wrong_one(town: Town) -> None:
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    await zhang.presses("I pressed the wrong one")
    await zhang.reads("Good evening")
    assert await states(town) == [CheckInState.ASKED]
    await zhang.presses("Please call me")
    await zhang.reads("Somebody is asked to ring you now")
    await wang.reads("Zhang asks for a call")
