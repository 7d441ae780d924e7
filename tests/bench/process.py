"""The running program: its memory, and how soon after its start it listens."""

import time
from collections.abc import Iterator

import psutil

from tests.bench.figures import Figure, median
from tests.bench.rig import Box, box, database, folder, program

STARTS = 5


def measure() -> Iterator[Figure]:
    """On SQLite: the first start makes the database, later ones find it."""
    with box() as one, folder() as at, database("sqlite", at) as url:
        started: list[float] = []
        for _ in range(STARTS + 1):
            began = time.monotonic()
            before = one.ask("counters")["last_call"]
            with program(one, url, at) as process:
                started.append(_first_poll(one, before) - began)
                memory = psutil.Process(process.pid).memory_info().rss / 2**20
        yield Figure("start to first getUpdates, new database", started[0], "s")
        yield Figure("start to first getUpdates, median of later starts", median(started[1:]), "s", "< 1.5")
        yield Figure("memory of the running program", memory, "MB", "< 120")


def _first_poll(one: Box, since: int) -> float:
    while True:
        calls = one.ask(f"calls?since={since}&method=getUpdates")["calls"]
        if calls:
            return float(calls[0]["monotonic"])
        time.sleep(0.02)
