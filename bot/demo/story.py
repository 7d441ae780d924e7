"""The community's first two days: everybody joins, asks, helps and answers as they would in life, tap by tap.

It ends at twenty to nine in the morning: three needs are open, and 陈阿姨 has not answered her check-in yet.
"""

import asyncio
from datetime import datetime, timedelta

from bot.app import Program
from bot.clock import MovedClock
from bot.demo import community
from bot.demo.community import AUNT, DRIVER, EMMA, GRACE, GRANDPA, LI, TOM, VOLUNTEERS, WANG, ZHANG, Neighbour
from bot.demo.links import invitation, poster
from bot.domain.areas import Faults
from bot.domain.people import Role
from bot.services import areas
from bot.storage.database import Transaction
from sandbox.phones import Phone
from sandbox.sandbox import Sandbox

BEGINS = timedelta(hours=8, minutes=40)
CHECK_IN = "您好吗"
LOCALES = {"zh": "zh-hans", "en": "en"}


class Story:
    """What happens while the community moves in."""

    def __init__(self, sandbox: Sandbox, program: Program, clock: MovedClock) -> None:
        self._sandbox, self._program, self._clock = sandbox, program, clock
        self._phones: dict[str, Phone] = {}
        local = clock.now().astimezone(program.home.timezone)
        today = local.replace(hour=0, minute=0, second=0, microsecond=0)
        # The last morning of the story is still to come, so that the demo's clock never runs behind the real one.
        self._last_day = today if local <= today + BEGINS else today + timedelta(days=1)

    async def unfolds(self) -> None:
        """From the first poster to this morning."""
        self._at(-1, hours=13, minutes=30)
        await self._program.database.transaction(self._build)
        await self._everybody_joins()
        await self._group_is_made()
        self._at(-1, hours=14)
        await self._care_begins()
        await self._first_need_goes_round()
        await self._evening()
        await self._morning()

    def _phone(self, who: Neighbour) -> Phone:
        return self._phones[who.name]

    def _at(self, day: int, *, hours: int, minutes: int = 0) -> None:
        """It is this time of the last day (0) or of the day before (-1)."""
        at = self._last_day + timedelta(days=day, hours=hours, minutes=minutes)
        self._clock.advance((at - self._clock.now()).total_seconds())

    def _build(self, tx: Transaction) -> None:
        plan = areas.plan_import(community.PLACES)
        if isinstance(plan, Faults):
            raise ValueError(str(plan))
        areas.import_areas(tx, plan, now=self._now())

    def _now(self) -> datetime:
        return self._clock.now()

    # --- joining ---

    async def _everybody_joins(self) -> None:
        """One after the other where order shows: the first telephones stand first on the page."""
        for who in (ZHANG, LI):
            await self._joins(who)
        await self._takes_charge()
        for who in (GRANDPA, AUNT, EMMA, TOM, GRACE):
            await self._joins(who)
        await asyncio.gather(*(self._joins(who) for who in VOLUNTEERS))

    async def _joins(self, who: Neighbour) -> None:
        phone = self._phones[who.name] = self._sandbox.phone(who.name, language=LOCALES[who.language], note=who.note)
        english = who.language == "en"
        await phone.opens(await poster(self._program, who.building))
        await phone.reads(who.name)
        await phone.presses("English" if english else "中文")
        await phone.reads("call you" if english else "称呼")
        await phone.presses(who.name)
        await phone.reads("Welcome" if english else "欢迎")
        if who.note in community.ROLES:
            await phone.opens(await invitation(self._program, community.ROLES[who.note], who.skills))
            await phone.reads(who.note)

    async def _takes_charge(self) -> None:
        phone = self._phones[WANG.name] = self._sandbox.phone(WANG.name, note=WANG.note)
        for role, word in ((Role.ADMINISTRATOR, "管理员"), (Role.COORDINATOR, "协调员")):
            await phone.opens(await invitation(self._program, role))
            await phone.reads(word)

    async def _group_is_made(self) -> None:
        wang = self._phone(WANG)
        others = [phone for phone in self._phones.values() if phone is not wang]
        group = self._sandbox.group(community.GROUP, [wang, *others])
        await wang.adds_bot(group)
        await wang.reads("哪里")
        await wang.presses(community.COMMUNITY)
        await wang.reads(community.COMMUNITY, chat=group)

    # --- the first day ---

    async def _care_begins(self) -> None:
        """小李 is on duty by day; 李爷爷 and 陈阿姨 agree to be asked twice a day."""
        wang, li = self._phone(WANG), self._phone(LI)
        await wang.sends("/duty")
        await wang.reads("值班")
        await wang.presses("➕")
        await wang.reads("谁来值班")
        await wang.presses(LI.name)
        await wang.reads("几点到几点")
        await wang.presses("08:00–20:00")
        await wang.reads("哪几天")
        await wang.presses("每天")
        await self._is_there(li)
        for who in (GRANDPA, AUNT):
            await self._agrees(who)
        await wang.presses("加联系人")
        await wang.reads("通知谁")
        await wang.sends(community.DAUGHTER)
        await wang.reads("陈丽")

    async def _is_there(self, li: Phone) -> None:
        """小李's turn begins: one tap says that they are there."""
        await li.reads("您在吗")
        await li.presses("我在")
        await li.reads("您在幸福社区值班")

    async def _agrees(self, who: Neighbour) -> None:
        wang, phone = self._phone(WANG), self._phone(who)
        await wang.sends("/care")
        await wang.reads("每天问候")
        await wang.presses("➕")
        await wang.reads("愿意每天")
        while not wang.sees(who.name):
            await wang.presses("更多")
            await wang.reads("愿意每天")
        await wang.presses(who.name)
        await phone.reads("每天")
        await phone.presses("👍")
        await phone.reads("第一次")
        await phone.reads("可以进屋")
        await phone.presses("可以进门")
        await phone.reads("他们可以进门")

    async def _first_need_goes_round(self) -> None:
        """What a finished need looks like stands in the group from the beginning."""
        self._at(-1, hours=14, minutes=30)
        aunt, driver = self._phone(AUNT), self._phone(DRIVER)
        await self._asks(AUNT, community.RIDE)
        await driver.reads(community.RIDE)
        await driver.presses("我来帮忙")
        await aunt.reads(DRIVER.name)
        self._at(-1, hours=16, minutes=50)
        await driver.presses("办完了")
        await driver.reads("怎么样")
        await driver.presses("办好了")
        await aunt.reads("可以吗")
        await aunt.presses("都好")
        await aunt.reads("怎么样")
        await aunt.presses("⭐⭐⭐⭐⭐")
        await driver.reads("这一趟您觉得怎么样")
        await driver.presses("5⭐")
        # Each reads what the other said half an hour after both have said it.
        self._at(-1, hours=17, minutes=25)
        await driver.reads("⭐⭐⭐⭐⭐")

    async def _evening(self) -> None:
        """Both are asked, and both are well."""
        self._at(-1, hours=18, minutes=1)
        for who in (GRANDPA, AUNT):
            await self._is_well(who)
        self._at(-1, hours=18, minutes=25)
        await self._asks(AUNT, community.HAIRCUT)

    # --- this morning ---

    async def _morning(self) -> None:
        """李爷爷 is well and has two wishes; 陈阿姨 is silent."""
        self._at(0, hours=8, minutes=1)
        await self._is_there(self._phone(LI))
        await self._is_well(GRANDPA)
        await self._phone(AUNT).reads(CHECK_IN)
        self._at(0, hours=8, minutes=15)
        await self._asks(GRANDPA, community.MEDICINE)
        self._at(0, hours=8, minutes=20)
        await self._asks(GRANDPA, community.CHESS)
        self._at(0, hours=8, minutes=31)
        await self._phone(AUNT).reads("还没有")
        self._at(0, hours=8, minutes=39)
        await self._phone(WANG).sends("/today")
        await self._phone(WANG).reads(AUNT.name)
        self._at(0, hours=8, minutes=40)

    async def _is_well(self, who: Neighbour) -> None:
        phone = self._phone(who)
        await phone.reads(CHECK_IN)
        await phone.presses("我很好")
        await phone.reads("保重")

    async def _asks(self, who: Neighbour, text: str) -> None:
        phone = self._phone(who)
        await phone.sends(text)
        await phone.reads(text)
        await phone.presses("发出去")
        if not phone.sees(who.door.split()[0]):
            await phone.reads("门牌")
            await phone.sends(who.door)
        await phone.reads("已经发出")


async def move_in(sandbox: Sandbox, program: Program, clock: MovedClock) -> None:
    """Let the community live through its first two days; AssertionError when the program does not answer as it should."""
    await Story(sandbox, program, clock).unfolds()
