"""People who press whatever is there and write whatever comes to mind: everything is answered, nothing breaks, no door leaks."""

import os
import random

import pytest

from bot.domain.people import Role
from bot.storage import seats
from bot.storage.database import Transaction
from sandbox.groups import Group
from sandbox.phones import Phone
from sandbox.screen import Key, keys
from tests.journeys.conftest import Town, told

# MONKEY_SEEDS=20 MONKEY_STEPS=500 for a long look.
SEEDS, STEPS = int(os.environ.get("MONKEY_SEEDS", "1")), int(os.environ.get("MONKEY_STEPS", "120"))
TEXTS = (
    *(
        "灯坏了",
        "马上来人，漏水",
        "不急，聊聊天",
        "3号楼有快递",
        "谢谢",
        "您好",
        "👍",
        "x" * 900,
        "5单元505 13912345678",
        "12",
    ),
    *("/need", "/need 买菜", "/mine", "/needs", "/me", "/help", "/language", "/start", "/invite", "/bind", "/nonsense"),
    *("<b>粗</b>&", "王五", "/买菜", "没修好，灯还是不亮"),
)
CARE = ("/care", "/today", "/duty", "/sos", "我很好", "周一 8:00-12:00 王五", "女儿 13900001111")
SECRETS = {"甲": "密甲", "乙": "密乙", "丙": "密丙"}


class Crowd:
    """Everybody who presses at random, and the group that they are in."""

    def __init__(self, town: Town, chance: random.Random, texts: tuple[str, ...]) -> None:
        self.town, self.chance, self.texts = town, chance, texts
        self.phones: list[Phone] = []
        self.group: Group | None = None
        self.done: list[str] = []

    async def gathers(self) -> None:
        """Three residents, three volunteers, a coordinator and an administrator."""
        town = self.town
        chen = await town.helper("陈管理", Role.ADMINISTRATOR)
        wang = await town.helper("王姐", Role.COORDINATOR)
        helpers = [await town.helper(name) for name in ("小李", "小赵", "小钱")]
        self.group = await town.group(chen, "c1", wang, *helpers)
        residents = [await town.resident(name, f"b{place}") for place, name in enumerate(SECRETS, 1)]
        for phone in residents:
            await town.asks(phone, "第一件事", f"{SECRETS[phone.name]} 13800138000")
        self.phones = [chen, wang, *helpers, *residents]

    async def does_something(self) -> None:
        """One of them presses a visible button, or writes, or time passes."""
        phone, dice = self.chance.choice(self.phones), self.chance.random()
        if dice < 0.06:
            await self.town.passes(minutes=self.chance.choice((1, 20, 200, 3000)))
        elif dice < 0.25:
            await self._writes(phone)
        else:
            await self._presses(phone)
        if self.chance.random() < 0.5:
            await self.town.quiet()

    async def _writes(self, phone: Phone) -> None:
        words = self.chance.choice(self.texts)
        chat = (
            self.group if words.startswith("/") and phone.name not in SECRETS and self.chance.random() < 0.3 else None
        )
        self.done.append(f"{phone.name} writes {words[:20]}")
        await phone.sends(words, chat=chat)
        self.town.clock.advance(2)

    async def _presses(self, phone: Phone) -> None:
        place = self.group if phone.name not in SECRETS and self.chance.random() < 0.2 else None
        there = [key for key in keys(phone.chat_at(place), phone.id) if "callback_data" in key.button]
        if not there:
            return
        key: Key = self.chance.choice(there[: self.chance.choice((2, 5, 20))])
        self.done.append(f"{phone.name} presses {key.label} ({key.button['callback_data']})")
        toast = await phone.presses_key(phone.chat_at(place), key)
        assert toast is not None, self.done[-1]
        assert "对不起" not in (toast.text or ""), self.done[-1]

    def sees(self, secret: str) -> set[str]:
        """Who reads this secret in what the bot says."""
        return {
            phone.name
            for phone in self.phones
            if told(phone, secret) or (phone.name not in SECRETS and told(phone, secret, self.group))
        }


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_whatever_they_press(town: Town, seed: int) -> None:
    crowd = Crowd(town, random.Random(seed), TEXTS)
    await crowd.gathers()
    for _ in range(STEPS):
        await crowd.does_something()
    await town.quiet()
    helpers = await town.read(_helpers)
    accounts = {(await town.person(phone)).id: phone.name for phone in crowd.phones}
    for phone in crowd.phones:
        if phone.name in SECRETS:
            may_see = {accounts[helper] for helper in helpers.get((await town.person(phone)).id, ())}
            assert crowd.sees(SECRETS[phone.name]) <= {phone.name, *may_see}, crowd.done[-40:]
    await town.blameless()


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_whatever_they_press_with_care(town: Town, seed: int) -> None:
    crowd = Crowd(town, random.Random(seed), (*TEXTS, *CARE, *CARE))
    await crowd.gathers()
    for _ in range(STEPS):
        await crowd.does_something()
    await town.quiet()
    await town.blameless()


def _helpers(tx: Transaction) -> dict[int, set[int]]:
    """For each resident: who is on the way to them."""
    found: dict[int, set[int]] = {}
    for row in tx.all("SELECT id, person_id, claimed_by FROM needs WHERE state = 'claimed'"):
        found.setdefault(row["person_id"], set()).update({row["claimed_by"], *seats.along(tx, row["id"])})
    return found
