"""Two communities side by side: nobody is asked, shown or obeyed beyond the place where their role holds."""

from bot.domain.needs import State
from bot.domain.people import Role
from tests.journeys.conftest import Town, told


async def test_the_next_community_is_not_asked_and_cannot_do_anything(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    grid = await town.helper("二网格志愿者", code="g2")
    sunny = await town.helper("阳光志愿者", code="c2")
    head = await town.helper("阳光协调员", Role.COORDINATOR, code="c2")
    zhang = await town.resident("张奶奶", "b1")
    sun = await town.resident("孙大爷", "b9")
    number = await town.asks(zhang, "灯坏了")
    await town.asks(sun, "水管漏水")
    for phone in (sunny, head, grid):
        assert not told(phone, "灯坏了")
    assert told(li, "灯坏了")
    assert not told(li, "水管漏水")
    for phone in (sunny, head, grid):
        await phone.sends("/needs")
        shown = await phone.reads("您附近的需求" if phone is not grid else "没有等着帮忙的事")
        assert not shown.says(f"#{number} ")
        for code in ("nc", "nn", "nq", "nx", "nv", "nf", "nk", "nr", "ny", "nw"):
            toast = await phone.taps_code(f"{code}:{number}", shown)
            assert toast, code
            said = "这里的志愿者" if code in ("nc", "nn") else "由别人来办"
            assert said in (toast.text or ""), code
        for code in (f"nj:{number}:0", f"nb:{number}:other", f"nd:{number}:done", f"na:{number}:30", f"ns:{number}:5"):
            toast = await phone.taps_code(code, shown)
            assert toast
            assert "由别人来办" in (toast.text or ""), code
    assert (await town.need(number)).state is State.OPEN

    await li.presses("我来帮忙")
    await li.reads("301")
    await li.presses("办完了")
    await li.reads("办得怎么样？")
    await li.presses("办好了")
    await zhang.reads("您看可以吗")
    await zhang.presses("有地方不对")
    await zhang.reads("哪里不对")
    await zhang.sends("没修好")
    await wang.reads("没修好")
    await town.quiet()
    assert not told(head, "没修好")
    toast = await head.taps_code(f"nj:{number}:0", next(shown for shown in head.screen() if shown.labels))
    assert toast
    assert toast.alert
    assert (await town.need(number)).state is State.DISPUTED


async def test_a_role_above_holds_below_and_a_role_below_does_not_hold_above(town: Town) -> None:
    house = await town.helper("楼长", Role.COORDINATOR, code="b3")
    wang = await town.helper("王姐", Role.COORDINATOR, code="c1")
    zhang = await town.resident("张奶奶", "b1")
    zhou = await town.resident("周大爷", "b3")
    first = await town.asks(zhang, "灯坏了")
    second = await town.asks(zhou, "水管漏水")
    assert told(zhou, "协调员楼长会来安排"), "the nearest is in charge"
    assert told(zhang, "协调员王姐会来安排")
    await house.sends("/needs")
    shown = await house.reads("您附近的需求")
    assert shown.says(f"#{second} ")
    assert not shown.says(f"#{first} ")
    await wang.sends("/needs")
    shown = await wang.reads("您附近的需求")
    assert shown.says(f"#{second} ")
    assert shown.says(f"#{first} ")
    toast = await house.taps_code(f"nx:{first}", next(shown for shown in house.screen() if shown.labels))
    assert toast
    assert toast.alert
    await wang.presses(f"#{second} ")
    await wang.reads("水管漏水")
    await wang.presses("取消")
    await zhou.reads("已取消")


async def test_who_helps_here_and_leads_there_sees_each_as_what_they_are(town: Town) -> None:
    both = await town.helper("两边跑", Role.COORDINATOR, code="c2")
    await both.opens(await town.invitation(Role.VOLUNTEER, "c1"))
    await both.reads("幸福社区")
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶", "b1")
    number = await town.asks(zhang, "灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await both.sends("/needs")
    assert not (await both.reads("没有等着帮忙的事")).says(f"#{number} "), (
        "what is taken is listed for whoever is in charge"
    )
