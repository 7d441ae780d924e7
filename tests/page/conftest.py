"""A sandbox with two phones, a bot that the test itself plays, and a real browser that looks at the page."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright

from sandbox import Sandbox
from sandbox.phones import Phone

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class BotByHand:
    """The program's side of the Bot API, played by the test."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self._address = f"{sandbox.url}/bot{sandbox.token}"
        self._session = session
        self._next = 0

    async def call(self, method: str, **parameters: Any) -> Any:
        """One call; what it resulted in."""
        async with self._session.post(f"{self._address}/{method}", json=parameters) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def says(self, phone: Phone, text: str, **parameters: Any) -> Any:
        """A message to this person."""
        return await self.call("sendMessage", chat_id=phone.id, text=text, **parameters)

    async def hears(self, kind: str) -> Any:
        """Wait for the next update of this kind; its content."""
        while True:
            for update in await self.call("getUpdates", offset=self._next, timeout=10):
                self._next = update["update_id"] + 1
                if kind in update:
                    return update[kind]


@pytest_asyncio.fixture(loop_scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def zhang(sandbox: Sandbox) -> Phone:
    phone = sandbox.phone("张奶奶", note="居民")
    await phone.sends("/start")
    return phone


@pytest_asyncio.fixture(loop_scope="module")
async def li(sandbox: Sandbox) -> Phone:
    phone = sandbox.phone("小李", note="志愿者")
    await phone.sends("/start")
    return phone


@pytest_asyncio.fixture(loop_scope="module")
async def bot(sandbox: Sandbox) -> AsyncIterator[BotByHand]:
    async with aiohttp.ClientSession() as session:
        yield BotByHand(sandbox, session)


@pytest.fixture(scope="module")
def chromium() -> Path:
    """Where the browser is; without one the tests are skipped, and fail where CI=true promises one."""
    if CHROMIUM.exists():
        return CHROMIUM
    word = f"no browser at {CHROMIUM}: the tests of the page did not run"
    if os.environ.get("CI") == "true":
        pytest.fail(word)
    pytest.skip(word)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    """One browser for all tests of a module: it takes longer to start than most of them."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, sandbox: Sandbox, zhang: Phone, li: Phone) -> AsyncIterator[Page]:
    """The page on a wide screen; an error in its scripts fails the test."""
    async for page in opened(browser, sandbox, 1280):
        yield page


@pytest_asyncio.fixture(loop_scope="module")
async def narrow(browser: Browser, sandbox: Sandbox, zhang: Phone, li: Phone) -> AsyncIterator[Page]:
    """The page on a telephone's screen, 360 pixels wide."""
    async for page in opened(browser, sandbox, 360):
        yield page


async def opened(browser: Browser, sandbox: Sandbox, width: int) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": width, "height": 760}, reduced_motion="reduce")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    await page.goto(sandbox.url)
    await page.get_by_test_id("phone").first.wait_for(state="attached")
    yield page
    await page.close()
    assert not errors


def on(page: Page, phone: Phone) -> Locator:
    """This person's phone on the page."""
    return page.locator(f'[data-testid="phone"][data-person="{phone.id}"]')
