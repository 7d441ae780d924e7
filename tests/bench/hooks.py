"""Webhooks: several copies take updates in behind something that hands each to the next of them."""

import asyncio
import itertools
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import aiohttp
from aiohttp import web

from tests.bench.copies import wait_for
from tests.bench.figures import Figure, median
from tests.bench.path import throughput
from tests.bench.rig import Box, database, folder, program

COPIES = (1, 2, 4)


class Balancer:
    """Hands each request to the next of several ports, in turn, in a thread and loop of its own."""

    def __init__(self, ports: list[int]) -> None:
        self._next = itertools.cycle(ports)
        self.counts = dict.fromkeys(ports, 0)
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Balancer":
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *error: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        application = web.Application()
        application.router.add_post("/{path:.*}", self._hand_on)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as self._session:
            self._ready.set()
            await self._over.wait()
        await runner.cleanup()

    async def _hand_on(self, request: web.Request) -> web.Response:
        port = next(self._next)
        self.counts[port] += 1
        headers = {name: value for name, value in request.headers.items() if name.lower().startswith("x-telegram")}
        url, body = f"http://127.0.0.1:{port}/{request.match_info['path']}", await request.read()
        try:
            async with self._session.post(url, data=body, headers=headers) as answer:
                return web.Response(status=answer.status)
        except aiohttp.ClientError:
            # One of them is gone: Telegram posts it again, and another takes it.
            return web.Response(status=502)


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on."""
    sockets = [socket.socket() for _ in range(number)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


@contextmanager
def hooked(copies: int, seen: list[dict[int, int]], one: Box) -> Iterator[object]:
    """So many copies on one PostgreSQL, all of them behind one address to which updates are posted."""
    ports = free_ports(copies)
    with folder() as at, database("postgres", at) as url, Balancer(ports) as balancer, ExitStack() as stack:
        for number, port in enumerate(ports):
            own = {
                "COPY": f"copy {number}",
                "HTTP_PORT": str(port),
                "WEBHOOK_URL": f"http://127.0.0.1:{balancer.port}",
                "WEBHOOK_SECRET": "bench",
            }
            stack.enter_context(program(one, url, at, **own))
            if number == 0:
                _until_hooked(one)
        wait_for(copies, url, at)
        yield None
        seen.append(dict(balancer.counts))


def _until_hooked(one: Box) -> None:
    end = time.monotonic() + 60
    while one.accepted("setWebhook") < 1:
        if time.monotonic() > end:
            raise TimeoutError("nobody set the webhook")
        time.sleep(0.1)


def measure_webhooks(rounds: int) -> Iterator[Figure]:
    """The full path by webhook with one, two and four copies, taking turns; all of them take in, all of them speak."""
    found: dict[int, list[float]] = {copies: [] for copies in COPIES}
    seen: dict[int, list[dict[int, int]]] = {copies: [] for copies in COPIES}
    for _ in range(rounds):
        for copies in COPIES:
            found[copies].append(throughput(partial(hooked, copies, seen[copies])))
    for copies, values in found.items():
        name = f"{copies} cop{'y' if copies == 1 else 'ies'} by webhook on PostgreSQL"
        yield Figure(f"{name}: updates a second", median(values), "/s")
        yield Figure(f"{name} ÷ 1", median(values) / median(found[1]), "times")
        least = min(min(counts.values()) / max(1, sum(counts.values())) for counts in seen[copies])
        yield Figure(f"{name}: the least that one of them took in", least * copies, "of its part")
