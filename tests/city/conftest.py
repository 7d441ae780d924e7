"""Several copies of the whole program on one PostgreSQL, with several bots, and the sandbox as Telegram."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest

from bot.app import Program, opened_database, opened_program
from bot.clock import StillClock
from bot.domain.areas import Plan
from bot.domain.bots import BotEntry
from bot.services import areas, bots
from bot.settings import Settings
from bot.storage.database import Database, Transaction
from sandbox import Sandbox
from sandbox.accounts import BotAccount
from sandbox.phones import Phone
from tests.journeys.conftest import PLACES, area, running, town_settings

T = TypeVar("T")


class City:
    """A Telegram with as many bots as wanted, and copies of the program that start and stop."""

    def __init__(self, sandbox: Sandbox, database: Database, settings: Settings, clock: StillClock) -> None:
        self.sandbox, self.database, self.settings, self.clock = sandbox, database, settings, clock

    @asynccontextmanager
    async def copy(self, name: str) -> AsyncIterator[Program]:
        """A running copy."""
        async with AsyncExitStack() as stack:
            settings = replace(self.settings, copy=name)
            program = await stack.enter_async_context(opened_program(settings, clock=self.clock))
            await stack.enter_async_context(running(program))
            yield program

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Change something in the database."""
        return await self.database.transaction(work)

    async def second_bot(self, code: str) -> BotAccount:
        """A further bot that serves a place."""
        account = self.sandbox.world.add_bot("second_linli_bot", "邻里二")

        def add(tx: Transaction) -> None:
            now = self.clock.now()
            entry = BotEntry(account.id, account.token, account.username, area(tx, code).id, now)
            bots.add(tx, entry, now=now)

        await self.write(add)
        return account

    def phone_at(self, phone: Phone, account: BotAccount) -> Phone:
        """The same telephone, opened at another bot."""
        return Phone(self.sandbox.world, self.sandbox.world.people[phone.id], account)

    async def poster(self, code: str, username: str) -> str:
        """The link on a building's poster, for one of the bots."""
        found = await self.database.read(lambda tx: area(tx, code).join_code)
        return f"https://t.me/{username}?start=b{found}"


@pytest.fixture
def kind() -> str:
    """Only PostgreSQL has several copies on it."""
    return "postgres"


@pytest.fixture
async def city(
    database_url: str, clock: StillClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[City]:
    """A city with two communities, in which no copy runs yet."""
    sandbox = Sandbox(clock=clock)
    await sandbox.start()
    settings = town_settings(sandbox, database_url, tmp_path, monkeypatch)
    async with opened_database(settings) as database:
        city = City(sandbox, database, settings, clock)
        await city.write(lambda tx: _build(tx, clock.now()))
        yield city
    await asyncio.shield(sandbox.stop())
    assert not sandbox.unknown_parameters


def _build(tx: Transaction, now: datetime) -> None:
    areas.ensure_first_area(tx)
    plan = areas.plan_import(PLACES)
    assert isinstance(plan, Plan)
    done = areas.import_areas(tx, plan, now=now)
    assert isinstance(done, areas.Imported), done
