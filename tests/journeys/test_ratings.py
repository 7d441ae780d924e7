"""Stars and words both ways: nobody reads the other's before both have said or a week has gone, and few are told quietly."""

from bot.domain.people import Role
from tests.journeys.conftest import Town, told
from tests.journeys.test_closing import done


async def test_both_say_it_in_stars_and_words_and_read_the_others(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await done(town, zhang, li)
    await li.presses("4⭐")
    await li.reads("您评了⭐⭐⭐⭐")
    await li.presses("写一句话")
    await li.reads("请写下您的评语")
    await li.sends("张奶奶很客气 <b>")
    await li.reads("记下了")
    await town.quiet()
    assert told(li, "“张奶奶很客气 <b>”")
    await zhang.presses("可以，都好")
    await zhang.reads("帮得怎么样")
    assert not told(zhang, "很客气")
    await zhang.presses("⭐⭐⭐⭐⭐")
    await zhang.reads("谢谢您")
    assert not told(zhang, "很客气"), "there is time for words"
    await zhang.presses("写一句话")
    await zhang.reads("请写下您的评语")
    await zhang.sends("来得很快")
    await zhang.reads("记下了")
    assert not told(li, "来得很快")
    await town.passes(minutes=31)
    await li.reads("张奶奶给需求 #1 评了⭐⭐⭐⭐⭐")
    assert told(li, "“来得很快”")
    await zhang.reads("小李评了⭐⭐⭐⭐（帮您办了需求 #1）")
    assert told(zhang, "“张奶奶很客气 <b>”")
    assert not told(zhang, "写一句话"), "what is shown stays as it is"
    refused = await zhang.taps_code(f"crw:{number}", next(s for s in zhang.screen() if not s.mine))
    assert refused is not None
    await zhang.sends("再补一句")
    await zhang.reads("已经给您看了")
    sealed = await town.read(lambda tx: tx.all("SELECT words FROM ratings"))
    assert len(sealed) == 2
    assert "很快" not in str([dict(row) for row in sealed])


async def test_a_week_shows_what_nobody_answered_and_nothing_can_be_said_to_it(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await done(town, zhang, li)
    await li.presses("2⭐")
    await zhang.presses("可以，都好")
    await zhang.reads("帮得怎么样")
    await town.passes(days=7, minutes=1)
    await zhang.reads("小李评了⭐⭐（")
    await town.quiet()
    assert not told(zhang, "帮得怎么样"), "stars in answer to stars would be no stars"
    refused = await zhang.taps_code(f"ns:{number}:1", next(s for s in zhang.screen() if not s.mine))
    assert refused
    assert refused.alert
    assert (await town.need(number)).stars is None


async def test_few_stars_wait_for_the_digest_of_who_is_in_charge_and_no_longer(town: Town) -> None:
    wang, chen = await town.helper("王姐", Role.COORDINATOR), await town.helper("陈姐", Role.COORDINATOR)
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    await wang.sends("/today")
    await town.quiet()
    await wang.presses("📰")
    await town.quiet()
    await done(town, zhang, li)
    await zhang.presses("可以，都好")
    await zhang.reads("帮得怎么样")
    await zhang.presses("⭐")
    await chen.reads("张奶奶给小李评了⭐。")
    assert not told(wang, "评了⭐"), "a digest is wished for"
    assert not told(li, "评了⭐")
    assert not told(zhao, "评了⭐")
    await town.passes(hours=11)
    assert told(wang, "张奶奶给小李评了⭐。")


async def test_strangers_say_nothing_and_read_nothing(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await done(town, zhang, li)
    early = await zhang.taps_code(f"ns:{number}:5", next(s for s in zhang.screen() if not s.mine))
    assert early
    assert early.alert, "the resident says first whether it is done"
    await li.presses("5⭐")
    await li.reads("您评了")
    for code in (f"ns:{number}:5", f"crw:{number}", f"cm:{number}"):
        toast = await zhao.taps_code(code, next(s for s in zhao.screen() if not s.mine))
        assert toast
        assert toast.alert, code
    for forged in (0, 6, -1, 10**18):
        toast = await li.taps_code(f"ns:{number}:{forged}", next(s for s in li.screen() if not s.mine))
        assert toast
        assert toast.alert
    await town.passes(days=8)
    assert not told(zhao, "⭐")
