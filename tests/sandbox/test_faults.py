"""Trouble on order, for a method and a chat."""

import asyncio

import aiohttp
import pytest

from sandbox import Fault, Phone, Sandbox
from tests.sandbox.conftest import Ask, updates_of


async def test_a_fault_meets_its_method_and_chat_so_many_times(
    ask: Ask, sandbox: Sandbox, zhang: Phone, li: Phone
) -> None:
    sandbox.faults.add(Fault("429", method="sendMessage", chat_id=zhang.id, times=2, retry_after=7))
    assert (await ask("sendMessage", chat_id=li.id, text="x"))["ok"]
    assert (await ask("sendChatAction", chat_id=zhang.id, action="typing"))["ok"]
    for _ in range(2):
        answer = await ask("sendMessage", chat_id=zhang.id, text="x")
        assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 7})
    assert (await ask("sendMessage", chat_id=zhang.id, text="x"))["ok"]
    assert list(sandbox.faults) == []


async def test_a_500(ask: Ask, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("500"))
    answer = await ask("getMe")
    assert (answer["error_code"], answer["description"]) == (500, "Internal Server Error")


async def test_a_502_is_a_page_of_html(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    sandbox.faults.add(Fault("502", method="getUpdates"))
    async with session.post(f"{sandbox.url}/bot{sandbox.token}/getUpdates") as response:
        assert (response.status, response.content_type) == (502, "text/html")
        assert "<html>" in await response.text()


async def test_an_answer_that_is_held_was_accepted(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    sandbox.faults.add(Fault("timeout", method="sendMessage"))
    waiting = asyncio.create_task(ask("sendMessage", chat_id=zhang.id, text="到了吗"))
    await zhang.reads("到了吗")
    assert not waiting.done()
    waiting.cancel()


async def test_a_connection_that_drops_after_the_message_was_accepted(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    sandbox.faults.add(Fault("drop_after", method="sendMessage"))
    with pytest.raises(aiohttp.ClientError):
        await ask("sendMessage", chat_id=zhang.id, text="到了")
    assert zhang.sees("到了")
    assert [call.ok for call in sandbox.calls_of("sendMessage")] == [True]


async def test_an_update_that_comes_twice(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    sandbox.faults.add(Fault("duplicate_update", chat_id=zhang.id))
    await zhang.sends("一")
    await zhang.sends("二")
    first = await updates_of(ask)
    assert [update["message"]["text"] for update in first] == ["/start", "一", "二"]
    again = await updates_of(ask, offset=first[-1]["update_id"] + 1)
    assert again == [first[1]]
    assert await updates_of(ask, offset=again[-1]["update_id"] + 1) == []


async def test_faults_can_be_switched_off(ask: Ask, sandbox: Sandbox) -> None:
    fault = sandbox.faults.add(Fault("500", times=None))
    assert not (await ask("getMe"))["ok"]
    assert not (await ask("getMe"))["ok"]
    sandbox.faults.remove(fault.id)
    assert (await ask("getMe"))["ok"]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind of fault: 418"):
        Fault("418")
