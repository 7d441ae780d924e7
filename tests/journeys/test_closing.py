"""The end of a need: what came of it, confirming, saying what is wrong, deciding, silence, stars and nobody coming."""

import pytest

from bot.domain.needs import Outcome, State
from bot.domain.people import Role
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told


async def done(town: Town, zhang: Phone, li: Phone, words: str = "灯坏了", outcome: str = "办好了") -> int:
    """A need goes as far as the helper saying what came of it."""
    known = (await town.person(zhang)).door is not None
    number = await town.asks(zhang, words, **({"door": None} if known else {}))
    await li.reads(words)
    await li.presses("我来帮忙")
    await li.reads("301")
    await li.presses("办完了")
    await li.reads("办得怎么样？")
    await li.presses(outcome)
    await zhang.reads("您看可以吗")
    await town.quiet()
    return number


async def test_each_outcome_is_told_and_trouble_goes_to_the_coordinator_too(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    for label, outcome, trouble in [
        ("办好了", Outcome.DONE, False),
        ("办好了一部分", Outcome.PARTLY, True),
        ("家里没有人", Outcome.NOBODY_HOME, True),
        ("已经不需要了", Outcome.NOT_NEEDED, False),
    ]:
        number = await done(town, zhang, li, f"要办的是{outcome.value}", label)
        assert (await town.need(number)).outcome is outcome
        assert told(zhang, f"小李说：{label}。您看可以吗")
        assert told(wang, f"🔔 需求 #{number}：{label}") is trouble
        if trouble:
            await wang.presses("看这个需求")
            await wang.reads(f"小李说“{label}”")
        await zhang.presses("可以，都好")
        await zhang.reads("帮得怎么样")
        assert (await town.need(number)).state is State.CLOSED


async def test_stars_are_given_once(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await done(town, zhang, li)
    await zhang.presses("可以，都好")
    card = await zhang.reads("帮得怎么样")
    codes = [row[0]["callback_data"] for row in card.buttons]
    assert codes == [*(f"ns:{number}:{stars}" for stars in (5, 4, 3, 2, 1)), f"cm:{number}"]
    first, second = zhang.taps_code(codes[1], card), zhang.taps_code(codes[4], card)
    toast = await first
    assert toast
    assert "谢谢" in (toast.text or "")
    toast = await second
    assert toast
    assert "已经评过星" in (toast.text or "")
    for forged in (0, 6, -1, 10**18):
        toast = await zhang.taps_code(f"ns:{number}:{forged}", card)
        assert toast
        assert toast.alert
    await town.quiet()
    assert (await town.need(number)).stars == 4
    assert not told(li, "给需求 #"), "nothing before both have said, or a week has gone"
    assert told(zhang, "⭐⭐⭐⭐ 谢谢您")
    await town.passes(days=6, hours=23)
    assert not told(li, "给需求 #")
    await town.passes(hours=1, minutes=1)
    assert len([shown for shown in li.screen() if "给需求 #" in shown.text and "评了" in shown.text]) == 1
    toast = await li.taps_code(f"ns:{number}:1", next(s for s in li.screen() if not s.mine))
    assert toast
    assert "已经给您看了" in (toast.text or ""), "nobody answers stars that they have read"


async def test_silence_confirms_after_two_days_and_the_coordinator_sees_it(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await done(town, zhang, li)
    await town.passes(hours=47)
    assert (await town.need(number)).state is State.DONE
    await town.passes(hours=1, minutes=1)
    await wang.reads("自动结束了：48 小时没有收到居民的回答")
    assert (await town.need(number)).state is State.CLOSED
    last = (await town.story(number))[-1]
    assert (last.event, last.actor_id, last.before, last.after) == ("confirmed by itself", None, "done", "closed")
    await zhang.presses("⭐⭐⭐")
    await zhang.reads("⭐⭐⭐ 谢谢您")
    await town.passes(days=7, minutes=1)
    await li.reads("评了⭐⭐⭐")


@pytest.mark.parametrize("again", [True, False])
async def test_something_is_wrong_and_a_coordinator_decides(town: Town, again: bool) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhao = await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await done(town, zhang, li)
    await zhang.presses("有地方不对")
    await zhang.reads("哪里不对")
    await zhang.sends("话" * 1001)
    await zhang.reads("最多可以写 1000")
    await zhang.sends("灯还是不亮 <b>真的</b>")
    assert "王姐" in (await zhang.reads("收到了")).text
    told_of = await wang.reads("居民说有地方不对")
    assert "灯还是不亮 <b>真的</b>" in told_of.text
    assert not told(li, "灯还是不亮"), "only the coordinators read it"
    assert not told(zhao, "灯还是不亮")

    await town.passes(hours=24, minutes=1)
    await wang.reads("居民说有地方不对")
    await wang.presses("看这个需求")
    card = await wang.reads("居民说：灯还是不亮")
    wrong = await li.taps_code(f"nj:{number}:1", next(s for s in li.screen() if s.id != 0 and not s.mine))
    assert wrong
    assert wrong.alert
    await wang.presses("请人再办一次" if again else "就此结束")
    await zhang.reads("协调员了解了需求")
    await li.reads("协调员了解了需求")
    await town.quiet()
    late = await wang.taps_code(f"nj:{number}:0", card)
    assert late
    assert late.alert
    need = await town.need(number)
    assert need.state is (State.OPEN if again else State.CLOSED)
    if again:
        await zhao.reads("灯坏了")
        assert not told(li, "为什么问您"), "whoever did it is not the next to be asked"
        await zhao.presses("我来帮忙")
        await zhang.reads("小赵来帮您办")
    else:
        await zhang.presses("⭐⭐")
        assert (await town.need(number)).stars == 2


async def done_by_the_coordinator(town: Town, zhang: Phone, wang: Phone) -> int:
    """Whoever is in charge goes themselves, and the resident is asked."""
    number = await town.asks(zhang, "灯坏了")
    await wang.reads("还没有人来帮忙")
    await wang.presses("看这个需求")
    await wang.reads("灯坏了")
    await wang.presses("我自己去办")
    await wang.reads("301")
    await wang.presses("办完了")
    await wang.reads("办得怎么样？")
    await wang.presses("办好了")
    await zhang.reads("您看可以吗")
    return number


async def test_nobody_decides_what_was_wrong_with_their_own_help(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    zhang = await town.resident("张奶奶")
    number = await done_by_the_coordinator(town, zhang, wang)
    await zhang.presses("有地方不对")
    await zhang.reads("哪里不对")
    await zhang.sends("灯还是不亮")
    told_of = await chen.reads("居民说有地方不对")
    assert not told(wang, "居民说有地方不对")
    refused = await wang.taps_code(f"nj:{number}:0", next(s for s in wang.screen() if not s.mine))
    assert refused
    assert "另一位负责人" in (refused.text or "")
    assert (await town.need(number)).state is State.DISPUTED
    await chen.taps_code(f"nj:{number}:0", told_of)
    assert (await town.need(number)).state is State.CLOSED


async def test_where_nobody_else_is_in_charge_it_is_decided_all_the_same(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    number = await done_by_the_coordinator(town, zhang, wang)
    await zhang.presses("有地方不对")
    await zhang.reads("哪里不对")
    await zhang.sends("灯还是不亮")
    told_of = await wang.reads("居民说有地方不对")
    await wang.taps_code(f"nj:{number}:0", told_of)
    assert (await town.need(number)).state is State.CLOSED


async def test_second_thoughts_about_what_is_wrong_swallow_no_later_words(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await done(town, zhang, li)
    await zhang.presses("有地方不对")
    await zhang.reads("哪里不对")
    await zhang.presses("可以，都好")
    await zhang.reads("帮得怎么样")
    await zhang.sends("厨房的水龙头也坏了")
    await zhang.reads("这样写对吗")


async def test_nobody_takes_it(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    five = [await town.helper(f"志愿者{number}") for number in range(5)]
    six = [await town.helper(f"后备{number}") for number in range(6)]
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "马上要人，灯坏了")
    assert told(zhang, "协调员王姐会来安排")
    assert not told(six[0], "灯坏了")
    await town.passes(minutes=14)
    assert not told(wang, "还没有人来帮忙")
    assert [told(phone, "灯坏了") for phone in six] == [True] * 5 + [False], (
        "the next wave does not wait for the coordinator"
    )
    await town.passes(minutes=1.1)
    said = await zhang.reads("还没有人来帮忙")
    assert "协调员王姐已经知道了" in said.text
    assert "120" in said.text, "right now and nobody: the public numbers are named"
    await wang.reads("还没有人来帮忙")
    assert sum("灯坏了" in shown.text for shown in five[0].screen()) == 1, "nobody is asked twice for the same wait"
    await town.passes(minutes=15.1)
    assert told(six[5], "灯坏了")
    await wang.presses("看这个需求")
    await wang.reads("正在等人来帮忙")
    await wang.presses("我自己去办")
    await zhang.reads("王姐来帮您办")
    await wang.reads("301")
    await wang.presses("办完了")
    await wang.reads("办得怎么样？")
    await wang.presses("办好了")
    await zhang.reads("王姐说：办好了")
    await town.quiet()
    assert not told(wang, "301")
    waited = [event for event in await town.story(number) if event.event == "unclaimed"]
    assert [event.actor_id for event in waited] == [None, None]


async def test_where_there_is_no_coordinator_the_administrator_sees_to_it(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await chen.reads("还没有人来帮忙")
    await chen.presses("看这个需求")
    await chen.reads("正在等人来帮忙")
    await chen.presses("我自己去办")
    await zhang.reads("陈管理来帮您办")
    assert (await town.need(number)).state is State.CLAIMED


async def test_a_coordinator_who_cannot_be_reached_owns_nothing(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    wang.deactivates()
    await town.asks(zhang, "灯坏了")
    await chen.reads("还没有人来帮忙")
    await town.passes(hours=2, minutes=1)
    assert "陈管理已经知道了" in (await zhang.reads("还没有人来帮忙")).text


async def test_nobody_at_all_is_in_charge(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    assert told(zhang, "社区居委会")
    await town.passes(hours=2, minutes=1)
    assert "社区居委会" in (await zhang.reads("还没有人来帮忙")).text


async def test_after_two_weeks_it_ends_and_both_hear(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "不急，哪天把柜子搬一下")
    for _ in range(13):
        await town.passes(days=1, minutes=1)
    assert (await town.need(number)).state is State.OPEN
    await town.passes(days=1, minutes=1)
    await zhang.reads("两周内没有找到人帮忙")
    await wang.reads("两周内没有找到人帮忙")
    assert (await town.need(number)).state is State.EXPIRED
    late = await li.taps_code(f"nc:{number}", next(s for s in li.screen() if "搬抬" in s.text))
    assert late
    assert "到期" in (late.text or "")
    await town.quiet()
    assert not told(li, "我来帮忙")


async def test_what_is_open_again_after_two_weeks_gets_its_own_time(town: Town) -> None:
    await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhao = await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "不急，哪天把柜子搬一下")
    for _ in range(13):
        await town.passes(days=1, minutes=1)
    await li.presses("我来帮忙")
    await town.quiet()
    await town.passes(days=1, minutes=1)
    await town.passes(hours=7)
    await zhao.reads("柜子")
    await town.passes(days=1, minutes=1)
    assert (await town.need(number)).state is State.OPEN, "it was open for a day, not for two weeks"


async def test_cancelled_by_the_resident_or_by_the_coordinator(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    first = await town.asks(zhang, "灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await zhang.presses("不需要了")
    await li.reads(f"需求 #{first} 已经不需要了")
    await town.quiet()
    assert not told(li, "301")
    assert not told(zhang, "协调员了解了")

    second = await town.asks(zhang, "水管漏水", door=None)
    await li.presses("我来帮忙")
    await li.reads("301")
    await wang.sends("/needs")
    await wang.reads("您附近的需求")
    await wang.presses(f"#{second}")
    await wang.reads("小李来帮忙")
    await wang.presses("取消")
    await li.reads(f"需求 #{second} 已经不需要了")
    await zhang.reads("协调员了解了需求 #2 的情况。现在：已取消")
    await town.quiet()
    assert not told(li, "301")
    assert (await town.need(second)).state is State.CANCELLED


async def test_a_coordinator_gives_it_to_others_and_whoever_had_it_hears(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhao = await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await wang.sends("/needs")
    await wang.reads("您附近的需求")
    await wang.presses(f"#{number}")
    await wang.reads("小李来帮忙")
    await wang.presses("换别人去")
    await zhang.reads("来不了了")
    await li.reads("协调员了解了需求")
    await zhao.reads("灯坏了")
    await town.quiet()
    assert not told(li, "301")
    assert not told(wang, "301")
