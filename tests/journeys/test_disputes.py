"""A dispute: both sides are heard, each by the coordinator alone, who decides and may add a word to both."""

from bot.domain.needs import State
from bot.domain.people import Role
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told
from tests.journeys.test_closing import done


async def disputed(town: Town, zhang: Phone, li: Phone) -> int:
    """Something is wrong, and both know that a coordinator decides."""
    number = await done(town, zhang, li)
    await zhang.presses("有地方不对")
    await zhang.reads("哪里不对")
    await zhang.sends("灯还是不亮")
    await zhang.reads("收到了")
    await li.reads("您那边是怎么回事")
    return number


async def test_both_are_heard_and_read_the_coordinators_word(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await disputed(town, zhang, li)
    first = await wang.reads("居民说有地方不对")
    assert "正在听帮忙的人怎么说" in first.text
    assert not told(li, "灯还是不亮"), "each side's words are the coordinator's"
    await li.presses("说说情况")
    await li.reads("只有协调员看")
    await li.sends("换了灯泡，开关坏了 <i>")
    await li.reads("协调员看了再决定")
    await wang.presses("看这个需求")
    card = await wang.reads("居民说：灯还是不亮")
    assert "帮忙的人说：换了灯泡，开关坏了 <i>" in card.text
    assert not told(zhang, "开关坏了")
    await wang.presses("请人再办一次")
    await wang.reads("已经决定")
    await wang.presses("给双方写句话")
    await wang.reads("请写得和气些")
    await wang.sends("开关请物业来换，谢谢两位")
    await wang.reads("的话会转给双方")
    for phone in (zhang, li):
        said = await phone.reads("协调员王姐关于需求 #1 的话")
        assert "“开关请物业来换，谢谢两位”" in said.text
    assert not told(zhao, "请物业来换")
    assert (await town.need(number)).state is State.OPEN
    for phone, code in ((wang, f"cdv:{number}"), (li, f"cdt:{number}"), (li, f"cdn:{number}"), (zhao, f"cdv:{number}")):
        late = await phone.taps_code(code, next(s for s in phone.screen() if not s.mine))
        assert late
        assert late.alert, code
    sealed = await town.read(lambda tx: tx.all("SELECT words, verdict FROM disputes"))
    assert "开关" not in str([dict(row) for row in sealed])


async def test_whoever_helped_may_stay_silent_and_the_coordinator_sees_that(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await disputed(town, zhang, li)
    await town.passes(hours=24, minutes=1)
    reminded = await wang.reads("24 小时内没有回答")
    assert "居民说有地方不对" in reminded.text
    await li.presses("没有要补充的")
    await town.quiet()
    await wang.presses("看这个需求")
    await wang.reads("帮忙的人没有要补充的")
    await wang.presses("就此结束")
    await li.reads("协调员了解了需求")
    assert (await town.need(number)).state is State.CLOSED


async def test_nobody_else_is_heard(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await disputed(town, zhang, li)
    for phone in (zhao, zhang, wang):
        for code in (f"cdt:{number}", f"cdn:{number}", f"cdv:{number}"):
            refused = await phone.taps_code(code, next(s for s in phone.screen() if not s.mine))
            assert refused
            assert refused.alert, code
    await zhang.presses("不需要了")
    await town.quiet()
    late = await li.taps_code(f"cdt:{number}", next(s for s in li.screen() if not s.mine))
    assert late
    assert late.alert, "nothing is left to decide"
