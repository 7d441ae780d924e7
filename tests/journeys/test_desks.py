"""The coordinator's desk: what waits in one message, news at their hours, and days on which somebody else hears."""

from datetime import timedelta

import pytest

from bot.domain.digests import HOURS, SAID_AT, with_hour
from bot.domain.people import Role
from bot.services import telling
from bot.storage import deputies, digests
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told
from tests.journeys.test_volunteers import applies


async def desk(town: Town, phone: Phone) -> str:
    """The desk as it stands: its text and its keys."""
    await phone.sends("/desk")
    await phone.reads("工作台")
    await town.quiet()
    shown = next(one for one in reversed(phone.screen()) if one.says("工作台") and not one.mine)
    return "\n".join((shown.text, *(label for row in shown.labels for label in row)))


async def test_everything_that_waits_stands_on_it_with_its_list_behind(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    await town.helper("阳光的人", Role.COORDINATOR, code="c2")
    li = await town.helper("小李")
    assert "目前没有等您处理的事" in await desk(town, wang)
    zhang, chen, zhou = [await town.resident(name) for name in ("张奶奶", "陈爷爷", "周阿姨")]
    lamp, water = await town.asks(zhang, "家里的灯坏了"), await town.asks(chen, "水管漏水")
    hair = await town.asks(zhou, "想理发")
    await applies(town, await town.resident("小陈", "b2"))
    for number in (lamp, water):
        await li.sends("/needs")
        await town.quiet()
        await li.presses(f"#{number} ")
        await town.quiet()
        await li.presses("我来帮忙")
        await town.quiet()
    await li.sends("/mine")
    await town.quiet()
    await li.presses(f"#{water} ")
    await town.quiet()
    await li.presses("办完了")
    await town.quiet()
    await li.presses("办好了")
    await town.quiet()
    await chen.presses("有地方不对")
    await chen.reads("写")
    await chen.sends("水还在漏")
    await town.quiet()
    await zhou.blocks()
    await town.quiet()
    said = await desk(town, wang)
    for line in ("没人接 1", "逾期 0", "争议 1", "暂缓 0", "要打电话 1", "申请 1"):
        assert line in said, said
    await town.passes(hours=25)
    said = await desk(town, wang)
    assert "其中 1 件超时" in said or "没人接 2" in said, said
    await wang.presses("争议 1")
    await wang.reads("🔎 有争议")
    assert told(wang, f"#{water} ")
    await wang.presses(f"#{water} ")
    await town.quiet()
    await wang.presses("就此结束")
    await town.quiet()
    assert "争议 0" in await desk(town, wang)

    # One of those that wait is put on hold: it is on that list, and late no more.
    await wang.presses("没人接")
    await town.quiet()
    await wang.presses(f"#{hair} ")
    await town.quiet()
    await wang.presses("缓 3 天")
    await town.quiet()
    assert "暂缓 1" in await desk(town, wang)
    await wang.presses("暂缓 1")
    await wang.reads("🔎 暂缓")
    await town.passes(days=4)
    assert "暂缓 0" in await desk(town, wang)
    await town.blameless()


async def test_what_can_wait_comes_at_the_hours_that_were_chosen_and_what_is_urgent_at_once(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    await desk(town, wang)
    await wang.presses("什么时候通知我")
    await wang.reads("一有就通知")
    await wang.presses("攒到一起")
    await town.quiet()
    assert told(wang, "✅ 09:30")
    await wang.presses("12:30")
    await town.quiet()
    for unwanted in ("09:30", "19:30"):
        await wang.presses(f"✅ {unwanted}")
        await town.quiet()
    who = await town.person(wang)
    assert await town.read(lambda tx: digests.hours_of(tx, who.id)) == (12 * 60 + 30,)
    await wang.presses("✅ 12:30")
    await town.quiet()
    assert await town.read(lambda tx: digests.hours_of(tx, who.id)) == (12 * 60 + 30,), "the last one stays"

    now = town.clock.now()
    week = await town.asks(zhang, "这周想把柜子修一下")
    pressing = await town.asks(zhang, "现在就要：家里漏水", None)
    await applies(town, await town.resident("小陈", "b2"))
    assert not told(wang, "小陈想在"), "an application waits for the digest"
    assert not told(wang, "小陈，")
    await town.passes(minutes=16)
    assert told(wang, f"需求 #{pressing} 还没有人"), "what is needed right now does not wait"
    assert not told(wang, f"需求 #{week} 还没有人")
    await town.passes(hours=3)
    assert not told(wang, f"需求 #{week} 还没有人"), "it is not half past twelve yet"
    await town.passes(minutes=15)
    assert town.clock.now() - now < timedelta(hours=4)
    digest = next(shown for shown in reversed(wang.screen()) if shown.says("📰") and not shown.mine)
    assert digest.says(f"需求 #{week} 还没有人")
    assert digest.says("小陈想在")
    await wang.presses("看小陈的申请")
    await wang.reads("想帮忙")
    await town.blameless()


async def test_somebody_is_away_and_the_others_hear(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    await desk(town, wang)
    toast = await wang.presses("我要离开几天")
    assert toast
    assert "没有别人" in (toast.text or ""), "nobody else would hear"
    zhao = await town.helper("赵哥", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    await desk(town, wang)
    await wang.presses("我要离开几天")
    asked = await wang.reads("您要离开几天")
    assert "幸福社区：赵哥" in asked.text
    await town.quiet()
    await wang.presses("3 天")
    await zhao.reads("王姐要离开到")
    await town.quiet()
    assert "王姐要离开到" in await desk(town, zhao)
    number = await town.asks(zhang, "现在就要：家里漏水")
    await town.passes(minutes=16)
    assert told(zhao, f"需求 #{number} 还没有人")
    assert not told(wang, f"需求 #{number} 还没有人")
    place = (await town.need(number)).area_id
    assert await town.read(lambda tx: telling.coordinators_of(tx, place)) == [(await town.person(zhao)).id]

    # The other one cannot go too; and when nobody else is reached any more, whoever is away hears all the same.
    toast = await zhao.presses("我要离开几天")
    assert toast
    assert "没有别人" in (toast.text or "")
    await zhao.blocks()
    await town.quiet()
    assert await town.read(lambda tx: telling.coordinators_of(tx, place)) == [(await town.person(wang)).id]
    await zhao.unblocks()
    await zhao.sends("/help")
    await town.quiet()
    await town.passes(days=3)
    await wang.reads("欢迎回来")
    await town.quiet()
    who = await town.person(wang)
    assert await town.read(lambda tx: deputies.of(tx, who.id)) is None
    assert len(await town.read(lambda tx: telling.coordinators_of(tx, place))) == 2

    await desk(town, wang)
    await wang.presses("我要离开几天")
    await wang.reads("您要离开几天")
    await town.quiet()
    await wang.presses("14 天")
    await town.quiet()
    await wang.presses("我回来了")
    await town.quiet()
    assert await town.read(lambda tx: deputies.of(tx, who.id)) is None
    await town.blameless()


@pytest.mark.parametrize("minutes", HOURS)
def test_an_hour_is_chosen_and_left_out_again(minutes: int) -> None:
    assert minutes in with_hour((1,), minutes)
    assert with_hour(with_hour((1,), minutes), minutes) == (1,)
    assert with_hour((minutes,), minutes) == (minutes,)
    assert set(SAID_AT) <= set(HOURS)
