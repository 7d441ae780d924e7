"""A small town that lives there before the first kill: places, a group, residents, volunteers, a coordinator."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import Program, opened_program
from bot.clock import Clock
from bot.domain.areas import Area, Plan
from bot.domain.people import Role
from bot.services import areas, people
from bot.settings import Settings
from bot.storage import areas as stored_areas
from bot.storage.database import Transaction
from sandbox import Group, Phone, Sandbox
from sandbox.chats import Chat
from tests.crash.record import Diary
from tests.crash.screens import Key, chat_of, look

PLACES = """code,parent,kind,name
c1,,community,幸福社区
g1,c1,grid,第一网格
g2,c1,grid,第二网格
b1,g1,building,1号楼
b2,g1,building,2号楼
b3,g2,building,3号楼
"""
RESIDENTS = {"张奶奶": "b1", "陈爷爷": "b1", "刘阿姨": "b2", "周伯伯": "b2", "吴老师": "b3", "郑大姐": "b3"}
VOLUNTEERS = ("小李", "小赵", "小孙", "小钱", "小何", "小吕")
LETTERS = "abcdefghjkmnpqrstuvwxyz"
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Town:
    """Who lives there."""

    sandbox: Sandbox
    group: Group
    residents: list[Phone]
    volunteers: list[Phone]
    coordinator: Phone
    diary: Diary

    @property
    def phones(self) -> list[Phone]:
        """Everybody's telephone."""
        return [*self.residents, *self.volunteers, self.coordinator]


def settings_of(environment: Mapping[str, str]) -> Settings:
    """The settings that the children read from their environment, for this process."""
    return Settings(
        bot_token=environment["LINLI_BOT_TOKEN"],
        bot_api_url=environment["LINLI_BOT_API_URL"],
        database_url=environment["LINLI_DATABASE_URL"],
        data=Path(environment["LINLI_DATA"]),
        secret_key_file=Path(environment["LINLI_DATA"]) / "secret.key",
        timezone=ZoneInfo("Asia/Shanghai"),
        webhook_secret="unused",
        messages_per_second=1000,
        messages_per_second_chat=1000,
        messages_per_minute_group=1000,
        quiet_hours=(0, 0),
    )


async def settle(sandbox: Sandbox, environment: Mapping[str, str], diary: Diary, clock: Clock) -> Town:
    """Everybody moves in, while the program runs here undisturbed."""
    async with opened_program(settings_of(environment), clock=clock) as program, running(program):
        return await Settling(sandbox, program, diary).town()


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


class Settling:
    """Brings people in by their links and taps."""

    def __init__(self, sandbox: Sandbox, program: Program, diary: Diary) -> None:
        self._sandbox, self._program, self._diary = sandbox, program, diary

    async def town(self) -> Town:
        """The whole town, with one need posted by each resident so that doors and telephones are known."""
        await self._program.database.transaction(self._import)
        wang = self._sandbox.phone("王姐")
        for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
            await wang.opens(await self._invitation(role))
        volunteers = [await self._volunteer(name) for name in VOLUNTEERS]
        group = await self._group(wang, volunteers)
        residents = [await self._resident(name, code) for name, code in RESIDENTS.items()]
        return Town(self._sandbox, group, residents, volunteers, wang, self._diary)

    def _import(self, tx: Transaction) -> None:
        plan = areas.plan_import(PLACES)
        if not isinstance(plan, Plan):
            raise ValueError(plan)
        areas.import_areas(tx, plan, now=self._program.clock.now())

    def _area(self, tx: Transaction, code: str) -> Area:
        area = stored_areas.by_code(tx, code)
        if area is None:
            raise LookupError(code)
        return area

    async def _invitation(self, role: Role) -> str:
        def make(tx: Transaction) -> str:
            area = self._area(tx, "c1")
            return people.invite(tx, role=role, area_id=area.id, by=None, now=self._program.clock.now())

        return self._program.home.link(await self._program.database.transaction(make))

    async def _volunteer(self, name: str) -> Phone:
        phone = self._sandbox.phone(name)
        await phone.opens(await self._invitation(Role.VOLUNTEER))
        await phone.reads("幸福社区")
        return phone

    async def _group(self, wang: Phone, volunteers: list[Phone]) -> Group:
        group = self._sandbox.group("幸福社区互助群", [wang, *volunteers])
        await wang.adds_bot(group)
        await self._press(wang, "gb")
        await wang.reads("幸福社区", chat=group)
        return group

    async def _resident(self, name: str, code: str) -> Phone:
        phone = await self._comes(name, code)
        await self._first_need(phone)
        return phone

    async def _comes(self, name: str, code: str) -> Phone:
        phone = self._sandbox.phone(name)
        poster = await self._program.database.read(lambda tx: f"b{self._area(tx, code).join_code}")
        await phone.opens(self._program.home.link(poster))
        await self._press(phone, "pl")
        await self._press(phone, "pn")
        return phone

    async def _first_need(self, phone: Phone) -> None:
        number = len(self._diary.doors) + 1
        door, telephone = f"{number}单元{1000 + 7 * number}室", f"1380000{4000 + 37 * number}"
        self._diary.doors[phone.id], self._diary.telephones[phone.id] = door, telephone
        await phone.sends(f"家里的水龙头坏了 {new_token(self._diary, phone.id)}")
        await self._press(phone, "dp")
        await visible(chat_of(self._sandbox, phone), phone.id, "dw")
        await phone.sends(f"{door} {telephone}")
        await visible(chat_of(self._sandbox, phone), phone.id, "nx")

    async def _press(self, phone: Phone, kind: str) -> None:
        key = await visible(chat_of(self._sandbox, phone), phone.id, kind)
        await phone.taps_code(key.code, key.message)


def new_token(diary: Diary, writer_id: int, choose: Callable[[str], str] = secrets.choice) -> str:
    """A word that nobody has written yet, written down for this account."""
    token = "".join(choose(LETTERS) for _ in range(8))
    diary.tokens[token] = writer_id
    return token


async def visible(chat: Chat, person_id: int, kind: str) -> Key:
    """The first button of this kind, as soon as it is there; TimeoutError if it does not come."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (key := look(chat, person_id).first(kind)) is None:
            await chat.signal.wait(PATIENCE_SECONDS)
    return key
