"""The path: a need goes all the way round."""

from bot.domain.people import Role
from tests.journeys.conftest import Town


async def test_a_need_goes_all_the_way_round(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhao = await town.helper("小赵")
    zhang = await town.resident("张奶奶")

    await zhang.sends("家里的灯坏了，麻烦谁来看看")
    await zhang.reads("维修")
    await zhang.presses("发出去")
    await zhang.reads("门牌")
    await zhang.sends("2单元301 13800138000")
    await zhang.reads("已经发出")

    offer = await li.reads("灯坏了")
    assert "301" not in offer.text
    await zhao.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("2单元301")
    assert li.sees("+8613800138000")
    await zhang.reads("小李")
    await zhao.reads("小李")
    assert zhao.nothing_says("301")

    await li.presses("30")
    await zhang.reads("09:30")
    await li.presses("办完了")
    await li.reads("怎么样")
    await li.presses("办好了")
    await zhang.reads("可以吗")
    assert li.nothing_says("301")
    await zhang.presses("都好")
    await zhang.reads("怎么样")
    await zhang.presses("⭐⭐⭐⭐⭐")
    await zhang.reads("谢谢")
    assert li.nothing_says("给需求 #"), "not before both have said"
    await li.presses("5⭐")
    await li.reads("您评了⭐⭐⭐⭐⭐")
    await town.passes(minutes=31)
    await li.reads("张奶奶给需求 #1 评了⭐⭐⭐⭐⭐")
    await zhang.reads("小李评了⭐⭐⭐⭐⭐")
    assert wang.nothing_says("301")
    assert not town.sandbox.unknown_parameters
