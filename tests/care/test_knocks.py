"""Rounds: a list before the slot, what is found at the door, calls tried again, and lists that change hands."""

import pytest

from bot.domain.checkins import CheckInAnswer, CheckInState
from bot.domain.errors import ButtonInvalid, DomainError, KnockNotSo, NotAllowed
from bot.domain.people import Role
from bot.domain.plans import Channel
from bot.services import knocks as cases
from bot.storage import alerts, history, knocks, persons
from bot.storage.database import Transaction
from tests.care.enrolled import asked_by, cared_for, last
from tests.care.shifts import on_duty
from tests.journeys.conftest import Town, told


async def test_a_round_of_knocks_is_walked_shared_and_finished(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhao = await town.helper("Zhao", language="en")
    zhang, chen = await cared_for(town, wang, "Zhang"), await cared_for(town, wang, "Chen")
    first = await asked_by(town, wang, zhang, Channel.KNOCK)
    second = await asked_by(town, wang, chen, Channel.KNOCK)

    await town.passes(hours=8, minutes=29)  # 17:29
    assert not told(li, "Visits")
    await town.passes(minutes=1)  # 17:30: half an hour before the slot
    await li.reads("2 left, by 19:00")
    assert told(zhang, "Li knocks at your door by 19:00")
    assert told(li, "Code word of the day")
    assert not told(zhao, "Visits")
    # Both see the same word.
    card = next(shown.text for shown in li.screen() if "Code word" in shown.text and "Zhang" in shown.text)
    word = card.split("Code word of the day: ")[1].splitlines()[0]
    assert told(zhang, f"the code word of the day: {word}")

    # The address comes only when asked for.
    assert li.nothing_says("No door or telephone is known")
    await li.presses("I set out: show the addresses")
    await li.reads("No door or telephone is known")
    await town.quiet()

    # Half of it goes to somebody who says yes.
    await li.presses("Share it with somebody")
    await li.reads("Who could take half")
    await li.presses("Zhao")
    await zhao.reads("Li asks you to take half of a list")
    await zhao.presses("Yes, I take it")
    await li.reads("Zhao goes to 1 person of your list now")
    await zhao.reads("1 left, by 19:00")
    await town.quiet()
    assert told(li, "1 left, by 19:00")

    # Seen; pressed wrongly; taken back; spoken.
    mine = zhang if told(zhao, "Chen") else chen
    person = first if mine is zhang else second
    await li.presses("Seen and well")
    await li.reads("All reached")
    await town.quiet()
    assert (await last(town, person)).answer is CheckInAnswer.SEEN
    await li.presses("I pressed the wrong one")
    await li.reads("1 left")
    await town.quiet()
    assert (await last(town, person)).state is CheckInState.ASKED
    await li.presses("Spoken through the door")
    await li.reads("All reached")
    number = (await last(town, person)).id
    story = await town.read(lambda tx: [event.event for event in history.of(tx, f"checkin:{number}")])
    assert story == ["seen", "undone", "spoken"]

    # The other is not at home: an alert at once, before any time is over.
    await zhao.presses("Not at home")
    await li.reads("🔔")
    other = second if person == first else first
    assert (await last(town, other)).state is CheckInState.ALERT
    await town.passes(hours=2)
    assert not told(wang, "is not finished")


async def test_a_list_that_is_not_finished_is_an_alert_and_can_be_taken_over(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang, chen = await cared_for(town, wang, "Zhang"), await cared_for(town, wang, "Chen")
    first = await asked_by(town, wang, zhang, Channel.KNOCK)

    await town.passes(hours=8, minutes=30)  # 17:30
    await li.reads("1 left, by 19:00")
    # A question that cannot be delivered joins whoever walks at once.
    await chen.blocks()
    await town.passes(minutes=30)  # 18:00
    await li.reads("2 left, by 19:00")
    await town.passes(hours=1)  # 19:00
    await wang.reads("The list of Li for 18:00 is not finished: 2 people were not reached")
    assert told(li, "I'll look")
    alert = await town.read(lambda tx: alerts.open_for(tx, first))
    assert alert is not None
    assert alert.cause.value == "unvisited"
    assert await town.read(lambda tx: knocks.running(tx, [], 10)) == []


async def test_a_call_is_tried_three_times_over_half_an_hour(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await cared_for(town, wang, "Zhang")
    person = await asked_by(town, wang, zhang, Channel.CALL)
    await town.passes(hours=8, minutes=30)  # 17:30
    await li.reads("Calls")
    assert told(zhang, "Li rings you by 19:00")

    await li.presses("No answer")
    await li.reads("No answer at 17:30 (try 1 of 3)")
    await li.presses("No answer")  # the same try, tapped twice
    await town.quiet()
    assert not told(li, "try 2 of 3")
    await town.passes(minutes=15)
    await li.reads("Please ring Zhang once more")
    await li.presses("No answer")
    await li.reads("try 2 of 3")
    assert (await last(town, person)).state is CheckInState.ASKED

    # Whoever has the list blocks the bot: it goes to who is in charge, at once.
    await li.blocks()
    await wang.reads("Calls")
    await town.passes(minutes=15)
    await wang.reads("Please ring Zhang once more")
    await wang.presses("No answer")
    await town.quiet()
    assert (await last(town, person)).state is CheckInState.ALERT


async def test_only_who_is_asked_on_duty_or_in_charge_lays_hands_on_a_list(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhao = await town.helper("Zhao", language="en")
    zhang = await cared_for(town, wang, "Zhang")
    person = await asked_by(town, wang, zhang, Channel.KNOCK)
    await town.passes(hours=8, minutes=30)  # 17:30
    await li.reads("1 left, by 19:00")
    checkin = await last(town, person)
    home = town.program.home

    def tries(tx: Transaction) -> list[type[Exception]]:
        """Every forged tap of somebody who is not asked, and what it meets."""
        actor, now = persons.actor(tx, persons.get(tx, stranger)), town.clock.now()
        listed = knocks.of_checkin(tx, checkin.id)
        assert listed is not None
        number, met = listed.list_id, list[type[Exception]]()
        for forged in (
            lambda: cases.begin(tx, actor, number, now=now),
            lambda: cases.record(tx, actor, home, checkin.id, CheckInAnswer.SEEN, now=now),
            lambda: cases.not_there(tx, actor, home, checkin.id, now=now),
            lambda: cases.offer(tx, actor, number, stranger, half=False, now=now),
            lambda: cases.accept(tx, actor, home, number, now=now),
            lambda: cases.take_over(tx, actor, home, number, now=now),
            lambda: cases.begin(tx, actor, 10**9, now=now),
        ):
            with pytest.raises(DomainError) as caught:
                forged()
            met.append(caught.type)
        return met

    refused = [NotAllowed, NotAllowed, NotAllowed, NotAllowed, KnockNotSo, NotAllowed, ButtonInvalid]
    for phone in (zhao, zhang):
        stranger = (await town.person(phone)).id
        assert await town.write(tries) == refused
    await zhao.sends("/rounds")
    await zhao.reads("No list is open now")

    # Somebody who cannot says so, and it stays where it is; whoever is in charge takes it over.
    await li.presses("Hand it over")
    await li.reads("Who could take the list")
    await li.presses("Zhao")
    await zhao.reads("1 person is left on it")
    await zhao.presses("I cannot")
    await li.reads("The one you asked cannot")
    await wang.sends("/rounds")
    await wang.reads("Li has this list")
    await wang.presses("I take it over")
    await li.reads("Wang goes to 1 person of your list now")
    await zhang.reads("Wang knocks at your door")
    await town.quiet()
    assert told(li, "Wang goes there now")
    assert li.nothing_says("Seen and well")

    # Answered in the chat meanwhile: nobody needs to go.
    await zhang.sends("🌞 I'm well")
    await wang.reads("answered in the chat")
