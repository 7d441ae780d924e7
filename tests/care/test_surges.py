"""While it is hot everybody is asked once more each day: turned on in one step, told once, and never asked twice."""

import asyncio

import pytest

from bot.domain.checkins import CheckIn
from bot.domain.people import Role
from bot.domain.plans import Channel, Plan, PlanState
from bot.services import surges as cases
from bot.storage import checkins, persons, plans
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.enrolled import asked_by, cared_for
from tests.care.shifts import on_duty
from tests.care.test_absences import away
from tests.journeys.conftest import Town, told


async def turned_on(town: Town, phone: Phone, kind: str = "🥵 Heat", *taps: str) -> None:
    """Some taps, and everybody is told."""
    await phone.sends("/surge")
    await phone.reads("What comes over you?")
    await phone.presses(kind)
    await phone.reads("each day at 14:00")
    for tap in taps:
        await phone.presses(tap)
        await town.quiet()
    await phone.presses("✅ Turn it on")
    await town.quiet()
    await town.passes(minutes=0)


async def asked(town: Town, phone: Phone) -> list[tuple[str, int, str]]:
    """Every check-in of this person: day, slot, state; the first first."""
    person = (await town.person(phone)).id
    rows: list[CheckIn] = await town.read(lambda tx: checkins.of_person(tx, person, 100))
    return sorted((one.day.isoformat(), one.slot, one.state.value) for one in rows)


async def test_everybody_is_told_once_and_asked_once_more_each_day(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    mei = await town.helper("Mei", Role.COORDINATOR, language="en")
    zhang, chen = await cared_for(town, wang, "Zhang"), await cared_for(town, wang, "Chen")
    sun = await town.resident("Sun", "b9", language="en")
    await turned_on(town, wang, "🥵 Heat", "1 day")
    await zhang.reads("It is very hot these days")
    assert told(zhang, "I also ask you at 14:00")
    await chen.reads("Dear Chen,")
    await mei.reads("Wang has turned this on")
    assert not told(sun, "very hot")
    await mei.sends("/today")
    await mei.reads("🥵 Heat in 幸福社区: once more at 14:00 until Mon, Mar 2 (Wang)")
    await town.passes(hours=5)  # 14:00
    await zhang.reads("Good afternoon, Zhang")
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    await town.passes(minutes=30)
    assert told(mei, "14:00: asked 2, well 1, waiting 1, missing 0")
    await town.passes(minutes=30)
    await wang.reads("Chen has not answered")
    await town.passes(hours=9)  # 00:00
    await town.passes(hours=14)  # 14:00
    assert [one for one in await asked(town, zhang) if one[1] == 14 * 60] == [("2026-03-02", 840, "answered")]
    await wang.sends("/today")
    await wang.reads("Today, Mar 3")
    assert not told(wang, "once more at 14:00")
    assert sum("very hot" in shown.text for shown in zhang.screen()) == 1


async def test_own_words_own_time_and_ended_early(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    mei = await town.helper("Mei", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await wang.sends("/surge")
    await wang.reads("What comes over you?")
    await wang.presses("🌀 Typhoon")
    await wang.reads("A typhoon is coming")
    await wang.presses("✏️ My own words")
    await wang.reads("What shall I tell everybody")
    await wang.sends("The wind comes on Tuesday. Please stay inside.")
    await wang.reads("The wind comes on Tuesday")
    await wang.presses("⏰ Another time")
    await wang.reads("Please write it like this")
    await wang.sends("whenever")
    await wang.reads("I could not read this time")
    await wang.sends("12:15")
    await wang.reads("each day at 12:15")
    await wang.presses("Tomorrow")
    await wang.reads("From Tue, Mar 3 to Thu, Mar 5")
    assert not told(zhang, "The wind comes"), "nothing is sent before it is turned on"
    sealed = await town.read(lambda tx: tx.all("SELECT words FROM surges"))
    assert "wind" not in str(dict(sealed[0]))
    await wang.presses("✅ Turn it on")
    await town.quiet()
    await town.passes(minutes=0)
    await zhang.reads("The wind comes on Tuesday. Please stay inside.")
    assert told(zhang, "Until Thu, Mar 5 I also ask you at 12:15")
    await town.passes(hours=4)  # Monday, 13:00
    assert not told(zhang, "Good afternoon")
    await town.passes(hours=23, minutes=15)  # Tuesday, 12:15
    await zhang.reads("Good afternoon")
    await mei.presses("⏹ End it now")
    await wang.reads("Mei has ended it")
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    await town.passes(days=1)
    assert not [one for one in await asked(town, zhang) if one[:2] == ("2026-03-04", 12 * 60 + 15)]


async def test_whoever_is_asked_then_anyway_is_asked_once_and_visits_come_half_an_hour_before(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang, chen = await cared_for(town, wang, "Zhang"), await cared_for(town, wang, "Chen")
    person = await asked_by(town, wang, chen, Channel.KNOCK)

    def asked_at_two(tx: Transaction) -> None:
        plan = plans.of_person(tx, person)
        assert plan is not None
        tx.run("UPDATE plans SET slots = slots || ',960:chat:127' WHERE person_id <> :id", {"id": person})

    await town.write(asked_at_two)
    await turned_on(town, wang, "🥶 Cold", "16:00", "1 day")
    await chen.reads("somebody also looks in on you around 16:00")
    await town.passes(hours=6, minutes=29)  # 15:29
    assert not told(li, "Visits")
    await town.passes(minutes=1)
    await li.reads("1 left, by 17:00")
    await chen.reads("Li knocks at your door")
    await town.passes(minutes=30)  # 16:00
    await town.passes(minutes=1)
    assert sum("Good afternoon" in shown.text for shown in zhang.screen()) <= 1
    assert [one for one in await asked(town, chen) if one[1] == 960] == [("2026-03-02", 960, "asked")]
    visits = await town.read(lambda tx: tx.all("SELECT checkin_id FROM knocks"))
    assert len(visits) == 1


async def test_whoever_is_away_is_not_asked_and_whoever_comes_later_hears_it_with_the_question(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await away(town, wang, "travelling", "1 day")
    await turned_on(town, wang)
    chen = await cared_for(town, wang, "Chen")
    await town.passes(hours=5)  # 14:00
    await chen.reads("Good afternoon")
    shown = [one.text for one in chen.screen()]
    assert next(at for at, text in enumerate(shown) if "very hot" in text) < next(
        at for at, text in enumerate(shown) if "Good afternoon" in text
    )
    assert not told(zhang, "very hot")
    assert await asked(town, zhang) == []
    await chen.presses("I'm well")
    await town.passes(hours=10)  # Tuesday, 00:00: they are back
    await town.passes(hours=8)
    await zhang.presses("I'm well")
    await town.passes(hours=6)  # 14:00
    await zhang.reads("Good afternoon")
    assert told(zhang, "very hot")


async def test_what_passed_while_the_program_was_down_is_told_day_by_day(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await turned_on(town, wang)
    await town.sleeps()
    town.clock.advance(2 * 86400)  # Wednesday, 09:00
    await town.wakes()
    await town.passes(minutes=0)
    await town.passes(minutes=0)
    assert [one for one in await asked(town, zhang) if one[1] == 840] == [
        ("2026-03-02", 840, "not_asked"),
        ("2026-03-03", 840, "not_asked"),
    ]
    await town.passes(hours=5)
    await zhang.reads("Good afternoon")


async def test_two_coordinators_turn_on_the_same_at_once(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    mei = await town.helper("Mei", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    for phone in (wang, mei):
        await phone.sends("/surge")
        await phone.reads("What comes over you?")
        await phone.presses("🥵 Heat")
        await phone.reads("each day at 14:00")
    await asyncio.gather(wang.presses("✅ Turn it on"), mei.presses("✅ Turn it on"))
    await town.quiet()
    on = await town.read(lambda tx: tx.all("SELECT id FROM surges WHERE begun_at IS NOT NULL"))
    assert len(on) == 1
    for phone in (wang, mei):  # tapped twice
        await phone.sends("/surge")
        await phone.reads("once more at 14:00")
        await phone.presses("Show: ")
        await phone.reads("has turned this on")
    await town.passes(minutes=0)
    await town.passes(hours=5)
    assert sum("Good afternoon" in shown.text for shown in zhang.screen()) == 1
    assert sum("very hot" in shown.text for shown in zhang.screen()) == 1


async def test_nobody_turns_anything_on_where_they_are_not_in_charge(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await wang.sends("/surge")
    await wang.reads("What comes over you?")
    await wang.presses("🥵 Heat")
    await wang.reads("each day at 14:00")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    here = await town.area_id("c1")
    forged = ("zc:1:5", "zd:1:1", "ze:1:600", "zf:1", "zg:1", "zh:1", "zi:1", "zj:1", "zk:1", f"zb:heat:{here}")
    for phone, codes in ((zhang, (*forged, "za:heat")), (sunny, (*forged, "za:nonsense", "zb:nonsense:1"))):
        message = next(shown for shown in phone.screen() if not shown.mine)
        for code in codes:
            toast = await phone.taps_code(code, message)
            assert toast
            assert toast.alert, code
    await zhang.sends("/surge")
    await zhang.reads("This is for somebody else to do")
    message = next(shown for shown in wang.screen() if not shown.mine)
    for code in ("zc:1:0", "zc:1:31", "zd:1:-1", "zd:1:7", "ze:1:1440", "ze:1:-1", "zj:1", "zh:99"):
        toast = await wang.taps_code(code, message)
        assert toast
        assert toast.alert, code
    assert not await town.read(lambda tx: tx.all("SELECT id FROM surges WHERE begun_at IS NOT NULL"))


async def crowd(town: Town, people: int) -> None:
    """People without a telephone who are cared for."""
    home, now = town.program.home, town.clock.now()
    building = await town.area_id("b2")

    def settle(tx: Transaction) -> None:
        for at in range(people):
            user_id = 10**9 + at
            person = persons.make(
                tx, bot_id=home.bot_id, user_id=user_id, name=f"P{at}", language=home.language, now=now
            )
            plan = Plan(0, home.bot_id, person.id, building, PlanState.ACTIVE)
            assert plans.make(tx, plan, proposed_by=person.id) is not None
        tx.run("UPDATE accounts SET unreachable_at = 1 WHERE user_id BETWEEN 1000000000 AND 1000000999")

    await town.write(settle)


async def test_when_half_of_them_are_missing_at_that_time_the_system_is_suspected(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await crowd(town, 10)
    await turned_on(town, wang, "🥵 Heat", "1 day")
    await town.passes(hours=5)  # 14:00
    await town.passes(hours=1)
    await wang.reads("10 people in 幸福社区 have not answered at 14:00")
    alerts = await town.read(lambda tx: tx.all("SELECT id FROM alerts WHERE state <> 'closed'"))
    assert len(alerts) == 10


async def test_a_city_is_asked_in_batches_and_one_broken_plan_stops_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "BATCH", 5)
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await turned_on(town, wang, "🥵 Heat", "1 day")
    await crowd(town, 13)
    await town.write(
        lambda tx: tx.run("UPDATE plans SET slots = '480:nonsense:127' WHERE id = (SELECT MAX(id) FROM plans)")
    )
    town.clock.advance(5 * 3600)  # 14:00
    await town.program.tick()
    rows = await town.read(lambda tx: tx.all("SELECT COUNT(*) AS n, COUNT(DISTINCT person_id) AS p FROM checkins"))
    assert (rows[0]["n"], rows[0]["p"]) == (13, 13)
    failed = await town.read(lambda tx: tx.all("SELECT subject FROM failures"))
    assert len({row["subject"] for row in failed}) == 1
    await town.write(lambda tx: tx.run("DELETE FROM failures"))
    await town.write(lambda tx: tx.run("UPDATE plans SET slots = '480:chat:127' WHERE slots LIKE '%nonsense%'"))
    await zhang.reads("Good afternoon")
    await town.passes(minutes=1)
    rows = await town.read(lambda tx: tx.all("SELECT COUNT(DISTINCT person_id) AS p FROM checkins WHERE slot = 840"))
    assert rows[0]["p"] == 14
