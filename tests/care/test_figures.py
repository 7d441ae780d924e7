"""A month in numbers, checked against a small one that was counted by hand."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.figures import spread
from bot.domain.people import Role
from tests.care.enrolled import cared_for
from tests.care.shifts import on_duty
from tests.journeys.conftest import Town, told


async def test_a_small_month_counted_by_hand(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li", "08:00–20:00")
    zhang, chen, sun = [await cared_for(town, wang, name) for name in ("Zhang", "Chen", "Sun")]
    await town.passes(hours=9)  # Monday, 18:00: three are asked
    for phone in (zhang, chen, sun):
        await phone.reads("Good evening")
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    await town.passes(hours=1)  # 19:00: two alerts
    await town.passes(minutes=6)
    await chen.presses("I'm well")  # late, nobody had gone: it ends by itself
    await chen.reads("hears that you are well")
    alert = next(shown for shown in li.screen() if "Sun has not answered" in shown.text)
    number = (await town.read(lambda tx: tx.all("SELECT id FROM alerts WHERE state = 'open'")))[0]["id"]
    await li.taps_code(f"at:{number}", alert)
    await town.passes(minutes=14)
    await li.taps_code(f"ac:{number}:fallen", alert)
    await wang.reads("Sun: Had fallen")
    await wang.sends("/month")
    month = (await wang.reads("3/2026 in 幸福社区")).text
    assert "3 questions" in month
    assert "answered in time 1, late 1, missed 1" in month
    assert "2 alerts" in month
    assert "reached people: 2, of them ill or injured: 1" in month
    assert "until somebody went: median 6 min, nine of ten 6 min, longest 6 min" in month
    assert "until it was known how they are: median 6 min, nine of ten 20 min, longest 20 min" in month
    assert "· No answer: 2" in month
    assert "· Had fallen: 1" in month
    assert "· Answered late: 1" in month
    assert "10 hours on duty" in month
    await wang.presses("‹ 2/2026")
    await wang.reads("Nothing happened in this month")
    assert not told(wang, "3/2026 in"), "another month is shown in the same message"
    await wang.presses("3/2026 ›")
    await wang.reads("3 questions")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    area_id = await town.area_id("c1")
    message = next(shown for shown in sunny.screen() if not shown.mine)
    for code in (f"fm:{area_id}:202603", f"fm:{area_id}:202613", f"fm:{area_id}:0", f"fm:{area_id}:999901"):
        toast = await sunny.taps_code(code, message)
        assert toast
        assert toast.alert, code
    await li.sends("/month")
    await li.reads("This is for somebody else to do")


@settings(deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=10**6), min_size=1))
def test_a_spread_is_ordered_and_holds_what_it_says(seconds: list[int]) -> None:
    found = spread(seconds)
    assert found is not None
    assert found.median <= found.ninth <= found.longest == round(max(seconds) / 60)
    within = sum(round(one / 60) <= found.ninth for one in seconds)
    assert within >= 0.9 * len(seconds)
