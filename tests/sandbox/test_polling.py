"""Updates wait, are given again until they are acknowledged, and grow old."""

import asyncio

import aiohttp

from bot.clock import StillClock
from sandbox import Phone, Sandbox
from tests.sandbox.conftest import Answer, Ask, happens, read_all, updates_of

TAP = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}


def texts(updates: list[Answer]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_an_update_comes_again_until_the_offset_passes_it(ask: Ask, zhang: Phone) -> None:
    await zhang.sends("一")
    await zhang.sends("二")
    first = await updates_of(ask)
    assert texts(first) == ["/start", "一", "二"]
    assert await updates_of(ask) == first
    assert texts(await updates_of(ask, offset=first[1]["update_id"])) == ["一", "二"]
    assert await updates_of(ask, offset=first[2]["update_id"] + 1) == []
    assert [update["update_id"] for update in first] == list(range(first[0]["update_id"], first[0]["update_id"] + 3))


async def test_a_negative_offset_keeps_the_last_ones_only(ask: Ask, zhang: Phone) -> None:
    for text in "一二三":
        await zhang.sends(text)
    assert texts(await updates_of(ask, offset=-1)) == ["三"]
    assert texts(await updates_of(ask)) == ["三"]


async def test_at_most_as_many_as_asked_for(ask: Ask, zhang: Phone) -> None:
    await zhang.sends("一")
    assert texts(await updates_of(ask, limit=1)) == ["/start"]
    answer = await ask("getUpdates", limit=101)
    assert answer["error_code"] == 400


async def test_a_long_poll_ends_when_something_comes(ask: Ask, sandbox: Sandbox) -> None:
    asking = happens(sandbox, "asked")
    poll = asyncio.create_task(updates_of(ask, timeout=30))
    phone = sandbox.phone("王姐", language="en")
    await asking
    await phone.sends("在吗")
    [update] = await poll
    assert update["message"]["from"] == {"id": phone.id, "is_bot": False, "first_name": "王姐", "language_code": "en"}
    assert update["message"]["chat"]["id"] == phone.id


async def test_two_polls_are_one_too_many(ask: Ask, sandbox: Sandbox) -> None:
    asking = happens(sandbox, "asked")
    older = asyncio.create_task(ask("getUpdates", timeout=30))
    await asking
    assert await updates_of(ask) == []
    answer = await older
    assert (answer["error_code"], answer["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


async def test_a_poll_ends_when_the_server_stops(ask: Ask, sandbox: Sandbox) -> None:
    asking = happens(sandbox, "asked")
    poll = asyncio.create_task(ask("getUpdates", timeout=30))
    await asking
    await sandbox.stop()
    assert (await poll)["result"] == []


async def test_no_polling_while_a_webhook_is_set(ask: Ask) -> None:
    await ask("setWebhook", url="http://127.0.0.1:9/")
    answer = await ask("getUpdates")
    assert (answer["error_code"], answer["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    await ask("deleteWebhook")
    assert await updates_of(ask) == []


async def test_setting_a_webhook_ends_a_poll(ask: Ask, sandbox: Sandbox) -> None:
    asking = happens(sandbox, "asked")
    poll = asyncio.create_task(ask("getUpdates", timeout=30))
    await asking
    await ask("setWebhook", url="http://127.0.0.1:9/")
    assert (await poll)["error_code"] == 409


async def test_chat_member_comes_only_when_asked_for_and_the_wish_is_remembered(
    ask: Ask, sandbox: Sandbox, zhang: Phone
) -> None:
    li = sandbox.phone("小李")
    group = sandbox.group("阳光社区", [zhang])
    await zhang.adds_bot(group, administrator=True)
    await li.joins(group)
    assert all("chat_member" not in update for update in await read_all(ask))
    await updates_of(ask, allowed_updates=["chat_member", "message"])
    await updates_of(ask)
    await li.leaves(group)
    kinds = [kind for update in await read_all(ask) for kind in update if kind != "update_id"]
    assert kinds == ["message", "chat_member"]
    await updates_of(ask, allowed_updates=["callback_query"])
    await zhang.sends("听不见")
    assert await updates_of(ask, allowed_updates=[]) == []


async def test_a_message_waits_24_hours(ask: Ask, zhang: Phone, clock: StillClock) -> None:
    clock.advance(24 * 3600 - 1)
    assert texts(await updates_of(ask)) == ["/start"]
    clock.advance(1)
    assert await updates_of(ask) == []


async def test_a_tap_waits_150_seconds(ask: Ask, zhang: Phone, clock: StillClock) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="?", reply_markup=TAP)
    await read_all(ask)
    assert await zhang.presses("好", timeout=0) is None
    clock.advance(149)
    assert len(await updates_of(ask)) == 1
    clock.advance(1)
    assert await updates_of(ask) == []


async def test_a_tap_can_be_answered_once_and_for_150_seconds(ask: Ask, zhang: Phone, clock: StillClock) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="?", reply_markup=TAP)
    await read_all(ask)
    for advance, ok in ((149, True), (150, False)):
        await zhang.presses("好", timeout=0)
        [update] = await read_all(ask)
        clock.advance(advance)
        number = update["callback_query"]["id"]
        assert (await ask("answerCallbackQuery", callback_query_id=number))["ok"] is ok
        assert not (await ask("answerCallbackQuery", callback_query_id=number))["ok"]


async def test_a_tap_shows_the_message_as_it_was(ask: Ask, zhang: Phone) -> None:
    sent = await ask("sendMessage", chat_id=zhang.id, text="?", reply_markup=TAP)
    await read_all(ask)
    await zhang.presses("好", timeout=0)
    [update] = await updates_of(ask)
    query = update["callback_query"]
    assert (query["message"], query["data"], query["from"]["id"]) == (sent["result"], "ok", zhang.id)
    assert query["chat_instance"]


async def test_dates_are_those_of_the_clock(ask: Ask, zhang: Phone, clock: StillClock) -> None:
    clock.advance(60)
    await zhang.sends("现在")
    assert (await updates_of(ask))[-1]["message"]["date"] == int(clock.now().timestamp())


async def test_several_bots_have_their_own_chats_and_updates(
    sandbox: Sandbox, session: aiohttp.ClientSession, zhang: Phone
) -> None:
    other = sandbox.add_bot("other_bot")
    await zhang.opens("https://t.me/other_bot?start=abc")
    async with session.post(f"{sandbox.url}/bot{other.token}/getUpdates") as response:
        [update] = (await response.json())["result"]
    assert update["message"]["text"] == "/start abc"
    assert [message.text for message in zhang.screen()] == ["/start"]
    body = {"chat_id": zhang.id, "text": "你好"}
    async with session.post(f"{sandbox.url}/bot{other.token}/sendMessage", data=body) as response:
        assert response.status == 200
    await zhang.reads("你好", chat=other)
