"""Several go to one need: two carry a wardrobe, three were asked for, and one should not go alone."""

from bot.domain.needs import State
from bot.domain.people import Role
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told


async def test_two_carry_a_wardrobe(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao, sun = [await town.helper(name) for name in ("小李", "小赵", "小孙")]
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "旧柜子要搬到楼下")
    for phone in (li, zhao, sun):
        offer = await phone.reads("旧柜子")
        assert "请不要一个人去" in offer.text

    await li.presses("我来帮忙")
    await zhang.reads("小李来帮您办")
    card = await li.reads("2单元301")
    assert "另一位还在找" in card.text
    assert "小李来帮忙" in (await zhao.reads("还在找 1 位")).text, "the others are still asked, and hear who goes"
    assert not told(zhao, "301")

    await li.presses("30 分钟后")
    coming = await zhang.reads("请他们两个人一起来")
    assert "小李" in coming.text
    await zhao.presses("我来帮忙")
    card = await zhao.reads("2单元301")
    assert "小李" in card.text
    assert "您也一起去" in card.text
    for phone in (zhang, li):
        await phone.reads("小赵")
    await town.quiet()
    assert told(li, "和您一起去的：小赵")
    assert not told(li, "另一位还在找")
    toast = await sun.taps_code(f"nc:{number}", sun.screen()[-1])
    assert toast
    assert "快了一步" in (toast.text or ""), "both seats are taken"
    assert not told(sun, "301")
    assert not told(zhao, "办完了"), "whoever leads says what came of it"
    await town.passes(hours=3)
    assert not told(wang, "找到了 1 位"), "both were found in time"

    await li.presses("办完了")
    await li.reads("办得怎么样？")
    await li.presses("办好了")
    await zhang.reads("您看可以吗")
    await town.quiet()
    for phone in (li, zhao):
        assert phone.nothing_says("301"), "done for both of them"
    await zhang.presses("都好")
    await zhao.reads("小李和小赵帮忙办好了")


async def test_whoever_goes_alone_is_told_to_wait_and_the_coordinator_hears_in_time(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "旧柜子要搬到楼下")
    await li.presses("我来帮忙")
    await li.reads("301")
    await li.presses("换个时间")
    await town.quiet()
    await li.presses("2 小时后")
    await town.passes(hours=2, minutes=1)
    heard = await wang.reads("找到了 1 位，一共需要 2 位（小李）")
    assert "已经请他们不要一个人去" in heard.text
    await li.reads("已经告诉王姐")

    await wang.presses("看这个需求")
    await wang.reads("还在找 1 位")
    await wang.presses("我也一起去")
    await li.reads("王姐")
    await zhang.reads("王姐")
    await town.quiet()
    assert told(wang, "2单元301")
    assert (await town.need(number)).claimed_by == (await town.person(li)).id, "whoever came first leads"


async def test_whoever_leads_cannot_come_and_the_next_one_leads(town: Town) -> None:
    li, zhao, sun = [await town.helper(name) for name in ("小李", "小赵", "小孙")]
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "旧柜子要搬到楼下")
    await li.presses("我来帮忙")
    await li.reads("301")
    await zhao.presses("我来帮忙")
    await zhao.reads("301")
    await town.quiet()
    await li.presses("我去不了")
    await town.quiet()
    await li.presses("太远了")
    await zhao.reads("现在由您领头")
    await zhang.reads("有变动")
    await town.quiet()
    assert li.nothing_says("301")
    assert (await town.need(number)).claimed_by == (await town.person(zhao)).id
    assert told(zhao, "办完了")
    await sun.presses("我来帮忙")
    await sun.reads("301")
    await town.quiet()

    await sun.presses("我去不了")
    await town.quiet()
    await sun.presses("还是我来")
    await town.quiet()
    assert told(sun, "301"), "they keep their seat"
    await sun.presses("我去不了")
    await town.quiet()
    await sun.presses("没有时间")
    await zhao.reads("不能一起去了")
    await town.quiet()
    assert sun.nothing_says("301")
    await zhao.presses("我去不了")
    await town.quiet()
    await zhao.presses("太远了")
    await zhang.reads("来不了了")
    assert (await town.need(number)).state is State.OPEN
    events = [event.event for event in await town.story(number)]
    assert events == ["posted", "claimed", "joined", "released", "joined", "left", "released"]


async def test_whoever_is_suspended_on_the_way_leaves_the_other_in_good_hands(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao, sun = [await town.helper(name) for name in ("小李", "小赵", "小孙")]
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "旧柜子要搬到楼下")
    for phone in (li, zhao):
        await phone.presses("我来帮忙")
        await phone.reads("301")
        await town.quiet()
    await suspends(town, wang, "小李")
    await zhao.reads("现在由您领头")
    await town.quiet()
    assert li.nothing_says("301")
    assert told(zhao, "另一位还在找"), "and should not go alone"
    await sun.presses("我来帮忙")
    await sun.reads("301")
    await suspends(town, wang, "小孙")
    await zhao.reads("不能一起去了")
    await town.quiet()
    assert sun.nothing_says("301")
    await suspends(town, wang, "小赵")
    await zhang.reads("来不了了")
    await town.quiet()
    assert zhao.nothing_says("301")
    assert (await town.need(number)).state is State.OPEN
    toast = await li.taps_code(f"nc:{number}", li.screen()[-1])
    assert toast
    assert toast.alert, "whoever is suspended takes nothing on"


async def suspends(town: Town, wang: Phone, name: str) -> None:
    """王姐 suspends a volunteer, with a reason."""
    await wang.sends("/volunteers")
    await wang.reads("份申请等您看")
    await wang.presses(name)
    await town.quiet()
    await wang.presses("暂停")
    await wang.reads("为什么")
    await wang.sends("先谈一谈")
    await town.quiet()


async def test_three_people_please(town: Town) -> None:
    helpers = [await town.helper(name) for name in ("小李", "小赵", "小孙", "小周")]
    zhang = await town.resident("张奶奶")
    await zhang.sends("要三个人帮忙包饺子")
    await zhang.reads("需要 3 个人一起去")
    await zhang.presses("要几个人")
    await zhang.reads("一共需要几个人去")
    await zhang.presses("2 个人")
    await zhang.reads("需要 2 个人一起去")
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await zhang.sends("2单元301 13800138000")
    await zhang.reads("会有 2 个人一起来")
    await town.quiet()
    await zhang.presses("修改")
    await town.quiet()
    await zhang.presses("要几个人")
    await zhang.reads("一共需要几个人去")
    await zhang.presses("3 个人")
    await zhang.reads("会有 3 个人一起来")
    for phone in helpers[:3]:
        await phone.reads("需要 3 个人一起去" if phone is helpers[0] else "还在找")
        await phone.presses("我来帮忙")
        await phone.reads("301")
        await town.quiet()
    await zhang.reads("小李、小赵和小孙")
    toast = await helpers[3].taps_code("nc:1", helpers[3].screen()[-1])
    assert toast
    assert "快了一步" in (toast.text or "")


async def test_a_coordinator_says_how_many_and_asks_one_more_in_person(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "院子里的雪要扫")
    await li.presses("我来帮忙")
    await li.reads("301")
    zhao = await town.helper("小赵")
    await wang.sends("/needs")
    await wang.reads("您附近的需求")
    await wang.presses(f"#{number}")
    await wang.reads("小李来帮忙")
    await wang.presses("改人数")
    await wang.reads("一共需要几个人去")
    await wang.presses("2 个人")
    await wang.reads("还在找 1 位")
    await zhao.reads("扫")
    await wang.presses("请人帮忙")
    await wang.reads("请谁来帮忙")
    await wang.presses("小赵")
    await zhao.reads("协调员")
    await zhao.presses("我来帮忙")
    await zhao.reads("301")
    await li.reads("和您一起去的：小赵")
    toast = await wang.taps_code(f"xss:{number}:1", wang.screen()[-1])
    assert toast
    assert "不能再减少" in (toast.text or "")
    await zhang.presses("不需要了")
    for phone in (li, zhao):
        await phone.reads("不需要了")
    await town.quiet()
    for phone in (li, zhao):
        assert phone.nothing_says("301")


async def test_in_english_two_go(town: Town) -> None:
    tom = await town.helper("Tom", language="en")
    ann = await town.helper("Ann", language="en")
    emma = await town.resident("Emma", language="en")
    await emma.sends("The old wardrobe must be carried downstairs, two people please")
    await emma.reads("This takes two people")
    await emma.presses("Post it")
    await emma.reads("unit and door")
    await emma.sends("unit 2 door 301, +44 7700 900123")
    await emma.reads("2 people will come together")
    await tom.presses("I'll help")
    await tom.reads("please do not go alone")
    await emma.reads("1 more is being looked for")
    await ann.presses("I'll help")
    card = await ann.reads("unit 2 door 301")
    assert "You come along" in card.text
    await tom.reads("With you: Ann")
    await emma.reads("Tom and Ann are going")
