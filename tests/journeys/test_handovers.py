"""Somebody cannot go after all and asks a neighbour by name; what happens when that one says yes, no, nothing, or too late."""

from bot.domain.needs import State
from bot.domain.people import Role
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told


async def claimed(town: Town) -> tuple[Phone, Phone, Phone, int]:
    """张奶奶's lamp, which 小李 has taken on; and 小赵."""
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.presses("我来帮忙")
    await li.reads("2单元301")
    await town.quiet()
    return li, zhao, zhang, number


async def asks(town: Town, li: Phone, name: str = "小赵") -> None:
    """小李 asks somebody to go instead."""
    await li.presses("我去不了")
    await town.quiet()
    await li.presses("我请人替我去")
    await li.reads("请谁替您去")
    await li.presses(name)
    await town.quiet()


async def test_asked_and_accepted_the_address_moves_with_it(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao, zhang, number = await claimed(town)
    await wang.sends("/needs")
    await wang.reads("您附近的需求")
    await wang.presses(f"#{number}")
    await wang.reads("小李来帮忙")
    await asks(town, li)
    asked = await zhao.reads("小李接了这件事")
    assert "301" not in asked.text
    assert told(li, "已经请小赵替您去")
    assert told(li, "301"), "until somebody says yes it stays"
    assert (await town.need(number)).claimed_by == (await town.person(li)).id

    await zhao.presses("可以，我去")
    await zhang.reads("小赵来帮忙")
    await li.reads("由小赵替您去了")
    await wang.reads("小赵来帮忙")
    await town.quiet()
    assert told(zhao, "2单元301")
    assert told(zhao, "办完了")
    assert li.nothing_says("301")
    assert (await town.need(number)).claimed_by == (await town.person(zhao)).id
    toast = await zhao.taps_code(f"xhy:{number}", zhao.screen()[-1])
    assert toast
    assert not toast.alert, "a second tap changes nothing"
    toast = await li.taps_code(f"nf:{number}", li.screen()[-1])
    assert toast
    assert "快了一步" in (toast.text or "")
    assert [event.event for event in await town.story(number)] == ["posted", "claimed", "handover asked", "handed over"]


async def test_a_no_is_heard_and_another_can_be_asked(town: Town) -> None:
    sun = await town.helper("小孙")
    li, zhao, zhang, number = await claimed(town)
    await asks(town, li)
    await zhao.presses("这次不行")
    await li.reads("小赵去不了")
    assert told(li, "301")
    await li.presses("再问别人")
    await li.reads("请谁替您去")
    await li.presses("小孙")
    await sun.reads("小李接了这件事")
    toast = await zhao.taps_code(f"xhy:{number}", zhao.screen()[-1])
    assert toast
    assert "已经安排好了" in (toast.text or "")
    await sun.presses("可以，我去")
    await zhang.reads("小孙")
    await town.quiet()
    assert told(sun, "301")
    assert li.nothing_says("301")


async def test_no_answer_is_no_after_a_while(town: Town) -> None:
    li, zhao, _, number = await claimed(town)
    await asks(town, li)
    await zhao.reads("小李接了这件事")
    await town.passes(hours=1, minutes=1)
    await li.reads("小赵没有回答")
    await zhao.reads("已经有了安排")
    toast = await zhao.taps_code(f"xhy:{number}", zhao.screen()[-1])
    assert toast
    assert toast.alert
    assert (await town.need(number)).claimed_by == (await town.person(li)).id
    assert not told(zhao, "301")


async def test_closed_lapsed_or_taken_over_meanwhile(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao, zhang, number = await claimed(town)
    await asks(town, li)
    await zhao.reads("小李接了这件事")
    toast = await wang.taps_code(f"ast:{number}", wang.screen()[-1])
    assert toast
    await town.quiet()
    await zhao.reads("已经有了安排")
    toast = await zhao.taps_code(f"xhy:{number}", zhao.screen()[-1])
    assert toast
    assert "已经安排好了" in (toast.text or "")

    await wang.presses("办完了")
    await town.quiet()
    await wang.presses("办好了")
    await zhang.reads("您看可以吗")
    await zhang.presses("都好")
    await town.quiet()
    second = await town.asks(zhang, "水管漏水", door=None)
    await li.presses("我来帮忙")
    await town.quiet()
    await asks(town, li)
    await zhao.reads("小李接了这件事")
    await zhang.presses("不需要了")
    await li.reads("不需要了")
    toast = await zhao.taps_code(f"xhy:{second}", zhao.screen()[-1])
    assert toast
    assert toast.alert
    assert (await town.need(second)).state is State.CANCELLED
    assert not told(zhao, "301")


async def test_suspended_meanwhile_neither_side_waits(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao, zhang, number = await claimed(town)
    await asks(town, li)
    await zhao.reads("小李接了这件事")
    await wang.sends("/volunteers")
    await wang.reads("份申请等您看")
    await wang.presses("小赵")
    await town.quiet()
    await wang.presses("暂停")
    await wang.reads("为什么")
    await wang.sends("先谈一谈")
    await li.reads("小赵去不了")
    toast = await zhao.taps_code(f"xhy:{number}", zhao.screen()[-1])
    assert toast
    assert toast.alert
    assert not told(zhao, "301")

    await wang.sends("/volunteers")
    await wang.reads("份申请等您看")
    await wang.presses("小李")
    await town.quiet()
    await wang.presses("暂停")
    await wang.reads("为什么")
    await wang.sends("先谈一谈")
    await zhang.reads("来不了了")
    await town.quiet()
    assert li.nothing_says("301")
    assert (await town.need(number)).state is State.OPEN


async def test_whoever_comes_along_can_hand_over_their_seat(town: Town) -> None:
    li, zhao, sun = [await town.helper(name) for name in ("小李", "小赵", "小孙")]
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "旧柜子要搬到楼下")
    await li.presses("我来帮忙")
    await li.reads("301")
    await zhao.presses("我来帮忙")
    await zhao.reads("301")
    await town.quiet()
    await asks(town, zhao, "小孙")
    await sun.reads("小赵接了这件事")
    await sun.presses("可以，我去")
    await li.reads("小孙")
    await town.quiet()
    assert told(sun, "301")
    assert zhao.nothing_says("301")
    assert (await town.need(number)).claimed_by == (await town.person(li)).id
    assert told(li, "和您一起去的：小孙")


async def test_in_english_somebody_goes_instead(town: Town) -> None:
    tom = await town.helper("Tom", language="en")
    ann = await town.helper("Ann", language="en")
    emma = await town.resident("Emma", language="en")
    await emma.sends("The lamp is broken")
    await emma.reads("Is this right?")
    await emma.presses("Post it")
    await emma.reads("unit and door")
    await emma.sends("unit 2 door 301, +44 7700 900123")
    await emma.reads("Posted")
    await tom.reads("The lamp is broken")
    await tom.presses("I'll help")
    await tom.reads("unit 2 door 301")
    await tom.presses("I can't after all")
    await town.quiet()
    await tom.presses("I ask somebody to go instead")
    await tom.reads("Who could go instead of you")
    await tom.presses("Ann")
    await ann.reads("Tom has this and asks whether you could go instead")
    await ann.presses("Yes, I go")
    await tom.reads("Ann goes instead of you")
    await emma.reads("Ann is going")
    await town.quiet()
    assert told(ann, "unit 2 door 301")
    assert tom.nothing_says("301")
