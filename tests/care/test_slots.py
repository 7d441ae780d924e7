"""At which times somebody is asked: planned by taps, read as people write it, and asked accordingly."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import LastSlot, SlotsFull, TimeUnclear
from bot.domain.people import Role
from bot.domain.plans import Plan, PlanState
from bot.domain.slots import APART_MINUTES, SLOTS_AT_MOST, added, minutes_in, removed
from bot.storage import plans
from tests.care.enrolled import cared_for
from tests.journeys.conftest import Town, told

PLAN = Plan(1, 1, 1, 1, PlanState.ACTIVE)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("7:30", 450),
        ("晚上7点半", 1170),
        ("7点", 420),
        ("07：05", 425),
        ("7.30 pm", 1170),
        ("12:00", 720),
        ("21", 1260),
    ],
)
def test_a_time_is_read_as_people_write_it(words: str, minutes: int) -> None:
    assert minutes_in(words) == minutes


@pytest.mark.parametrize("words", ["soon", "25:00", "7:75", "", "早上"])
def test_what_is_no_time_is_said_to_be_none(words: str) -> None:
    with pytest.raises(TimeUnclear):
        minutes_in(words)


@settings(deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=1439), max_size=20))
def test_never_more_than_six_and_never_close_together(times: list[int]) -> None:
    plan = PLAN
    for minutes in times:
        try:
            plan = added(plan, minutes)
        except SlotsFull:
            continue
    found = [slot.minutes for slot in plan.slots]
    assert found == sorted(found)
    assert 2 <= len(found) <= SLOTS_AT_MOST
    assert all(later - earlier >= APART_MINUTES for earlier, later in pairwise(found))
    for minutes in found[1:]:
        plan = removed(plan, minutes)
    with pytest.raises(LastSlot):
        removed(plan, plan.slots[0].minutes)


async def test_times_are_planned_by_taps_and_asked_accordingly(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await wang.presses("⏰ Times")
    await wang.reads("When Zhang is asked")
    await wang.presses("✏️ Another time")
    await wang.reads("At what time?")
    await wang.sends("after lunch")
    await wang.reads("I could not read this time")
    await wang.sends("14:30")
    await wang.reads("⏰ 14:30 💬 every day")
    await wang.presses("⏹ 08:00")
    await town.quiet()
    await wang.presses("18:00 → 📞")
    await town.quiet()
    assert told(wang, "⏰ 18:00 📞 every day")
    await town.passes(hours=5, minutes=30)  # 14:30
    await zhang.reads("Good")
    person = (await town.person(zhang)).id
    plan = await town.read(lambda tx: plans.of_person(tx, person))
    assert plan is not None
    assert [(slot.name, slot.channel.value) for slot in plan.slots] == [("14:30", "chat"), ("18:00", "call")]
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    message = next(shown for shown in sunny.screen() if not shown.mine)
    for code in (
        f"lt:{plan.id}",
        f"la:{plan.id}:420",
        f"lr:{plan.id}:870",
        f"lc:{plan.id}:870:knock",
        f"lw:{plan.id}:870:1",
    ):
        toast = await sunny.taps_code(code, message)
        assert toast
        assert toast.alert, code
