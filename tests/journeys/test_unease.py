"""Somebody did not feel safe: who is in charge hears it alone, the two are kept apart, and it is kept until it was seen to."""

import pytest

from bot.domain.needs import State
from bot.domain.people import Role
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told
from tests.journeys.test_closing import done

UNSAFE = "让我不太安心"


async def says_so(phone: Phone) -> None:
    """One tap and a confirmation."""
    await phone.presses(UNSAFE)
    await phone.reads("要我告诉协调员吗")
    await phone.presses("告诉协调员")
    await phone.reads("会和您联系")


def knows(phone: Phone) -> bool:
    """Whether anything of it stands on this phone."""
    return any("不安心" in shown.text or "不再安排" in shown.text for shown in phone.screen() if not shown.mine)


async def test_a_resident_says_it_and_nobody_but_the_coordinator_knows(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    first = await done(town, zhang, li)
    second = await town.asks(zhang, "水管漏水", door=None)
    await li.presses("我来帮忙")
    await zhang.reads(f"小李来帮您办需求 #{second}")
    third = await town.asks(zhang, "买一袋米", door=None)
    await zhang.presses(UNSAFE)
    await zhang.reads("要我告诉协调员吗")
    await zhang.presses("不用了")
    await town.quiet()
    assert not told(wang, "😟")
    await says_so(zhang)
    card = await wang.reads("张奶奶和小李在一起时不太安心")
    assert "13800138000" not in card.text
    assert not knows(li)
    assert not knows(zhao)
    await li.reads(f"需求 #{second} 由别人去")
    assert (await town.need(second)).state is State.OPEN
    assert (await town.need(first)).claimed_by == (await town.person(li)).id
    for number in (second, third):
        refused = await li.taps_code(f"nc:{number}", next(s for s in li.screen() if not s.mine))
        assert refused
        assert refused.alert, "nothing brings the two together"
    await zhang.presses("写下发生的事")
    await zhang.reads("只有协调员看")
    await zhang.sends("他一直问我存折放在哪里")
    await zhang.reads("会和您联系")
    await town.quiet()
    assert told(wang, "“他一直问我存折放在哪里”")
    await wang.presses("显示电话")
    await town.quiet()
    assert told(wang, "13800138000")
    seen = await town.read(
        lambda tx: tx.all("SELECT viewer_id, person_id FROM disclosures WHERE subject LIKE 'unease:%'")
    )
    assert {row["person_id"] for row in seen} == {(await town.person(zhang)).id}, "of the other side nothing is shown"

    await town.passes(hours=24, minutes=1)
    await wang.reads("张奶奶和小李在一起时不太安心")
    await wang.presses("写下怎么处理的")
    await wang.reads("怎么处理的")
    await wang.sends("和两边都谈过了")
    await zhang.reads("王姐已经处理了")
    await town.quiet()
    assert told(wang, "“和两边都谈过了”")
    assert not told(wang, "13800138000"), "what is over shows no telephone"
    await town.passes(days=3)
    assert sum("在一起时不太安心" in shown.text for shown in wang.screen()) == 1, "nobody is reminded any more"
    refused = await li.taps_code(f"nc:{third}", next(s for s in li.screen() if not s.mine))
    assert refused
    assert refused.alert, "seen to is not lifted"
    await wang.presses("可以再安排")
    await town.quiet()
    assert told(wang, "可以再安排在一起了")
    await li.taps_code(f"nc:{third}", next(s for s in li.screen() if not s.mine))
    await zhang.reads(f"小李来帮您办需求 #{third}")
    sealed = await town.read(lambda tx: tx.all("SELECT words, note FROM unease"))
    assert "存折" not in str([dict(row) for row in sealed])
    assert "谈过" not in str([dict(row) for row in sealed])
    assert not knows(li)


async def test_a_volunteer_says_it_while_they_are_still_there(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await li.presses("去不了")
    await town.quiet()
    await says_so(li)
    await wang.reads("小李和张奶奶在一起时不太安心")
    await zhang.reads("来不了了")
    await town.quiet()
    assert not knows(zhang)
    assert not told(li, "301")
    assert not told(li, "由别人去"), "they know why"
    assert (await town.need(number)).state is State.OPEN
    assert sum("灯坏了" in shown.text for shown in zhao.screen()) == 1
    await wang.presses("小李的卡片")
    await wang.reads("在帮忙")
    await wang.presses("暂停，并写原因")
    await wang.reads("为什么暂停")


async def test_whoever_it_is_about_never_sees_to_it(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await wang.reads("还没有人来帮忙")
    await wang.presses("看这个需求")
    await wang.reads("灯坏了")
    await wang.presses("我自己去办")
    await wang.reads("301")
    await wang.presses("办完了")
    await wang.reads("办得怎么样？")
    await wang.presses("办好了")
    await zhang.reads("您看可以吗")
    await zhang.presses(UNSAFE)
    await zhang.reads("要我告诉协调员吗")
    await zhang.presses("告诉协调员")
    await zhang.reads("请给社区居委会打电话")
    await town.passes(days=2)
    assert not knows(wang)
    for code in ("cut:1", "cuh:1", "cul:1", "cuw:1"):
        refused = await wang.taps_code(code, next(s for s in wang.screen() if not s.mine))
        missing = await wang.taps_code(code.replace("1", "99"), next(s for s in wang.screen() if not s.mine))
        assert refused
        assert missing
        assert refused.alert
        assert refused.text == missing.text, "not even that there is such a thing"
    chen = await town.helper("陈姐", Role.COORDINATOR)
    await town.passes(days=1, minutes=1)
    await chen.reads("张奶奶和王姐在一起时不太安心")
    assert not knows(wang)
    assert (await town.need(number)).state in (State.DONE, State.CLOSED)


async def test_a_coordinator_who_cannot_be_told_is_not_the_last_word(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await done(town, zhang, li)
    wang.deactivates()
    await zhang.presses(UNSAFE)
    await zhang.reads("要我告诉协调员吗")
    await zhang.presses("告诉协调员")
    await town.quiet()
    await town.passes(minutes=1)
    await chen.reads("张奶奶和小李在一起时不太安心")


@pytest.mark.parametrize("code", ["cun:1", "cuy:1"])
async def test_strangers_say_nothing_of_others(town: Town, code: str) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    for phone in (zhao, zhang):
        toast = await phone.taps_code(code, next(s for s in phone.screen() if not s.mine))
        assert toast
        assert toast.alert, "nobody has been there"
    await li.presses("我来帮忙")
    await li.reads("301")
    toast = await zhao.taps_code(code, next(s for s in zhao.screen() if not s.mine))
    assert toast
    assert toast.alert
    assert not await town.read(lambda tx: tx.all("SELECT id FROM unease"))
