"""Care at a city's size: opening a round, turning silence into alerts, and a tick with nothing due."""

import asyncio
import os
import resource
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.alerts import DEFAULT_LADDER, ladder_text
from bot.domain.categories import load_catalogue
from bot.domain.home import Home
from bot.domain.people import Language
from bot.domain.plans import DEFAULT_SLOTS, slots_text
from bot.services import checkins
from bot.services.areas import ensure_first_area
from bot.storage import checkins as stored_checkins
from bot.storage import plans as stored_plans
from bot.storage.database import Database, Transaction, open_database
from bot.storage.migrate import upgrade
from bot.storage.vault import Key, Vault
from tests.bench.figures import Figure, median
from tests.bench.rig import database, folder

BATCH = 500
SIZES = (1_000, 10_000, 100_000)
# Known, and nobody due: what a tick must not feel.
KNOWN = 1_000_000
MORNING = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
HOME = Home(1, "linli_bot", ZoneInfo("Asia/Shanghai"), Language.CHINESE, load_catalogue(), "120")
Step = Callable[[Transaction, Home, list[int], datetime], None]


def measure(kind: str) -> Iterator[Figure]:
    """For each size: seconds to open a round, rows a second, the growth; and alerts a second at the middle size."""
    yield from asyncio.run(_measure(kind))


async def _measure(kind: str) -> list[Figure]:
    most = int(os.environ.get("BENCH_PEOPLE", str(KNOWN)))
    sizes = tuple(size for size in SIZES if size <= most)
    found: list[Figure] = []
    for size in sizes:
        found += await _with(kind, size, partial(_one_size, alerts=size == min(sizes[-1], 10_000)))
    if most >= KNOWN:
        found += await _with(kind, KNOWN, _idle)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*found, Figure(f"{kind}: memory of the measuring process", memory, "MB")]


async def _with(
    kind: str, size: int, measured: Callable[[Database, str, int], Awaitable[list[Figure]]]
) -> list[Figure]:
    """Measured in a new database that knows so many people."""
    with folder() as at, database(kind, at) as url:
        upgrade(url)
        store = await open_database(url, Vault([Key.generate("k1")]))
        try:
            await _people(store, size)
            return await measured(store, kind, size)
        finally:
            await store.close()


async def _idle(store: Database, kind: str, size: int) -> list[Figure]:
    """A tick with nothing due."""
    before = MORNING - timedelta(hours=1)
    idle = [await _sweep(store, stored_plans.due, checkins.open_due, before) for _ in range(20)]
    milliseconds = median([seconds for seconds, _ in idle]) * 1000
    return [Figure(f"{kind}: a tick with nothing due at {size:,} people", milliseconds, "ms", "< 5")]


async def _one_size(store: Database, kind: str, size: int, *, alerts: bool) -> list[Figure]:
    idle = await _idle(store, kind, size)
    seconds, rows = await _sweep(store, stored_plans.due, checkins.open_due, MORNING + timedelta(seconds=1))
    assert rows == size, (rows, size)
    aim = "< 8 s" if kind == "sqlite" and size == 100_000 else ""
    found = [
        Figure(f"{kind}: opening a round for {size:,}", seconds, "s", aim),
        Figure(f"{kind}: opening a round for {size:,}, rows a second", rows / seconds, "/s"),
        *idle,
    ]
    if alerts:
        seconds, rows = await _sweep(store, stored_checkins.due, checkins.step_due, MORNING + timedelta(hours=2))
        aim = "≥ 15,000" if kind == "sqlite" else "≥ 6,000"
        found.append(Figure(f"{kind}: {rows:,} missed check-ins into alerts, rows a second", rows / seconds, "/s", aim))
    return found


async def _sweep(
    store: Database, due: Callable[[Transaction, datetime, int], list[int]], step: Step, now: datetime
) -> tuple[float, int]:
    """Seconds and rows until nothing is due any more."""

    def batch(tx: Transaction) -> int:
        ids = due(tx, now, BATCH)
        if ids:
            step(tx, HOME, ids, now)
        return len(ids)

    began, rows = time.perf_counter(), 0
    while taken := await store.transaction(batch):
        rows += taken
    return time.perf_counter() - began, rows


async def _people(store: Database, size: int) -> None:
    """So many people with a chat and a plan whose next question is this morning's."""
    for start in range(0, size, 10_000):
        await store.transaction(partial(_some, range(start, min(size, start + 10_000))))


def _some(numbers: range, tx: Transaction) -> None:
    place = ensure_first_area(tx).id
    name = tx.vault.seal("persons.name", "张奶奶")
    people = [{"id": n + 1, "name": name, "place": place} for n in numbers]
    tx.many(
        "INSERT INTO persons (id, name, language, building_id, created_at, menu, version)"
        " VALUES (:id, :name, 'zh', :place, 0, 0, 0)",
        people,
    )
    tx.many("INSERT INTO accounts (bot_id, user_id, person_id) VALUES (1, :id, :id)", people)
    plan = {"slots": slots_text(DEFAULT_SLOTS), "ladder": ladder_text(DEFAULT_LADDER), "at": int(MORNING.timestamp())}
    tx.many(
        "INSERT INTO plans (bot_id, person_id, area_id, state, slots, grace_minutes, nudges, ladder, proposed_by, act_at,"
        " version) VALUES (1, :id, :place, 'active', :slots, 60, '', :ladder, :id, :at, 0)",
        [{**one, **plan} for one in people],
    )
