"""A care plan is planned in the chat: whom to tell, how long to wait, the home, the neighbour; and people without a chat."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.alerts import DEFAULT_LADDER, Ladder, Rung, Whom, ladder_text, parse_ladder
from bot.domain.enrolments import Enrolment, enrolment_in
from bot.domain.errors import ButtonInvalid, EnrolmentUnclear, LadderFull, PatienceUnclear, RungStays
from bot.domain.patience import written
from bot.domain.people import Role
from bot.domain.plans import Plan, PlanState
from bot.domain.rungs import POSSIBLE, RUNGS_AT_MOST, Owner, rung_of, set_to, without
from bot.storage import alerts, plans
from sandbox import Phone
from tests.care.enrolled import cared_for, last
from tests.care.shifts import on_duty
from tests.journeys.conftest import Town, told

PLAN = Plan(1, 1, 1, 1, PlanState.ACTIVE)


async def opens(town: Town, wang: Phone, name: str, *keys: str) -> None:
    """The coordinator opens somebody's plan and taps on."""
    await wang.sends("/care")
    await town.quiet()
    for key in (name, *keys):
        await wang.presses(key)
        await town.quiet()


async def plan_of(town: Town, phone: Phone) -> Plan:
    """The plan of whoever has this telephone."""
    person = await town.person(phone)
    found = await town.read(lambda tx: plans.of_person(tx, person.id))
    assert found is not None
    return found


# --- ladders ---


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(POSSIBLE), st.integers(0, 180), st.booleans()), max_size=40))
def test_a_ladder_keeps_its_order_its_names_and_its_coordinators(changes: list[tuple[Rung, int, bool]]) -> None:
    ladder: Ladder = DEFAULT_LADDER
    for rung, minutes, drop in changes:
        try:
            ladder = without(ladder, rung.name) if drop else set_to(ladder, rung_of(rung.name, minutes))
        except (LadderFull, RungStays):
            continue
    assert [rung.after_minutes for rung in ladder] == sorted(rung.after_minutes for rung in ladder)
    assert len({rung.name for rung in ladder}) == len(ladder) <= RUNGS_AT_MOST
    assert any(rung.whom is Whom.COORDINATORS for rung in ladder)
    assert parse_ladder(ladder_text(ladder)) == ladder


@pytest.mark.parametrize("name", ["", "duty1", "contacts10", "nobody", "contacts-1", "duty,street"])
def test_a_forged_rung_is_none(name: str) -> None:
    with pytest.raises(ButtonInvalid):
        rung_of(name, 5)


@pytest.mark.parametrize("code", ["", "plan", "plan-", "plan--1", "need-3", "plan-1-2", "area-" + "9" * 40, "plan-²"])
def test_a_forged_owner_is_none(code: str) -> None:
    with pytest.raises(ButtonInvalid):
        Owner.parse(code)


async def test_a_person_has_a_ladder_of_their_own_and_everybody_else_the_communitys(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang, chen = await cared_for(town, wang, "Zhang"), await cared_for(town, wang, "Chen")
    # Zhang's coordinators hear at once, and the duty five minutes later.
    await opens(town, wang, "Zhang", "Who is told")
    await wang.reads("This is the community's ladder. A tap gives Zhang one of their own.")
    await wang.presses("15 min: the coordinators")
    await wang.reads("After how many minutes do I tell the coordinators?")
    await wang.presses("at once")
    await town.quiet()
    await wang.presses("0 min: whoever is on duty")
    await wang.reads("After how many minutes do I tell whoever is on duty?")
    await wang.presses("5 min")
    await town.quiet()
    # Chen's are those of the community, where the coordinators hear after 30 minutes.
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Who is told in")
    await town.quiet()
    await wang.reads("Who is told when somebody in")
    await wang.presses("15 min: the coordinators")
    await wang.reads("After how many minutes")
    await wang.presses("30 min")
    await town.quiet()
    await town.passes(hours=9)  # 18:00
    await town.passes(hours=1)  # 19:00: the grace is over
    people = {name: (await town.person(phone)).id for name, phone in (("Zhang", zhang), ("Chen", chen))}
    opened = {alert.person_id: alert for alert in await town.read(lambda tx: alerts.open_among(tx, people.values()))}
    assert ladder_text(opened[people["Zhang"]].ladder).startswith("0:coordinators,5:duty,5:neighbour")
    assert ladder_text(opened[people["Chen"]].ladder) == "0:duty,5:neighbour,25:contacts,30:coordinators,40:street"
    assert told(wang, "Zhang has not answered")
    assert not told(wang, "Chen has not answered")
    assert told(li, "Chen has not answered")
    assert not told(li, "Zhang has not answered")
    # A running alert keeps the ladder that it began with.
    await opens(town, wang, "Zhang", "Who is told", "As in the whole community")
    assert (await plan_of(town, zhang)).ladder == ()
    await town.passes(minutes=5)
    assert told(li, "Zhang has not answered")


async def test_the_coordinators_stay_on_every_ladder(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    plan = await plan_of(town, zhang)
    await opens(town, wang, "Zhang", "Who is told")
    await wang.presses("15 min: the coordinators")
    await wang.reads("After how many minutes")
    assert not told(wang, "Do not tell them")
    message = next(shown for shown in wang.screen() if not shown.mine)
    toast = await wang.taps_code(f"ru:plan-{plan.id}:coordinators", message)
    assert toast is not None
    assert toast.text is not None
    assert "The coordinators stay" in toast.text
    sun = await town.resident("Sun", language="en")
    message = next(shown for shown in sun.screen() if not shown.mine)
    place = await town.area_id("c1")
    for code in (f"rs:plan-{plan.id}:duty:5", f"rs:area-{place}:duty:5", f"rf:{plan.id}", "rs:area-999:duty:5", "rl:x"):
        toast = await sun.taps_code(code, message)
        assert toast is not None
        assert toast.alert, code
    assert (await plan_of(town, zhang)).ladder == ()


# --- waiting ---


@pytest.mark.parametrize(
    ("words", "grace", "nudges"),
    [("45 20 5", 45, (20, 5)), ("90", 90, ()), ("60分钟，提前30、10", 60, (30, 10)), ("30 5 20 20", 30, (20, 5))],
)
def test_minutes_are_read_as_people_write_them(words: str, grace: int, nudges: tuple[int, ...]) -> None:
    plan = written(PLAN, words)
    assert (plan.grace_minutes, plan.nudges) == (grace, nudges)


@pytest.mark.parametrize("words", ["", "soon", "10", "500", "30 40", "60 50 40 30 20", "60 0"])
def test_minutes_that_do_not_fit_are_refused(words: str) -> None:
    with pytest.raises(PatienceUnclear):
        written(PLAN, words)


async def test_somebody_is_waited_for_as_long_as_they_need(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await opens(town, wang, "Zhang", "Waiting")
    await wang.reads("60 minutes to answer")
    await wang.presses("Other minutes")
    await wang.reads("How many minutes to answer")
    await wang.sends("ten")
    await wang.reads("Please write them like this: 45 20 5")
    await wang.sends("90 45")
    await wang.reads("reminded 45 minutes before the end")
    await wang.presses("🌅 0")
    await wang.reads("a sign of life before the question does not answer it")
    await town.passes(hours=8, minutes=30)  # 17:30
    await zhang.sends("I am going for a walk")
    await town.quiet()
    await town.passes(minutes=30)  # 18:00
    await zhang.reads("Good evening")
    await town.passes(minutes=45)
    await zhang.reads("We have not heard from you yet")
    person = await town.person(zhang)
    assert (await last(town, person.id)).state.value == "asked", "what was said before the question does not answer it"
    await town.passes(minutes=44)
    assert (await last(town, person.id)).state.value == "asked"
    await town.passes(minutes=1)
    assert (await last(town, person.id)).state.value == "alert"


# --- the home and the neighbour ---


async def test_whoever_goes_reads_whether_one_may_come_in(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await cared_for(town, wang, "Zhang")
    await zhang.reads("may they come in")
    await zhang.presses("Yes, they may come in")
    await zhang.reads("which door is yours?")
    await zhang.presses("Write my door")
    await zhang.reads("door")
    await zhang.sends("2-301 13800138000")
    await town.quiet()
    await opens(town, wang, "Zhang", "Home")
    home = await wang.reads("At Zhang's")
    assert "Door: known" in home.text
    assert "2-301" not in home.text
    await town.passes(hours=9)
    await town.passes(hours=1)
    await li.reads("Zhang has not answered")
    await li.presses("I'll look")
    await li.reads("They agree that somebody comes in")
    await zhang.presses("No, please ring first")
    await zhang.reads("They ring and knock first")


async def test_a_neighbour_is_chosen_asked_told_and_may_step_back(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    sun, chen = await town.resident("Sun", language="en"), await town.resident("Chen", "b3", language="en")
    await on_duty(town, wang, "Li")
    zhang = await cared_for(town, wang, "Zhang")
    await opens(town, wang, "Zhang", "Home", "Choose a neighbour")
    listed = await wang.reads("Whom has Zhang chosen?")
    assert [row[0]["text"].split(" ")[0] for row in listed.buttons] == ["Sun", "Chen"], (
        "whoever lives nearest comes first"
    )
    await wang.presses("Sun")
    await wang.reads("Sun is asked and has not answered yet")
    await sun.reads("Zhang")
    # Nobody else can answer for Sun, and a no is heard.
    plan = await plan_of(town, zhang)
    message = next(shown for shown in chen.screen() if not shown.mine)
    toast = await chen.taps_code(f"hob:{plan.id}:1", message)
    assert toast is not None
    assert toast.alert
    await sun.presses("Yes, gladly")
    await wang.reads("Sun looks after Zhang as a neighbour")
    await town.passes(hours=9)
    await town.passes(hours=1)
    assert not told(sun, "has not answered")
    await town.passes(minutes=5)
    await sun.reads("Zhang has not answered")
    await sun.presses("I can't any more")
    await sun.reads("Nobody counts on you as a neighbour here now")
    await wang.reads("Sun cannot be Zhang's neighbour")
    assert (await plan_of(town, zhang)).neighbour_id is None


async def test_a_coordinator_chooses_the_language_and_writes_down_the_door(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await opens(town, wang, "Zhang", "Home", "Ask in Chinese")
    await wang.reads("Is asked in Chinese")
    await wang.presses("Door and telephone")
    await wang.reads("Which door, and which telephone?")
    await wang.sends("３单元102 13900139000")
    await wang.reads("Door: known")
    person = await town.person(zhang)
    assert (person.door, person.telephone) == ("3单元102", "+8613900139000")
    await town.passes(hours=9)
    await zhang.reads("晚上好")


# --- without a chat ---


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("张秀兰 13800138000 2单元301", Enrolment("张秀兰", "+8613800138000", "2单元301")),
        ("张秀兰，13800138000，2单元301", Enrolment("张秀兰", "+8613800138000", "2单元301")),
        ("张秀兰 2单元301", Enrolment("张秀兰", None, "2单元301")),
        ("张秀兰 13800138000", Enrolment("张秀兰", "+8613800138000", None)),
    ],
)
def test_who_somebody_is_is_read_as_people_write_it(words: str, found: Enrolment) -> None:
    assert enrolment_in(words) == found


@pytest.mark.parametrize("words", ["", "张秀兰", "13800138000", "2单元301 13800138000"])
def test_who_cannot_be_read_is_asked_for_again(words: str) -> None:
    with pytest.raises(EnrolmentUnclear):
        enrolment_in(words)


async def test_somebody_without_a_chat_is_enrolled_and_rung(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Somebody new")
    await town.quiet()
    await wang.presses("Somebody without this chat")
    await wang.reads("In which building")
    await wang.presses("第一网格")
    await town.quiet()
    await wang.presses("1号楼")
    await wang.reads("Please write name, telephone and door")
    await wang.sends("张秀兰")
    await wang.reads("I need a name, and a telephone or a door")
    await wang.sends("张秀兰 13800138000 2单元301")
    card = await wang.reads("张秀兰: waiting for their yes")
    assert "📞" in card.text
    await wang.presses("I have heard them agree")
    await wang.reads("张秀兰: is asked")
    await town.passes(hours=8, minutes=30)  # 17:30
    await li.reads("Calls")
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Somebody new")
    await town.quiet()
    await wang.presses("Somebody without this chat")
    await town.quiet()
    await wang.presses("第一网格")
    await town.quiet()
    await wang.presses("1号楼")
    await wang.reads("Please write name")
    await wang.sends("张秀兰 13800138000 2单元301")
    await wang.reads("They are cared for already")
