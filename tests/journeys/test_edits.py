"""Putting an open request right, asking twice, asking too often, and whether it is still needed."""

import asyncio
from datetime import timedelta

from bot.domain.needs import DAY_LIMIT, EXPIRE_AFTER, State, Urgency
from bot.domain.people import Role
from tests.journeys.conftest import DOOR, Town, told


async def test_words_time_and_kind_are_changed_while_nobody_has_it_and_every_card_follows(town: Town) -> None:
    wang = await town.helper("王姐", Role.ADMINISTRATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    group = await town.group(wang, "c1", zhang)
    await town.asks(zhang, "厨房的灯坏了")
    await li.reads("厨房的灯坏了")
    await zhang.presses("修改")
    await zhang.reads("要改哪里")
    await zhang.presses("内容")
    await zhang.reads("重新写成一条消息")
    await zhang.sends("卧室的灯也坏了")
    card = await zhang.reads("卧室的灯也坏了")
    assert "已经发出" in card.text
    await town.quiet()
    assert told(li, "卧室的灯也坏了")
    assert told(zhang, "卧室的灯也坏了", group)
    assert not told(li, "厨房的灯坏了")

    await zhang.presses("修改")
    await zhang.reads("要改哪里")
    await zhang.presses("时间")
    await zhang.reads("什么时候要")
    await zhang.presses("现在就要")
    await town.quiet()
    assert told(zhang, "现在就要")
    await zhang.presses("修改")
    await zhang.reads("要改哪里")
    await zhang.presses("类别")
    await zhang.reads("哪一类")
    await zhang.presses("物业水电")
    await town.quiet()
    need = await town.need(1)
    assert (need.text, need.urgency, need.category) == ("卧室的灯也坏了", Urgency.NOW, "property")
    assert need.act_at == town.clock.now() + timedelta(minutes=15)
    assert told(li, "物业水电 · ⏰ 现在就要")
    assert told(zhang, "物业水电", group)
    assert [event.event for event in await town.story(1)] == ["posted", "edited", "edited", "edited"]


async def test_in_english(town: Town) -> None:
    smith = await town.resident("Mrs Smith", language="en")
    await smith.sends("the tap in my kitchen drips")
    await smith.reads("Is this right?")
    await smith.presses("Post it")
    await smith.reads("door")
    await smith.sends(DOOR)
    await smith.reads("Posted. Neighbours")
    await smith.presses("Change it")
    await smith.reads("What should be different?")
    await smith.presses("The words")
    await smith.reads("write it anew")
    await smith.sends("the tap in my bathroom drips")
    await smith.reads("bathroom")
    await smith.presses("Change it")
    await smith.reads("What should be different?")
    await smith.presses("Leave it as it is")
    await town.quiet()
    assert (await town.need(1)).text == "the tap in my bathroom drips"

    await smith.sends("the tap in my bathroom drips again")
    card = await smith.reads("You asked for this today")
    assert "Is this right?" in card.text
    await smith.presses("It is the same")
    await town.quiet()
    assert len(await town.needs_of((await town.person(smith)).id)) == 1


async def test_too_late_once_somebody_has_it(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await zhang.presses("修改")
    await zhang.reads("要改哪里")
    await zhang.presses("内容")
    await zhang.reads("重新写成一条消息")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("这件事就拜托您了")
    await zhang.sends("不用修灯了，修水管")
    await zhang.reads("小李")
    await town.quiet()
    assert (await town.need(1)).text == "灯坏了"
    await zhang.sends("还有，想理个发")
    await zhang.reads("这样写对吗")
    toast = await zhang.taps_code("nu:1:week", zhang.screen()[-1])
    assert toast
    assert "有人来帮忙了" in (toast.text or "")
    assert (await town.need(1)).urgency is Urgency.TODAY


async def test_only_whoever_asked_may_change_it(town: Town) -> None:
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    for code in ("ne:1:which", "ne:1:text", "nu:1:now", "nt:1:other", "nl:1", "ne:1:foo", "nu:1:foo", "nt:1:foo"):
        toast = await li.taps_code(code, li.screen()[-1])
        assert toast
        assert toast.text
    need = await town.need(1)
    assert (need.version, need.text) == (0, "灯坏了")


async def test_somebody_claims_while_it_is_changed(town: Town) -> None:
    """One order or the other: changed and then claimed, or claimed and not changed any more."""
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    offer = await li.reads("灯坏了")
    await asyncio.gather(
        zhang.taps_code("nu:1:now", zhang.screen()[-1]), li.taps_code("nc:1", offer), return_exceptions=False
    )
    await town.quiet()
    need = await town.need(1)
    assert need.state is State.CLAIMED
    story = [event.event for event in await town.story(1)]
    assert story in (["posted", "claimed"], ["posted", "edited", "claimed"])
    assert (need.urgency is Urgency.NOW) == ("edited" in story)


async def test_the_same_again_is_pointed_out(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "家里的灯坏了，谁能来修")
    await town.passes(days=1)
    await zhang.sends("灯坏了，谁来修一下")
    card = await zhang.reads("您在昨天 09:00 提过类似的")
    assert "家里的灯坏了" in card.text
    assert "#1" in card.text
    await zhang.presses("就是同一件事")
    await zhang.reads("已经发出")
    await town.quiet()
    assert told(zhang, "收起来")
    await zhang.sends("灯坏了，谁来修一下")
    await zhang.reads("提过类似的")
    await zhang.presses("还是发出去")
    await town.quiet()
    assert len(await town.needs_of((await town.person(zhang)).id)) == 2
    await zhang.sends("想请人陪我去医院")
    await zhang.reads("陪我去医院")
    assert "提过类似的" not in zhang.screen()[-1].text


async def test_nobody_elses_request_is_pointed_out_or_opened(town: Town) -> None:
    zhang, chen = await town.resident("张奶奶"), await town.resident("陈爷爷")
    await town.asks(zhang, "家里的灯坏了，谁能来修")
    await chen.sends("家里的灯坏了，谁能来修")
    card = await chen.reads("这样写对吗")
    assert "提过类似的" not in card.text
    toast = await chen.taps_code("dq:1:1", card)
    assert toast
    assert toast.text
    await town.quiet()
    assert told(chen, "这样写对吗"), "the draft is still there"


async def test_ten_a_day(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    for number in range(DAY_LIMIT):
        await town.asks(zhang, f"灯坏了{number}", door=None if number else DOOR)
        await zhang.presses("不需要了")
        await zhang.reads("已经取消")
        await town.quiet()
    await zhang.sends("水管漏水")
    await zhang.reads("这样写对吗")
    toast = await zhang.presses("发出去")
    assert toast
    assert "今天已经提了 10 次" in (toast.text or "")
    await zhang.sends("/need")
    await zhang.reads("今天已经提了 10 次")
    # A day ends at midnight where people live: it is nine in the morning.
    await town.passes(hours=14, minutes=59)
    await zhang.sends("/need")
    await town.quiet()
    assert not told(zhang, "您需要什么")
    await town.passes(minutes=2)
    await zhang.sends("/need")
    await zhang.reads("您需要什么")


async def test_still_needed_keeps_it_open_and_silence_ends_it(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "想理个发")
    for _ in range(13):
        await town.passes(days=1)
    await zhang.reads("还需要吗")
    toast = await zhang.presses("还需要")
    assert toast
    assert "再为您保留两周" in (toast.text or "")
    kept_at = town.clock.now()
    for _ in range(12):
        await town.passes(days=1)
    need = await town.need(1)
    assert need.state is State.OPEN
    assert need.open_until == kept_at + EXPIRE_AFTER
    for _ in range(4):
        await town.passes(days=1)
    assert (await town.need(1)).state is State.EXPIRED
    await zhang.reads("没有找到")
    await wang.reads("没有找到")
    assert [event.event for event in await town.story(1)].count("still needed") == 1


async def test_not_needed_any_more(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "想理个发")
    for _ in range(13):
        await town.passes(days=1)
    asked = await zhang.reads("还需要吗")
    await zhang.presses("不需要了")
    await town.quiet()
    assert (await town.need(1)).state is State.CANCELLED
    toast = await zhang.taps_code("nl:1", asked)
    assert toast
    assert "取消" in (toast.text or "")


async def test_still_needed_and_ten_a_day_in_english(town: Town) -> None:
    smith = await town.resident("Mrs Smith", language="en")
    for number in range(DAY_LIMIT):
        await smith.sends(f"a haircut at home, number {number}")
        await smith.reads(f"number {number}")
        await smith.presses("Post it")
        if number == 0:
            await smith.reads("door")
            await smith.sends(DOOR)
        await town.quiet()
        if number < DAY_LIMIT - 1:
            await smith.presses("Not needed any more")
            await town.quiet()
    await smith.sends("/need")
    await smith.reads("You have asked 10 times today")
    for _ in range(13):
        await town.passes(days=1)
    await smith.reads("Is it still needed?")
    toast = await smith.presses("Yes, still needed")
    assert toast
    assert "two weeks more" in (toast.text or "")
    for _ in range(16):
        await town.passes(days=1)
    await smith.reads("Nobody was found")
    assert (await town.need(DAY_LIMIT)).state is State.EXPIRED
