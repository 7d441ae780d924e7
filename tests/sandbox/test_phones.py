"""Telephones: what they show, what can be pressed, and how they wait."""

import asyncio
from typing import Any

import pytest

from sandbox import Phone, Sandbox, Toast
from tests.sandbox.conftest import Ask, read_all

CARD = {
    "inline_keyboard": [
        [{"text": "我来帮忙", "callback_data": "claim"}, {"text": "帮忙", "callback_data": "help"}],
        [{"text": "看公告", "url": "https://example.com/"}, {"text": "加入", "url": "https://t.me/linli_bot?start=b3"}],
    ]
}
KEYS = {
    "keyboard": [
        ["平安", {"text": "我的电话", "request_contact": True}],
        [{"text": "在这里", "request_location": True}],
    ]
}


def keyboard(rows: dict[str, Any], **options: Any) -> dict[str, Any]:
    """A reply keyboard whose plain words are keys too."""
    made = [[key if isinstance(key, dict) else {"text": key} for key in row] for row in rows["keyboard"]]
    return {"keyboard": made, **options}


async def answer_taps(ask: Ask, **toast: Any) -> list[str]:
    """Play the bot: answer the next tap; its data."""
    updates = (await ask("getUpdates", timeout=10))["result"]
    taps = [update["callback_query"] for update in updates if "callback_query" in update]
    for tap in taps:
        await ask("answerCallbackQuery", callback_query_id=tap["id"], **toast)
    return [tap["data"] for tap in taps]


async def test_reading_waits_until_the_words_are_there(ask: Ask, zhang: Phone) -> None:
    reading = asyncio.create_task(zhang.reads("小李"))
    await ask("sendMessage", chat_id=zhang.id, text="有人来了")
    assert not reading.done()
    await ask("sendMessage", chat_id=zhang.id, text="小李马上到")
    message = await reading
    assert (message.text, message.mine) == ("小李马上到", False)


async def test_a_message_is_read_once_unless_it_is_edited(ask: Ask, zhang: Phone) -> None:
    sent = await ask("sendMessage", chat_id=zhang.id, text="小李来")
    first = await zhang.reads("小李")
    with pytest.raises(AssertionError, match="waited for '小李' in vain"):
        await zhang.reads("小李", timeout=0.01)
    await ask("editMessageText", chat_id=zhang.id, message_id=sent["result"]["message_id"], text="小李到了")
    second = await zhang.reads("小李")
    assert (first.text, first.edited) == ("小李来", False)
    assert (second.text, second.edited, second.id) == ("小李到了", True, first.id)


async def test_what_came_before_what_was_read_is_passed_over(ask: Ask, zhang: Phone) -> None:
    for text in ("一", "二", "三"):
        await ask("sendMessage", chat_id=zhang.id, text=text)
    await zhang.reads("二")
    with pytest.raises(AssertionError):
        await zhang.reads("一", timeout=0.01)
    await zhang.reads("三")


async def test_own_words_are_not_read_but_seen(zhang: Phone) -> None:
    await zhang.sends("药")
    with pytest.raises(AssertionError, match="me: 药"):
        await zhang.reads("药", timeout=0.01)
    assert zhang.sees("药")


async def test_chats_are_read_each_for_itself(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    group = sandbox.group("阳光社区", [zhang])
    await zhang.adds_bot(group)
    await ask("sendMessage", chat_id=zhang.id, text="私下")
    await ask("sendMessage", chat_id=group.id, text="大家")
    await zhang.reads("大家", chat=group)
    await zhang.reads("私下")
    assert zhang.sees("大家")
    assert not zhang.sees("私下", chat=group)


async def test_pressing_an_inline_button_brings_the_toast(ask: Ask, zhang: Phone) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="药", reply_markup=CARD)
    await read_all(ask)
    pressing = asyncio.create_task(zhang.presses("我来"))
    assert await answer_taps(ask, text="谢谢", show_alert=True) == ["claim"]
    assert await pressing == Toast("谢谢", alert=True)


async def test_on_one_message_the_exact_label_is_meant(ask: Ask, zhang: Phone) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="药", reply_markup=CARD)
    await read_all(ask)
    pressing = asyncio.create_task(zhang.presses("帮忙"))
    assert await answer_taps(ask) == ["help"]
    assert await pressing == Toast()


async def test_the_newest_button_is_meant(ask: Ask, zhang: Phone) -> None:
    for number in range(2):
        rows = {"inline_keyboard": [[{"text": "好", "callback_data": str(number)}]]}
        await ask("sendMessage", chat_id=zhang.id, text=str(number), reply_markup=rows)
    await read_all(ask)
    pressing = asyncio.create_task(zhang.presses("好"))
    assert await answer_taps(ask) == ["1"]
    await pressing


async def test_a_tap_that_nobody_answers(ask: Ask, zhang: Phone) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="药", reply_markup=CARD)
    assert await zhang.presses("我来", timeout=0.01) is None


async def test_no_such_button_says_which_there_are(ask: Ask, zhang: Phone) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="药", reply_markup=CARD)
    with pytest.raises(AssertionError, match=r"no button says '算了'[\s\S]*我来帮忙[\s\S]*看公告"):
        await zhang.presses("算了")


async def test_a_button_with_an_address(ask: Ask, zhang: Phone) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="药", reply_markup=CARD)
    assert await zhang.presses("看公告") == Toast(url="https://example.com/")
    await zhang.presses("加入")
    assert zhang.screen()[-1].text == "/start b3"


async def test_keys_under_the_chat(ask: Ask, zhang: Phone) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="还好吗", reply_markup=keyboard(KEYS))
    await read_all(ask)
    assert zhang.keyboard() == [["平安", "我的电话"], ["在这里"]]
    assert await zhang.presses("平安") is None
    await zhang.presses("我的电话")
    await zhang.presses("在这里")
    said, contact, place = [update["message"] for update in await read_all(ask)]
    assert said["text"] == "平安"
    assert contact["contact"]["user_id"] == zhang.id
    assert set(place["location"]) == {"latitude", "longitude"}
    await ask("sendMessage", chat_id=zhang.id, text="好", reply_markup={"remove_keyboard": True})
    assert zhang.keyboard() == []


async def test_a_keyboard_for_once_goes_away(ask: Ask, zhang: Phone) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="?", reply_markup=keyboard(KEYS, one_time_keyboard=True))
    await zhang.presses("平安")
    assert zhang.keyboard() == []


async def test_a_keyboard_goes_with_its_message(ask: Ask, zhang: Phone) -> None:
    sent = await ask("sendMessage", chat_id=zhang.id, text="?", reply_markup=keyboard(KEYS))
    await ask("deleteMessage", chat_id=zhang.id, message_id=sent["result"]["message_id"])
    assert zhang.keyboard() == []


async def test_a_forged_button(ask: Ask, zhang: Phone) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="药", reply_markup=CARD)
    await read_all(ask)
    await zhang.taps_code("need:7:claim", zhang.screen()[-1], timeout=0)
    assert (await read_all(ask))[0]["callback_query"]["data"] == "need:7:claim"
    with pytest.raises(AssertionError, match="only a bot's message"):
        await zhang.taps_code("x", zhang.screen()[0])


async def test_opening_links(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    await zhang.blocks()
    with pytest.raises(AssertionError, match="has blocked the bot"):
        await zhang.sends("在吗")
    await zhang.opens("https://t.me/LINLI_bot?start=area_7-b")
    assert zhang.screen()[-1].text == "/start area_7-b"
    for link, words in (
        ("https://t.me/linli_bot?start=a.b", "does not take this payload"),
        (f"https://t.me/linli_bot?start={'a' * 65}", "does not take this payload"),
        ("https://t.me/nobody_bot?start=a", "there is no bot called nobody_bot"),
        ("https://example.com/", "not a link to a bot"),
        ("https://t.me/linli_bot?startgroup=a", "choose a group"),
    ):
        with pytest.raises(AssertionError, match=words):
            await zhang.opens(link)


async def test_all_kinds_of_messages(ask: Ask, zhang: Phone) -> None:
    await read_all(ask)
    await zhang.sends_sticker()
    await zhang.sends_photo("门口")
    await zhang.sends_voice()
    await zhang.sends_document()
    await zhang.sends_poll()
    await zhang.sends_location()
    await zhang.sends_contact(phone_number="+8613800000000")
    album = await zhang.sends_album(3, "三张")
    kinds = ("sticker", "photo", "voice", "document", "poll", "location", "contact", "photo", "photo", "photo")
    updates = [update["message"] for update in await read_all(ask)]
    assert all(kind in update for kind, update in zip(kinds, updates, strict=True))
    assert updates[1]["caption"] == "门口"
    assert updates[6]["contact"]["phone_number"] == "+8613800000000"
    assert len({update["media_group_id"] for update in updates[7:]}) == 1
    assert [message.text for message in album] == ["三张", "", ""]


async def test_a_long_text_goes_in_parts(ask: Ask, zhang: Phone) -> None:
    await read_all(ask)
    await zhang.sends("字" * 5000)
    assert [len(update["message"]["text"]) for update in await read_all(ask)] == [4096, 904]
    with pytest.raises(AssertionError, match="empty text"):
        await zhang.sends("  ")


async def test_nothing_says(ask: Ask, zhang: Phone) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="药", reply_markup=CARD)
    assert zhang.nothing_says("三号楼")
    for words in ("药", "我来帮忙"):
        with pytest.raises(AssertionError, match="sees"):
            zhang.nothing_says(words)


async def test_protected_and_answered(ask: Ask, zhang: Phone) -> None:
    first = zhang.screen()[0]
    await ask(
        "sendMessage", chat_id=zhang.id, text="门牌", protect_content=True, reply_parameters={"message_id": first.id}
    )
    assert zhang.screen()[-1].protected
    answer = await ask("copyMessage", chat_id=zhang.id, from_chat_id=zhang.id, message_id=zhang.screen()[-1].id)
    assert answer["description"] == "Bad Request: message can't be copied"
    answer = await ask("copyMessage", chat_id=zhang.id, from_chat_id=zhang.id, message_id=first.id)
    assert zhang.screen()[-1].id == answer["result"]["message_id"]
    answer = await ask("forwardMessage", chat_id=zhang.id, from_chat_id=zhang.id, message_id=first.id)
    assert answer["result"]["forward_origin"]["sender_user"]["id"] == zhang.id


async def test_phones_can_be_found_again(sandbox: Sandbox, zhang: Phone, li: Phone) -> None:
    assert [phone.name for phone in sandbox.phones()] == ["张奶奶", "小李"]
    assert sandbox.phone_of(li.id).name == "小李"
    assert (li.id, li.person.username) == (zhang.id + 1, "xiaoli")
