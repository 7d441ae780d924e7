"""A thank-you in the group: words without address, names as each side chooses, taken back at any time, nothing confidential."""

from bot.domain.people import Role
from sandbox.groups import Group
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told
from tests.journeys.test_closing import done


async def with_group(town: Town) -> tuple[Phone, Phone, Phone, Group]:
    """Somebody in charge, a helper, a resident, and the community's group."""
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    return chen, li, zhang, await town.group(chen, "c1", li, zhang)


async def written(town: Town, zhang: Phone, li: Phone, words: str) -> int:
    """Five stars and a few words."""
    number = await done(town, zhang, li)
    await zhang.presses("可以，都好")
    await zhang.reads("帮得怎么样")
    await zhang.presses("⭐⭐⭐⭐⭐")
    await zhang.reads("谢谢您")
    await zhang.presses("在群里谢谢")
    await zhang.reads("请写几句感谢的话")
    await zhang.sends(words)
    await zhang.reads("群里会看到这样的话")
    return number


async def test_each_side_chooses_its_name_and_no_address_is_read(town: Town) -> None:
    _, li, zhang, group = await with_group(town)
    await written(town, zhang, li, "谢谢小李！3号楼2单元301的灯亮了，电话13800138000")
    assert not told(zhang, "💐", group)
    await zhang.presses("写上我的称呼")
    await li.reads("张奶奶想在群里谢谢您")
    assert not told(zhang, "💐", group), "whoever helped is asked first"
    await li.presses("只写“邻居”")
    shown = await zhang.reads("张奶奶谢谢热心邻居", chat=group)
    for secret in ("小李", "301", "13800138000", "3号楼", "2单元"):
        assert secret not in shown.text, secret
    assert "的灯亮了" in shown.text
    await li.presses("写上我的称呼")
    await zhang.reads("张奶奶谢谢小李", chat=group)
    await zhang.presses("撤回感谢")
    await town.quiet()
    assert told(zhang, "已经撤回", group)
    assert not told(zhang, "灯亮了", group)
    sealed = await town.read(lambda tx: tx.all("SELECT words FROM showcases"))
    assert [row["words"] for row in sealed] == [None]


async def test_without_an_answer_it_is_shown_after_two_days_as_a_neighbour(town: Town) -> None:
    _, li, zhang, group = await with_group(town)
    number = await written(town, zhang, li, "小李手真巧")
    await zhang.presses("只写“邻居”")
    await li.reads("想在群里谢谢您")
    await town.passes(hours=47)
    assert not told(zhang, "💐", group)
    await town.passes(hours=1, minutes=1)
    shown = await zhang.reads("一位邻居谢谢热心邻居", chat=group)
    assert "小李" not in shown.text
    assert "张奶奶" not in shown.text
    assert "手真巧" in shown.text
    zhao = await town.helper("小赵")
    for code in ("csa:1:1", "csn:1:1", "cst:1", f"csk:{number}"):
        refused = await zhao.taps_code(code, next(s for s in zhao.screen() if not s.mine))
        assert refused
        assert refused.alert, code


async def test_second_thoughts_and_a_confidential_need_reach_no_group(town: Town) -> None:
    chen, li, zhang, group = await with_group(town)
    await written(town, zhang, li, "谢谢")
    await zhang.presses("不发了")
    await town.quiet()
    assert not told(zhang, "💐", group)
    sun = await town.helper("孙老师", skills=("mediation",))
    wu = await town.resident("吴大爷", "b2")
    await wu.sends("邻里纠纷调解")
    await wu.reads("这样写对吗")
    await wu.presses("发出去")
    await wu.reads("门牌号")
    await wu.sends("1单元201")
    await wu.reads("已经发出")
    await sun.presses("我来帮忙")
    await sun.reads("201")
    await sun.presses("办完了")
    await sun.reads("办得怎么样？")
    await sun.presses("办好了")
    await wu.reads("您看可以吗")
    await wu.presses("可以，都好")
    await wu.reads("帮得怎么样")
    await wu.presses("⭐⭐⭐⭐⭐")
    await wu.reads("谢谢您")
    assert not told(wu, "在群里谢谢")
    refused = await wu.taps_code("csk:2", next(s for s in wu.screen() if not s.mine))
    assert refused
    assert refused.alert
    await town.passes(days=3)
    assert not told(chen, "💐", group)


async def test_where_there_is_no_group_nothing_is_offered(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await done(town, zhang, li)
    await zhang.presses("可以，都好")
    await zhang.reads("帮得怎么样")
    await zhang.presses("⭐⭐⭐⭐⭐")
    await zhang.reads("谢谢您")
    assert not told(zhang, "在群里谢谢")
    refused = await zhang.taps_code(f"csk:{number}", next(s for s in zhang.screen() if not s.mine))
    assert refused
    assert refused.alert
