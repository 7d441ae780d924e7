"""A started sandbox, its people, and two ways to talk to it: raw calls, and python-telegram-bot's own bot."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest
from telegram.ext import ExtBot

from bot.clock import StillClock
from sandbox import Phone, Sandbox

Bot = ExtBot[None]
Answer = dict[str, Any]
Ask = Callable[..., Coroutine[Any, Any, Answer]]


@pytest.fixture
async def sandbox(clock: StillClock) -> AsyncIterator[Sandbox]:
    """A Telegram of our own on a free port; its clock stands until a test moves it."""
    started = Sandbox(clock=clock)
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP client."""
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def ask(sandbox: Sandbox, session: aiohttp.ClientSession) -> Ask:
    """Call a method as JSON: `await ask("sendMessage", chat_id=1, text="x")`; the whole answer."""

    async def call(method: str, **parameters: Any) -> Answer:
        async with session.post(f"{sandbox.url}/bot{sandbox.token}/{method}", json=parameters) as response:
            answer: Answer = await response.json()
            assert answer["ok"] or answer["error_code"] == response.status
            return answer

    return call


@pytest.fixture
def page(sandbox: Sandbox, session: aiohttp.ClientSession) -> Ask:
    """Ask the page's API: `await page("POST", "/api/people", name="张奶奶")`; the whole answer."""

    async def call(verb: str, path: str, **body: Any) -> Answer:
        form = {"params": {name: str(value) for name, value in body.items()}} if verb == "GET" else {"json": body}
        async with session.request(verb, sandbox.url + path, **form) as response:
            answer: Answer = await response.json()
            assert answer["ok"] is (response.status == 200)
            return answer

    return call


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """python-telegram-bot's own bot, as it comes."""
    made: Bot = ExtBot(sandbox.token, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot")
    async with made:
        yield made


@pytest.fixture
async def zhang(sandbox: Sandbox) -> Phone:
    """张奶奶, who has started the bot."""
    phone = sandbox.phone("张奶奶")
    await phone.sends("/start")
    return phone


@pytest.fixture
async def li(sandbox: Sandbox) -> Phone:
    """小李, who has started the bot."""
    phone = sandbox.phone("小李", username="xiaoli")
    await phone.sends("/start")
    return phone


def happens(sandbox: Sandbox, event: str) -> asyncio.Future[None]:
    """Done when this event happens next in the world."""
    future = asyncio.get_running_loop().create_future()

    def hear(happened: str, details: Answer) -> None:
        if happened == event and not future.done():
            future.set_result(None)

    sandbox.world.listeners.append(hear)
    return future


async def updates_of(ask: Ask, **parameters: Any) -> list[Answer]:
    """What waits for the bot, without waiting; nothing is acknowledged unless an offset is given."""
    answer = await ask("getUpdates", **parameters)
    found: list[Answer] = answer["result"]
    return found


async def read_all(ask: Ask) -> list[Answer]:
    """What waits for the bot, acknowledged."""
    found = await updates_of(ask)
    if found:
        await ask("getUpdates", offset=found[-1]["update_id"] + 1)
    return found
