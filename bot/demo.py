"""The demo: the whole program against the sandbox, in one process, with a small lived-in community to begin with."""

import asyncio
import os
import shutil
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

from bot.app import Program, opened_program
from bot.clock import MovedClock
from bot.domain.areas import Faults
from bot.domain.people import Role
from bot.services import areas, people
from bot.settings import Settings
from bot.storage import areas as stored_areas
from bot.storage.database import Transaction
from sandbox.phones import Phone
from sandbox.sandbox import Sandbox

Say = Callable[[str], object]

PLACES = """编号,上级,类型,名称
xingfu,,社区,幸福社区
g1,xingfu,网格,第一网格
g2,xingfu,网格,第二网格
b1,g1,楼栋,1号楼
b2,g1,楼栋,2号楼
b3,g2,楼栋,3号楼
"""
COMMUNITY = "幸福社区"
# Name, building, what they can do.
VOLUNTEERS = (
    ("小李", "b1", ("repairs",)),
    ("小赵", "b1", ()),
    ("刘师傅", "b2", ("repairs", "driver")),
    ("陈医生", "b2", ("escort",)),
    ("小周", "b2", ("tutoring",)),
    ("吴姐", "b3", ("haircut",)),
    ("老何", "b3", ("driver",)),
    ("小孙", "b3", ()),
)
RESIDENTS = (("李爷爷", "b2", "1单元102 13900000002"), ("陈阿姨", "b3", "3单元502 13900000003"))
NEEDS = (
    (0, "这周想理个发，腿脚不方便，能来家里吗"),
    (1, "帮我去药店买一盒降压药，今天就要用"),
    (1, "周末想找人陪我下盘棋"),
)


async def play(settings: Settings, *, reset: bool, port: int, stop: asyncio.Event, say: Say) -> None:
    """Serve the page and the program until `stop` is set; `reset` forgets what was there and makes the community anew."""
    folder = settings.data / "demo"
    if reset and folder.exists():
        shutil.rmtree(folder)
    new = not (folder / "ready").exists()
    if new and folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    clock = MovedClock(kept_in=folder / "clock")
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(clock=clock, store=folder / "telegram")
        await sandbox.start(port)
        stack.push_async_callback(sandbox.stop)
        program = await stack.enter_async_context(opened_program(_settings(settings, sandbox, folder), clock=clock))
        sandbox.next_event = program.next_event
        serving = asyncio.create_task(program.run(stop))
        if new:
            clock.advance(_until_morning(settings, clock))
            say("Moving in: a small community with three buildings and eight volunteers …")
            await _move_in(sandbox, program)
            (folder / "ready").touch()
        await _offer_links(sandbox, program)
        say(
            f"\n  邻里 · Linli is running. Open this page:  {sandbox.url}\n\n  Ctrl-C stops it; `make demo RESET=1` starts anew."
        )
        await serving


def _until_morning(settings: Settings, clock: MovedClock) -> float:
    """Seconds to nine o'clock: a new community begins in the morning, when neighbours are awake."""
    local = clock.now().astimezone(settings.timezone)
    morning = local.replace(hour=9, minute=0, second=0, microsecond=0)
    return (morning - local).total_seconds() % 86400


def _settings(settings: Settings, sandbox: Sandbox, folder: Path) -> Settings:
    """The demo's own: its database, its key, and the sandbox as Telegram; nothing of a real deployment is touched."""
    return replace(
        settings,
        bot_token=sandbox.token,
        bot_api_url=sandbox.url,
        data=folder,
        database_url=f"sqlite:///{folder}{os.sep}linli.sqlite3",
        secret_key_file=folder / "secret.key",
        webhook_url=None,
        heartbeat_url=None,
        emergency_chats=(),
    )


# --- moving in ---


async def _move_in(sandbox: Sandbox, program: Program) -> None:
    """Everybody joins as they would in life: by poster, by invitation, by being in the group."""
    await program.database.transaction(lambda tx: _make_places(tx, program))
    zhang = await _enrol(sandbox, program, "张奶奶", "b1", "居民")
    li = await _help(sandbox, program, *VOLUNTEERS[0])
    wang = await _take_charge(sandbox, program)
    helpers = [li, *(await asyncio.gather(*(_help(sandbox, program, *one) for one in VOLUNTEERS[1:])))]
    residents = [await _enrol(sandbox, program, name, code, "居民") for name, code, _ in RESIDENTS]
    await _gather(sandbox, wang, [zhang, *residents, *helpers])
    for index, text in NEEDS:
        await _ask(residents[index], text, RESIDENTS[index][2])


def _make_places(tx: Transaction, program: Program) -> None:
    plan = areas.plan_import(PLACES)
    if isinstance(plan, Faults):
        raise ValueError(str(plan))
    areas.import_areas(tx, plan, now=program.clock.now())


async def _enrol(sandbox: Sandbox, program: Program, name: str, code: str, note: str) -> Phone:
    phone = sandbox.phone(name, note=note)
    await phone.opens(await _poster(program, code))
    await phone.reads(name)
    await phone.presses("中文")
    await phone.reads("称呼")
    await phone.presses(name)
    await phone.reads("欢迎")
    return phone


async def _help(sandbox: Sandbox, program: Program, name: str, code: str, skills: tuple[str, ...]) -> Phone:
    phone = await _enrol(sandbox, program, name, code, "志愿者")
    await phone.opens(await _invitation(program, Role.VOLUNTEER, skills))
    await phone.reads("志愿者")
    return phone


async def _take_charge(sandbox: Sandbox, program: Program) -> Phone:
    phone = sandbox.phone("王姐", note="协调员")
    for role, word in ((Role.ADMINISTRATOR, "管理员"), (Role.COORDINATOR, "协调员")):
        await phone.opens(await _invitation(program, role))
        await phone.reads(word)
    return phone


async def _gather(sandbox: Sandbox, wang: Phone, people_there: list[Phone]) -> None:
    group = sandbox.group(f"{COMMUNITY}邻里群", [wang, *people_there])
    await wang.adds_bot(group)
    await wang.reads("哪里")
    await wang.presses(COMMUNITY)
    await wang.reads(COMMUNITY, chat=group)


async def _ask(phone: Phone, text: str, door: str) -> None:
    await phone.sends(text)
    await phone.reads(text)
    await phone.presses("发出去")
    if not phone.sees(door.split()[0]):
        await phone.reads("门牌")
        await phone.sends(door)
    await phone.reads("已经发出")


# --- links ---


async def _offer_links(sandbox: Sandbox, program: Program) -> None:
    """What the page offers for joining: the three posters, and fresh invitations."""
    posters = [{"label": f"{COMMUNITY} {name}", "url": await _poster(program, code)} for code, name in _buildings()]
    invitations = [
        {"label": "志愿者邀请 / Volunteer", "url": await _invitation(program, Role.VOLUNTEER)},
        {"label": "协调员邀请 / Coordinator", "url": await _invitation(program, Role.COORDINATOR)},
    ]
    sandbox.links = posters + invitations


def _buildings() -> list[tuple[str, str]]:
    rows = [line.split(",") for line in PLACES.splitlines()[1:]]
    return [(row[0], row[3]) for row in rows if row[2] == "楼栋"]


async def _poster(program: Program, code: str) -> str:
    def find(tx: Transaction) -> str:
        area = stored_areas.by_code(tx, code)
        if area is None:
            raise LookupError(code)
        return f"b{area.join_code}"

    return program.home.link(await program.database.read(find))


async def _invitation(program: Program, role: Role, skills: tuple[str, ...] = ()) -> str:
    def make(tx: Transaction) -> str:
        area = stored_areas.by_code(tx, "xingfu")
        if area is None:
            raise LookupError("xingfu")
        return people.invite(tx, role=role, area_id=area.id, by=None, now=program.clock.now(), skills=skills)

    return program.home.link(await program.database.transaction(make))
