"""On a day, in certain hours: written or tapped, asked in good time, kept by whoever comes, ended when it has passed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.needs import State, Urgency
from bot.domain.people import Role
from bot.domain.windows import Window
from tests.journeys.conftest import DOOR, Town, told

ZONE = ZoneInfo("Asia/Shanghai")


def on(day: int, start: int, end: int) -> Window:
    """A window in the March in which the town lives; it is Monday the second."""
    return Window(*(datetime(2026, 3, day, hour, tzinfo=ZONE).astimezone(UTC) for hour in (start, end)))


async def test_what_is_written_for_saturday_is_asked_three_days_before_kept_and_reminded_of(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await zhang.sends("周六下午三点到五点想理个发")
    card = await zhang.reads("这样写对吗")
    assert "3月7日周六 15:00–17:00" in card.text
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await zhang.sends(DOOR)
    await zhang.reads("从3月4日周三起去问邻居")
    await town.quiet()
    need = await town.need(1)
    assert (need.window, need.urgency) == (on(7, 15, 17), Urgency.WEEK)
    assert not told(li, "理个发"), "nobody can say on Monday"
    await li.sends("/needs")
    await li.reads("您附近的需求")
    assert told(li, "周六 3/7 15:00")

    await town.passes(days=2, hours=6)
    offer = await li.reads("想理个发")
    assert "📆 3月7日周六 15:00–17:00" in offer.text
    await li.presses("我来帮忙")
    await li.reads("这件事就拜托您了")
    await li.presses("我周六 3/7 15:00来")
    await zhang.reads("小李")
    await town.quiet()
    need = await town.need(1)
    assert need.window is not None
    assert need.arrives_at == need.window.from_at

    await town.passes(days=2)
    await li.reads("明天 15:00：张奶奶等您来")
    await town.passes(hours=22)
    await li.reads("今天 15:00：张奶奶等您来")
    assert (await town.need(1)).state is State.CLAIMED
    await town.passes(hours=1, minutes=59)
    assert not told(li, "办得怎么样了"), "nobody is doubted before the hour"
    await town.passes(hours=1, minutes=2)
    await li.reads("办得怎么样了")


async def test_a_day_is_chosen_with_three_taps_or_its_hours_written(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await zhang.sends("陪我去医院")
    await zhang.reads("这样写对吗")
    await zhang.presses("时间")
    await zhang.reads("什么时候要")
    await zhang.presses("选一天")
    await zhang.reads("哪一天")
    await zhang.presses("明天")
    await zhang.reads("几点合适")
    await zhang.presses("下午")
    card = await zhang.reads("这样写对吗")
    assert "明天 14:00–18:00" in card.text
    await zhang.presses("时间")
    await zhang.reads("什么时候要")
    await zhang.presses("选一天")
    await zhang.reads("哪一天")
    await zhang.presses("周四 3/5")
    await zhang.reads("几点合适")
    await zhang.sends("上午9点到11点")
    card = await zhang.reads("这样写对吗")
    assert "3月5日周四 09:00–11:00" in card.text
    await zhang.sends("轮椅在门口")
    card = await zhang.reads("轮椅在门口")
    assert "3月5日周四 09:00–11:00" in card.text, "further words do not undo what was tapped"
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await zhang.sends(DOOR)
    await zhang.reads("已经发出")
    await li.reads("陪我去医院")
    assert (await town.need(1)).window == on(5, 9, 11)


async def test_in_english(town: Town) -> None:
    smith = await town.resident("Mrs Smith", language="en")
    await smith.sends("please cut my hair tomorrow from 3 to 5pm")
    card = await smith.reads("Is this right?")
    assert "tomorrow 15:00–17:00" in card.text
    await smith.presses("When")
    await smith.reads("How soon")
    await smith.presses("today")
    card = await smith.reads("Is this right?")
    assert "tomorrow 15:00" not in card.text


async def test_an_open_request_is_moved_to_another_day(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await zhang.presses("修改")
    await zhang.reads("要改哪里")
    await zhang.presses("时间")
    await zhang.reads("什么时候要")
    await zhang.presses("选一天")
    await zhang.reads("哪一天")
    await zhang.presses("周三 3/4")
    await zhang.reads("几点合适")
    await zhang.sends("随便吧")
    await zhang.reads("没看懂这个时间")
    await zhang.sends("15:00-17:00")
    await zhang.reads("3月4日周三 15:00–17:00")
    await town.quiet()
    assert (await town.need(1)).window == on(4, 15, 17)
    assert told(li, "3月4日周三 15:00–17:00")

    await zhang.presses("修改")
    await zhang.reads("要改哪里")
    await zhang.presses("时间")
    await zhang.reads("什么时候要")
    await zhang.presses("今天")
    await town.quiet()
    need = await town.need(1)
    assert (need.window, need.urgency) == (None, Urgency.TODAY)


async def test_when_it_has_passed_in_vain_both_are_told_and_one_tap_asks_for_another_day(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "明天下午三点到五点想理个发")
    await li.reads("想理个发")
    await town.passes(hours=6, minutes=1)
    await wang.reads("还没有人来帮忙")
    await town.passes(hours=22)
    await wang.reads("还没有人来帮忙")
    await town.passes(hours=4)
    assert (await town.need(1)).state is State.EXPIRED
    await wang.reads("可以改约另一天")
    await zhang.reads("很抱歉")
    await zhang.presses("另约一天")
    await zhang.reads("哪一天")
    await zhang.presses("周四 3/5")
    await zhang.reads("几点合适")
    await zhang.presses("上午")
    await zhang.reads("这样写对吗")
    await zhang.presses("发出去")
    await zhang.reads("已经发出")
    await town.quiet()
    new = await town.need(2)
    assert (new.window, new.text, new.category) == (
        on(5, 8, 11),
        (await town.need(1)).text,
        (await town.need(1)).category,
    )
    toast = await li.taps_code("wno:1", li.screen()[-1])
    assert toast
    assert toast.text, "it is not theirs to ask for"


async def test_nobody_is_asked_at_night_for_a_day_to_come(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.passes(hours=17)
    await town.asks(zhang, "后天上午想理个发")
    assert not told(li, "想理个发"), "it is two at night"
    await town.passes(hours=5, minutes=5)
    await li.reads("想理个发")


async def test_whoever_does_not_say_that_they_come_is_asked_in_time_and_then_others_are(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "明天下午三点到五点想理个发")
    await li.reads("想理个发")
    await li.presses("我来帮忙")
    await li.reads("这件事就拜托您了")
    await town.passes(hours=6)
    await li.reads("张奶奶等您来")
    await town.passes(hours=21, minutes=1)
    await li.reads("您来吗？")
    await town.passes(minutes=31)
    assert (await town.need(1)).state is State.OPEN
    await li.reads("没有回音")
    await zhang.reads("正在问别的邻居")


async def test_another_time_in_the_window_and_what_cannot_be(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "明天下午三点到五点想理个发")
    await li.reads("想理个发")
    await li.presses("我来帮忙")
    await li.reads("这件事就拜托您了")
    await li.presses("换个时间")
    await li.reads("您什么时候到")
    await li.presses("15:30")
    await zhang.reads("明天 15:30")
    await town.quiet()
    window = on(3, 15, 17)
    assert (await town.need(1)).arrives_at == window.from_at + timedelta(minutes=30)
    for code in ("wna:1:120", "wna:1:-5", "wdd:1:3", "wdp:1:739677:tea", "wnd:1:5", "wnp:1:1:noon"):
        toast = await li.taps_code(code, li.screen()[-1])
        assert toast
        assert toast.text
    assert (await town.need(1)).arrives_at == window.from_at + timedelta(minutes=30)


async def test_whoever_cannot_be_reminded_is_not_counted_on(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "明天下午三点到五点想理个发")
    await li.reads("想理个发")
    await zhao.reads("想理个发")
    await li.presses("我来帮忙")
    await li.reads("这件事就拜托您了")
    await li.presses("我明天 15:00来")
    await zhang.reads("小李")
    await li.blocks()
    await town.passes(hours=6, minutes=1)
    await town.passes(minutes=1)
    assert (await town.need(1)).state is State.OPEN
    await zhang.reads("正在问别的邻居")
    await zhao.presses("我来帮忙")
    await zhao.reads("这件事就拜托您了")
