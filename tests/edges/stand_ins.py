"""Small stand-ins for what the edges carry: notices, a speech, a dispatch."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from telegram import Update

from bot.domain.notices import Card, Notice, Priority
from bot.intake import Answer
from bot.intake.haste import Heed
from bot.sending import Blank
from bot.storage import outbox, updates
from bot.storage.database import Database, Row, T, Transaction, Work
from bot.storage.outbox import Letter
from bot.texts.message import Menu, Message, Toast

BOT_ID = 1_000_000_001


@dataclass(frozen=True)
class Word(Notice):
    """Says `text`, once."""

    text: str


@dataclass(frozen=True)
class Cry(Notice):
    """Says `text`; it concerns life."""

    priority: ClassVar[Priority] = Priority.LIFE
    text: str


@dataclass(frozen=True)
class Lamp(Card):
    """Shows the lamp `number`, whatever colour it has when it is drawn."""

    number: int

    @property
    def subject(self) -> str:
        return f"lamp:{self.number}"


class Speech:
    """Says words as they are, and lamps in the colours of `colours`. What it was told is kept."""

    def __init__(self) -> None:
        self.colours: dict[int, str] = {}
        self.drawn: list[str] = []
        self.accepted_letters: list[int] = []
        self.undelivered: list[int] = []
        self.defects: list[int] = []
        self.moved: list[tuple[int, int]] = []
        self.shut_out: list[tuple[int, int]] = []
        self.looking: Callable[[Transaction, Letter], None] = lambda tx, letter: None
        self.wording: dict[str, Message | Menu | Blank | None] = {}
        self.failing_consequence: Exception | None = None

    def look(self, tx: Transaction, letter: Letter) -> object:
        self.looking(tx, letter)
        tx.one("SELECT 1 AS one")
        if isinstance(letter.notice, Lamp):
            return f"lamp {letter.notice.number} is {self.colours.get(letter.notice.number, 'dark')}"
        assert isinstance(letter.notice, Word | Cry)
        return letter.notice.text

    def words(self, sight: object) -> Message | Menu | Blank | None:
        assert isinstance(sight, str)
        self.drawn.append(sight)
        if sight == "no words":
            raise RuntimeError("there are none")
        return self.wording.get(sight, Message(sight))

    def accepted(self, tx: Transaction, letter: Letter, now: datetime) -> None:
        if self.failing_consequence is not None:
            raise self.failing_consequence
        self.accepted_letters.append(letter.id)

    def undeliverable(self, tx: Transaction, letter: Letter, now: datetime) -> None:
        if self.failing_consequence is not None:
            raise self.failing_consequence
        tx.one("SELECT 1 AS one")
        self.undelivered.append(letter.id)

    def defect(self, tx: Transaction, letter: Letter, now: datetime) -> None:
        self.defects.append(letter.id)

    def closed(self, tx: Transaction, letter: Letter, thread: int, now: datetime) -> None:
        self.shut_out.append((letter.id, thread))

    def migrated(self, tx: Transaction, old: int, new: int) -> None:
        self.moved.append((old, new))


class Echo:
    """Answers each message with its own text, once, and each tap with a toast."""

    def __init__(self) -> None:
        self.handled: list[int] = []
        self.failing: Callable[[Update], None] = lambda update: None

    def lock(self, tx: Transaction, batch: Sequence[Update]) -> None:
        """Nobody here acts on anybody else."""

    def heed(self, raw: Mapping[str, Any]) -> Heed:
        """Nobody here writes too fast; "sos" comes first."""
        message = raw.get("message")
        return Heed.FIRST if isinstance(message, dict) and message.get("text") == "sos" else Heed.READ

    def lane(self, update: Update) -> int:
        return update.effective_user.id if update.effective_user else 0

    def handle(self, tx: Transaction, update: Update, now: datetime) -> Answer | None:
        self.failing(update)
        if not updates.note(tx, BOT_ID, update.update_id, now):
            return None
        self.handled.append(update.update_id)
        if update.callback_query is not None:
            return Answer(update.callback_query.id, Toast(f"tapped {update.callback_query.data}"))
        assert update.effective_message is not None
        assert update.effective_chat is not None
        outbox.say(
            tx,
            Word(update.effective_message.text or ""),
            bot_id=BOT_ID,
            chat_id=update.effective_chat.id,
            person_id=None,
            now=now,
            priority=Priority.ANSWER,
        )
        return None


def say(
    tx: Transaction, text: str, *, chat_id: int, now: datetime, priority: Priority | None = None, bot_id: int = BOT_ID
) -> int:
    """Put a word into the outbox."""
    return outbox.say(tx, Word(text), bot_id=bot_id, chat_id=chat_id, person_id=None, now=now, priority=priority)


def show(tx: Transaction, number: int, *, chat_id: int, now: datetime, message_id: int | None = None) -> int:
    """Put a lamp into the outbox."""
    return outbox.show(tx, Lamp(number), bot_id=BOT_ID, chat_id=chat_id, person_id=None, now=now, message_id=message_id)


async def letters(database: Database) -> list[Row]:
    """All rows of the outbox, in the order in which they were said."""
    return await database.read(lambda tx: tx.all("SELECT * FROM outbox ORDER BY id"))


async def recorded(database: Database) -> list[tuple[str, str]]:
    """What stands among the failures: subject and error."""
    rows = await database.read(lambda tx: tx.all("SELECT subject, error FROM failures ORDER BY id"))
    return [(row["subject"], row["error"]) for row in rows]


class Points:
    """A hook that remembers the points that were passed, and lets a test wait for one."""

    def __init__(self) -> None:
        self.passed: list[str] = []
        self._events: dict[str, asyncio.Event] = {}

    def __call__(self, point: str) -> None:
        self.passed.append(point)
        self._event(point).set()

    async def reached(self, point: str) -> None:
        """Wait until a point is passed (again)."""
        event = self._event(point)
        await asyncio.wait_for(event.wait(), 10)
        event.clear()

    def _event(self, point: str) -> asyncio.Event:
        return self._events.setdefault(point, asyncio.Event())


class Killed(BaseException):
    """The program dies here."""


class KilledAt:
    """A hook that ends the program when it passes a point for the n-th time."""

    def __init__(self, point: str, time: int = 1) -> None:
        self._point, self._left = point, time

    def __call__(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                raise Killed(point)


class Troubled(Database):
    """A database in front of another: fails where it is told to, before a commit or after it."""

    def __init__(self, inner: Database) -> None:
        self._inner = inner
        self.lanes = inner.lanes
        self.before: list[Exception | None] = []
        self.after: list[Exception | None] = []

    async def transaction(self, work: Work[T]) -> T:
        self._fail(self.before)
        result = await self._inner.transaction(work)
        self._fail(self.after)
        return result

    async def read(self, work: Work[T]) -> T:
        return await self._inner.read(work)

    async def close(self) -> None:
        return None

    def _fail(self, faults: list[Exception | None]) -> None:
        fault = faults.pop(0) if faults else None
        if fault is not None:
            raise fault
