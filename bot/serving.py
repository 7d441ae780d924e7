"""What this copy serves over HTTP: where Telegram posts, whether the copy lives and is ready, and its figures."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.branch import WEBHOOK_PATH
from bot.branches import Branches
from bot.settings import Settings

FIGURES = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}


@dataclass(frozen=True)
class Readiness:
    """Whether this copy does all of its work: `faults` says what it does not, with what hangs on it."""

    faults: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


class Health:
    """Answers whoever asks how this copy is. None of the answers names anybody."""

    def __init__(self, *, ready: Callable[[], Readiness], figures: Callable[[], Awaitable[bytes]]) -> None:
        self._ready, self._figures = ready, figures

    async def live(self, request: web.Request) -> web.Response:
        """The event loop turns: else nobody would answer."""
        return web.json_response({"live": True})

    async def ready(self, request: web.Request) -> web.Response:
        """200 when this copy does all of its work; 503 and what it does not, otherwise."""
        found = self._ready()
        body = {"ready": found.ready, "faults": list(found.faults)}
        return web.json_response(body, status=200 if found.ready else 503, dumps=json.dumps)

    async def metrics(self, request: web.Request) -> web.Response:
        """Figures for Prometheus."""
        return web.Response(body=await self._figures(), headers=FIGURES)


@asynccontextmanager
async def serving(branches: Branches, health: Health, settings: Settings) -> AsyncIterator[web.AppRunner]:
    """The addresses that Telegram posts to, one a bot, and those of health."""
    application = web.Application()
    application.router.add_post(WEBHOOK_PATH, branches.take)
    application.router.add_post(WEBHOOK_PATH + "/{bot}", branches.take)
    application.router.add_get("/live", health.live)
    application.router.add_get("/ready", health.ready)
    application.router.add_get("/metrics", health.metrics)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.http_host, settings.http_port).start()
        yield runner
    finally:
        await runner.cleanup()
