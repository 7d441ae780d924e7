"""A helper at the door: known by two words, asked whether they are well, and what the visit came to."""

from bot.domain.needs import State
from bot.domain.people import Role
from bot.storage import hints, visits
from bot.storage.database import Transaction
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told


async def taken(town: Town, words: str = "厨房的灯坏了") -> tuple[Phone, Phone, int]:
    """张奶奶 asked, 小李 has it."""
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    number = await town.asks(zhang, words)
    await claims(town, li, zhang, words)
    return zhang, li, number


async def claims(town: Town, li: Phone, zhang: Phone, words: str) -> None:
    """小李 takes it."""
    await li.reads(words)
    await li.presses("我来帮忙")
    await li.reads("301")
    await zhang.reads("小李来帮您办")
    await town.quiet()


def card_of(phone: Phone, words: str) -> str:
    """The newest message of the bot that says so."""
    return [shown for shown in phone.screen() if not shown.mine and shown.says(words)][-1].text


def word_on(text: str) -> str:
    """The code word that stands on a card."""
    line = next(line for line in text.splitlines() if line.startswith("🔑"))
    return line.split("：")[-1].strip()


async def done(li: Phone, town: Town) -> None:
    """One tap."""
    await li.presses("✅ 办好了")
    await li.reads("不填也可以")
    await town.quiet()


# --- at the door ---


async def test_both_know_the_same_words_and_see_since_when_somebody_is_there(town: Town) -> None:
    zhang, li, number = await taken(town)
    word = word_on(card_of(zhang, "小李来帮您办"))
    assert word == word_on(card_of(li, "301"))
    assert word == word_on(card_of(zhang, "灯坏了")), "the resident's card has them too"
    toast = await li.presses("我到了")
    assert toast
    assert "已经告诉对方" in (toast.text or "")
    here = await zhang.reads("小李到您门口了")
    assert word_on(here.text) == word
    await town.quiet()
    assert told(zhang, "小李 09:00 到的")
    assert told(li, "您 09:00 到的")
    card = next(shown for shown in reversed(li.screen()) if shown.says("301"))
    await li.taps_code(f"vib:{number}", card)
    await town.quiet()
    assert len([one for one in zhang.screen() if one.says("小李到您门口了")]) == 1, "two taps, one message"


async def test_each_claim_has_words_of_its_own_and_each_reads_them(town: Town) -> None:
    li, zhang = await town.helper("小李", language="en"), await town.resident("张奶奶")
    await town.asks(zhang, "厨房的灯坏了")
    await li.reads("灯坏了")
    await li.presses("I'll help")
    card = await li.reads("Please say at the door")
    first = await zhang.reads("小李来帮您办")
    assert word_on(first.text) in card.text, "it is said in the resident's language"
    assert "that means" in card.text
    assert "意思是" not in first.text
    await li.presses("I can't after all")
    await li.reads("Why?")
    await li.presses("no time")
    await zhang.reads("来不了了")
    await town.passes(minutes=5)
    await li.taps_code(f"nc:{(await town.needs_of((await town.person(zhang)).id))[0].id}", card)
    again = await zhang.reads("小李来帮您办")
    assert word_on(again.text) != word_on(first.text)


async def test_the_photo_comes_with_the_name_if_it_was_given_for_it(town: Town) -> None:
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    await li.sends("/me")
    await li.reads("小李")
    await li.presses("上门照片")
    await town.quiet()
    await li.presses("发一张我的照片")
    await li.reads("请现在发")
    await li.sends_photo()
    await li.reads("谢谢")
    await town.asks(zhang, "厨房的灯坏了")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    shown = await zhang.reads("小李来帮您办")
    assert shown.kind == "photo"
    await town.quiet()
    await li.sends("/me")
    await li.reads("张奶奶")


# --- are they well? ---


async def test_whoever_is_there_for_long_is_asked_and_says_so_with_one_tap(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang, li, number = await taken(town)
    await li.presses("我到了")
    await town.passes(hours=2, minutes=1)
    await li.reads("您都好吗")
    await li.presses("我很好，还在这里")
    await town.passes(minutes=30)
    assert not told(wang, "没有回音")
    await town.passes(hours=1, minutes=31)
    await li.reads("您都好吗")
    assert (await town.need(number)).state is State.CLAIMED, "nobody else is asked while they are there"
    await li.presses("✅ 办好了")
    await zhang.reads("您看可以吗")
    await town.passes(minutes=30)
    assert not told(wang, "没有回音")


async def test_silence_is_told_to_who_is_in_charge_with_the_telephone(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    await li.sends("/me")
    await li.reads("小李")
    await li.presses("门牌和电话")
    await li.reads("门牌")
    await li.sends("1单元101 13900139000")
    await town.quiet()
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "厨房的灯坏了")
    await claims(town, li, zhang, "灯坏了")
    await li.presses("我到了")
    await town.passes(hours=2, minutes=1)
    await li.reads("您都好吗")
    await town.passes(minutes=21)
    alarm = await wang.reads("没有回音")
    assert alarm.says("小李")
    assert alarm.says("13900139000")
    assert alarm.says(f"#{number}")
    await town.passes(hours=1, minutes=1)
    assert len([one for one in wang.screen() if one.says("13900139000")]) == 1, (
        "the old card is blanked, a new one comes"
    )
    await wang.presses("联系上了")
    await wang.reads("都好")
    await town.quiet()
    assert not told(wang, "13900139000")
    await li.sends("/me")
    await li.reads("王姐")


async def test_whoever_blocks_the_bot_at_the_door_is_looked_for_at_once(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    _, li, _ = await taken(town)
    await li.presses("我到了")
    await town.quiet()
    await li.blocks()
    await town.passes(hours=2, minutes=1)
    await town.passes(minutes=1)
    await wang.reads("没有回音")


async def test_a_visit_of_a_need_that_was_cancelled_asks_nothing(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang, li, _ = await taken(town)
    await li.presses("我到了")
    await town.quiet()
    await zhang.presses("不需要了")
    await li.reads("不需要了")
    await town.passes(hours=3)
    await town.passes(hours=1)
    assert not told(li, "您都好吗")
    assert not told(wang, "没有回音")


# --- what it came to ---


async def test_minutes_are_measured_tapped_or_typed(town: Town) -> None:
    _, li, number = await taken(town)
    await li.presses("我到了")
    await town.passes(minutes=47)
    await done(li, town)
    assert told(li, "47 分钟")
    await li.presses("60 分")
    await town.quiet()
    assert told(li, "60 分钟")
    await li.presses("别的时间")
    await li.reads("1小时20分")
    await li.sends("很久很久")
    await li.reads("没看懂")
    await li.sends("1小时20分")
    await li.reads("80 分钟")
    who = await town.person(li)
    year = town.clock.now().replace(month=1, day=1)
    assert await town.read(lambda tx: visits.minutes_since(tx, who.id, year)) == 80
    await li.sends("/me")
    await li.reads("1.3 小时")
    assert (await town.need(number)).state is State.DONE


async def test_a_hint_reaches_the_resident_who_corrects_it_and_the_next_helper(town: Town) -> None:
    zhang, li, _ = await taken(town)
    await done(li, town)
    await li.presses("给下一位的提示")
    await li.reads("应该知道什么")
    await li.sends("电梯坏了")
    await li.reads("给下一位：电梯坏了")
    await zhang.reads("电梯坏了")
    await zhang.presses("改一改")
    await zhang.reads("应该怎么写")
    await zhang.sends("电梯坏了，请走楼梯到三楼")
    await zhang.reads("您改过的")
    await zhang.presses("可以，都好")
    await town.quiet()
    zhao = await town.helper("小赵")
    await town.asks(zhang, "窗户关不上了", None)
    offer = await zhao.reads("窗户")
    assert "电梯" not in offer.text, "whoever is only asked does not read it"
    await zhao.presses("我来帮忙")
    await zhao.reads("请走楼梯到三楼")
    await zhang.presses("拿掉")
    await zhang.reads("已经拿掉")
    await town.quiet()
    assert not told(zhao, "走楼梯")


async def test_a_photo_goes_to_the_resident(town: Town) -> None:
    zhang, li, _ = await taken(town)
    await done(li, town)
    await li.presses("照片")
    await li.reads("现在发照片")
    await li.sends_voice()
    await li.reads("不是照片")
    await li.presses("照片")
    await li.reads("现在发照片")
    await li.sends_photo("换好了")
    shown = await zhang.reads("换好了")
    assert shown.kind == "photo"
    await li.reads("1 张照片")


async def test_it_needs_somebody_else(town: Town) -> None:
    zhang, li, number = await taken(town)
    electrician = await town.helper("老电工", skills=("repairs",))
    await done(li, town)
    await li.presses("要换人来")
    await li.reads("需要哪一类")
    await li.presses("维修")
    await li.reads("需要什么")
    await li.sends("插座烧了，要电工")
    await zhang.reads("需要换人")
    await electrician.reads("灯坏了")
    await electrician.presses("我来帮忙")
    await electrician.reads("插座烧了")
    need = await town.need(number)
    assert (need.category, need.state) == ("repairs", State.CLAIMED)
    await town.quiet()
    assert not told(li, "要换人来"), "it is said once"


async def test_after_the_resident_confirmed_it_is_not_passed_on(town: Town) -> None:
    zhang, li, number = await taken(town)
    await done(li, town)
    card = next(one for one in reversed(li.screen()) if one.says("不填也可以"))
    await zhang.presses("可以，都好")
    await town.quiet()
    toast = await li.taps_code(f"vip:1:{(await town.need(number)).category}", card)
    assert toast
    assert toast.alert
    assert (await town.need(number)).state is State.CLOSED


async def test_on_the_chosen_day_both_are_reminded_and_one_tap_asks_again(town: Town) -> None:
    zhang, li, number = await taken(town)
    await done(li, town)
    await zhang.presses("可以，都好")
    await li.presses("改天再去看看")
    await li.reads("哪一天")
    await li.presses("3 天后")
    await town.quiet()
    await town.passes(days=2)
    assert not told(zhang, "还需要")
    await town.passes(days=1, minutes=1)
    await li.reads("您想今天再看看")
    await zhang.reads("您还需要")
    await zhang.presses("需要，再来一次")
    await zhang.reads("这样写对吗")
    await zhang.presses("发出去")
    await zhang.reads("已经发出")
    await town.quiet()
    newest = (await town.needs_of((await town.person(zhang)).id))[0]
    assert newest.id != number
    assert newest.text == "厨房的灯坏了"


async def test_a_day_can_be_written_and_a_bad_one_is_asked_again(town: Town) -> None:
    _, li, _ = await taken(town)
    await done(li, town)
    await li.presses("改天再去看看")
    await li.reads("哪一天")
    await li.presses("写日期")
    await li.reads("12-03")
    await li.sends("某一天")
    await town.quiet()
    await li.sends("3月20日")
    await li.reads("3月20日")


async def test_the_helper_is_gone_so_who_is_in_charge_is_reminded(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang, li, _ = await taken(town)
    await done(li, town)
    await li.presses("改天再去看看")
    await li.reads("哪一天")
    await li.presses("3 天后")
    await town.quiet()
    await li.blocks()
    await town.passes(days=3, minutes=1)
    await wang.reads("现在联系不上")
    await zhang.reads("您还需要")


async def test_nobody_else_speaks_for_a_visit(town: Town) -> None:
    _, li, number = await taken(town)
    await done(li, town)
    zhao = await town.helper("小赵")
    card = zhao.screen()[-1]
    for code in ("vit:1:60", "via:1:hint", "vil:1:3", "vip:1:repairs", "viw:1", "vir:1", "vin:1", f"vib:{number}"):
        toast = await zhao.taps_code(code, card)
        assert toast, code
        assert toast.alert, code
    for code in ("hic:1", "hit:1"):
        toast = await zhao.taps_code(code, card)
        assert toast
        assert toast.alert


async def test_what_a_helper_left_goes_with_either_side(town: Town) -> None:
    zhang, li, _ = await taken(town)
    await done(li, town)
    await li.presses("给下一位的提示")
    await li.reads("应该知道什么")
    await li.sends("电梯坏了")
    await zhang.reads("电梯坏了")
    await li.sends("/forget")
    await li.reads("要我忘记您吗")
    await li.presses("请忘记我")
    await li.reads("真的吗")
    await li.presses("永远忘记我")
    await li.reads("已经忘记您了")
    await town.quiet()

    def left(tx: Transaction) -> str | None:
        found = hints.find(tx, 1)
        return None if found is None else found.text

    assert await town.read(left) is None
    assert not told(zhang, "电梯坏了")
