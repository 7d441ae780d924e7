"""A small town for stories: the whole program on a real database, the sandbox as Telegram, a clock that can be moved."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest

from bot.app import Program, opened_program
from bot.clock import StillClock
from bot.domain.areas import Area, Plan
from bot.domain.bots import BotEntry
from bot.domain.needs import Need
from bot.domain.people import Person, Role
from bot.services import areas, bots, people
from bot.settings import Settings, read_settings
from bot.storage import areas as stored_areas
from bot.storage import history, needs, persons
from bot.storage.database import Transaction
from bot.storage.history import Event
from sandbox import Sandbox
from sandbox.accounts import BotAccount
from sandbox.groups import Group
from sandbox.phones import Phone

T = TypeVar("T")

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

DOOR = "2单元301 13800138000"
PATIENCE_SECONDS = 20.0
LOOK_AGAIN_SECONDS = 0.02


class Town:
    """What a story needs: phones, links, the program's clock."""

    def __init__(self, sandbox: Sandbox, settings: Settings, clock: StillClock) -> None:
        self.sandbox, self.settings, self.clock = sandbox, settings, clock
        self.program: Program
        self._awake = AsyncExitStack()
        self._loop = asyncio.get_running_loop()
        self._stirred = asyncio.Event()

    # --- the program ---

    async def wakes(self) -> None:
        """The program starts."""
        opened = opened_program(self.settings, clock=self.clock, hook=self._stirs)
        self.program = await self._awake.enter_async_context(opened)
        await self._awake.enter_async_context(running(self.program))

    async def sleeps(self) -> None:
        """The program stops."""
        await self._awake.aclose()

    def _stirs(self, point: str) -> None:
        self._loop.call_soon_threadsafe(self._stirred.set)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Look something up in the database."""
        return await self.program.database.read(work)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Change something in the database."""
        return await self.program.database.transaction(work)

    async def passes(self, *, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        """Time passes, and what is due by then is done and said."""
        self.clock.advance(minutes * 60 + hours * 3600 + days * 86400)
        await self.program.tick()
        await self.quiet()

    async def quiet(self) -> None:
        """Everything that was sent is handled, and everything that is to be said has been said."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self._busy():
                await self.stirs()

    async def stirs(self) -> None:
        """Until the program does something, or a moment has passed."""
        self._stirred.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stirred.wait(), LOOK_AGAIN_SECONDS)

    async def _busy(self) -> bool:
        if any(bot.queue.waiting for bot in self.sandbox.world.bots.values()):
            return True
        return await self.read(_unsaid)

    async def blameless(self) -> None:
        """Nothing broke on our side, and Telegram found no fault with what we sent."""
        broken = await self.read(lambda tx: tx.all("SELECT place, subject, error FROM failures"))
        assert not [dict(row) for row in broken]
        assert not self.sandbox.unknown_parameters

    # --- further bots ---

    async def second_bot(self, code: str, username: str = "second_linli_bot") -> BotAccount:
        """A further bot of the deployment, which serves a place; it runs already."""
        account = self.sandbox.add_bot(username, "邻里二")
        await self.second_bot_again(account, code)
        return account

    async def second_bot_again(self, account: BotAccount, code: str) -> None:
        """A bot is added to the deployment, for the first time or once more."""

        def add(tx: Transaction) -> None:
            now = self.clock.now()
            entry = BotEntry(account.id, account.token, account.username, area(tx, code).id, now)
            bots.add(tx, entry, now=now)

        await self.write(add)
        await self.program.branches.look(self.program.home)

    def at_bot(self, name: str, bot: BotAccount, language: str = "zh-hans") -> Phone:
        """Somebody who has not opened any bot yet, and will open this one only."""
        return self.phone_at(self.sandbox.phone(name, language=language), bot)

    def phone_at(self, phone: Phone, bot: BotAccount) -> Phone:
        """The same telephone, with the chat with another bot on it."""
        return Phone(self.sandbox.world, phone.person, bot)

    async def comes_to(
        self, bot: BotAccount, name: str, role: Role = Role.VOLUNTEER, code: str = "c1", language: str = "zh-hans"
    ) -> Phone:
        """Somebody with a role, who uses this bot only."""
        phone = self.at_bot(name, bot, language)
        link = (await self.invitation(role, code)).replace(self.program.home.bot_username, bot.username)
        await phone.opens(link)
        await phone.reads("幸福社区" if code.startswith(("c1", "b", "g")) else "阳光社区")
        return phone

    async def person_at(self, bot: BotAccount, phone: Phone) -> Person:
        """What the program knows of whoever uses this telephone with this bot."""
        found = await self.read(lambda tx: persons.by_account(tx, bot.id, phone.id))
        assert found is not None
        return found

    # --- people ---

    async def poster(self, code: str) -> str:
        """The link on a building's poster."""

        def find(tx: Transaction) -> str:
            return f"b{area(tx, code).join_code}"

        return self.program.home.link(await self.read(find))

    async def invitation(self, role: Role, code: str = "c1", skills: tuple[str, ...] = ()) -> str:
        """A link that makes its opener one of these."""

        def make(tx: Transaction) -> str:
            place = area(tx, code).id
            return people.invite(tx, role=role, area_id=place, by=None, now=self.clock.now(), skills=skills)

        return self.program.home.link(await self.write(make))

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
        await phone.reads("幸福社区" if code.startswith(("c1", "b", "g")) else "阳光社区")
        return phone

    async def person(self, phone: Phone) -> Person:
        """What the program knows of whoever has this telephone."""
        found = await self.read(lambda tx: persons.by_account(tx, self.program.home.bot_id, phone.id))
        assert found is not None
        return found

    async def area_id(self, code: str) -> int:
        """The number of the place with this code."""
        return await self.read(lambda tx: area(tx, code).id)

    # --- needs ---

    async def asks(self, phone: Phone, words: str, door: str | None = DOOR) -> int:
        """A resident writes what they need and posts it; its number. `door` None: the program knows their door."""
        await phone.sends(words)
        await phone.reads("这样写对吗")
        await phone.presses("发出去")
        if door is not None:
            await phone.reads("门牌号")
            await phone.sends(door)
        await phone.reads("已经发出")
        await self.quiet()
        who = await self.person(phone)
        return (await self.read(lambda tx: needs.of_person(tx, who.id, 1)))[0].id

    async def need(self, number: int) -> Need:
        """A need as it stands."""
        found = await self.read(lambda tx: needs.see(tx, number))
        assert found is not None
        return found

    async def needs_of(self, person_id: int) -> list[Need]:
        """What somebody asked for, newest first."""
        return await self.read(lambda tx: needs.of_person(tx, person_id, 100))

    async def story(self, number: int) -> list[Event]:
        """The history of a need."""
        return await self.read(lambda tx: history.of(tx, f"need:{number}"))

    # --- groups ---

    async def group(self, administrator: Phone, code: str, *members: Phone, title: str = "邻里群") -> Group:
        """A group that an administrator has bound to a place; they created it."""
        group = self.sandbox.group(title, (administrator, *members))
        await administrator.adds_bot(group)
        await administrator.reads("这个群属于哪里")
        place = await self.read(lambda tx: area(tx, code))
        above = await self.read(lambda tx: stored_areas.path_names(tx, place.id))
        for name in above[:-1]:
            await administrator.presses(name)
            await self.quiet()
        await administrator.presses(above[-1])
        await self.quiet()
        if not administrator.sees("这里现在是", chat=group):
            await administrator.presses(f"{above[-1]}的群")
        await administrator.reads("这里现在是", chat=group)
        await self.quiet()
        return group


def told(phone: Phone, words: str, chat: Group | None = None) -> bool:
    """Whether the bot says so now in this chat: in a text or on a button; what people wrote themselves is left out."""
    return any(shown.says(words) for shown in phone.screen(chat) if not shown.mine)


def area(tx: Transaction, code: str) -> Area:
    """The place with this code."""
    found = stored_areas.by_code(tx, code)
    assert found is not None
    return found


def _unsaid(tx: Transaction) -> bool:
    return tx.one("SELECT 1 AS one FROM outbox WHERE send_at IS NOT NULL LIMIT 1") is not None


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
    town = Town(sandbox, town_settings(sandbox, database_url, tmp_path, monkeypatch), clock)
    try:
        await town.wakes()
        await town.write(lambda tx: _build(tx, clock.now()))
        yield town
        await town.quiet()
        await town.blameless()
    finally:
        await town.sleeps()
        await sandbox.stop()


def _build(tx: Transaction, now: datetime) -> None:
    plan = areas.plan_import(PLACES)
    assert isinstance(plan, Plan)
    done = areas.import_areas(tx, plan, now=now)
    assert isinstance(done, areas.Imported), done
