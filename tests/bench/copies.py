"""Several copies beside one, a start with much to read, and a year on record."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from bot.storage import areas
from bot.storage.database import Transaction
from bot.storage.migrate import upgrade
from tests.bench.crowd import in_database, started
from tests.bench.figures import Figure, median
from tests.bench.path import WORDS, throughput
from tests.bench.rig import Box, box, database, folder, program

COPIES = (1, 2, 4)
# Ten from each: who writes more within seconds is asked to wait, and not answered again.
BACKLOG, WRITERS = 10_000, 1_000
RESIDENTS, DAYS = 10_000, 180


@contextmanager
def several(copies: int, one: Box) -> Iterator[object]:
    """So many copies of the program on one PostgreSQL."""
    with folder() as at, database("postgres", at) as url, ExitStack() as stack:
        stack.enter_context(program(one, url, at, COPY="copy 0"))
        started(one)
        for number in range(1, copies):
            stack.enter_context(program(one, url, at, COPY=f"copy {number}"))
        wait_for(copies, url, at)
        yield None


def wait_for(copies: int, url: str, at: Any) -> None:
    """Until so many copies tick."""
    while in_database(url, at, _ticking) < copies:
        time.sleep(0.2)


def _ticking(tx: Transaction) -> int:
    row = tx.one("SELECT COUNT(*) AS n FROM pulses WHERE tick_at IS NOT NULL")
    return 0 if row is None else int(row["n"])


def measure_copies(rounds: int) -> Iterator[Figure]:
    """The full path with one, two and four copies, taking turns; one of them polls, all of them speak."""
    found: dict[int, list[float]] = {copies: [] for copies in COPIES}
    for _ in range(rounds):
        for copies in COPIES:
            found[copies].append(throughput(partial(several, copies)))
    for copies, values in found.items():
        yield Figure(
            f"{copies} cop{'y' if copies == 1 else 'ies'} on PostgreSQL: updates a second", median(values), "/s"
        )
        yield Figure(f"{copies} ÷ 1", median(values) / median(found[1]), "times")


def measure_backlog(kind: str) -> Iterator[Figure]:
    """Ten thousand updates wait when the program starts."""
    with box() as one, folder() as at, database(kind, at) as url:
        with program(one, url, at):
            started(one)
        one.ask("load", {"updates": [{"user_id": 7_000_000_001 + n % WRITERS, "text": WORDS} for n in range(BACKLOG)]})
        began = time.monotonic()
        with program(one, url, at):
            one.wait("sendMessage", BACKLOG)
            yield Figure(
                f"a start with 10,000 waiting updates, {kind}: until all are answered", one.times()[-1] - began, "s"
            )


def measure_growth() -> Iterator[Figure]:
    """The full path on PostgreSQL with nothing on record, and with a district's year: 3.6 million check-ins."""
    empty = throughput(partial(_recorded, 0, []))
    sizes: list[float] = []
    full = throughput(partial(_recorded, DAYS * 2, sizes))
    yield Figure("a district's year on record: size of the database", sizes[0], "MB")
    yield Figure(
        "a district's year on record: updates a second ÷ with nothing on record", full / empty, "times", "≥ 0.8"
    )


@contextmanager
def _recorded(slots: int, sizes: list[float], one: Box) -> Iterator[object]:
    with folder() as at, database("postgres", at) as url:
        upgrade(url)
        with program(one, url, at):
            started(one)
        if slots:
            in_database(url, at, partial(_year, slots))
            sizes.append(in_database(url, at, _megabytes))
        before = one.accepted("getUpdates")
        with program(one, url, at):
            one.wait("getUpdates", before + 1)
            yield None


def _year(slots: int, tx: Transaction) -> None:
    place = areas.first(tx)
    assert place is not None
    values = {"people": RESIDENTS, "slots": slots, "place": place.id}
    tx.run(
        "INSERT INTO persons (id, name, language, building_id, created_at, menu, version)"
        " SELECT 1000000 + n, 'x', 'zh', :place, 0, 0, 0 FROM generate_series(1, :people) AS n",
        values,
    )
    tx.run(
        "INSERT INTO plans (bot_id, person_id, area_id, state, slots, grace_minutes, nudges, ladder, proposed_by, version)"
        " SELECT 1, 1000000 + n, :place, 'active', '480,1080', 60, '30,50', '', 1000000 + n, 0"
        " FROM generate_series(1, :people) AS n",
        values,
    )
    tx.run(
        "INSERT INTO checkins (plan_id, person_id, area_id, day, slot, channel, state, asked_at, due_at, nudges, step,"
        " answer, answered_at, version)"
        " SELECT p.id, p.person_id, p.area_id, to_char(DATE '2025-01-01' + CAST(s AS integer), 'YYYY-MM-DD'), 480, 'chat',"
        " 'answered', 1735689600 + s * 43200, 1735693200 + s * 43200, '30,50', 0, 'well', 1735690000 + s * 43200, 2"
        " FROM plans p, generate_series(1, :slots) AS s",
        values,
    )
    tx.run(
        "INSERT INTO history (at, subject, event, before, after)"
        " SELECT answered_at, 'checkin:' || id, 'answered', 'asked', 'answered' FROM checkins",
    )
    tx.run("ANALYZE")


def _megabytes(tx: Transaction) -> float:
    row = tx.one("SELECT pg_database_size(current_database()) AS bytes")
    return 0.0 if row is None else float(row["bytes"]) / 2**20
