"""The people of the town, each with a telephone, acting on what they see, at random but from a seed; nothing stops them.

They know neither the program nor that it dies: they wait a little for an answer, and press again when none comes.
"""

import asyncio
import random
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, ClassVar

from sandbox import Phone, Toast
from sandbox.chats import Chat
from tests.crash.screens import Key, Screen, chat_of, look
from tests.crash.town import Town, new_token

SHORTEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 0.8
TOAST_SECONDS = 3.0
# A text that is not seen on any card for so long is not waited for any more.
WAITING_SECONDS = 4.0
MOST_LINES = 3
PRESSES_AGAIN = 0.7
PHRASES = (
    "家里的灯坏了，麻烦谁来看看",
    "想请人帮忙买菜",
    "谁能陪我去医院拿药",
    "手机不会用了，想请教一下",
    "急！水管漏水了",
    "这个星期想请人搬个柜子",
    "请到3号楼来帮忙",
    "Could somebody carry a parcel upstairs?",
)
FORGED = ("nc", "nf", "nv", "nk", "nx", "ny", "nn", "dp", "dw", "nq", "nr", "nj", "nw", "da")
NONSENSE = ("", ":", "nc", "nc:x", "nd:1:nothing", "zz:1", "ns:1:9", "nb:1:", "nj:1:7", "nc:-1", f"nc:{2**63 - 1}")

Deed = Callable[[], Coroutine[Any, Any, None]]


class Inhabitant:
    """Whoever has a telephone. `wishes` says what they might do now, and how much they feel like it."""

    # Codes of buttons that somebody tries though they do not have them.
    FORGED: ClassVar[tuple[str, ...]] = FORGED
    # How much a helper feels like that, and like asking for a list.
    IDLE: ClassVar[float] = 0.4
    LONGEST_PAUSE_SECONDS: ClassVar[float] = LONGEST_PAUSE_SECONDS

    def __init__(self, town: Town, phone: Phone, seed: str) -> None:
        self.town, self.phone = town, phone
        self.diary = town.diary
        self.dice = random.Random(f"{seed}:{phone.name}")
        self.chat = chat_of(town.sandbox, phone)

    async def live(self, stop: asyncio.Event) -> None:
        """Do something, pause, do something, until the day is over."""
        while not stop.is_set():
            await self._act()
            await asyncio.sleep(self.dice.uniform(SHORTEST_PAUSE_SECONDS, self.LONGEST_PAUSE_SECONDS))

    def wishes(self, screen: Screen) -> list[tuple[float, Deed]]:
        """What this person might do with what they see, each with its weight."""
        raise NotImplementedError

    async def _act(self) -> None:
        wishes = self.wishes(look(self.chat, self.phone.id))
        if wishes:
            deed = self.dice.choices([deed for _, deed in wishes], [weight for weight, _ in wishes])[0]
            await deed()

    # --- what hands can do ---

    async def says(self, text: str) -> None:
        """Send a text that holds nothing to be counted."""
        self.diary.actions["text"] += 1
        await self.phone.sends(text)

    async def asks_for_list(self, command: str) -> None:
        """A command that is answered by exactly one list."""
        self.diary.commands[self.phone.id] += 1
        await self.says(command)

    async def presses(self, key: Key) -> Toast | None:
        """Press what is there; without an answer, look again and perhaps press again."""
        self.diary.actions[key.kind] += 1
        toast = await self._tap(key)
        if toast is None and self.dice.random() < PRESSES_AGAIN and self._still_there(key):
            self.diary.pressed_again += 1
            toast = await self._tap(key)
        return toast

    async def presses_twice(self, key: Key) -> None:
        """A nervous finger: twice at once."""
        self.diary.actions[f"{key.kind} twice"] += 1
        await asyncio.gather(self._tap(key), self._tap(key))

    async def forges(self, screen: Screen) -> None:
        """Send a code that no button of ours carries here."""
        message = next((message for message in screen.messages if not message.mine), None)
        if message is None:
            return
        code = f"{self.dice.choice(self.FORGED)}:{self.dice.randint(1, 60)}"
        if self.dice.random() < 0.3:
            code = self.dice.choice(NONSENSE)
        self.diary.forged += 1
        await self._tap(Key(message, code))

    async def _tap(self, key: Key) -> Toast | None:
        self.diary.taps += 1
        if key.message.id not in self._place(key).messages:
            return None
        toast = await self.phone.taps_code(key.code, key.message, TOAST_SECONDS)
        self.diary.unanswered += toast is None
        return toast

    def _place(self, key: Key) -> Chat:
        group = self.town.group.chat
        return group if key.message.chat_id == group.id else self.chat

    def _still_there(self, key: Key) -> bool:
        seen = look(self._place(key), self.phone.id).keys(key.kind)
        return any(other.code == key.code and other.message.id == key.message.id for other in seen)


class Resident(Inhabitant):
    """Needs things, corrects drafts, posts, cancels, confirms, complains and rates."""

    WEIGHTS: ClassVar[Mapping[str, float]] = {"ny": 4, "nw": 1, "ns": 3, "nx": 0.3, "nq": 0.4, "dc": 3, "du": 3}

    def __init__(self, town: Town, phone: Phone, seed: str) -> None:
        super().__init__(town, phone, seed)
        self._awaited_until = 0.0
        # Texts in their order that have not stood on a card yet (a complaint never does; a later text that is seen tells
        # that it was read). Nobody throws away what they have not seen: of a text that was never shown, nobody could say
        # later whether it was ever kept.
        self._unseen: list[str] = []

    def wishes(self, screen: Screen) -> list[tuple[float, Deed]]:
        key = screen.first("dp")
        wishes = self._about_draft(key, screen) if key else [(0.0 if self._waits(screen) else 4.0, self._writes)]
        for kind, weight in self.WEIGHTS.items():
            if keys := screen.keys(kind):
                wishes.append((weight, self._pressing(self.dice.choice(keys))))
        wishes.append((0.3, lambda: self.asks_for_list(self.dice.choice(("/mine", "/needs")))))
        wishes.append((0.3, lambda: self.forges(screen)))
        wishes.append((0.1, lambda: self._edits(screen)))
        if not self._unseen:
            wishes.append((0.15, self._begins_anew))
        return wishes

    def _about_draft(self, key: Key, screen: Screen) -> list[tuple[float, Deed]]:
        waits = self._waits(screen)
        lines = sum(token in key.message.text for token in self._own())
        wishes: list[tuple[float, Deed]] = [(6.0, lambda: self._posts(key)), (1.0, lambda: self.presses_twice(key))]
        if lines < MOST_LINES:
            wishes.append((0.3 if waits else 1.5, self._writes))
        if (change := screen.first("da")) is not None and not change.code.endswith("place"):
            wishes.append((0.7, self._pressing(change)))
        if not self._unseen and (throw := screen.first("dx")) is not None and throw.message.id == key.message.id:
            wishes.append((0.5, lambda: self._discards(throw)))
        return wishes

    def _own(self) -> list[str]:
        return [token for token, writer in self.diary.tokens.items() if writer == self.phone.id][-12:]

    def _waits(self, screen: Screen) -> bool:
        """Whether the last text has not been seen on a card yet."""
        theirs = [message.text for message in screen.messages if not message.mine]
        seen = [place for place, token in enumerate(self._unseen) if any(token in text for text in theirs)]
        self._unseen = self._unseen[max(seen, default=-1) + 1 :]
        return bool(self._unseen) and asyncio.get_running_loop().time() < self._awaited_until

    async def _writes(self) -> None:
        token = new_token(self.diary, self.phone.id, self.dice.choice)
        self._unseen.append(token)
        self._awaited_until = asyncio.get_running_loop().time() + WAITING_SECONDS
        await self.says(f"{self.dice.choice(PHRASES)} {token}")

    async def _posts(self, key: Key) -> None:
        toast = await self.presses(key)
        if toast is not None and toast.alert and self.dice.random() < 0.5:
            await self.asks_for_list("/mine")

    async def _discards(self, key: Key) -> None:
        self.diary.discards |= {token for token in self._own() if token in key.message.text}
        self.diary.discarded_drafts.add((self.phone.id, key.subject))
        await self.presses(key)

    async def _begins_anew(self) -> None:
        """/need: asked step by step; what was being written is put away."""
        self.diary.discards.update(self._own())
        self.diary.discarded_drafts.add((self.phone.id, -len(self.diary.discarded_drafts) - 1))
        await self.says("/need")

    async def _edits(self, screen: Screen) -> None:
        own = next((message for message in screen.messages if message.mine and message.kind == "text"), None)
        if own is not None and not own.text.startswith("/"):
            self.diary.actions["edit"] += 1
            await self.phone.edits(own, f"{own.text}。")

    def _pressing(self, key: Key) -> Deed:
        async def press() -> None:
            await self.presses(key)

        return press


class Helper(Inhabitant):
    """Claims, comes, finishes, gives back; a coordinator decides, cancels and gives to others besides."""

    LISTS: ClassVar[tuple[str, ...]] = ("/mine", "/needs")
    WEIGHTS: ClassVar[Mapping[str, float]] = {
        **{"nc": 5, "nn": 0.6, "nv": 4, "na": 2, "no": 1, "nf": 4, "nd": 6, "nr": 0.7, "nb": 3, "nk": 0.7, "nq": 1}
    }

    def wishes(self, screen: Screen) -> list[tuple[float, Deed]]:
        wishes = [wish for kind, weight in self.WEIGHTS.items() for wish in self._about(screen, kind, weight)]
        group = look(self.town.group.chat, self.phone.id)
        wishes += self._about(group, "nc", 1.5)
        wishes.append((self.IDLE, lambda: self.asks_for_list(self.dice.choice(self.LISTS))))
        wishes.append((self.IDLE, lambda: self.forges(screen)))
        return wishes

    def _about(self, screen: Screen, kind: str, weight: float) -> list[tuple[float, Deed]]:
        keys = screen.keys(kind)
        if not keys:
            return []
        # Mostly the newest, where the others are too: that is where the races are.
        key = keys[0] if self.dice.random() < 0.6 else self.dice.choice(keys)
        return [(weight, lambda: self._press_one(key)), (weight / 8, lambda: self.presses_twice(key))]

    async def _press_one(self, key: Key) -> None:
        await self.presses(key)


class Coordinator(Helper):
    """王姐: whatever nobody takes comes to her."""

    WEIGHTS: ClassVar[Mapping[str, float]] = {**Helper.WEIGHTS, "nj": 4, "nx": 0.3, "nb": 0.4, "nc": 0.4, "nq": 3}


def inhabitants(town: Town, seed: str) -> list[Inhabitant]:
    """Everybody."""
    residents: list[Inhabitant] = [Resident(town, phone, seed) for phone in town.residents]
    helpers: list[Inhabitant] = [Helper(town, phone, seed) for phone in town.volunteers]
    return [*residents, *helpers, Coordinator(town, town.coordinator, seed)]
