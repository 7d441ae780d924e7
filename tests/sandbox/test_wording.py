"""What Telegram refuses is refused, in Telegram's own words."""

from typing import Any

import aiohttp
import pytest

from bot.clock import StillClock
from sandbox import Phone, Sandbox
from tests.sandbox.conftest import Ask

SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)
QUERY = "query is too old and response timeout expired or query ID is invalid"


def button(text: str = "好", **action: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": text, **action}]]}


async def refused(ask: Ask, method: str, words: str, code: int = 400, /, **parameters: Any) -> None:
    prefix = {400: "Bad Request: ", 403: "Forbidden: "}[code]
    answer = await ask(method, **parameters)
    assert (answer["error_code"], answer["description"]) == (code, prefix + words)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 17, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": -100123, "text": "x"}, "chat not found"),
    ],
)
async def test_a_chat_that_is_not_there(ask: Ask, parameters: dict[str, Any], words: str) -> None:
    await refused(ask, "sendMessage", words, **parameters)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({}, "message text is empty"),
        ({"text": "  \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "字" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "Markdown7"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": []}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": button(callback_data="字" * 22)}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": button()},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": button(" ", callback_data="a")},
            "can't parse keyboard button: text must be non-empty",
        ),
        (
            {"text": "x", "reply_markup": button(url="tel:+8613800000000")},
            "inline keyboard button URL 'tel:+8613800000000' is invalid: Unsupported URL protocol",
        ),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": {}}, 'can\'t parse ReplyParameters: field "message_id" is required'),
    ],
)
async def test_a_message_that_cannot_be_sent(ask: Ask, zhang: Phone, parameters: dict[str, Any], words: str) -> None:
    await refused(ask, "sendMessage", words, chat_id=zhang.id, **parameters)
    assert len(zhang.screen()) == 1


async def test_a_length_counts_after_the_markup_is_read(ask: Ask, zhang: Phone) -> None:
    answer = await ask("sendMessage", chat_id=zhang.id, text=f"<b>{'字' * 4096}</b>", parse_mode="HTML")
    assert answer["ok"]


async def test_callback_data_is_counted_in_bytes(ask: Ask, zhang: Phone) -> None:
    assert (await ask("sendMessage", chat_id=zhang.id, text="x", reply_markup=button(callback_data="a" * 64)))["ok"]
    await refused(
        ask,
        "sendMessage",
        "BUTTON_DATA_INVALID",
        chat_id=zhang.id,
        text="x",
        reply_markup=button(callback_data="a" * 65),
    )


async def test_who_cannot_be_written_to(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    stranger = sandbox.phone("生人")
    words = "bot can't initiate conversation with a user"
    await refused(ask, "sendMessage", words, 403, chat_id=stranger.id, text="x")
    sent = await ask("sendMessage", chat_id=zhang.id, text="x")
    await zhang.blocks()
    await refused(ask, "sendMessage", "bot was blocked by the user", 403, chat_id=zhang.id, text="x")
    edit = {"chat_id": zhang.id, "message_id": sent["result"]["message_id"], "text": "y"}
    await refused(ask, "editMessageText", "bot was blocked by the user", 403, **edit)
    await zhang.unblocks()
    assert (await ask("sendMessage", chat_id=zhang.id, text="x"))["ok"]
    zhang.deactivates()
    await refused(ask, "sendMessage", "user is deactivated", 403, chat_id=zhang.id, text="x")


async def test_an_edit_that_changes_nothing(ask: Ask, zhang: Phone) -> None:
    sent = await ask("sendMessage", chat_id=zhang.id, text="x", reply_markup=button(callback_data="a"))
    edit = {"chat_id": zhang.id, "message_id": sent["result"]["message_id"]}
    await refused(ask, "editMessageText", SAME, **edit, text="x", reply_markup=button(callback_data="a"))
    await refused(ask, "editMessageReplyMarkup", SAME, **edit, reply_markup=button(callback_data="a"))


async def test_an_edit_without_a_keyboard_takes_it_away(ask: Ask, zhang: Phone) -> None:
    sent = await ask("sendMessage", chat_id=zhang.id, text="x", reply_markup=button(callback_data="a"))
    edit = {"chat_id": zhang.id, "message_id": sent["result"]["message_id"]}
    answer = await ask("editMessageText", **edit, text="x")
    assert "reply_markup" not in answer["result"]
    assert zhang.screen()[-1].labels == []


async def test_messages_that_cannot_be_edited(ask: Ask, zhang: Phone) -> None:
    edit = {"chat_id": zhang.id, "text": "y"}
    await refused(ask, "editMessageText", "message to edit not found", **edit, message_id=99)
    await refused(ask, "editMessageText", "message identifier is not specified", **edit)
    await refused(ask, "editMessageText", "message can't be edited", **edit, message_id=zhang.screen()[0].id)
    keyed = await ask("sendMessage", chat_id=zhang.id, text="x", reply_markup={"keyboard": [[{"text": "平安"}]]})
    await refused(ask, "editMessageText", "message can't be edited", **edit, message_id=keyed["result"]["message_id"])
    place = await ask("sendLocation", chat_id=zhang.id, latitude=22.5, longitude=114.0)
    number = place["result"]["message_id"]
    await refused(ask, "editMessageText", "there is no text in the message to edit", **edit, message_id=number)
    caption = {"chat_id": zhang.id, "message_id": number, "caption": "y"}
    await refused(ask, "editMessageCaption", "there is no caption in the message to edit", **caption)


async def test_a_message_can_be_deleted_for_48_hours(ask: Ask, zhang: Phone, clock: StillClock) -> None:
    numbers = [(await ask("sendMessage", chat_id=zhang.id, text="x"))["result"]["message_id"] for _ in range(3)]
    assert (await ask("deleteMessage", chat_id=zhang.id, message_id=numbers[0]))["result"] is True
    gone = {"chat_id": zhang.id, "message_id": numbers[0]}
    await refused(ask, "deleteMessage", "message to delete not found", **gone)
    clock.advance(48 * 3600 - 1)
    assert (await ask("deleteMessages", chat_id=zhang.id, message_ids=numbers[:2]))["ok"]
    clock.advance(1)
    await refused(ask, "deleteMessage", "message can't be deleted", chat_id=zhang.id, message_id=numbers[2])
    assert (await ask("editMessageText", chat_id=zhang.id, message_id=numbers[2], text="later"))["ok"]


async def test_an_unknown_tap(ask: Ask) -> None:
    await refused(ask, "answerCallbackQuery", QUERY, callback_query_id="17")


async def test_files_of_nobody(ask: Ask, zhang: Phone) -> None:
    words = "wrong file identifier/HTTP URL specified"
    await refused(ask, "sendPhoto", words, chat_id=zhang.id, photo="https://example.com/a.jpg")
    await refused(ask, "sendDocument", words, chat_id=zhang.id, document="AgACx-AQAD00000001")
    await refused(ask, "sendPhoto", "there is no photo in the request", chat_id=zhang.id)
    await refused(ask, "getFile", words, file_id="x")


async def test_a_caption_that_is_too_long(ask: Ask, zhang: Phone) -> None:
    await refused(
        ask,
        "sendPhoto",
        "message caption is too long",
        chat_id=zhang.id,
        photo=await photo(ask, zhang),
        caption="字" * 1025,
    )


async def photo(ask: Ask, zhang: Phone) -> str:
    await zhang.sends_photo()
    found = (await ask("getUpdates"))["result"][-1]["message"]["photo"][-1]["file_id"]
    assert isinstance(found, str)
    return found


async def test_the_wrong_token_and_the_unknown_method(
    sandbox: Sandbox, session: aiohttp.ClientSession, ask: Ask
) -> None:
    async with session.post(f"{sandbox.url}/bot1:wrong/getMe") as response:
        assert (response.status, (await response.json())["description"]) == (401, "Unauthorized")
    answer = await ask("sendCarrierPigeon", chat_id=1)
    assert (answer["error_code"], answer["description"]) == (404, "Not Found")
    assert (await ask("getme"))["ok"]


async def test_what_telegram_would_ignore_is_written_down(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "a", "colour": "red"}]]}
    await ask("sendMessage", chat_id=zhang.id, text="x", silent=True, reply_markup=keyboard, protect_content="maybe")
    assert sandbox.unknown_parameters == [
        "sendMessage: silent",
        "reply_markup.inline_keyboard.colour",
        "protect_content: not a boolean",
    ]


async def test_a_body_that_is_no_object(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    headers = {"Content-Type": "application/json"}
    async with session.post(f"{sandbox.url}/bot{sandbox.token}/getMe", data="[", headers=headers) as response:
        assert response.status == 400


async def test_every_call_is_in_the_book(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="x")
    await ask("sendMessage", chat_id=17, text="x")
    good, bad = sandbox.calls
    assert (good.method, good.ok, good.chat_id, good.parameters["text"]) == ("sendMessage", True, zhang.id, "x")
    assert good.message_id == zhang.screen()[-1].id
    assert (bad.ok, bad.code, bad.error) == (False, 400, "Bad Request: chat not found")
    assert sandbox.calls_of("sendMessage", zhang.id) == [good]
