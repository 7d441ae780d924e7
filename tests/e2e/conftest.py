"""The demo as a process of its own, in a folder of its own, and a browser that visits it."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.page.conftest import browser, chromium

__all__ = ["browser", "chromium"]

MAIN = Path(__file__).parents[2] / "main.py"
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
START_SECONDS = 120.0
STOP_SECONDS = 30.0
WIDE = (1280, 860)
NARROW = (360, 740)


class Demo:
    """A running demo. `said`: every line that it wrote so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._address = asyncio.get_running_loop().create_future()
        self.said: list[str] = []
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.said.append(line.decode())
            found = ADDRESS.search(self.said[-1])
            if found and not self._address.done():
                self._address.set_result(found[0])
        if not self._address.done():
            self._address.set_exception(AssertionError("the demo ended by itself:\n" + "".join(self.said)))

    async def address(self) -> str:
        """What it prints for people to open."""
        address: str = await asyncio.wait_for(self._address, START_SECONDS)
        return address

    async def stop(self) -> None:
        """Ctrl-C, and see that it ends as it should."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGINT)
        await asyncio.wait_for(asyncio.gather(self._process.wait(), self._listening), STOP_SECONDS)
        assert self._process.returncode == 0, "".join(self.said)
        assert "Traceback" not in "".join(self.said), "".join(self.said)


@asynccontextmanager
async def demo(folder: Path, *options: str) -> AsyncIterator[str]:
    """The address of a demo that keeps its files in this folder and is stopped when it is left."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(MAIN), "demo", "--port", "0", *options),
        cwd=folder,
        env={**others, "LINLI_DATA": str(folder / "data")},
        stdout=PIPE,
        stderr=STDOUT,
    )
    running = Demo(process)
    try:
        yield await running.address()
    finally:
        await running.stop()


@asynccontextmanager
async def visit(browser: Browser, address: str, size: tuple[int, int]) -> AsyncIterator[Page]:
    """The page as somebody sees it who comes for the first time; an error in its scripts fails the test."""
    page = await browser.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    await page.goto(address)
    await page.get_by_test_id("phone").first.wait_for(state="attached")
    yield page
    await page.close()
    assert not errors


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """One demo for the stories of a module: the community needs some seconds to move in."""
    async with demo(tmp_path_factory.mktemp("demo"), "--reset") as address:
        yield address
