"""What one thing costs a copy: processor time by part, statements, rows, and PostgreSQL's own time, on both databases."""

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.app import Program, opened_program
from bot.domain.alerts import DEFAULT_LADDER, ladder_text
from bot.domain.notices import Apology
from bot.domain.plans import DEFAULT_SLOTS, slots_text
from bot.services.areas import ensure_first_area
from bot.settings import read_settings
from bot.storage import outbox
from bot.storage.database import Transaction
from tests.bench.figures import Figure
from tests.bench.path import WORDS
from tests.bench.rig import Box, box, database, environment, folder
from tests.bench.seams import Account, parts, process_seconds, server_seconds, watched
from tests.city.clock import SharedClock

FIRST, KNOWN, UPDATES, LETTERS = 7_000_000_001, 300, 1_500, 1_000
CARED_FOR, SILENT = 400, 160
IDLE_SECONDS = 10.0
EIGHT = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
WELL = "我很好"
QUIET_LOOKS, LOOK_SECONDS = 8, 0.25


class Spent(defaultdict[str, float]):
    """Seconds of each part, and how many of each thing; what is not there is none."""

    def __init__(self, values: Mapping[str, float] = MappingProxyType({})) -> None:
        super().__init__(float, values)


@dataclass
class Bench:
    """The program in this process, Telegram in another."""

    kind: str
    telegram: Box
    program: Program
    clock: SharedClock
    account: Account
    server: Callable[[], float]
    idle: Spent = field(default_factory=Spent)
    # What the looking itself costs, which is nobody's.
    _looking: float = 0.0

    async def costs(self, what: str, unit: str, count: int, begin: Callable[[], Any]) -> list[Figure]:
        """What `count` of something cost each, from `begin` until all is quiet, less what an idle copy costs meanwhile."""
        before, accepted, began = self._spent(), self.telegram.accepted(), time.monotonic()
        done = begin()
        if asyncio.iscoroutine(done):
            await done
        await self._quiet()
        seconds = time.monotonic() - began
        now = self._spent()
        spent = Spent({name: value - before[name] - self.idle[name] * seconds for name, value in now.items()})
        spent["messages"] = self.telegram.accepted() - accepted
        return self._figures(what, unit, count, spent)

    async def rests(self) -> list[Figure]:
        """What a copy spends a second while nothing happens."""
        await self._quiet()
        before = self._spent()
        await asyncio.sleep(IDLE_SECONDS)
        spent = {name: (value - before[name]) / IDLE_SECONDS for name, value in self._spent().items()}
        self.idle = Spent(spent)
        name = f"{self.kind}: a copy with nothing to do, a second"
        found = [Figure(name, spent["process"] * 1000, "ms")]
        return found + ([Figure(f"{name}, PostgreSQL", spent["server"] * 1000, "ms")] if self._is_server else [])

    async def keeps(self) -> list[Figure]:
        """How many rows there are of what was written so far; nothing of it is forgotten within two days."""
        tables = ("checkins", "history", "outbox", "updates")
        counted = await self.program.database.read(
            lambda tx: {table: tx.all(f"SELECT COUNT(*) AS n FROM {table}")[0]["n"] for table in tables}
        )
        return [Figure(f"{self.kind}: rows of {table} by then", count, "") for table, count in counted.items()]

    async def connections(self) -> list[Figure]:
        """How many this copy holds open, all of them idle by now."""
        sql = "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = current_database()"
        rows = await self.program.database.read(lambda tx: tx.all(sql))
        return [Figure("postgres: connections of a copy", rows[0]["n"], "")]

    @property
    def _is_server(self) -> bool:
        return self.kind == "postgres"

    def _spent(self) -> Spent:
        process = process_seconds() - self._looking
        return Spent({"process": process, "server": self.server(), **self.account.seconds, **self.account.counts})

    async def _quiet(self) -> None:
        self._looking += await asyncio.to_thread(self._until_quiet)

    def _until_quiet(self) -> float:
        """Until nothing more was said for two seconds; the processor time of looking."""
        began, said, same = time.thread_time(), -1, 0
        while same < QUIET_LOOKS:
            time.sleep(LOOK_SECONDS)
            said, before = self.telegram.accepted(), said
            same = same + 1 if said == before else 0
        return time.thread_time() - began

    def _figures(self, what: str, unit: str, count: int, spent: Spent) -> list[Figure]:
        name = f"{self.kind}: {what}"
        found = [Figure(f"{name}: {unit}", spent["process"] / count * 1000, "ms")]
        found += [Figure(f"{name}: of it {part}", value / count * 1000, "ms") for part, value in parts(spent).items()]
        if self._is_server:
            found.append(Figure(f"{name}: besides, PostgreSQL", spent["server"] / count * 1000, "ms"))
        for noun in ("messages", "statements", "rows"):
            found.append(Figure(f"{name}: {noun}{' written' if noun == 'rows' else ''}", spent[noun] / count, ""))
        return found


def measure(kind: str) -> Iterator[Figure]:
    """An update, a message, a check-in asked and answered, a nudge, an alert; and a copy at rest."""
    yield from asyncio.run(_measure(kind))


async def _measure(kind: str) -> list[Figure]:
    with box() as telegram, folder() as at, database(kind, at) as url:
        async with _running(kind, telegram, url, at) as bench:
            return await _all(bench)


@asynccontextmanager
async def _running(kind: str, telegram: Box, url: str, at: Path) -> AsyncIterator[Bench]:
    account, clock, stop = Account(), SharedClock(at / "clock"), asyncio.Event()
    clock.put(EIGHT - timedelta(hours=1))
    name = urlsplit(url).path.strip("/")
    server = partial(server_seconds, name) if kind == "postgres" else float
    with patch.dict(os.environ, environment(telegram, url, at)), watched(account):
        settings = read_settings(env_file=at / "none", token_needed=True)
        async with opened_program(settings, clock=clock) as program:
            task = asyncio.create_task(program.run(stop))
            yield Bench(kind, telegram, program, clock, account, server)
            stop.set()
            await task


async def _all(bench: Bench) -> list[Figure]:
    people = [{"user_id": FIRST + number % KNOWN, "text": WORDS} for number in range(UPDATES)]
    bench.telegram.ask("load", {"updates": people[:KNOWN]})
    found = await bench.rests()
    found += await bench.costs("an update that is answered", "an update", UPDATES, partial(_hear, bench, people))
    found += await bench.costs("a message by itself", "a message", LETTERS, partial(_say, bench))
    bench.telegram.ask("start", {"people": [{"id": FIRST + KNOWN + number} for number in range(CARED_FOR + 1)]})
    await bench.program.database.transaction(partial(_settle, bench.program.home.bot_id))
    found += await bench.costs("a check-in is opened and asked", "a check-in", CARED_FOR, partial(_at, bench, 0))
    answers = [{"user_id": FIRST + KNOWN + 1 + number, "text": WELL} for number in range(CARED_FOR - SILENT)]
    found += await bench.costs("a check-in is answered", "an answer", len(answers), partial(_hear, bench, answers))
    found += await bench.keeps()
    for minute in (10, 30):
        found += await bench.costs(f"a nudge after {minute} minutes", "a nudge", SILENT, partial(_at, bench, minute))
    found += await bench.costs("silence becomes an alert", "an alert", SILENT, partial(_at, bench, 60))
    return found + (await bench.connections() if bench.kind == "postgres" else [])


def _hear(bench: Bench, updates: list[dict[str, Any]]) -> None:
    bench.telegram.ask("load", {"updates": updates})


def _at(bench: Bench, minute: int) -> None:
    bench.clock.put(EIGHT + timedelta(minutes=minute, seconds=1))


async def _say(bench: Bench) -> None:
    """Letters that nobody had to do anything for: what is left is delivery itself."""

    def letters(tx: Transaction) -> None:
        for number in range(LETTERS):
            outbox.say(
                tx,
                Apology(),
                bot_id=bench.program.home.bot_id,
                chat_id=FIRST + number % KNOWN,
                person_id=None,
                now=bench.clock.now(),
            )

    before = bench.account.seconds.copy(), bench.account.counts.copy(), process_seconds()
    await bench.program.database.transaction(letters)
    # Writing them is part of whatever says something, and not of the message.
    bench.account.seconds, bench.account.counts = before[0], before[1]
    bench._looking += process_seconds() - before[2]
    bench.program.delivery.wake()


def _settle(bot_id: int, tx: Transaction) -> None:
    """A coordinator, and people who are asked at eight."""
    place = ensure_first_area(tx).id
    name = tx.vault.seal("persons.name", "张奶奶")
    shared = {"name": name, "place": place, "bot": bot_id}
    everybody = [{**shared, "id": FIRST + KNOWN + number} for number in range(CARED_FOR + 1)]
    tx.many(
        "INSERT INTO persons (id, name, language, building_id, created_at, menu, version)"
        " VALUES (:id, :name, 'zh', :place, 0, 0, 0)",
        everybody,
    )
    tx.many("INSERT INTO accounts (bot_id, user_id, person_id) VALUES (:bot, :id, :id)", everybody)
    tx.run(
        "INSERT INTO roles (person_id, role, area_id, granted_at) VALUES (:id, 'coordinator', :place, 0)", everybody[0]
    )
    plan = {"slots": slots_text(DEFAULT_SLOTS), "ladder": ladder_text(DEFAULT_LADDER), "at": int(EIGHT.timestamp())}
    tx.many(
        "INSERT INTO plans (bot_id, person_id, area_id, state, slots, grace_minutes, nudges, ladder, proposed_by, act_at,"
        " version) VALUES (:bot, :id, :place, 'active', :slots, 60, '30,50', :ladder, :id, :at, 0)",
        [{**one, **plan} for one in everybody[1:]],
    )
