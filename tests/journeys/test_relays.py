"""Resident and helper write to each other through the bot: by answering, by a key, until it is closed."""

from bot.domain.needs import State
from bot.domain.people import Role
from bot.domain.relays import AT_MOST
from bot.storage import exports
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told


async def taken(town: Town) -> tuple[Phone, Phone, int]:
    """张奶奶 asked, 小李 has it."""
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    number = await town.asks(zhang, "厨房的灯坏了")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await zhang.reads("小李来帮您办")
    await town.quiet()
    return zhang, li, number


async def finished(li: Phone) -> None:
    """小李 says that it is done."""
    await li.presses("办完了")
    await li.reads("办得怎么样")
    await li.presses("办好了")


def newest(phone: Phone, words: str) -> int:
    """The newest message of the bot that says so."""
    return [shown for shown in phone.screen() if not shown.mine and shown.says(words)][-1].id


async def test_both_write_by_answering_and_see_no_number(town: Town) -> None:
    zhang, li, number = await taken(town)
    await zhang.sends("请带一把梯子", reply_to=newest(zhang, "小李来帮您办"))
    await zhang.reads("已转给小李")
    heard = await li.reads("请带一把梯子")
    assert heard.says("张奶奶")
    assert heard.says(f"#{number}")
    assert heard.protected
    await li.sends("好的，梯子我有", reply_to=heard)
    back = await zhang.reads("梯子我有")
    assert back.says("小李")
    await zhang.sends("麻烦您了", reply_to=back)
    await li.reads("麻烦您了")
    await town.quiet()
    assert not told(zhang, "这样写对吗"), "an answer is no new request"
    assert str(li.id) not in "".join(shown.text for shown in zhang.screen())


async def test_the_card_can_be_answered_and_a_key_serves_who_cannot_answer(town: Town) -> None:
    zhang, li, _ = await taken(town)
    await li.sends("我下午到", reply_to=newest(li, "301"))
    await zhang.reads("我下午到")
    await zhang.presses("写给小李")
    await zhang.reads("号码不会让对方看到")
    await zhang.sends("下午我在家")
    await li.reads("下午我在家")
    await li.presses("写给张奶奶")
    await li.reads("号码不会让对方看到")
    await li.sends("三点见")
    await zhang.reads("三点见")
    await zhang.sends("家里的水管也漏了")
    await zhang.reads("这样写对吗"), "one message only: the next is a request like any other"


async def test_voice_notes_photos_and_albums_are_passed_on(town: Town) -> None:
    zhang, li, _ = await taken(town)
    await zhang.sends_photo("就是这盏灯", reply_to=newest(zhang, "小李来帮您办"))
    photo = await li.reads("就是这盏灯")
    assert photo.kind == "photo"
    await li.sends_voice(reply_to=photo)
    voice = await zhang.reads("小李，关于需求")
    assert voice.kind == "voice"
    await zhang.presses("写给小李")
    await zhang.reads("号码不会让对方看到")
    await zhang.sends_album(3, "三个角度")
    await li.reads("三个角度")
    await town.quiet()
    assert len([shown for shown in li.screen() if shown.kind == "photo"]) == 4
    assert len([shown for shown in zhang.screen() if shown.says("已转给小李")]) == 2, "an album is passed on once"
    assert not told(zhang, "没有人")


async def test_after_closing_a_kind_text_says_so(town: Town) -> None:
    await town.helper("王姐", Role.COORDINATOR)
    zhang, li, number = await taken(town)
    await li.sends("马上到", reply_to=newest(li, "301"))
    heard = await zhang.reads("马上到")
    await finished(li)
    await zhang.reads("您看可以吗")
    await zhang.sends("还想问一句", reply_to=heard)
    await li.reads("还想问一句")
    await zhang.presses("可以，都好")
    await town.quiet()
    assert (await town.need(number)).state is State.CLOSED
    await zhang.sends("谢谢您上次来", reply_to=heard)
    closed = await zhang.reads("已经结束")
    assert closed.says("王姐")
    await li.sends("不客气啊", reply_to=newest(li, "还想问一句"))
    await li.reads("已经结束")
    await town.quiet()
    assert not told(li, "谢谢您上次来")
    assert not told(zhang, "不客气啊")


async def test_whoever_gave_it_back_writes_to_nobody(town: Town) -> None:
    zhang, li, number = await taken(town)
    zhao = await town.helper("小赵")
    await li.presses("我去不了")
    await li.reads("是什么原因")
    await li.presses("没有时间")
    await zhang.reads("来不了了")
    await zhang.sends("那谁来呢", reply_to=newest(zhang, "来不了了"))
    await zhang.reads("还没有人接")
    await zhao.reads("灯坏了")
    await zhao.presses("我来帮忙")
    await li.sends("对不起啊", reply_to=newest(li, "灯坏了") if told(li, "灯坏了") else newest(li, f"#{number}"))
    await li.reads("现在由别人")
    await town.quiet()
    assert not told(zhang, "对不起啊")


async def test_the_sender_hears_when_it_did_not_arrive(town: Town) -> None:
    await town.helper("王姐", Role.COORDINATOR)
    zhang, li, _ = await taken(town)
    await li.blocks()
    await town.quiet()
    await zhang.sends("您到哪儿了", reply_to=newest(zhang, "小李来帮您办"))
    failed = await zhang.reads("没有送到")
    assert failed.says("小李")
    assert failed.says("王姐")
    await town.quiet()
    assert not told(zhang, "已转给小李")


async def test_a_letter_that_telegram_refuses_comes_back_once(town: Town) -> None:
    zhang, li, _ = await taken(town)
    li.deactivates()
    await zhang.sends("您到哪儿了", reply_to=newest(zhang, "小李来帮您办"))
    await zhang.reads("没有送到")
    await town.quiet()
    assert len([shown for shown in zhang.screen() if shown.says("没有送到")]) == 1


async def test_nobody_writes_without_end(town: Town) -> None:
    zhang, li, _ = await taken(town)
    card = newest(zhang, "小李来帮您办")
    for number in range(AT_MOST):
        town.clock.advance(20)
        await zhang.sends(f"第{number}句", reply_to=card)
    await li.reads(f"第{AT_MOST - 1}句")
    await zhang.sends("再一句", reply_to=card)
    await zhang.reads("请稍等一会儿")
    await town.passes(hours=1)
    await zhang.sends("现在呢", reply_to=newest(zhang, "小李来帮您办"))
    await li.reads("现在呢")


async def test_words_too_long_are_not_lost_and_cries_for_help_pass_everything(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang, li, _ = await taken(town)
    await zhang.presses("写给小李")
    await zhang.reads("号码不会让对方看到")
    await zhang.sends("长" * 1001)
    await zhang.reads("请写短一点")
    await zhang.sends("短的")
    await li.reads("短的")
    await zhang.sends("救命", reply_to=newest(zhang, "小李来帮您办"))
    await wang.reads("张奶奶")
    await town.quiet()
    assert not told(li, "救命")


async def test_what_was_written_can_be_exported_and_goes_with_either_side(town: Town) -> None:
    zhang, li, _ = await taken(town)
    await li.sends("我在楼下", reply_to=newest(li, "301"))
    await zhang.reads("我在楼下")
    who = await town.person(li)
    zone = town.program.home.timezone
    known = await town.read(lambda tx: list(exports.sections(tx, who.id, zone)))
    assert any(one.name == "messages" and "我在楼下" in str(one.rows) for one in known)
    await finished(li)
    await li.reads("请居民确认")
    await li.sends("/forget")
    await li.reads("忘记")
    await li.presses("请忘记我")
    await li.reads("真的")
    await li.presses("永远忘记我")
    await town.quiet()
    assert not told(zhang, "我在楼下")
    assert told(zhang, "已经不再保留")


async def test_nobody_else_writes_by_a_forged_key(town: Town) -> None:
    zhang, li, number = await taken(town)
    stranger = await town.resident("陈大爷", "b2")
    card = stranger.screen()[-1]
    await stranger.taps_code(f"rw:{number}:0", card)
    await stranger.sends("我是坏人")
    await town.quiet()
    assert not told(zhang, "我是坏人")
    assert not told(li, "我是坏人")
