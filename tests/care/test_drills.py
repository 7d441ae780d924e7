"""Drills: clearly marked, for one volunteer or the whole chain, with a report; nothing real is touched by them."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alerts import DEFAULT_LADDER, AlertState, Whom
from bot.domain.drills import Drill, DrillEnd, practice_ladder
from bot.domain.errors import DrillRuns
from bot.domain.people import Person, Role
from bot.services import drills as cases
from bot.storage import alerts, drills, persons
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.enrolled import cared_for
from tests.care.shifts import here, on_duty, planned_in_chinese
from tests.journeys.conftest import Town, told

MARK = "🧪 Practice: nobody is in danger"


async def running(town: Town) -> Drill | None:
    """The drill that runs in the community."""
    area_id = await town.area_id("c1")
    return await town.read(lambda tx: drills.running(tx, area_id))


async def starts(town: Town, wang: Phone, what: str) -> None:
    """The coordinator starts one."""
    await wang.sends("/drill")
    await wang.reads("who is to practise?")
    await town.quiet()
    await wang.presses(what)
    await town.quiet()


async def test_the_whole_chain_practises_and_its_times_are_reported(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhao = await town.helper("Zhao", Role.LEADER, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    before = len(zhang.screen())
    await starts(town, wang, "a minute a step")
    card = await li.reads("Imagine that somebody has not answered")
    assert card.text.startswith(MARK)
    assert not told(zhao, "Practice")
    await town.passes(minutes=0.5)
    await li.presses("I'll look (practice)")
    await li.reads("How soon would you be there?")
    await li.presses("15 minutes")
    await li.reads("there at")
    await li.presses("Done (practice)")
    await li.reads("You answered after 30 seconds")

    # It goes on up the chain, for the chain is what is practised.
    await town.passes(minutes=0.5)
    await zhao.reads("Imagine that somebody has not answered")
    await zhao.blocks()
    await town.passes(minutes=1)
    await wang.reads("Imagine that somebody has not answered")
    await town.passes(minutes=1)
    report = await wang.reads("Taken first by Li, 30 seconds after the start")
    assert report.text.startswith(MARK)
    assert told(wang, "✅ Li (on duty): reached 09:00, answered after 30 seconds, done")
    assert told(wang, "⚠️ Nobody there: street")
    assert told(wang, "⏳ Wang (coordinator): reached")
    await town.passes(minutes=11)
    await wang.reads("Over: its time has passed")
    assert await running(town) is None
    assert len(zhang.screen()) == before, "who is cared for hears nothing"
    assert await town.read(lambda tx: tx.all("SELECT id FROM alerts")) == []
    await wang.sends("/month")
    await wang.reads("1 practice alert")
    assert not told(wang, "1 alert\n")


async def test_who_cannot_be_reached_is_reported(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await town.helper("Li", language="en")
    await li.blocks()
    await town.quiet()
    await starts(town, wang, "One volunteer")
    await wang.reads("One tap starts it")
    await wang.presses("Li")
    await wang.reads("🔇 Li (on duty): could not be reached")
    assert told(wang, "nobody could be reached")


async def test_one_volunteer_practises_in_chinese_and_it_ends_with_their_done(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    await planned_in_chinese(town, wang, "小赵")
    await here(town, zhao)
    await wang.sends("/drill")
    await wang.reads("由谁来练")
    await wang.presses("一位志愿者")
    await wang.reads("点一下就开始")
    await wang.presses("小李")
    card = await li.reads("请假设有人没有报平安")
    assert card.text.startswith("🧪 演练：没有人遇到危险")
    await town.passes(minutes=3)
    await li.presses("我去看看（演练）")
    await li.reads("您多久能到")
    await li.presses("完成（演练）")
    await wang.reads("联系上的人都完成了")
    assert told(wang, "小李最先接下，用了3 分钟")
    assert not told(zhao, "演练"), "nobody else hears of it"
    await li.reads("演练结束了")


async def test_a_real_alert_in_a_drill_goes_its_own_way_and_ends_nothing(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await cared_for(town, wang, "Zhang")
    await starts(town, wang, "real minutes")
    await li.reads("Imagine that somebody has not answered")
    await zhang.sends("/sos")
    await li.reads("Zhang asks for help")
    await li.presses("I'll look (practice)")
    await li.reads("How soon would you be there?")
    person = (await town.person(zhang)).id
    alert = await town.read(lambda tx: alerts.open_for(tx, person))
    assert alert is not None
    assert alert.state is AlertState.OPEN, "what is practised takes nothing real on"
    await wang.sends("/drill")
    await wang.reads("A practice alert is running in 幸福社区")
    await wang.presses("End the practice")
    await wang.reads("it was ended by hand")
    await li.reads("The practice in 幸福社区 is over")
    assert await running(town) is None
    again = await town.read(lambda tx: alerts.open_for(tx, person))
    assert again is not None
    assert again.state is AlertState.OPEN


async def test_whoever_is_looked_after_themselves_can_practise(town: Town) -> None:
    """An open alert about a volunteer does not keep them from a drill, and the drill does not touch it."""
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    await li.sends("/sos")
    await wang.reads("Li asks for help")
    await starts(town, wang, "a minute a step")
    await li.reads("Imagine that somebody has not answered")
    await li.presses("I'll look (practice)")
    await li.reads("How soon would you be there?")
    person = (await town.person(li)).id
    assert await town.read(lambda tx: alerts.open_for(tx, person)) is not None


async def test_only_one_at_a_time_and_only_by_who_is_in_charge(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    zhang = await town.resident("Zhang", language="en")
    await starts(town, wang, "real minutes")
    area_id, person = await town.area_id("c1"), (await town.person(li)).id
    drill = await running(town)
    assert drill is not None
    codes = (f"yc:{area_id}:1", f"yw:{area_id}:0", f"yo:{area_id}:{person}", f"yx:{drill.id}", f"yr:{drill.id}")
    practised = (f"yt:{drill.id}", f"ya:{drill.id}:5", f"yd:{drill.id}")
    for phone in (sunny, zhang):
        message = next(shown for shown in phone.screen() if not shown.mine)
        for code in (*codes, *practised, "yt:99", "yx:99", f"yo:{area_id}:999999"):
            toast = await phone.taps_code(code, message)
            assert toast, code
            assert toast.alert, code
        await phone.sends("/drill")
        if phone is zhang:
            await phone.reads("This is for somebody else to do")
    message = next(shown for shown in wang.screen() if not shown.mine)
    toast = await wang.taps_code(f"yc:{area_id}:0", message)
    assert toast
    assert "A practice alert is running here already" in (toast.text or "")
    for code in (f"ya:{drill.id}:0", f"ya:{drill.id}:9999"):
        card = next(shown for shown in li.screen() if shown.says("Imagine"))
        refused = await li.taps_code(code, card)
        assert refused
        assert refused.alert
    assert (await running(town)) is not None


NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


@given(st.booleans(), st.lists(st.booleans(), min_size=10, max_size=10))
def test_a_drill_tries_each_rung_once_and_ends(quick: bool, reached: list[bool]) -> None:
    drill, now = Drill(1, 7, 1, 1, None, quick, practice_ladder(DEFAULT_LADDER, quick=quick), NOW, act_at=NOW), NOW
    for found in reached:
        if drill.climbed:
            break
        now = drill.act_at or now
        drill = drill.tried(now, reached=found)
    assert drill.climbed
    assert drill.act_at is not None
    assert drill.act_at > now, "there is time to answer the last one"
    assert now - NOW <= timedelta(minutes=40)
    ended = drill.end(DrillEnd.TIME, now)
    assert ended.act_at is None
    assert ended.end(DrillEnd.STOPPED, now) == ended
    assert Whom.CONTACTS not in {rung.whom for rung in drill.ladder}
    assert Whom.NEIGHBOUR not in {rung.whom for rung in drill.ladder}


async def test_two_who_start_one_at_the_same_time_start_one(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    chen = await town.helper("Chen", Role.COORDINATOR, language="en")
    people, area_id, home = (
        [await town.person(wang), await town.person(chen)],
        await town.area_id("c1"),
        town.program.home,
    )

    def start(person: Person) -> Callable[[Transaction], str]:
        def work(tx: Transaction) -> str:
            actor, now = persons.actor(tx, person), town.clock.now()
            try:
                cases.start(tx, actor, home, area_id, person_id=None, quick=True, now=now)
            except DrillRuns:
                return "runs"
            return "started"

        return work

    outcomes = await asyncio.gather(*(town.write(start(person)) for person in people))
    assert sorted(outcomes) == ["runs", "started"]
    assert len(await town.read(lambda tx: tx.all("SELECT id FROM drills"))) == 1


async def test_everybody_taps_at_once_and_each_keeps_their_own_time(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    phones = [await town.helper(name, Role.LEADER, language="en") for name in ("Li", "Zhao", "Sun")]
    await starts(town, wang, "a minute a step")
    for phone in phones:
        await phone.reads("Imagine that somebody has not answered")
    await asyncio.gather(*(phone.presses("I'll look (practice)") for phone in phones))
    for phone in phones:
        await phone.reads("How soon would you be there?")
    drill = await running(town)
    assert drill is not None
    taken = [part.taken_at for part in await town.read(lambda tx: drills.parts(tx, drill.id)) if part.taken_at]
    assert len(taken) == 3
    await wang.reads("⚠️ Nobody there: on duty")
