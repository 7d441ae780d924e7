"""First visits of new volunteers: made together where the community wants it, and lifted for whoever is known."""

from bot.domain.people import Role
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told


async def wants_company(town: Town, wang: Phone, visits: str = "头 1 次一起去") -> None:
    """王姐 says how many first visits are made together."""
    await wang.sends("/volunteers")
    await wang.reads("份申请等您看")
    await wang.presses("头几次一起去")
    await wang.reads("头几次上门")
    await wang.presses(visits)
    await town.quiet()


async def finishes(town: Town, helper: Phone, resident: Phone) -> None:
    """A need is done, from the claim to the resident's yes."""
    await helper.presses("办完了")
    await town.quiet()
    await helper.presses("办好了")
    await resident.reads("您看可以吗")
    await resident.presses("都好")
    await town.quiet()


async def test_a_new_volunteer_goes_with_somebody_who_knows_the_way(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await finishes(town, li, zhang)
    await wants_company(town, wang)

    sun, zhou = await town.helper("小孙"), await town.helper("小周")
    number = await town.asks(zhang, "水管漏水", door=None)
    await sun.presses("我来帮忙")
    card = await sun.reads("2单元301")
    assert "头几次上门要和有经验的志愿者一起去" in card.text
    await li.reads("正在找一位有经验的一起去")
    toast = await zhou.taps_code(f"nc:{number}", zhou.screen()[-1])
    assert toast
    assert "要留给帮过忙的老志愿者" in (toast.text or "")
    await li.presses("我来帮忙")
    await li.reads("301")
    await sun.reads("和您一起去的：小李")
    await town.quiet()
    assert not told(sun, "头几次上门要和")
    await finishes(town, sun, zhang)

    third = await town.asks(zhang, "门锁坏了", door=None)
    await sun.presses("我来帮忙")
    card = await sun.reads("301")
    assert "头几次上门" not in card.text, "one visit was made"
    assert (await town.need(third)).claimed_by == (await town.person(sun)).id


async def test_whoever_is_known_goes_alone_from_the_first_visit_on(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    sun = await town.helper("小孙")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await sun.presses("我来帮忙")
    await sun.reads("301")
    await town.quiet()
    assert not told(sun, "头几次上门"), "nobody asked for it here"
    await wants_company(town, wang, "头 3 次一起去")
    assert told(sun, "头几次上门要和有经验的志愿者一起去"), "also for what somebody has already"

    await wang.sends("/volunteers")
    await wang.reads("份申请等您看")
    await wang.presses("小孙")
    await town.quiet()
    await wang.presses("可以自己去")
    await sun.reads("您可以自己去")
    await town.quiet()
    assert not told(sun, "头几次上门要和")
    assert not told(wang, "我了解，可以自己去")


async def test_too_long_without_company_and_the_coordinator_hears(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    sun = await town.helper("小孙")
    zhang = await town.resident("张奶奶")
    await wants_company(town, wang)
    await town.asks(zhang, "灯坏了")
    await sun.presses("我来帮忙")
    await sun.reads("301")
    await sun.presses("1 小时后")
    await town.passes(hours=2, minutes=1)
    heard = await wang.reads("找到了 1 位，一共需要 2 位")
    assert "已经请他们不要一个人去" in heard.text


async def test_nobody_else_says_how_it_is(town: Town) -> None:
    li = await town.helper("小李")
    place = await town.area_id("c1")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    for code in (f"xbs:{place}:3", "xbl", "xba:1"):
        toast = await li.taps_code(code, li.screen()[-1])
        assert toast
        assert toast.alert, code
