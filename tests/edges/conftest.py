"""A running sandbox, a bot that speaks to it, and a delivery over a real database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from telegram.ext import ExtBot

from bot.clock import StillClock
from bot.delivery import Delivery
from bot.domain.pace import Limits
from bot.storage.database import Database
from bot.transport import AiohttpRequest
from sandbox import Phone, Sandbox
from tests.edges.stand_ins import Echo, Speech

UNLIMITED = Limits(bot_per_second=10_000, chat_per_second=1_000, chat_burst=1_000, group_per_minute=10_000)
Deliver = Callable[..., AbstractAsyncContextManager[Delivery]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Telegram of our own, without limits."""
    running = Sandbox()
    await running.start()
    yield running
    await asyncio.shield(running.stop())
    assert running.unknown_parameters == []


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[ExtBot[None]]:
    """The bot, that gives up an answer after a second."""
    request = AiohttpRequest(read_seconds=1.0, connect_seconds=10.0)
    speaking: ExtBot[None] = ExtBot(
        sandbox.token,
        base_url=f"{sandbox.url}/bot",
        base_file_url=f"{sandbox.url}/file/bot",
        request=request,
        get_updates_request=request,
    )
    await speaking.initialize()
    yield speaking
    await asyncio.shield(speaking.shutdown())


@pytest.fixture
async def zhang(sandbox: Sandbox) -> Phone:
    """A neighbour who has opened the bot."""
    return await neighbour(sandbox, "张奶奶")


@pytest.fixture
async def li(sandbox: Sandbox) -> Phone:
    """Another one."""
    return await neighbour(sandbox, "小李")


async def neighbour(sandbox: Sandbox, name: str) -> Phone:
    """Somebody who has opened the bot, so that it may write to them."""
    phone = sandbox.phone(name)
    await phone.sends("/start")
    return phone


@pytest.fixture
def speech() -> Speech:
    """Says words as they are."""
    return Speech()


@pytest.fixture
def echo() -> Echo:
    """Answers messages with their own text."""
    return Echo()


@pytest.fixture
def deliver(database: Database, bot: ExtBot[None], speech: Speech, clock: StillClock) -> Deliver:
    """Runs a delivery while a `with` lasts, and lets it end in order."""

    @asynccontextmanager
    async def running(**options: Any) -> AsyncIterator[Delivery]:
        options = {"limits": UNLIMITED, **options}
        delivery = Delivery(options.pop("database", database), bot, speech, clock, **options)
        task = asyncio.create_task(delivery.run())
        try:
            yield delivery
        finally:
            delivery.stop()
            await task

    return running
