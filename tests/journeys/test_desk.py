"""The coordinator's desk: what they see to themselves, and that one message never shows two cards."""

from bot.domain.people import Role
from tests.journeys.conftest import Town, told


async def test_a_coordinator_who_goes_themselves_keeps_address_and_buttons(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await wang.presses("看这个需求")
    await town.quiet()
    await wang.presses("我自己去办")
    await town.quiet()
    assert told(wang, "2单元301")
    assert told(wang, "办完了")
    await wang.presses("30 分钟后")
    await town.quiet()
    assert told(wang, "2单元301"), "drawn again, it is still there"
    cards = [shown for shown in wang.screen() if shown.says("灯坏了")]
    assert len(cards) == 1
    edits = [call for call in town.sandbox.calls_of("editMessageText", wang.id) if "灯坏了" in str(call.parameters)]
    assert all("我自己去办" not in str(call.parameters) for call in edits)

    await wang.presses("我去不了")
    await town.quiet()
    await wang.presses("其他原因")
    await zhang.reads("来不了了")
    await town.quiet()
    assert not told(wang, "301")
    await wang.sends("/needs")
    await wang.reads("您附近的需求")
    await wang.presses(f"#{number}")
    await town.quiet()
    assert told(wang, "我自己去办"), "the desk's card is there again"
    await wang.presses("我自己去办")
    await town.quiet()
    assert told(wang, "301")
    assert sum(shown.says("2单元301") for shown in wang.screen()) == 1
    await wang.presses("办完了")
    await town.quiet()
    await wang.presses("办好了")
    await zhang.reads("您看可以吗")
    await town.quiet()
    assert not told(wang, "301")


async def test_who_is_coordinator_and_volunteer_and_resident_at_once(town: Town) -> None:
    wang = await town.resident("王姐")
    for role in (Role.COORDINATOR, Role.VOLUNTEER):
        await wang.opens(await town.invitation(role))
        await wang.reads("幸福社区")
    li = await town.helper("小李")
    number = await town.asks(wang, "我家灯坏了")
    assert not told(wang, "为什么问您"), "nobody is asked for what they asked for"
    await li.presses("我来帮忙")
    await wang.reads("小李来帮您办")
    zhang = await town.resident("张奶奶", "b2")
    other = await town.asks(zhang, "水管漏水", "4单元404")
    await wang.reads("为什么问您")
    await wang.presses("我来帮忙")
    await town.quiet()
    assert told(wang, "4单元404")
    await wang.sends("/needs")
    await wang.reads("您附近的需求")
    await wang.presses(f"#{other} ")
    await town.quiet()
    assert sum(shown.says("4单元404") for shown in wang.screen()) <= 1
    if told(wang, "看地址"):
        await wang.presses("看地址")
        await town.quiet()
    assert sum(shown.says("4单元404") for shown in wang.screen()) == 1
    await wang.presses("办完了")
    await town.quiet()
    await wang.presses("办好了")
    await zhang.reads("您看可以吗")
    await town.quiet()
    assert not told(wang, "4单元404")
    await wang.sends("/mine")
    assert (await wang.reads("您的需求")).says(f"#{number} ")
