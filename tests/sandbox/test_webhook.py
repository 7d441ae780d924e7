"""Webhooks: the secret header, again until 2xx, in order within a chat."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.clock import StillClock
from sandbox import Fault, Phone, Sandbox
from tests.sandbox.conftest import Ask, happens


@dataclass
class Receiver:
    """A program that takes updates: what it answers next (200 when nothing is said), and what it got."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    got: "asyncio.Queue[tuple[dict[str, Any], str | None]]" = field(default_factory=asyncio.Queue)

    async def take(self, request: web.Request) -> web.Response:
        update = json.loads(await request.read())
        self.got.put_nowait((update, request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def text(self) -> str:
        """The text of the next update that arrives."""
        update, _ = await asyncio.wait_for(self.got.get(), 10)
        text: str = update["message"]["text"]
        return text


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A program on this machine that waits for updates."""
    program = Receiver()
    application = web.Application()
    application.router.add_post("/hook", program.take)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    program.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield program
    await runner.cleanup()


@pytest.fixture(autouse=True)
def quick(sandbox: Sandbox) -> None:
    """Come again almost at once."""
    sandbox.deliveries.first_pause = 0.001


async def test_updates_come_with_the_secret(ask: Ask, receiver: Receiver, zhang: Phone) -> None:
    assert (await ask("setWebhook", url=receiver.url, secret_token="geheim-1_2"))["result"] is True
    update, secret = await asyncio.wait_for(receiver.got.get(), 10)
    assert (update["message"]["text"], secret) == ("/start", "geheim-1_2")
    await zhang.sends("一")
    assert await receiver.text() == "一"


async def test_what_is_not_taken_comes_again_before_the_next(ask: Ask, receiver: Receiver, zhang: Phone) -> None:
    receiver.statuses = [500, 403, 302]
    await zhang.sends("一")
    await ask("setWebhook", url=receiver.url)
    assert [await receiver.text() for _ in range(5)] == ["/start"] * 4 + ["一"]
    info = (await ask("getWebhookInfo"))["result"]
    assert (info["url"], info["max_connections"]) == (receiver.url, 40)
    assert info["last_error_message"].startswith("Wrong response from the webhook: 302")


async def test_one_chat_that_fails_does_not_hold_up_another(
    ask: Ask, sandbox: Sandbox, receiver: Receiver, zhang: Phone
) -> None:
    sandbox.deliveries.first_pause = 3600
    receiver.statuses = [500]
    await ask("setWebhook", url=receiver.url)
    assert await receiver.text() == "/start"
    li = sandbox.phone("小李")
    await li.sends("二")
    assert await receiver.text() == "二"
    assert (await ask("getWebhookInfo"))["result"]["pending_update_count"] == 1


async def test_a_webhook_that_is_down_gets_it_later(
    ask: Ask, sandbox: Sandbox, receiver: Receiver, zhang: Phone
) -> None:
    failing = happens(sandbox, "webhook_failed")
    await ask("setWebhook", url="http://127.0.0.1:9/hook")
    await failing
    info = (await ask("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Connection refused"
    await ask("setWebhook", url=receiver.url)
    assert await receiver.text() == "/start"


async def test_what_is_too_old_is_not_delivered(ask: Ask, receiver: Receiver, zhang: Phone, clock: StillClock) -> None:
    clock.advance(24 * 3600)
    await zhang.sends("新的")
    await ask("setWebhook", url=receiver.url)
    assert await receiver.text() == "新的"


async def test_a_duplicate_comes_twice(ask: Ask, sandbox: Sandbox, receiver: Receiver, zhang: Phone) -> None:
    sandbox.faults.add(Fault("duplicate_update"))
    await zhang.sends("一")
    await zhang.sends("二")
    await ask("setWebhook", url=receiver.url)
    assert [await receiver.text() for _ in range(4)] == ["/start", "一", "一", "二"]


async def test_waiting_updates_can_be_dropped(ask: Ask, receiver: Receiver, zhang: Phone) -> None:
    await ask("setWebhook", url=receiver.url, drop_pending_updates=True)
    await zhang.sends("一")
    assert await receiver.text() == "一"


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"url": "https://example.com/"}, "bad webhook: this Telegram delivers to its own machine only"),
        ({"url": "http://127.0.0.1/", "secret_token": "字"}, "secret token contains unallowed characters"),
        ({"url": "http://127.0.0.1/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_a_webhook_that_is_refused(ask: Ask, parameters: dict[str, str], words: str) -> None:
    assert (await ask("setWebhook", **parameters))["description"] == f"Bad Request: {words}"


async def test_an_empty_address_brings_polling_back(ask: Ask, receiver: Receiver) -> None:
    await ask("setWebhook", url=receiver.url)
    await ask("setWebhook", url="")
    assert (await ask("getWebhookInfo"))["result"]["url"] == ""
    assert (await ask("getUpdates"))["ok"]
