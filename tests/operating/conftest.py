"""A town whose health somebody looks at."""

import asyncio
import socket
from contextlib import suppress

import aiohttp
import pytest

from tests.journeys.conftest import PATIENCE_SECONDS, town

__all__ = ["Watched", "town", "watched"]


class Watched:
    """The program's own addresses."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"

    async def asks(self, path: str) -> tuple[int, str]:
        """The answer's status and text; a program that has only just been started is waited for."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                with suppress(aiohttp.ClientConnectorError):
                    return await self._answer(path)
                await asyncio.sleep(0.05)

    async def _answer(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(self.address + path) as answer:
            return answer.status, await answer.text()

    async def figure(self, name: str) -> float:
        """One of the figures, named with its labels as it is written."""
        _, text = await self.asks("/metrics")
        (line,) = (line for line in text.splitlines() if line.startswith(f"{name} "))
        return float(line.split()[-1])


@pytest.fixture(autouse=True)
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Health and figures are served, at a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("LINLI_HTTP", "true")
    monkeypatch.setenv("LINLI_HTTP_PORT", str(port))
    return Watched(port)
