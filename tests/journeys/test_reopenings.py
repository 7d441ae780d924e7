"""Once more: within a week a closed need is opened again with a reason, the same helper first if wished; later anew."""

from bot.domain.needs import State
from bot.domain.people import Role
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told
from tests.journeys.test_closing import done


async def closed(town: Town, zhang: Phone, li: Phone) -> int:
    """A need that is over, with stars."""
    number = await done(town, zhang, li)
    await zhang.presses("可以，都好")
    await zhang.reads("帮得怎么样")
    await zhang.presses("⭐⭐⭐⭐⭐")
    await zhang.reads("谢谢您")
    return number


async def once_more(zhang: Phone, who: str) -> None:
    """The way there."""
    await zhang.presses("更多")
    await zhang.reads("您想怎么办")
    await zhang.presses("还要再办一次")
    await zhang.reads("请谁来")
    await zhang.presses(who)
    await zhang.reads("这次是怎么回事")


async def test_the_same_helper_is_asked_first_and_alone(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await closed(town, zhang, li)
    before = len(zhao.screen())
    await once_more(zhang, "还请小李来")
    await zhang.presses("又坏了")
    await zhang.reads("已经发出")
    card = await li.reads("上次是您去的")
    assert "再办一次：又坏了" in card.text
    assert (await town.need(number)).state is State.OPEN
    await town.passes(minutes=2)
    assert len(zhao.screen()) == before, "nobody else is asked yet"
    await li.presses("我来帮忙")
    await li.reads("301")
    await li.presses("办完了")
    await li.reads("办得怎么样？")
    await li.presses("办好了")
    await zhang.reads("您看可以吗")
    await zhang.presses("可以，都好")
    await zhang.reads("帮得怎么样")
    await zhang.presses("⭐⭐⭐")
    await town.quiet()
    assert (await town.need(number)).stars == 3
    given = await town.read(lambda tx: tx.all("SELECT stars FROM ratings ORDER BY id"))
    assert [row["stars"] for row in given] == [5, 3], "each visit has its own"


async def test_who_says_no_or_nothing_makes_room_for_others(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    await closed(town, zhang, li)
    await once_more(zhang, "还请小李来")
    await zhang.sends("灯泡闪，2单元301")
    await zhang.reads("已经发出")
    card = await li.reads("上次是您去的")
    assert "灯泡闪" in card.text
    assert "301" not in card.text
    await town.passes(minutes=31)
    await zhao.reads("再办一次")
    await zhao.presses("我来帮忙")
    await zhang.reads("小赵来帮您办")


async def test_somebody_else_is_wished_for(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    await closed(town, zhang, li)
    await once_more(zhang, "请别人来")
    await zhang.presses("其实没有办好")
    await zhao.reads("再办一次：其实没有办好")
    assert not told(li, "上次是您去的")
    assert not told(li, "为什么问您")


async def test_something_went_wrong_is_said_within_a_week_of_the_closing(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await closed(town, zhang, li)
    await town.passes(days=3)
    await zhang.presses("更多")
    await zhang.reads("您想怎么办")
    await zhang.presses("还要再办一次")
    await zhang.reads("请谁来")
    await zhang.presses("告诉协调员")
    await zhang.reads("哪里不对")
    await zhang.sends("开关发烫")
    await wang.reads("居民说有地方不对")
    assert (await town.need(number)).state is State.DISPUTED


async def test_after_a_week_the_same_words_become_a_new_draft(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await closed(town, zhang, li)
    await zhang.presses("更多")
    await zhang.reads("您想怎么办")
    await town.passes(days=7, minutes=1)
    await zhang.presses("还要再办一次")
    await zhang.reads("请重新发一次")
    for code in (f"crb:{number}:same", f"crn:{number}:same:broke", f"nw:{number}"):
        late = await zhang.taps_code(code, next(s for s in zhang.screen() if not s.mine))
        assert late
        assert "超过 7 天" in (late.text or ""), code
    await zhang.presses("用原话重新发一次")
    draft = await zhang.reads("这样写对吗")
    assert "灯坏了" in draft.text
    await zhang.presses("发出去")
    await zhang.reads("已经发出")
    assert (await town.need(number)).state is State.CLOSED


async def test_nobody_else_opens_it_and_words_after_second_thoughts_are_a_need(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await closed(town, zhang, li)
    for phone in (li, zhao):
        for code in (f"cro:{number}", f"crb:{number}:same", f"crn:{number}:same:broke", f"crp:{number}"):
            toast = await phone.taps_code(code, next(s for s in phone.screen() if not s.mine))
            assert toast
            assert toast.alert, code
    for forged in (f"crb:{number}:me", f"crn:{number}:same:words", f"crn:{number}:x:y"):
        toast = await zhang.taps_code(forged, next(s for s in zhang.screen() if not s.mine))
        assert toast
        assert toast.alert, forged
    await once_more(zhang, "请别人来")
    await zhang.presses("又坏了")
    await zhang.reads("已经发出")
    late = await zhang.taps_code(f"crn:{number}:same:broke", next(s for s in zhang.screen() if not s.mine))
    assert late
    assert late.alert, "it is open already"
    await zhang.sends("水管也漏了")
    await zhang.reads("这样写对吗")
