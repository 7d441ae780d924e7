"""Asking for somebody else: who, where, and that they agree; the asker follows, the helper sees the other's door."""

import json

from bot.domain.people import Role
from bot.services import windows
from bot.storage import beneficiaries, drafts, enclosures, persons
from bot.storage.database import Transaction
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told
from tests.journeys.test_erasures import forgets

MOTHER, DOOR = "王奶奶", "3单元502 13900139000"


async def for_mother(phone: Phone, contact: str = DOOR, community: str | None = None) -> None:
    """On the draft's card: for somebody else, who, where, and that they agreed."""
    await phone.presses("替别人问")
    await phone.reads("是替谁问的")
    await phone.sends(MOTHER)
    await phone.reads("需要帮忙的地方")
    if community is not None:
        await phone.presses(community)
        await phone.reads("需要帮忙的地方")
    await phone.presses("第二网格")
    await phone.reads("需要帮忙的地方")
    await phone.presses("3号楼")
    await phone.reads("在哪里能找到王奶奶")
    await phone.sends(contact)
    await phone.reads("同意由您来问")


async def number_of(town: Town, phone: Phone) -> int:
    """The number of what this person asked for last."""
    await town.quiet()
    return (await town.needs_of((await town.person(phone)).id))[0].id


async def test_a_voice_note_for_somebodys_mother(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    wang, li = await town.helper("王姐", Role.COORDINATOR), await town.helper("小李")
    group = await town.group(chen, "c1", li)
    daughter = await town.resident("小丽")
    await daughter.sends_voice()
    await daughter.reads("是哪一类事情")
    await daughter.presses("买药")
    await daughter.reads("这样写对吗")
    await for_mother(daughter)
    assert not daughter.sees("发出去"), "nothing is posted for somebody who has not agreed"
    await daughter.presses("对方同意我来问")
    await daughter.reads("这样写对吗")
    await daughter.presses("发出去")
    await daughter.reads("已经发出")
    number = await number_of(town, daughter)
    assert told(daughter, "替王奶奶问的")
    assert not told(daughter, "门牌号？"), "her own door is not needed"
    need = await town.need(number)
    assert (need.person_id, need.area_id) == ((await town.person(daughter)).id, await town.area_id("b3"))

    await li.reads("为什么问您")
    await li.presses("听语音")
    await li.reads(f"需求 #{number}")
    await town.passes(minutes=40)
    await town.passes(minutes=40)
    await li.reads("附有语音", chat=group)
    await wang.sends("/needs")
    await wang.reads("您附近的需求")
    await wang.presses(f"#{number}")
    await wang.reads("替王奶奶问的")
    assert not told(wang, "502")
    assert not told(li, MOTHER), "the name is for whoever has claimed"
    assert not told(li, MOTHER, chat=group)

    await li.presses("我来帮忙")
    card = await li.reads("3单元502")
    assert all(words in card.text for words in (MOTHER, "+8613900139000", "小丽替对方问的", "幸福社区"))
    await daughter.reads("小李来帮您办")
    seen = await town.read(
        lambda tx: tx.all("SELECT person_id FROM disclosures WHERE subject = :s", {"s": f"need:{number}"})
    )
    assert {row["person_id"] for row in seen} == {need.person_id}, "written down for whoever asked"
    await li.presses("办完了")
    await li.reads("办得怎么样？")
    await li.presses("办好了")
    await daughter.reads("您看可以吗")
    await town.quiet()
    assert li.nothing_says("502")
    assert li.nothing_says(MOTHER)


async def test_a_forged_tap_posts_nothing_without_their_word(town: Town) -> None:
    daughter = await town.resident("小丽")
    await daughter.sends("我妈的灯坏了")
    await daughter.reads("这样写对吗")
    for_another = next(
        b["callback_data"] for row in daughter.screen()[-1].buttons for b in row if "替别人" in b["text"]
    )
    post = for_another.replace("bf:", "dp:")
    await for_mother(daughter)
    toast = await daughter.taps_code(post, daughter.screen()[-1])
    assert toast
    assert "还要您确认对方同意" in (toast.text or "")
    assert await town.needs_of((await town.person(daughter)).id) == []
    await daughter.presses("还是给我自己")
    card = await daughter.reads("1号楼")
    assert MOTHER not in card.text
    assert await town.read(lambda tx: tx.all("SELECT id FROM beneficiaries")) == []
    toast = await daughter.taps_code(for_another.replace("bf:", "by:"), daughter.screen()[-1])
    assert toast
    assert toast.alert, "an old key agrees to nothing"
    await daughter.presses("发出去")
    await daughter.reads("门牌号")


async def test_a_card_of_the_address_book_says_who_and_how_to_reach_them(town: Town) -> None:
    li = await town.helper("小李")
    son = await town.resident("小王")
    await son.sends("帮我爸修一下灯，3号楼的")
    await son.reads("这样写对吗")
    await son.presses("替别人问")
    await son.reads("是替谁问的")
    await son.sends_contact(phone_number="+86 139 0013 9001", name="王大爷")
    await son.reads("同意由您来问")
    assert not told(son, "请选择您住的地方"), "the words name the place already"
    await son.presses("对方同意我来问")
    await son.reads("这样写对吗")
    await son.presses("发出去")
    await son.reads("已经发出")
    await li.reads("修一下灯")
    await li.presses("我来帮忙")
    card = await li.reads("+8613900139001")
    assert "王大爷" in card.text


async def test_somebody_without_a_home_here_asks_for_their_mother(town: Town) -> None:
    son = town.sandbox.phone("小王")
    await son.sends("我妈家的水管漏水")
    await son.reads("这样写对吗")
    await for_mother(son, community="幸福社区")
    await son.presses("对方同意我来问")
    await son.reads("这样写对吗")
    await son.presses("发出去")
    await son.reads("已经发出")
    await town.quiet()
    assert (await town.person(son)).building_id is None, "her home is not his"


async def test_odd_answers_about_somebody_else(town: Town) -> None:
    daughter = await town.resident("小丽")
    await daughter.sends("我妈的灯坏了")
    await daughter.reads("这样写对吗")
    await daughter.presses("替别人问")
    await daughter.reads("是替谁问的")
    await daughter.sends_voice()
    await daughter.reads("在等您的文字回答")
    await daughter.sends("名" * 41)
    await daughter.reads("最多可以写 40 个字")
    await daughter.sends(MOTHER)
    await daughter.reads("需要帮忙的地方")
    await daughter.presses("第二网格")
    await daughter.reads("需要帮忙的地方")
    await daughter.presses("3号楼")
    await daughter.reads("在哪里能找到")
    await daughter.sends("。。。")
    await daughter.reads("请再写一遍")
    await daughter.sends("不知道门牌，进小区问一下")
    await daughter.reads("同意由您来问")


async def test_what_is_kept_of_somebody_else_is_exported_and_erased(town: Town) -> None:
    daughter = await town.resident("小丽")
    await daughter.sends("我妈的灯坏了")
    await daughter.reads("这样写对吗")
    await for_mother(daughter)
    await daughter.presses("对方同意我来问")
    await daughter.reads("这样写对吗")
    await daughter.presses("发出去")
    await daughter.reads("已经发出")
    number = await number_of(town, daughter)
    await daughter.presses("不需要了")
    await town.quiet()
    kept = await town.read(lambda tx: beneficiaries.find(tx, f"need:{number}"))
    assert kept is not None
    await daughter.sends("/export")
    await daughter.reads("我知道的关于您的一切")
    await town.quiet()
    shelf = town.sandbox.world.files
    record = next(json.loads(one) for one in shelf.contents.values() if one.startswith(b"{"))
    assert record["beneficiaries"][0]["name"] == MOTHER
    await forgets(daughter)
    await town.quiet()
    assert await town.read(lambda tx: tx.all("SELECT id FROM beneficiaries")) == []


async def test_the_same_once_more_is_for_the_same_person_with_the_same_voice(town: Town) -> None:
    daughter = await town.resident("小丽", "b3")
    await daughter.sends_voice()
    await daughter.reads("是哪一类事情")
    await daughter.presses("买药")
    await daughter.reads("这样写对吗")
    await for_mother(daughter)
    await daughter.presses("对方同意我来问")
    await daughter.reads("这样写对吗")
    await daughter.presses("发出去")
    await daughter.reads("已经发出")
    first = await number_of(town, daughter)
    await daughter.presses("不需要了")
    await town.quiet()
    who, home = await town.person(daughter), town.program.home

    def once_more(tx: Transaction) -> str:
        return windows.again(tx, persons.actor(tx, who), home, first, now=town.clock.now()).subject

    draft = await town.write(once_more)
    kept = await town.read(lambda tx: [beneficiaries.find(tx, one) for one in (f"need:{first}", draft)])
    assert [whom and (whom.name, whom.door) for whom in kept] == [(MOTHER, "3单元502")] * 2
    assert (await town.read(lambda tx: enclosures.enclosed(tx, draft))).voices == (3,)
    written = await town.read(lambda tx: drafts.find(tx, who.id))
    assert written is not None
    assert (written.text, written.place_id) == ("", await town.area_id("b3"))
