"""Lists with 100,000 needs on record: a page, a search, the desk, and all of it as a file; each as its reader gets it."""

import asyncio
import resource
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import StillClock
from bot.domain.areas import Plan
from bot.domain.categories import load_catalogue
from bot.domain.desks import Desk
from bot.domain.home import Home
from bot.domain.listings import Book, Filter, Form, ListingCard, Making, Stand
from bot.domain.people import Language, Role
from bot.exporting import Exporter
from bot.services import areas
from bot.services.listings import files, lists
from bot.services.views import desks, listings
from bot.services.views.look import Look
from bot.storage import areas as stored_areas
from bot.storage import persons
from bot.storage.database import Database, Transaction, open_database
from bot.storage.listings import exports
from bot.storage.migrate import upgrade
from bot.storage.vault import Key, Vault
from tests.bench.figures import Figure, median, percentile
from tests.bench.rig import database, folder

NEEDS, RESIDENTS, HELPERS = 100_000, 2_000, 200
GRIDS, BUILDINGS = 10, 100
TIMES = 30
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOME = Home(1, "linli_bot", ZoneInfo("Asia/Shanghai"), Language.CHINESE, load_catalogue(), "120")
CATEGORIES = [one.code for one in HOME.catalogue.categories if not one.confidential]
# Of a year's needs nearly all have ended.
ENDED = [("closed", 90), ("cancelled", 6), ("expired", 3)]
WORDS = ("家里的灯坏了，想请人来看看", "水管漏水，厨房地上都是水", "想理发，腿脚不方便", "帮我去药房取药")
COORDINATOR = 1


def measure(kind: str) -> Iterator[Figure]:
    """Milliseconds of a look, and rows a second of a file."""
    yield from asyncio.run(_measure(kind))


async def _measure(kind: str) -> list[Figure]:
    with folder() as at, database(kind, at) as url:
        upgrade(url)
        store = await open_database(url, Vault([Key.generate("k1")]))
        try:
            await store.transaction(_settle)
            await store.transaction(lambda tx: tx.run("ANALYZE"))
            found = [await _looked(store, kind, name, asked) for name, asked in looks().items()]
            found += [await _desk(store, kind), *[await _exported(store, kind, at, form) for form in Form]]
        finally:
            await store.close()
    return found


def looks() -> dict[str, Filter]:
    """What is looked for, by name."""
    return {
        "a page of what is running": Filter(stand=Stand.RUNNING.value),
        "a page of all": Filter(stand=Stand.ALL.value),
        "a page of one kind in one building, done": Filter(stand="closed", kind=CATEGORIES[0], place=_building(7)),
        "a page of what was asked today": Filter(stand=Stand.ALL.value, since="today"),
        "a page of one helper": Filter(stand=Stand.ALL.value, helper=_helper(3)),
        "a search by number": Filter(number=54_321),
        "a search by name": Filter(stand=Stand.ALL.value, name="居民77"),
        "a search by words": Filter(stand=Stand.ALL.value, words="药房"),
        "a search by words that nobody wrote": Filter(stand=Stand.ALL.value, words="没有这样的话"),
    }


def _building(number: int) -> int:
    """The places come in this order: street, two communities, grids, buildings."""
    return 3 + GRIDS + number + 1


def _helper(number: int) -> int:
    return 1 + RESIDENTS + number + 1


async def _looked(store: Database, kind: str, name: str, asked: Filter) -> Figure:
    card = await store.transaction(partial(_open, asked=asked))
    took = [await store.read(partial(_timed, lambda tx: listings.listing(tx, card, _look()))) for _ in range(TIMES)]
    return _figure(f"{name}, {NEEDS:,} needs, {kind}", took)


def _figure(name: str, took: list[float]) -> Figure:
    return Figure(f"{name}: median (99th {percentile(took, 0.99):.1f} ms)", median(took), "ms", "< 50")


def _open(tx: Transaction, asked: Filter) -> ListingCard:
    actor = persons.actor(tx, persons.get(tx, COORDINATOR))
    return lists.open_(tx, actor, Book.NEEDS, "", now=NOW, asked=asked)


def _look() -> Look:
    return Look(HOME, COORDINATOR, None, NOW)


def _timed(work: Callable[[Transaction], object], tx: Transaction) -> float:
    began = time.perf_counter()
    work(tx)
    return (time.perf_counter() - began) * 1000


async def _desk(store: Database, kind: str) -> Figure:
    took = [
        await store.read(partial(_timed, lambda tx: desks.desk(tx, Desk(COORDINATOR), _look()))) for _ in range(TIMES)
    ]
    return _figure(f"the desk, {NEEDS:,} needs, {kind}", took)


async def _exported(store: Database, kind: str, at: Path, form: Form) -> Figure:
    clock = StillClock(NOW)
    exporter = Exporter(store, HOME, clock, at / "exports", wake=lambda: None)
    before = _memory()
    export_id = await store.transaction(partial(_order, form=form))
    began = time.perf_counter()
    making = asyncio.create_task(exporter.tick())
    waits, most = await _beside(store, making)
    seconds = time.perf_counter() - began
    made = await store.read(lambda tx: exports.see(tx, export_id))
    assert made is not None
    assert (made.state, made.rows_done) == (Making.MADE, NEEDS)
    size = await store.read(lambda tx: _size(tx, export_id, made.parts))
    name = (
        f"{NEEDS:,} rows as {form.value}, {kind}: {size / 1e6:.1f} MB in {made.parts} files,"
        f" {most - before:.0f} MB of memory more;"
        f" a write beside it waits {median(waits):.1f} ms (99th {percentile(waits, 0.99):.0f})"
    )
    return Figure(name, NEEDS / seconds, "rows/s")


def _size(tx: Transaction, export_id: int, parts: int) -> int:
    total = 0
    for part in range(1, parts + 1):
        number = 0
        while (piece := exports.piece(tx, export_id, part, number)) is not None:
            total += len(piece)
            number += 1
    return total


def _memory() -> float:
    """What this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


async def _beside(store: Database, making: asyncio.Task[None]) -> tuple[list[float], float]:
    """How long somebody else's transaction takes meanwhile, and how much memory is held at most."""
    waits, most = [0.0], 0.0
    while not making.done():
        began = time.perf_counter()
        await store.transaction(lambda tx: tx.run("UPDATE persons SET menu = menu WHERE id = 2"))
        waits.append((time.perf_counter() - began) * 1000)
        most = max(most, _memory())
        await asyncio.sleep(0.05)
    await making
    return waits, most


def _order(tx: Transaction, form: Form) -> int:
    card = _open(tx, Filter(stand=Stand.ALL.value))
    actor = persons.actor(tx, persons.get(tx, COORDINATOR))
    return files.ask(tx, actor, card.listing_id, form.value, now=NOW).export_id


# --- a community with a long past ---


def _settle(tx: Transaction) -> None:
    buildings = _places(tx)
    community = stored_areas.by_code(tx, "c1")
    assert community is not None
    wang = persons.make(tx, bot_id=1, user_id=1, name="王姐", language=Language.CHINESE, now=NOW)
    assert wang.id == COORDINATOR
    persons.grant(tx, wang.id, Role.COORDINATOR, community.id, by=None, now=NOW)
    for number in range(RESIDENTS + HELPERS):
        name = f"居民{number}" if number < RESIDENTS else f"志愿者{number}"
        home = buildings[number % BUILDINGS]
        one = persons.make_without_chat(
            tx, name=name, language=Language.CHINESE, telephone=None, building_id=home, now=NOW
        )
        if number >= RESIDENTS:
            persons.grant(tx, one.id, Role.VOLUNTEER, community.id, by=None, now=NOW)
    tx.many(
        "INSERT INTO needs (bot_id, area_id, person_id, category, urgency, text, state, posted_at, claimed_by, claimed_at, step)"
        " VALUES (1, :area, :person, :category, :urgency, :text, :state, :at, :helper, :at, 0)",
        [_need(tx, number, buildings) for number in range(NEEDS)],
    )


def _need(tx: Transaction, number: int, buildings: list[int]) -> dict[str, object]:
    state = "open" if number % 500 == 0 else next(one for one, share in _shares() if number % 100 < share)
    return {
        "area": buildings[number * 7 % BUILDINGS],
        "person": 2 + number * 31 % RESIDENTS,
        "category": CATEGORIES[number % len(CATEGORIES)],
        "urgency": ("now", "today", "week")[number % 3],
        "text": tx.vault.seal("needs.text", f"{WORDS[number % len(WORDS)]}，{number}"),
        "state": state,
        "at": int((NOW - timedelta(minutes=(NEEDS - number) * 5)).timestamp()),
        "helper": None if state == "open" else 2 + RESIDENTS + number % HELPERS,
    }


def _shares() -> list[tuple[str, int]]:
    total, found = 0, []
    for state, share in ENDED:
        total += share
        found.append((state, total))
    return [*found[:-1], (found[-1][0], 100)]


def _places(tx: Transaction) -> list[int]:
    lines = ["code,parent,kind,name", "s1,,street,街道", "c1,s1,community,社区", "c2,s1,community,邻社区"]
    lines += [f"g{number},c1,grid,{number}网格" for number in range(GRIDS)]
    lines += [f"b{number},g{number % GRIDS},building,{number}号楼" for number in range(BUILDINGS)]
    plan = areas.plan_import("\n".join(lines) + "\n")
    assert isinstance(plan, Plan)
    areas.import_areas(tx, plan, now=NOW)
    codes = {area.code: area.id for area in stored_areas.whole(tx)}
    return [codes[f"b{number}"] for number in range(BUILDINGS)]
