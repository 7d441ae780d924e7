"""What Telegram does to care: taps that expire, chats that are blocked, bursts that are refused, answers that never come."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.domain.people import Role
from bot.domain.plans import Channel
from bot.storage import alerts, history
from bot.storage.database import Row
from sandbox import Fault, Phone
from tests.care.enrolled import asked_by, cared_for
from tests.care.shifts import on_duty, planned
from tests.care.test_guarantees import alerts as stand
from tests.care.test_guarantees import coordinator, states
from tests.journeys.conftest import Town, told


@asynccontextmanager
async def trouble(town: Town, *faults: Fault) -> AsyncIterator[None]:
    """Telegram misbehaves meanwhile."""
    for fault in faults:
        town.sandbox.faults.add(fault)
    yield
    town.sandbox.faults.clear()


async def letters(town: Town, kind: str) -> list[Row]:
    """Every letter of a kind."""
    return await town.read(lambda tx: tx.all("SELECT * FROM outbox WHERE kind = :kind ORDER BY id", {"kind": kind}))


async def evening(town: Town, name: str = "Zhang") -> tuple[Phone, Phone]:
    """Wang is in charge; somebody's evening question is open."""
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, name)
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    await town.quiet()
    return wang, zhang


async def miss(town: Town, wang: Phone, zhang: Phone) -> None:
    """Nobody answers, and Wang hears it."""
    await town.passes(hours=1)
    await wang.reads(f"{zhang.name} has not answered")
    await town.quiet()


async def test_a_tap_that_expired_costs_a_second_tap_and_nobody_is_forgotten(town: Town) -> None:
    wang, zhang = await evening(town)
    await miss(town, wang, zhang)
    await town.sleeps()
    card = next(shown for shown in wang.screen() if shown.says("I'll look"))
    code = card.buttons[0][0]["callback_data"]
    assert await wang.taps_code(code, card, timeout=0.1) is None
    town.clock.advance(151)
    await town.wakes()
    await town.passes()
    assert await stand(town) == [("missed", "open")], "nobody has it, and nobody believes so"
    await wang.presses("I'll look")
    await wang.reads("You are going")
    assert await stand(town) == [("missed", "taken")]


async def test_an_answer_while_the_alert_is_being_sent_shows_an_alert_that_has_ended(town: Town) -> None:
    wang, zhang = await evening(town)
    async with trouble(town, Fault("500", "sendMessage", wang.id, times=None)):
        town.clock.advance(3600)
        await town.program.tick()
        assert await stand(town) == [("missed", "open")]
        await zhang.presses("I'm well")
        await zhang.reads("I am glad")
    await wang.reads("Ended: Answered late", timeout=20)
    await town.quiet()
    assert not told(wang, "I'll look")
    assert await stand(town) == [("missed", "closed")]
    await town.write(lambda tx: tx.run("DELETE FROM failures"))


async def test_a_question_and_an_alert_whose_delivery_nobody_knows_come_twice_and_count_once(town: Town) -> None:
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, "Zhang")
    async with trouble(town, Fault("drop_after", "sendMessage", zhang.id)):
        await town.passes(hours=9)
        await zhang.reads("Good evening")
    assert sum("Good evening" in shown.text for shown in zhang.screen()) == 2
    assert await states(town) == ["asked"]
    async with trouble(town, Fault("drop_after", "sendMessage", wang.id)):
        await miss(town, wang, zhang)
    cards = [shown for shown in wang.screen() if shown.says("I'll look")]
    assert len(cards) >= 2
    assert len(await letters(town, "AlertCard")) == 1
    # Whichever of the two is pressed, it is judged by how things stand.
    for card in cards[:2]:
        assert await wang.taps_code(card.buttons[0][0]["callback_data"], card)
    await town.quiet()
    assert await stand(town) == [("missed", "taken")]


async def test_a_burst_that_is_refused_is_told_all_the_same(town: Town) -> None:
    wang = await coordinator(town)
    people = [await cared_for(town, wang, f"Zhang {number}") for number in range(6)]
    async with trouble(town, Fault("429", "sendMessage", None, times=3, retry_after=1)):
        await town.passes(hours=9)
    for phone in people:
        await phone.reads("Good evening")
        assert sum("Good evening" in shown.text for shown in phone.screen()) == 1
    async with trouble(town, Fault("429", None, wang.id, times=2, retry_after=1)):
        await town.passes(hours=1)
    for phone in people:
        assert told(wang, f"{phone.name} has not answered")
    assert await states(town) == ["alert"] * 6
    assert [row["id"] for row in await letters(town, "AlertCard") if row["dead_at"] is not None] == []


async def test_a_send_that_hangs_keeps_nobody_else_waiting(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.server.HELD_SECONDS", 6.0)
    wang = await coordinator(town)
    li = await on_duty(town, wang, "Li")
    zhao = await town.helper("Zhao", language="en")
    await planned(town, wang, "Zhao")
    zhang = await cared_for(town, wang, "Zhang")
    async with trouble(town, Fault("timeout", "sendMessage", li.id)):
        await zhang.sends("/sos")
        await zhao.reads("Zhang asks for help")
        person = await town.person(li)
        cards = [row for row in await letters(town, "AlertCard") if row["person_id"] == person.id]
        assert [row["message_id"] for row in cards] == [None], "the other one still hangs"
        await zhao.presses("I'll look")
        await zhang.reads("Zhao looks in on you")
    await town.quiet()
    assert told(li, "Zhao is going"), "and comes again until it is known to have come"


async def test_a_volunteer_who_blocked_the_bot_costs_no_time(town: Town) -> None:
    wang = await coordinator(town)
    li = await on_duty(town, wang, "Li")
    zhang = await cared_for(town, wang, "Zhang")
    await li.blocks()
    await town.quiet()
    await town.passes(hours=9)
    await miss(town, wang, zhang)
    assert await stand(town) == [("missed", "open")]
    person = await town.person(li)
    assert person.id not in await town.read(lambda tx: alerts.told(tx, 1))


async def test_a_volunteer_whose_account_is_gone_when_the_alert_is_sent_moves_the_ladder_on(town: Town) -> None:
    wang = await coordinator(town)
    li = await on_duty(town, wang, "Li")
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    # Nobody tells us beforehand: the first that we hear of it is the refusal.
    li.deactivates()
    await town.passes(hours=1)
    await town.passes()
    await wang.reads("Zhang has not answered")
    tried = [event for event in await town.read(lambda tx: history.of(tx, "alert:1")) if event.event == "rung"]
    assert len(tried) == 2, "at once, and not five minutes later"


async def test_a_stranger_who_presses_a_forwarded_button_reads_nothing_and_moves_nothing(town: Town) -> None:
    wang, zhang = await evening(town)
    await miss(town, wang, zhang)
    smith = await town.resident("Smith", "b2", language="en")
    far = await town.helper("Far", Role.COORDINATOR, code="c2", language="en")
    stranger = town.sandbox.phone("Stranger")
    await stranger.sends("hello")
    await town.quiet()
    for phone in (smith, far, stranger):
        message = next(shown for shown in phone.screen() if not shown.mine)
        for code in ("at:1", "av:1", "aa:1:5", "ai:1", "al:1", "ao:1", "ac:1:ill", "af:1", "aj:1", "ah:1", "ay:1"):
            toast = await phone.taps_code(code, message)
            assert toast, code
            assert toast.alert, code
        await town.quiet()
        assert not told(phone, "Zhang"), "not even the name"
    assert await stand(town) == [("missed", "open")]
    assert await town.read(lambda tx: tx.all("SELECT * FROM disclosures")) == []


async def test_yesterdays_buttons_say_so_and_change_nothing(town: Town) -> None:
    wang, zhang = await evening(town)
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    undo = next(shown for shown in zhang.screen() if shown.says("I pressed the wrong one"))
    await town.passes(hours=14)
    await zhang.reads("Good morning")
    await miss(town, wang, zhang)
    yesterday = next(shown for shown in wang.screen() if shown.says("I'll look"))
    await zhang.presses("I'm well")
    await wang.reads("Ended: Answered late")
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    before = await states(town)
    toast = await zhang.taps_code(undo.buttons[0][0]["callback_data"], undo)
    assert toast
    assert "more than ten minutes ago" in (toast.text or "")
    toast = await wang.taps_code(yesterday.buttons[0][0]["callback_data"], yesterday)
    assert toast
    assert toast.alert
    assert await states(town) == before == ["answered", "alert", "asked"]
    assert await stand(town) == [("missed", "closed")]


async def test_knocked_at_the_wrong_door_is_taken_back_with_its_trace_and_the_right_one_is_still_waited_for(
    town: Town,
) -> None:
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, "Zhang")
    person = await asked_by(town, wang, zhang, Channel.KNOCK)
    await town.passes(hours=8, minutes=30)
    await wang.reads("1 left, by 19:00")
    await town.quiet()
    await wang.presses("Seen and well")
    await wang.reads("All reached")
    await town.quiet()
    assert await states(town) == ["answered"]
    await wang.presses("I pressed the wrong one")
    await town.quiet()
    assert await states(town) == ["asked"]
    row = await town.read(lambda tx: tx.one("SELECT id FROM checkins WHERE person_id = :id", {"id": person}))
    assert row is not None
    story = await town.read(lambda tx: [event.event for event in history.of(tx, f"checkin:{row['id']}")])
    assert story[-1] == "undone"
    await town.passes(minutes=30)
    await town.passes(hours=1)
    assert await stand(town) == [("unvisited", "open")]
