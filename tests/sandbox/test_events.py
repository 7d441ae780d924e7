"""The stream of events that keeps a page alive."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox import Fault, Phone, Sandbox
from tests.sandbox.conftest import Ask


class Stream:
    """An open page: the events in order."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def next(self, kind: str) -> dict[str, Any]:
        """The next event of this type, whatever comes before it."""
        async with asyncio.timeout(10):
            async for line in self._response.content:
                if line.startswith(b"data: "):
                    event: dict[str, Any] = json.loads(line[6:])
                    if event["type"] == kind:
                        return event
        raise AssertionError("the stream ended")


@pytest.fixture
async def stream(sandbox: Sandbox, session: aiohttp.ClientSession) -> AsyncIterator[Stream]:
    """A page that has just been opened."""
    async with session.get(f"{sandbox.url}/api/events") as response:
        assert response.content_type == "text/event-stream"
        yield Stream(response)


async def test_first_the_whole_state(sandbox: Sandbox, stream: Stream) -> None:
    state = await stream.next("state")
    assert state["bot"]["id"] == sandbox.bot.id


async def test_everything_that_happens(ask: Ask, sandbox: Sandbox, stream: Stream) -> None:
    await stream.next("state")
    zhang = sandbox.phone("张奶奶")
    assert (await stream.next("people"))["people"][0]["name"] == "张奶奶"
    group = sandbox.group("阳光社区", [zhang])
    assert (await stream.next("chats"))["chats"][-1]["id"] == group.id
    sent = await zhang.sends("一")
    assert (await stream.next("message"))["message"]["text"] == "一"
    await zhang.edits(sent, "二")
    edited = (await stream.next("edited"))["message"]
    assert (edited["text"], edited["edited"], edited["from"]) == ("二", True, zhang.id)
    await ask("sendMessage", chat_id=zhang.id, text="?", reply_markup={"keyboard": [[{"text": "平安"}]]})
    keyboard = await stream.next("keyboard")
    assert keyboard == {"type": "keyboard", "chat_id": zhang.id, "person_id": zhang.id, "rows": [["平安"]]}
    await ask("deleteMessage", chat_id=zhang.id, message_id=sent.id)
    assert await stream.next("deleted") == {"type": "deleted", "chat_id": zhang.id, "id": sent.id}
    sandbox.faults.add(Fault("500", method="sendPhoto"))
    assert (await stream.next("faults"))["faults"][0]["method"] == "sendPhoto"
    sandbox.limits = True
    assert (await stream.next("faults"))["limits"] is True
    sandbox.links = [{"label": "三号楼", "url": "https://t.me/linli_bot?start=b3"}]
    assert (await stream.next("links"))["links"] == sandbox.links
    await ask("setMyCommands", commands=[{"command": "help", "description": "帮助"}])
    commands = await stream.next("commands")
    assert (commands["person_id"], commands["commands"][0]["command"]) == (zhang.id, "help")


async def test_a_toast(ask: Ask, zhang: Phone, stream: Stream) -> None:
    await stream.next("state")
    await ask(
        "sendMessage",
        chat_id=zhang.id,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "好", "callback_data": "a"}]]},
    )
    await zhang.presses("好", timeout=0)
    tap = (await ask("getUpdates"))["result"][-1]["callback_query"]
    await ask("answerCallbackQuery", callback_query_id=tap["id"], text="收到")
    toast = await stream.next("toast")
    assert toast == {"type": "toast", "person_id": zhang.id, "text": "收到", "alert": False, "url": None}


async def test_the_clock(sandbox: Sandbox, session: aiohttp.ClientSession, stream: Stream) -> None:
    await stream.next("state")
    async with session.post(f"{sandbox.url}/api/clock", json={"seconds": 3600}) as response:
        assert response.status == 200
    assert (await stream.next("clock"))["clock"]["offset"] == 3600


async def test_two_pages_hear_the_same(sandbox: Sandbox, session: aiohttp.ClientSession, stream: Stream) -> None:
    await stream.next("state")
    async with session.get(f"{sandbox.url}/api/events") as response:
        other = Stream(response)
        await other.next("state")
        sandbox.phone("小李")
        assert await stream.next("people") == await other.next("people")
