"""One matching decision, with the SQL: a community of so many volunteers, in the morning and at night."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.areas import Plan
from bot.domain.categories import load_catalogue
from bot.domain.home import Home
from bot.domain.matching import Search, Waves
from bot.domain.needs import Need, State, Urgency
from bot.domain.people import Language
from bot.services import areas, matching
from bot.storage import areas as stored_areas
from bot.storage import needs, persons
from bot.storage.database import Database, Transaction, open_database
from bot.storage.migrate import upgrade
from bot.storage.vault import Key, Vault
from tests.bench.figures import Figure, median, percentile
from tests.bench.rig import database, folder

SIZES = (100, 1_000, 10_000)
GRIDS, BUILDINGS = 10, 100
TIMES = 200
# A connection to PostgreSQL plans a statement anew for its first five times: these are told apart.
NEW = 60
# The third line of the places: what is needed in all of it has no neighbours.
COMMUNITY = 2
# Nine in the morning in Shanghai, and eleven at night, when nobody may be asked and all have to be looked at.
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NIGHT = MORNING + timedelta(hours=14)
HOME = Home(1, "linli_bot", ZoneInfo("Asia/Shanghai"), Language.CHINESE, load_catalogue(), "120")


def measure(kind: str) -> Iterator[Figure]:
    """For each size: milliseconds of a decision about a need in a building that wants a skill."""
    yield from asyncio.run(_measure(kind))


async def _measure(kind: str) -> list[Figure]:
    found: list[Figure] = []
    for size in SIZES:
        with folder() as at, database(kind, at) as url:
            upgrade(url)
            store = await open_database(url, Vault([Key.generate("k1")]))
            try:
                posted = await store.transaction(partial(_settle, size=size))
                await store.transaction(_analyzed)
                for wave, name in WAVES:
                    found += await _figures(store, kind, size, posted, wave, name)
            finally:
                await store.close()
    return found


WAVES = ((MORNING, "neighbours"), (MORNING, "whole community"), (NIGHT, "nobody free at night"))


async def _figures(store: Database, kind: str, size: int, posted: list[Need], now: datetime, name: str) -> list[Figure]:
    """By the clock on the wall, and by what the processors of program and database did for it: the latter says the same on a
    machine that others use."""
    took: list[tuple[float, float]] = []
    for place in range(NEW + TIMES):
        need = posted[place % len(posted)]
        here = replace(need, area_id=COMMUNITY) if name == WAVES[1][1] else need
        took.append(await store.transaction(partial(_decide, need=here, now=now, kind=kind)))
    what, aim = f"matching, {size:,} volunteers, {kind}, {name}", "< 10" if now == MORNING else ""
    spent = {
        "wall": [wall for wall, _ in took[NEW:]],
        "processor": [work for _, work in took[NEW:]],
        "processor, first 60": [work for _, work in took[:NEW]],
    }
    return [
        Figure(f"{what}, {how}: 99th percentile (median {median(each):.2f} ms)", percentile(each, 0.99), "ms", aim)
        for how, each in spent.items()
        if how == "wall" or kind == "postgres" or not how.endswith("60")
    ]


def _decide(tx: Transaction, need: Need, now: datetime, kind: str) -> tuple[float, float]:
    backend = _backend(tx) if kind == "postgres" else None
    began, worked = time.perf_counter(), _worked(backend)
    ask = matching.ask_for(tx, HOME, need, now)
    chosen = matching.pick(tx, Waves(), ask, need, Search(need.id), 5)
    work, wall = _worked(backend) - worked, (time.perf_counter() - began) * 1000
    assert len(chosen) == (5 if now == MORNING else 0)
    return wall, work


def _backend(tx: Transaction) -> int:
    row = tx.one("SELECT pg_backend_pid() AS pid")
    assert row is not None
    return int(row["pid"])


def _worked(backend: int | None) -> float:
    """Milliseconds for which this thread, and the database's process, have had a processor."""
    theirs = 0 if backend is None else int(Path(f"/proc/{backend}/schedstat").read_text(encoding="ascii").split()[0])
    return (time.thread_time_ns() + theirs) / 1_000_000


def _analyzed(tx: Transaction) -> None:
    tx.run("ANALYZE")


def _settle(tx: Transaction, size: int) -> list[Need]:
    """Buildings in grids, volunteers spread over them, each with a past; twenty residents who were helped before."""
    buildings = _places(tx)
    community = stored_areas.by_code(tx, "c1")
    assert community is not None
    rows = [{"id": 1000 + number, "home": buildings[number % BUILDINGS]} for number in range(size)]
    name = tx.vault.seal("persons.name", "志愿者")
    tx.many(
        "INSERT INTO persons (id, name, language, building_id, created_at, menu, version)"
        " VALUES (:id, :name, 'zh', :home, 0, 0, 0)",
        [{**row, "name": name} for row in rows],
    )
    tx.many("INSERT INTO accounts (bot_id, user_id, person_id) VALUES (1, :id, :id)", rows)
    tx.many(
        "INSERT INTO roles (person_id, role, area_id, granted_at, asked_at) VALUES (:id, 'volunteer', :area, 0, :asked)",
        [{**row, "area": community.id, "asked": row["id"] * 7919 % 100_000} for row in rows],
    )
    tx.many(
        "INSERT INTO skills (person_id, skill) VALUES (:id, 'repairs')", [row for row in rows if row["id"] % 10 == 0]
    )
    tx.many(
        "INSERT INTO helpers (person_id, asked_at, asked_day, asked_today, times) VALUES (:id, 1, 1, 1, 12345)", rows
    )
    residents = [
        persons.make(tx, bot_id=1, user_id=number, name="张", language=Language.CHINESE, now=MORNING)
        for number in range(20)
    ]
    posted = [_post(tx, resident.id, buildings[place]) for place, resident in enumerate(residents)]
    for need in posted:
        past = [_post(tx, need.person_id, need.area_id) for _ in range(10)]
        tx.many(
            "UPDATE needs SET state = 'closed', outcome = 'done', stars = 5, claimed_by = :who, claimed_at = 1 WHERE id = :id",
            [{"id": one.id, "who": 1000 + one.id % size} for one in past[:2]],
        )
        tx.many(
            "INSERT INTO offers (need_id, person_id, reason, offered_at) VALUES (:id, :who, 'community', :at)",
            [
                {"id": one.id, "who": 1000 + (one.id * 31 + step) % size, "at": int(MORNING.timestamp()) - 86400}
                for one in past
                for step in range(min(30, size))
            ],
        )
    return posted


def _places(tx: Transaction) -> list[int]:
    lines = ["code,parent,kind,name", "s1,,street,街道", "c1,s1,community,社区", "c2,s1,community,邻社区"]
    lines += [f"g{number},c1,grid,{number}网格" for number in range(GRIDS)]
    lines += [f"b{number},g{number % GRIDS},building,{number}号楼" for number in range(BUILDINGS)]
    plan = areas.plan_import("\n".join(lines) + "\n")
    assert isinstance(plan, Plan)
    areas.import_areas(tx, plan, now=MORNING)
    codes = {area.code: area.id for area in stored_areas.whole(tx)}
    return [codes[f"b{number}"] for number in range(BUILDINGS)]


def _post(tx: Transaction, resident: int, place: int) -> Need:
    return needs.post(tx, Need(0, 1, place, resident, "repairs", Urgency.TODAY, "灯坏了", State.OPEN, MORNING))
