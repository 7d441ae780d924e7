"""Somebody has died: said twice, everything is taken back gently; a mistake is mended the same day."""

import asyncio

import pytest

from bot.domain.alerts import AlertOutcome, AlertState
from bot.domain.checkins import CheckInAsked, CheckInState
from bot.domain.people import Role
from bot.domain.plans import Channel, PlanState
from bot.services import farewells as cases
from bot.services import figures, telling
from bot.storage import alerts, checkins, farewells, persons, plans
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.enrolled import asked_by, cared_for
from tests.care.shifts import on_duty
from tests.journeys.conftest import Town, told


async def taken_on(town: Town, wang: Phone, name: str) -> tuple[Phone, Phone]:
    """Somebody did not answer, and somebody goes: their telephones."""
    li = await on_duty(town, wang, "Li")
    zhang = await cared_for(town, wang, name)
    await town.passes(hours=9)  # 18:00
    await town.passes(hours=1)  # 19:00
    await li.reads(f"{name} has not answered")
    await li.presses("I'll look")
    await town.quiet()
    return li, zhang


async def died(town: Town, phone: Phone) -> None:
    """Said, and said once more."""
    await phone.presses("Record what I found")
    await phone.reads("What did you find")
    await phone.presses("Has died")
    await phone.reads("died?")
    await phone.presses("🕯 Yes, that is so")
    await town.quiet()


async def missed(town: Town) -> int:
    """How many missed check-ins the month's figures count."""
    home, now = town.program.home, town.clock.now()
    place = await town.area_id("c1")
    return (
        await town.read(lambda tx: figures.count(tx, home, place, figures.this_month(home, now), now=now))
    ).tally.missed


async def test_everything_is_taken_back_and_nobody_is_asked_any_more(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhang = await taken_on(town, wang, "Zhang")
    assert await missed(town) == 1
    person = (await town.person(zhang)).id
    await li.presses("Record what I found")
    await li.reads("What did you find")
    await li.presses("Has died")
    await li.reads("Has Zhang died?")
    await town.quiet()
    alert = await town.read(lambda tx: alerts.open_for(tx, person))
    assert alert is not None
    assert alert.state is AlertState.TAKEN, "said once it changes nothing"
    await li.presses("🕯 Yes, that is so")
    await wang.reads("🕯 Zhang has died")
    assert told(wang, "Please speak with the family yourself")
    await town.quiet()
    assert not told(wang, "has died; thank you"), "the card says it"
    assert await missed(town) == 0
    rows = await town.read(lambda tx: checkins.of_person(tx, person, 9))
    assert {one.state for one in rows} == {CheckInState.EXCUSED}
    ended = await town.read(lambda tx: alerts.see(tx, alert.id))
    assert ended is not None
    assert ended.outcome is AlertOutcome.DECEASED
    assert await town.read(lambda tx: plans.of_person(tx, person)) is None
    shown = len(zhang.screen())
    await town.passes(days=1)
    await town.passes(days=7)
    assert len(zhang.screen()) == shown, "nothing goes to that telephone any more"
    await wang.sends("/care")
    await wang.reads("Nobody is cared for here yet")
    await wang.sends("/today")
    await wang.reads("Nobody has been asked today yet")


async def test_what_waits_for_their_telephone_is_withdrawn_even_when_it_is_leased(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhang = await taken_on(town, wang, "Zhang")
    person = (await town.person(zhang)).id
    number = (await town.read(lambda tx: checkins.of_person(tx, person, 1)))[0].id
    now = town.clock.now()

    def queued(tx: Transaction) -> None:
        """One waits for its time, one is held by a copy that has died since."""
        for _ in range(2):
            telling.tell(tx, person, CheckInAsked(number), now=now)
        tx.run(
            "UPDATE outbox SET send_at = send_at + 1000000 WHERE person_id = :id AND send_at IS NOT NULL",
            {"id": person},
        )
        tx.run(
            "UPDATE outbox SET holder = 'gone' WHERE id = (SELECT MAX(id) FROM outbox WHERE person_id = :id)",
            {"id": person},
        )

    await town.write(queued)
    shown = len(zhang.screen())
    await li.presses("Record what I found")
    await li.reads("What did you find")
    await li.presses("Has died")
    await li.reads("Has Zhang died?")
    await li.presses("🕯 Yes, that is so")
    await wang.reads("🕯 Zhang has died")
    left = await town.read(
        lambda tx: tx.all("SELECT holder FROM outbox WHERE person_id = :id AND send_at IS NOT NULL", {"id": person})
    )
    assert [row["holder"] for row in left] == ["gone"]
    await town.write(
        lambda tx: tx.run(
            "UPDATE outbox SET send_at = 1, holder = NULL WHERE person_id = :id AND holder = 'gone'", {"id": person}
        )
    )
    town.program.delivery.wake()
    await town.quiet()
    assert len(zhang.screen()) == shown


async def test_a_letter_that_waits_for_its_turn_in_our_hands_is_not_said(town: Town) -> None:
    """Leased, worded, and held back by the pace: it is dropped before its turn comes."""
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    _, zhang = await taken_on(town, wang, "Zhang")
    person, coordinator = (await town.person(zhang)).id, await town.person(wang)
    number = (await town.read(lambda tx: checkins.of_person(tx, person, 1)))[0].id
    home, now = town.program.home, town.clock.now()
    town.program.delivery._pace.refused(zhang.id, seconds=2, at=town.program.delivery._monotonic())
    await town.write(lambda tx: telling.tell(tx, person, CheckInAsked(number), now=now))
    town.program.delivery.wake()
    held = "SELECT id FROM outbox WHERE person_id = :id AND holder IS NOT NULL"
    async with asyncio.timeout(5):
        while not await town.read(lambda tx: tx.all(held, {"id": person})):
            await town.stirs()
    shown = len(zhang.screen())
    await town.write(lambda tx: cases.say(tx, persons.actor(tx, coordinator), home, person, now=now))
    town.program.delivery.wake()
    await town.quiet()
    assert len(zhang.screen()) == shown


async def test_family_reads_nothing_of_it_on_a_screen(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    mei = await town.resident("Mei", language="en")
    li, zhang = await taken_on(town, wang, "Zhang")
    person, daughter = (await town.person(zhang)).id, (await town.person(mei)).id

    def family(tx: Transaction) -> None:
        plan = plans.of_person(tx, person)
        assert plan is not None
        plans.add_contact(tx, plan.id, plans.Contact("Mei", "daughter", "+8613900001111", daughter))

    await town.write(family)
    await li.presses("I can't go after all")
    await town.quiet()
    for minutes in (10, 10, 15, 15):
        await town.passes(minutes=minutes)
    await mei.reads("Zhang has not answered")
    await li.presses("I'll look")
    await mei.reads("Li looks after Zhang")
    await town.quiet()
    await died(town, li)
    await wang.reads("🕯 Zhang has died")
    await town.quiet()
    assert told(wang, "☎️ Mei (daughter): +8613900001111")
    assert told(mei, "Somebody from the community speaks with you")
    for words in ("has died", "Has died", "🕯"):
        assert not told(mei, words)
    await town.passes(hours=8)  # the next day: the telephone has left the card
    assert not told(wang, "+8613900001111")
    assert not told(wang, "This was a mistake")


async def test_a_mistake_is_mended_the_same_day(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhang = await taken_on(town, wang, "Zhang")
    person = (await town.person(zhang)).id
    await died(town, li)
    await wang.reads("🕯 Zhang has died")
    await zhang.sends("🌞 I'm well")
    await wang.reads("Somebody has just written from Zhang's telephone")
    await zhang.reads("Somebody from the community gets in touch")
    await zhang.sends("Hello?")
    await town.quiet()
    assert sum("Somebody has just written" in shown.text for shown in wang.screen()) == 1
    await wang.presses("↩️ This was a mistake")
    await wang.reads("Their plan waits for their yes again")
    await li.reads("What was said of Zhang was a mistake")
    await zhang.reads("may I ask you every day")
    assert await missed(town) == 1
    await wang.presses("Ill")
    await town.quiet()
    found = await town.read(lambda tx: tx.all("SELECT id, outcome FROM alerts"))
    assert [row["outcome"] for row in found] == ["ill"]
    await zhang.presses("Yes, please")
    await zhang.reads("The first question comes")
    plan = await town.read(lambda tx: plans.of_person(tx, person))
    assert plan is not None
    assert plan.state is PlanState.ACTIVE
    await town.passes(hours=13)  # 08:00
    await zhang.reads("Good morning")
    message = next(shown for shown in wang.screen() if not shown.mine)
    toast = await wang.taps_code("qd:1", message)
    assert toast
    assert toast.alert, "it was taken back already"


async def test_the_day_after_it_stands(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, _ = await taken_on(town, wang, "Zhang")
    await died(town, li)
    await wang.reads("🕯 Zhang has died")
    await town.passes(hours=7)
    message = next(shown for shown in wang.screen() if not shown.mine)
    toast = await wang.taps_code("qd:1", message)
    assert toast
    assert "cannot be taken back any more" in (toast.text or "")


async def test_said_from_the_plan_and_lists_and_requests_wait_for_nobody(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang, chen = await cared_for(town, wang, "Zhang"), await cared_for(town, wang, "Chen")
    for phone in (zhang, chen):
        await asked_by(town, wang, phone, Channel.KNOCK)
    await zhang.sends("The lamp in my kitchen is broken")
    await zhang.reads("Is this right")
    await zhang.presses("Post it")
    await zhang.reads("unit and door")
    await zhang.sends("unit 2 door 301")
    await zhang.reads("Posted")
    await town.quiet()
    await town.passes(hours=8, minutes=30)  # 17:30
    await li.reads("2 left, by 19:00")
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Zhang")
    await town.quiet()
    await wang.presses("🕯 Has died")
    await wang.reads("Has Zhang died?")
    await wang.presses("↩️ No, the wrong key")
    await town.quiet()
    assert not await town.read(lambda tx: tx.all("SELECT id FROM farewells"))
    await wang.presses("🕯 Has died")
    await wang.reads("Has Zhang died?")
    await wang.presses("🕯 Yes, that is so")
    await wang.reads("1 request of theirs is still open")
    await li.reads("Zhang has died; thank you for having been there")
    await town.quiet()
    listed = next(shown.text for shown in li.screen() if "left, by 19:00" in shown.text)
    assert "1 left" in listed
    assert "Zhang" not in listed
    await li.presses("Seen and well")
    await town.quiet()
    await li.presses("I'll help")
    await town.quiet()
    shown = len(zhang.screen())
    await town.passes(days=16)
    assert len(zhang.screen()) == shown
    need = (await town.read(lambda tx: tx.all("SELECT state, act_at FROM needs")))[0]
    assert (need["state"], need["act_at"]) == ("open", None)


async def test_a_telephone_that_somebody_starts_anew_is_theirs(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhang = await taken_on(town, wang, "Zhang")
    before = (await town.person(zhang)).id
    await died(town, li)
    await wang.reads("🕯 Zhang has died")
    await zhang.sends("/start")
    await town.quiet()
    assert (await town.person(zhang)).id != before
    await wang.reads("Somebody has just written from Zhang's telephone")
    await zhang.sends("/sos")
    await zhang.reads("Help is being called")


async def test_strangers_and_double_taps_change_nothing(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhang = await taken_on(town, wang, "Zhang")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    zhao = await town.helper("Zhao", language="en")
    person = (await town.person(zhang)).id
    forged = (f"qb:{person}", "qa:1", "qd:1", "qe:1:ill", "qe:1:deceased", "qb:99")
    for phone in (sunny, zhao, zhang):
        message = next(shown for shown in phone.screen() if not shown.mine)
        for code in forged:
            toast = await phone.taps_code(code, message)
            assert toast
            assert toast.alert, code
    assert not await town.read(lambda tx: tx.all("SELECT id FROM farewells"))
    await died(town, li)
    message = next(shown for shown in li.screen() if not shown.mine)
    toast = await li.taps_code(f"qb:{person}", message)
    assert toast
    assert not toast.alert
    for phone in (sunny, zhao, zhang, li):
        message = next(shown for shown in phone.screen() if not shown.mine)
        for code in ("qd:1", "qe:1:ill"):
            toast = await phone.taps_code(code, message)
            assert toast
            assert toast.alert, code
    made = await town.read(lambda tx: farewells.of_person(tx, person))
    assert made is not None
    message = next(shown for shown in wang.screen() if not shown.mine)
    for code in ("qe:1:ill", "qd:99"):
        toast = await wang.taps_code(code, message)
        assert toast
        assert toast.alert, f"{code}: it stands"


async def test_two_say_it_at_once(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    mei = await town.helper("Mei", Role.COORDINATOR, language="en")
    li, zhang = await taken_on(town, wang, "Zhang")
    person = (await town.person(zhang)).id
    messages = {phone: next(shown for shown in phone.screen() if not shown.mine) for phone in (wang, mei, li)}
    await asyncio.gather(*(phone.taps_code(f"qb:{person}", message) for phone, message in messages.items()))
    await town.quiet()
    assert len(await town.read(lambda tx: tx.all("SELECT id FROM farewells"))) == 1
    assert sum("has died." in shown.text for shown in wang.screen()) == 1


@pytest.mark.parametrize("outcome", ["Ill", "Had fallen"])
async def test_other_outcomes_are_recorded_by_one_tap_as_ever(town: Town, outcome: str) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, _ = await taken_on(town, wang, "Zhang")
    await li.presses("Record what I found")
    await li.reads("What did you find")
    await li.presses(outcome)
    await wang.reads(f"Zhang: {outcome}")
