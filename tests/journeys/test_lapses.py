"""No-shows and late drop-outs: facts that fade, shown to whom they concern, with their own word, and weighed gently."""

from bot.domain.lapses import LapseKind
from bot.domain.needs import State
from bot.domain.people import Role
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told
from tests.journeys.test_closing import done


async def kinds(town: Town, phone: Phone) -> list[str]:
    """What is kept of somebody, oldest first."""
    person = await town.person(phone)
    rows = await town.read(
        lambda tx: tx.all("SELECT kind FROM lapses WHERE person_id = :id ORDER BY id", {"id": person.id})
    )
    return [row["kind"] for row in rows]


async def test_they_did_not_come_is_said_after_the_announced_time(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    early = await zhang.taps_code(f"cnc:{number}", next(s for s in zhang.screen() if not s.mine))
    assert early
    assert "人可能还在路上" in (early.text or "")
    await li.presses("30 分钟后")
    await zhang.reads("小李")
    await town.passes(minutes=40)
    early = await zhang.taps_code(f"cnc:{number}", next(s for s in zhang.screen() if not s.mine))
    assert early
    assert early.alert, "a quarter of an hour is nothing"
    stranger = await zhao.taps_code(f"cnc:{number}", next(s for s in zhao.screen() if not s.mine))
    assert stranger
    assert stranger.alert
    await town.passes(minutes=6)
    await zhang.presses("没有人来")
    await zhang.reads("来不了了")
    said = await li.reads("居民说没有人来")
    assert "没关系" in said.text
    await town.quiet()
    assert not told(li, "301")
    assert (await town.need(number)).state is State.OPEN
    assert await kinds(town, li) == [LapseKind.NOT_COME.value]

    await li.sends("/me")
    await town.quiet()
    await li.presses("我的上门记录")
    shown = await li.reads("到了约定时间没有人来")
    assert "保留到9月1日" in shown.text
    await li.presses("说明 #1")
    await li.reads("只能写一次")
    await li.sends("我按过门铃，没人应")
    await li.reads("“我按过门铃，没人应”")
    again = await li.taps_code("cla:1", next(s for s in li.screen() if not s.mine))
    assert again
    assert again.alert, "once"
    foreign = await zhao.taps_code("cla:1", next(s for s in zhao.screen() if not s.mine))
    assert foreign
    assert foreign.alert
    await wang.sends("/volunteers")
    await town.quiet()
    await wang.presses("小李")
    card = await wang.reads("最近半年")
    assert "“我按过门铃，没人应”" in card.text
    sealed = await town.read(lambda tx: tx.all("SELECT words FROM lapses"))
    assert "门铃" not in str(dict(sealed[0]))
    await town.passes(days=184)
    await li.sends("/me")
    await town.quiet()
    last = next(shown for shown in reversed(li.screen()) if not shown.mine)
    assert "/forget" in last.text
    assert not last.says("我的上门记录"), "half a year is over"


async def test_facts_are_kept_for_who_they_concern_and_for_nobody_who_did_well(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    await done(town, zhang, li, "灯坏了", "家里没有人")
    assert await kinds(town, zhang) == [LapseKind.NOBODY_HOME.value]
    await zhang.sends("/me")
    await town.quiet()
    await zhang.presses("我的上门记录")
    await zhang.reads("帮忙的人上门时，家里没有人")
    assert await kinds(town, li) == []

    second = await town.asks(zhang, "水管漏水", door=None)
    await li.presses("我来帮忙")
    await zhang.reads(f"小李来帮您办需求 #{second}")
    await li.presses("1 小时后")
    await town.quiet()
    await li.presses("去不了")
    await town.quiet()
    await li.presses("我没有时间了")
    await town.quiet()
    assert await kinds(town, li) == [LapseKind.LATE.value]

    await zhao.presses("我来帮忙")
    await zhang.reads(f"小赵来帮您办需求 #{second}")
    await zhao.presses("去不了")
    await town.quiet()
    await zhao.presses("我没有时间了")
    await town.quiet()
    assert await kinds(town, zhao) == [], "nothing was announced, nobody waited"


async def test_a_claim_of_which_nothing_is_heard_is_one_too(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await town.passes(hours=2, minutes=1)
    await town.passes(minutes=31)
    await li.reads("没有消息") if told(li, "没有消息") else None
    assert await kinds(town, li) == [LapseKind.QUIET.value]


async def test_whoever_has_several_is_asked_a_little_later_and_never_left_out(town: Town) -> None:
    five = [await town.helper(f"志愿者{number}") for number in range(6)]
    first = await town.person(five[0])
    zhang = await town.resident("张奶奶")
    need = await town.asks(zhang, "别的事")
    await zhang.presses("不需要了")
    await town.quiet()
    await town.write(
        lambda tx: tx.run(
            "INSERT INTO lapses (need_id, person_id, kind, at) VALUES (:need, :id, 'quiet', :at)",
            {"need": need, "id": first.id, "at": int(town.clock.now().timestamp())},
        )
    )
    await town.passes(days=8)
    await town.asks(zhang, "灯坏了", door=None)
    assert [told(phone, "灯坏了") for phone in five] == [False, True, True, True, True, True]
    await town.passes(minutes=16)
    assert told(five[0], "灯坏了")
