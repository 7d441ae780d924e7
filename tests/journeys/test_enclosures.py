"""Asking with more than words: voice notes, photos, albums, places, address cards; who hears and sees them, and who does not."""

from bot.domain.needs import State
from bot.domain.people import Role
from bot.storage import enclosures, media
from sandbox import posts
from sandbox.phones import Phone
from tests.journeys.conftest import DOOR, Town, told

KIND = "维修"


def heard(phone: Phone, kind: str) -> int:
    """How many voice notes or photos the bot has shown here."""
    return sum(shown.kind == kind and not shown.mine for shown in phone.screen())


async def posted(town: Town, phone: Phone, door: str | None = DOOR) -> int:
    """What is on the draft's card is posted; its number."""
    await phone.presses("发出去")
    if door is not None:
        await phone.reads("门牌号")
        await phone.sends(door)
    await phone.reads("已经发出")
    await town.quiet()
    return (await town.needs_of((await town.person(phone)).id))[0].id


async def test_a_voice_note_becomes_a_need_and_whoever_is_asked_can_hear_it(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    group = await town.group(chen, "c1", li)
    zhang = await town.resident("张奶奶")
    await zhang.sends_voice()
    card = await zhang.reads("是哪一类事情")
    assert "语音，0:03" in card.text, "what cannot be read is asked for by buttons"
    await zhang.presses(KIND)
    await zhang.reads("这样写对吗")
    number = await posted(town, zhang)
    assert (await town.need(number)).text == "🎙 0:03"
    offered = await li.reads("为什么问您")
    assert "语音，0:03" in offered.text
    await li.presses("听语音")
    await li.reads(f"需求 #{number}")
    await town.quiet()
    assert heard(li, "voice") == 1
    assert all(shown.protected for shown in li.screen() if shown.kind == "voice")
    await town.passes(minutes=40)
    await town.passes(minutes=40)
    shown = await li.reads("附有语音", chat=group)
    assert "听语音" not in str(shown.labels), "a group learns that there is one, and hears it nowhere"
    await li.presses("我来帮忙")
    await li.reads("301")
    await li.presses("听语音")
    await town.quiet()
    assert heard(li, "voice") == 2
    toast = await zhao.taps_code(f"enc:{number}:voice", zhao.screen()[-1])
    assert toast
    assert "快了一步" in (toast.text or ""), "once it is taken, it is nobody else's business"
    toast = await zhang.taps_code(f"enc:{number}:photo", zhang.screen()[-1])
    assert toast
    assert "已经失效" in (toast.text or "")
    seen = await town.read(lambda tx: tx.all("SELECT viewer_id FROM disclosures WHERE subject LIKE 'media:%'"))
    assert {row["viewer_id"] for row in seen} == {(await town.person(li)).id}


async def test_words_under_an_album_are_the_words_of_the_need(town: Town) -> None:
    wang, li = await town.helper("王姐", Role.COORDINATOR), await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await zhang.sends_album(3, "厨房的水龙头漏水")
    card = await zhang.reads("这样写对吗")
    await town.quiet()
    assert KIND in card.text, "words are guessed as ever"
    assert len([shown for shown in zhang.screen() if "这样写对吗" in shown.text]) == 1, "one album, one card"
    assert told(zhang, "3 张照片")
    number = await posted(town, zhang)
    assert (await town.need(number)).text == "厨房的水龙头漏水"
    await li.reads("水龙头")
    await li.presses("3 张照片")
    await li.reads(f"需求 #{number}：第 3 个，共 3 个")
    assert heard(li, "photo") == 3
    await wang.sends("/needs")
    await wang.reads("您附近的需求")
    await wang.presses(f"#{number}")
    await wang.reads("3 张照片")
    await wang.presses("3 张照片")
    await wang.reads("第 3 个，共 3 个")
    await town.quiet()
    assert heard(wang, "photo") == 3


async def test_of_twenty_one_photos_five_are_kept_and_it_is_said_once(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    before = len([shown for shown in zhang.screen() if not shown.mine])
    for count in (10, 10, 1):
        await zhang.sends_album(count)
    await zhang.reads("是哪一类事情")
    await town.quiet()
    full = [shown for shown in zhang.screen() if "最多各存 5 份" in shown.text]
    assert len(full) == 1
    assert len([shown for shown in zhang.screen() if not shown.mine]) <= before + 6, "a card is not shown anew for each"
    assert not told(zhang, "请等 10 秒"), "an album is one gesture, however many parts it comes in"
    await zhang.presses(KIND)
    await zhang.reads("这样写对吗")
    assert told(zhang, "5 张照片")
    number = await posted(town, zhang)
    assert (await town.read(lambda tx: enclosures.enclosed(tx, f"need:{number}"))).photos == 5


async def test_one_broken_part_of_an_album_takes_nothing_of_the_others(town: Town) -> None:
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    photos = await zhang.sends_album(2, "门锁坏了")
    album = zhang.chat_at(None).messages[photos[0].id].body["media_group_id"]
    chat, person = zhang.chat_at(None), zhang.person
    posts.say(town.sandbox.world, chat, person, "photo", {"photo": [], "media_group_id": album})
    await zhang.reads("这样写对吗")
    await zhang.reads("这个我看不懂")
    number = await posted(town, zhang)
    assert (await town.read(lambda tx: enclosures.enclosed(tx, f"need:{number}"))).photos == 2
    kept = (await town.read(lambda tx: media.of_subject(tx, f"need:{number}")))[0]
    lost = kept.file_id[: kept.file_id.index("-")] + "-AQADffffffff"
    sealed = town.program.database
    await sealed.transaction(
        lambda tx: tx.run(
            "UPDATE media SET file_id = :file WHERE id = :id",
            {"file": tx.vault.seal("media.file_id", lost), "id": kept.id},
        )
    )
    await li.reads("门锁坏了")
    await li.presses("2 张照片")
    await li.reads("这一条打不开了")
    await town.quiet()
    assert heard(li, "photo") == 1


async def test_a_place_and_whom_to_ring_are_for_whoever_has_it_and_nobody_else(town: Town) -> None:
    wang, li = await town.helper("王姐", Role.COORDINATOR), await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await zhang.sends_location(latitude=22.5, longitude=114.1)
    await zhang.reads("您需要什么")
    await zhang.sends_contact(phone_number="138 0013 9999", name="陈师傅")
    await zhang.reads("陈师傅")
    await zhang.sends("阳台的灯坏了")
    card = await zhang.reads("这样写对吗")
    assert "地图上的位置记下了" in card.text
    assert "陈师傅" in card.text
    number = await posted(town, zhang)
    offered = await li.reads("阳台的灯坏了")
    await wang.sends("/needs")
    await wang.reads("您附近的需求")
    await wang.presses(f"#{number}")
    await town.quiet()
    assert "22.5" not in offered.text
    assert not any(told(phone, secret) for phone in (wang, li) for secret in ("22.5", "陈师傅", "13800139999"))
    await li.presses("我来帮忙")
    await li.reads("301")
    await town.quiet()
    mine = next(shown for shown in li.screen() if "301" in shown.text)
    assert "position=114.10000,22.50000" in mine.text
    assert "陈师傅，+8613800139999" in mine.text
    assert all(shown.kind == "text" for shown in li.screen() if not shown.mine), "never as a location or a contact"
    assert not told(wang, "陈师傅")
    await li.presses("办完了")
    await li.reads("办得怎么样？")
    await li.presses("办好了")
    await town.quiet()
    assert li.nothing_says("陈师傅")


async def test_a_place_far_away_is_refused_and_nothing_else_is_lost(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("灯坏了")
    await zhang.reads("这样写对吗")
    await zhang.sends_location(latitude=48.2, longitude=16.4)
    await zhang.reads("离您的社区很远")
    assert told(zhang, "灯坏了")
    assert not told(zhang, "地图上的位置记下了")
    for place, name in enumerate(("甲", "乙", "丙")):
        other = await town.resident(name)
        await other.sends("水管坏了")
        await other.reads("这样写对吗")
        await other.sends_location(latitude=30.5 + place / 100, longitude=114.3)
        await other.reads("地图上的位置记下了")
    await zhang.sends_location(latitude=31.2, longitude=121.5)
    await zhang.reads("离您的社区很远")
    await zhang.sends_location(latitude=30.51, longitude=114.31)
    await zhang.reads("地图上的位置记下了")


async def test_a_place_that_moves_by_itself_is_no_correction(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    sent = await zhang.sends_location(latitude=22.5, longitude=114.1)
    await zhang.reads("您需要什么")
    chat = zhang.chat_at(None)
    posts.correct(town.sandbox.world, chat, chat.messages[sent.id], "")
    await town.quiet()
    assert not told(zhang, "改过的消息我看不到")


async def test_a_photo_joins_an_open_need(town: Town) -> None:
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await zhang.presses("修改")
    await zhang.reads("要改哪里")
    await zhang.presses("加照片或语音")
    await zhang.reads("请现在把")
    await zhang.sends_photo()
    await zhang.reads("1 张照片")
    await li.reads("1 张照片")
    # The card comes at the end of the chat: the message in which it was is no card any more.
    await town.quiet()
    card = next(shown for shown in reversed(zhang.screen()) if "已经发出" in shown.text)
    await zhang.sends_photo("是这一盏", reply_to=card)
    await li.reads("2 张照片")
    await town.quiet()
    assert (await town.need(number)).text == "灯坏了\n是这一盏"
    assert not told(zhang, "这样写对吗"), "it is no new request"
    await li.presses("我来帮忙")
    await zhang.reads("小李来帮您办")
    await zhang.sends_photo(reply_to=next(shown for shown in reversed(zhang.screen()) if "小李" in shown.text))
    await town.quiet()
    assert (await town.need(number)).state is State.CLAIMED
    assert (await town.read(lambda tx: enclosures.enclosed(tx, f"need:{number}"))).photos == 2


async def test_a_photo_that_comes_after_somebody_took_it_is_told_so(town: Town) -> None:
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await zhang.presses("修改")
    await zhang.reads("要改哪里")
    await zhang.presses("加照片或语音")
    await zhang.reads("请现在把")
    await li.presses("我来帮忙")
    await zhang.reads("小李来帮您办")
    await zhang.sends_photo()
    await town.quiet()
    assert (await town.read(lambda tx: enclosures.enclosed(tx, f"need:{number}"))).photos == 0
    assert not told(zhang, "是哪一类事情"), "it is no new request"
    await zhang.sends_photo()
    await zhang.reads("是哪一类事情")


async def test_words_under_a_later_picture_are_kept_too(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    chat = zhang.chat_at(None)
    first = (await zhang.sends_album(1))[0]
    body = chat.messages[first.id].body
    later = {**body, "caption": "水龙头漏水"}
    posts.say(town.sandbox.world, chat, zhang.person, "photo", later)
    card = await zhang.reads("这样写对吗")
    assert "水龙头漏水" in card.text
    await town.quiet()
    assert told(zhang, "2 张照片")


async def test_an_album_joins_an_open_need_whole(town: Town) -> None:
    chen, li = await town.helper("陈管理", Role.COORDINATOR), await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await zhang.presses("修改")
    await zhang.reads("要改哪里")
    await zhang.presses("加照片或语音")
    await zhang.reads("请现在把")
    await zhang.sends_album(7)
    await zhang.reads("最多各存 5 份")
    await town.quiet()
    await li.reads("5 张照片")
    assert told(zhang, "5 张照片")
    assert not told(zhang, "是哪一类事情"), "no part of it is a new request"
    kept = await town.read(lambda tx: media.of_subject(tx, f"need:{number}"))
    assert len(kept) == 5
    await chen.sends("/needs")
    card = await chen.reads("您附近的需求")
    toast = await chen.taps_code(f"ms:{kept[0].id}", card)
    assert toast
    assert "已经失效" in (toast.text or ""), (
        "what lies with a need is opened from the need, where it is asked who may see it"
    )


async def test_what_is_thrown_away_takes_its_photos_along(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends_photo("灯坏了")
    await zhang.reads("这样写对吗")
    await zhang.presses("不要了")
    await zhang.reads("收起来")
    assert await town.read(lambda tx: tx.all("SELECT id FROM media")) == []
    await zhang.sends_voice()
    await zhang.reads("是哪一类事情")
    await town.passes(hours=7)
    await zhang.sends("水管坏了")
    card = await zhang.reads("水管坏了")
    assert "语音" not in card.text, "what is long past belongs to nothing new"
    assert await town.read(lambda tx: tx.all("SELECT id FROM media")) == []


async def test_while_an_answer_is_waited_for_in_writing_a_voice_note_is_not_taken(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("/me")
    await zhang.reads("门牌")
    await zhang.presses("门牌和电话")
    await zhang.reads("门牌号")
    await zhang.sends_voice()
    await zhang.reads("在等您的文字回答")
    await zhang.sends(DOOR)
    await zhang.reads("记下了")
    assert not told(zhang, "这样写对吗")


async def test_files_are_not_opened_and_it_is_said_what_to_do(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends_document(content=b"x" * (25 * 1024 * 1024))
    await zhang.reads("请拍成照片发来")
    smith = await town.resident("Mrs Smith", "b2", language="en")
    await smith.sends_document()
    await smith.reads("five at most")


async def test_numbers_alone_are_asked_about(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    for words in ("13800138000", "2单元301", "3号楼", "3-2-301", "12345", "７", "1。2"):
        await zhang.sends(words)
        await zhang.reads("我不知道您需要什么")
        await town.quiet()
    assert not told(zhang, "这样写对吗")
    await zhang.sends("3号楼的灯坏了")
    await zhang.reads("这样写对吗")
    await zhang.sends("13800138000")
    assert "13800138000" in (await zhang.reads("13800138000")).text, "once there are words, a number belongs to them"


async def test_a_language_that_the_catalogue_does_not_know_offers_every_kind(town: Town) -> None:
    for place, words in enumerate(
        ("電球が切れたので助けてください", "Se me rompió la lámpara", "Сломалась лампа в кухне")
    ):
        phone = await town.resident(f"客人{place}")
        await phone.sends(words)
        card = await phone.reads("这样写对吗")
        if "是哪一类的忙" not in str(card.labels):
            continue
        await phone.presses("是哪一类的忙")
        await phone.reads("是哪一类事情")
        await phone.presses(KIND)
        await phone.reads("这样写对吗")
        assert (await town.need(await posted(town, phone))).category == "repairs"
