"""A small town for stories: the whole program on a real database, the sandbox as Telegram, a clock that can be moved."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import Program, opened_program
from bot.clock import StillClock
from bot.domain.people import Role
from bot.services import areas, people
from bot.settings import Settings, read_settings
from bot.storage import areas as stored_areas
from bot.storage.database import Transaction
from sandbox import Sandbox
from sandbox.phones import Phone

PLACES = """code,parent,kind,name
c1,,community,幸福社区
g1,c1,grid,第一网格
g2,c1,grid,第二网格
b1,g1,building,1号楼
b2,g1,building,2号楼
b3,g2,building,3号楼
c2,,community,阳光社区
b9,c2,building,9号楼
"""


class Town:
    """What a story needs: phones, links, the program's clock."""

    def __init__(self, sandbox: Sandbox, program: Program, clock: StillClock) -> None:
        self.sandbox, self.program, self.clock = sandbox, program, clock

    async def read(self, work: Callable[[Transaction], object]) -> object:
        """Look something up in the database."""
        return await self.program.database.read(work)

    async def poster(self, code: str) -> str:
        """The link on a building's poster."""

        def find(tx: Transaction) -> str:
            area = stored_areas.by_code(tx, code)
            assert area is not None
            return f"b{area.join_code}"

        return self.program.home.link(await self.program.database.read(find))

    async def invitation(self, role: Role, code: str = "c1", skills: tuple[str, ...] = ()) -> str:
        """A link that makes its opener one of these."""

        def make(tx: Transaction) -> str:
            area = stored_areas.by_code(tx, code)
            assert area is not None
            return people.invite(tx, role=role, area_id=area.id, by=None, now=self.clock.now(), skills=skills)

        return self.program.home.link(await self.program.database.transaction(make))

    async def resident(self, name: str, code: str = "b1", language: str = "zh-hans") -> Phone:
        """Somebody who has scanned the poster of their building."""
        phone = self.sandbox.phone(name, language=language)
        await phone.opens(await self.poster(code))
        await phone.reads("您好")
        await phone.presses("English" if language == "en" else "中文")
        await phone.reads("call you" if language == "en" else "称呼您")
        await phone.presses(name)
        await phone.reads("Welcome" if language == "en" else "欢迎")
        return phone

    async def helper(self, name: str, role: Role = Role.VOLUNTEER, code: str = "c1", **more: object) -> Phone:
        """Somebody who has opened an invitation."""
        phone = self.sandbox.phone(name, language=str(more.get("language", "zh-hans")))
        skills = more.get("skills", ())
        await phone.opens(await self.invitation(role, code, skills if isinstance(skills, tuple) else ()))
        await phone.reads("幸福社区" if code.startswith(("c1", "b")) else "阳光社区")
        return phone

    async def passes(self, *, minutes: float = 0, hours: float = 0) -> None:
        """Time passes, and what is due by then is done."""
        self.clock.advance(minutes * 60 + hours * 3600)
        await self.program.sweeper.tick()


def town_settings(sandbox: Sandbox, database_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings as a deployment would have them, with no limits to wait for."""
    for name, value in {
        "BOT_TOKEN": sandbox.token,
        "BOT_API_URL": sandbox.url,
        "DATABASE_URL": database_url,
        "DATA": str(folder),
        "MESSAGES_PER_SECOND": "100000",
        "MESSAGES_PER_SECOND_CHAT": "100000",
        "MESSAGES_PER_MINUTE_GROUP": "100000",
    }.items():
        monkeypatch.setenv(f"LINLI_{name}", value)
    return read_settings(env_file=folder / "none", token_needed=True)


@asynccontextmanager
async def running(program: Program) -> AsyncIterator[None]:
    """The program runs meanwhile."""
    stop = asyncio.Event()
    task = asyncio.create_task(program.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


@pytest.fixture
async def town(
    database_url: str, clock: StillClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    """The town, awake."""
    sandbox = Sandbox(clock=clock)
    await sandbox.start()
    try:
        settings = town_settings(sandbox, database_url, tmp_path, monkeypatch)
        async with opened_program(settings, clock=clock) as program:
            plan = areas.plan_import(PLACES)
            assert isinstance(plan, areas.Plan)
            done = await program.database.transaction(lambda tx: areas.import_areas(tx, plan, now=clock.now()))
            assert isinstance(done, areas.Imported), done
            async with running(program):
                yield Town(sandbox, program, clock)
    finally:
        await sandbox.stop()
