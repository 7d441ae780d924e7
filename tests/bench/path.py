"""The full path beside a bare echo: updates a second, and from update to answer at a calm rate."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import aiohttp

from tests.bench.figures import Figure, median, percentile
from tests.bench.rig import Box, box, database, folder, program, stock

PEOPLE = 300
UPDATES = 3000
CALM_SECONDS = 20
RATE = 20
# A greeting: the person is known, a sign of life is noted, the answer goes through the outbox. The echo says it back.
WORDS = "你好"

Runner = Callable[[Box], AbstractContextManager[object]]


@contextmanager
def linli(kind: str, one: Box) -> Iterator[object]:
    """The whole program on a database of this kind."""
    with folder() as at, database(kind, at) as url, program(one, url, at) as process:
        yield process


def runners() -> dict[str, Runner]:
    """Who is compared."""
    return {
        "stock echo": stock,
        "Linli on SQLite": lambda one: linli("sqlite", one),
        "Linli on PostgreSQL": lambda one: linli("postgres", one),
    }


def throughput(run: Runner) -> float:
    """Updates a second: so many wait at once, each gets one answer."""
    with box() as one, run(one):
        _warm(one)
        before = one.accepted()
        one.ask("load", {"updates": _updates(UPDATES)})
        began = time.monotonic()
        one.wait("sendMessage", before + UPDATES)
        return UPDATES / (one.times()[-1] - began)


def _warm(one: Box) -> None:
    """Everybody is known and every connection is open."""
    before = one.accepted()
    one.ask("load", {"updates": _updates(PEOPLE)})
    one.wait("sendMessage", before + PEOPLE)


def _updates(count: int) -> list[dict[str, Any]]:
    return [{"user_id": 7_000_000_001 + number % PEOPLE, "text": WORDS} for number in range(count)]


def latency(run: Runner) -> list[float]:
    """Seconds from update to answer at 20 updates a second spread over 300 chats."""
    with box() as one, run(one):
        _warm(one)
        sent: list[float] = []
        before = one.accepted()
        begin = time.monotonic()
        for number in range(CALM_SECONDS * RATE):
            time.sleep(max(0.0, begin + number / RATE - time.monotonic()))
            sent.append(time.monotonic())
            one.ask("load", {"updates": [{"user_id": 7_000_000_001 + number % PEOPLE, "text": WORDS}]})
        one.wait("sendMessage", before + len(sent))
        return [answered - asked for asked, answered in zip(sent, one.times()[before:], strict=True)]


async def _raw(one: Box, count: int) -> float:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        numbers = iter(range(count))

        async def worker() -> None:
            for number in numbers:
                body = {"chat_id": 7_000_000_001 + number % PEOPLE, "text": WORDS}
                async with session.post(f"{one.url}/bot{one.token}/sendMessage", data=body) as answer:
                    await answer.read()

        begin = time.monotonic()
        await asyncio.gather(*(worker() for _ in range(32)))
        return count / (time.monotonic() - begin)


def ceiling() -> float:
    """Messages a second that the sandbox takes from a raw client."""
    with box() as one:
        one.ask("load", {"updates": _updates(PEOPLE)})
        return asyncio.run(_raw(one, UPDATES))


def measure(rounds: int) -> Iterator[Figure]:
    """Alternating, medians."""
    everyone = runners()
    found: dict[str, list[float]] = {name: [] for name in everyone}
    for _ in range(rounds):
        for name, run in everyone.items():
            found[name].append(throughput(run))
    echo = median(found["stock echo"])
    yield Figure("the sandbox's own ceiling, raw client", ceiling(), "messages/s")
    for name, values in found.items():
        yield Figure(f"{name}: updates a second", median(values), "/s")
        if name != "stock echo":
            aim = "≥ 2.5" if "SQLite" in name else ""
            yield Figure(f"{name} ÷ stock echo", median(values) / echo, "times", aim)
    for name, run in everyone.items():
        times = latency(run)
        aim = "" if name == "stock echo" else "< 40"
        yield Figure(f"{name}: update to answer at 20/s, median", median(times) * 1000, "ms")
        yield Figure(f"{name}: update to answer at 20/s, 99th percentile", percentile(times, 0.99) * 1000, "ms", aim)
