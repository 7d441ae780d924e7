"""What both ways in share: a batch of updates becomes one transaction a lane, and then the taps are answered."""

import asyncio
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from telegram import Update
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.intake.haste import Heed
from bot.storage import failures, updates
from bot.storage.database import Database, Transaction
from bot.texts.message import Toast

BATCH = 100
# For so long at most nothing else is read, so that what concerns life is said: both want the same processor.
FIRST_SECONDS = 0.5
# So many share a transaction: whoever waits for the writer meanwhile, and has something urgent to say, waits no longer.
AT_ONCE = 25
FIRST_BACK_OFF_SECONDS = 0.2
LONGEST_BACK_OFF_SECONDS = 10.0
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
# What the database's 64 bits hold.
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Answer:
    """The small word that answers a tap, once what the tap did is committed."""

    callback_query_id: str
    toast: Toast


class Dispatch(Protocol):
    """Decides what an update does."""

    def handle(self, tx: Transaction, update: Update, now: datetime) -> Answer | None:
        """Handle one update in its own savepoint; a failure is recorded, only Unsettled is raised."""

    def heed(self, raw: Mapping[str, Any]) -> Heed:
        """How an update, as it came, is taken."""

    def lane(self, update: Update) -> int:
        """Whose update it is: those of one person are handled in order."""

    def lock(self, tx: Transaction, batch: Sequence[Update]) -> None:
        """Lock everyone who acts in a batch, in the order of their numbers."""


class Speaker(Protocol):
    """Whoever speaks (the delivery)."""

    def wake(self) -> None: ...

    async def urgent_said(self, seconds: float) -> None: ...

    async def toast(self, callback_query_id: str, toast: Toast) -> None: ...


@dataclass(frozen=True)
class Unread:
    """An update that cannot be read; it is kept among the failures, so that it does not come again for ever."""

    update_id: int
    body: str
    error: str


@dataclass(frozen=True)
class Excess:
    """An update of somebody who writes faster than anybody could read: it is noted as seen, and nothing more."""

    update_id: int


Incoming = Update | Unread | Excess


def read(raw: Any, bot: ExtBot[None]) -> Incoming:
    """An update as it came; ValueError if it is none at all."""
    if not isinstance(raw, dict) or not _is_number(raw.get("update_id")):
        raise ValueError("not an update")
    raw = _whole_characters(raw)
    try:
        update = Update.de_json(raw, bot)
        _check_sender(update)
    # What python-telegram-bot raises for an update that is not as it expects is written nowhere, and is more than it seems.
    except Exception as error:
        return Unread(raw["update_id"], json.dumps(raw), failures.describe(error))
    return update


def _whole_characters(raw: Any) -> Any:
    """The same without halves of characters, which JSON can carry: no message that repeats them could ever be sent."""
    text = json.dumps(raw, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.loads(text.encode(errors="replace"))
    return raw


def _check_sender(update: Update) -> None:
    """Whoever is to be locked, found and answered has a number; ValueError otherwise."""
    for who in (update.effective_user, update.effective_chat):
        if who is not None and not _is_number(who.id):
            raise ValueError("nobody's number")


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST


class Handling:
    """Handles updates for one bot."""

    def __init__(
        self, database: Database, bot: ExtBot[None], dispatch: Dispatch, speaker: Speaker, clock: Clock
    ) -> None:
        self._database, self._bot, self._dispatch = database, bot, dispatch
        self._speaker, self._clock = speaker, clock
        self._toasts: set[asyncio.Task[None]] = set()
        # Updates that were read and not yet committed, and that nobody else's come before.
        self._first: set[int] = set()

    def read(self, raw: Any) -> Incoming:
        """An update as it came; ValueError if it is none at all."""
        heed = self._dispatch.heed(raw) if isinstance(raw, dict) and _is_number(raw.get("update_id")) else Heed.READ
        if heed is Heed.SEEN_ONLY:
            return Excess(raw["update_id"])
        if heed is Heed.FIRST:
            self._first.add(raw["update_id"])
        return read(raw, self._bot)

    def first(self, batch: Sequence[Incoming]) -> list[Incoming]:
        """Everything in it of whoever cries for help, or sees to somebody who does, in order; empty: nobody does."""
        if not self._first:
            return []
        who = {self._dispatch.lane(one) for one in batch if isinstance(one, Update) and one.update_id in self._first}
        return [one for one in batch if isinstance(one, Update) and self._dispatch.lane(one) in who]

    def lanes(self, batch: Sequence[Incoming]) -> dict[int, list[Incoming]]:
        """The batch by lane, in order within each."""
        lanes: dict[int, list[Incoming]] = {}
        for update in batch:
            lanes.setdefault(self.lane(update), []).append(update)
        return lanes

    def lane(self, update: Incoming) -> int:
        """Which of the database's lanes an update goes through."""
        if isinstance(update, Update):
            return self._dispatch.lane(update) % self._database.lanes
        return 0

    async def commit_first(self, batch: Sequence[Incoming]) -> None:
        """Handle those who come first, and let what follows from it be said before anything else is read."""
        await self.commit(batch)
        await self._speaker.urgent_said(FIRST_SECONDS)

    async def commit(self, lane: Sequence[Incoming]) -> None:
        """Handle these, and answer the taps once they are committed; Unsettled: some of them were not kept, and come again."""
        excess = [one for one in lane if isinstance(one, Excess)]
        others = [one for one in lane if not isinstance(one, Excess)]
        # What is only noted costs nothing and goes with the first of them.
        for at in range(0, max(1, len(others)), AT_ONCE):
            await self._commit([*excess, *others[at : at + AT_ONCE]])
            excess = []

    async def _commit(self, lane: Sequence[Incoming]) -> None:
        answers = await self._database.transaction(partial(self._work, lane))
        for answer in answers:
            task = asyncio.create_task(self._speaker.toast(answer.callback_query_id, answer.toast))
            self._toasts.add(task)
            task.add_done_callback(self._toasts.discard)
        self._first.difference_update(update.update_id for update in lane)
        self._speaker.wake()

    def _work(self, lane: Sequence[Incoming], tx: Transaction) -> list[Answer]:
        if self._database.lanes > 1 and len(lane) > 1:
            self._dispatch.lock(tx, [update for update in lane if isinstance(update, Update)])
        excess = [update.update_id for update in lane if isinstance(update, Excess)]
        updates.note_many(tx, self._bot.id, excess, self._clock.now())
        answers = (self._one(tx, update, self._clock.now()) for update in lane if not isinstance(update, Excess))
        return [answer for answer in answers if answer is not None]

    def _one(self, tx: Transaction, update: Update | Unread, now: datetime) -> Answer | None:
        if not isinstance(update, Unread):
            return self._dispatch.handle(tx, update, now)
        if updates.note(tx, self._bot.id, update.update_id, now):
            subject = f"update:{update.update_id}"
            failures.record(tx, place="update", subject=subject, body=update.body, error=update.error, now=now)
        return None


class BackOff:
    """How long to wait after each failure in a row: doubling, with jitter, so that copies do not come back together."""

    def __init__(self) -> None:
        self._failures = 0

    def passed(self) -> None:
        """It worked again."""
        self._failures = 0

    def seconds(self) -> float:
        """One more failure: how long to wait now."""
        longest = min(FIRST_BACK_OFF_SECONDS * 2.0 ** min(self._failures, 16), LONGEST_BACK_OFF_SECONDS)
        self._failures += 1
        return longest * (0.75 + secrets.randbelow(251) / 1000)
