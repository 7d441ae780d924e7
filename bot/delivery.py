"""The outbox goes out: lease, words, send, settle; in order within a chat, at Telegram's pace, the most urgent first.

Nothing is settled before Telegram has answered, and whatever is leased is settled or its lease runs out: a crash may repeat a
message and never loses one. One transaction settles what was sent and leases what comes next.
"""

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from math import inf

from structlog.contextvars import bind_contextvars
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot import sending
from bot.clock import Clock
from bot.domain.gate import Gate
from bot.domain.listings import Kept
from bot.domain.media import Carried
from bot.domain.pace import Limits, Pace
from bot.domain.shares import RESERVE_SECONDS, Grant
from bot.exporting import put_together
from bot.sending import Fate, Verdict, Words
from bot.services import parcels
from bot.settling import Claim, Item, Order, Outcome, Seen, Speech, Trade, defective, outcome_of
from bot.storage import failures, shares
from bot.storage.database import Database, Hook, Unsettled, nothing
from bot.storage.leases import Accepted, Dead, PutOff
from bot.storage.outbox import WITHDRAWN, Letter
from bot.texts.message import Document, Enclosure, Toast

LOG = logging.getLogger(__name__)

POLL_SECONDS = 1.0
LEASE_SECONDS = 60.0
# A letter held for this share of its lease goes back: the longest request on top must not outlive the lease.
HELD_SHARE = 0.4
# A chat that has to wait longer than this lets its letter go back, so that a more urgent one can go first.
PATIENCE_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 600.0
# Leased ahead of the pace, so that a slot is used the moment it is free.
AHEAD_SECONDS = 0.25
# So few letters are not worth a transaction while others are left to send.
REFILL = 4
# However much waits here already, so many letters that concern life are looked for besides.
URGENT_ROOM = 4
# Answers that come within this time are settled together.
SETTLE_SECONDS = 0.02
LONGEST_TROUBLE_SECONDS = 5.0
# A copy that shares the pace asks for its part again before it runs out, and sooner when it has more to say than it may.
ASK_AHEAD_SECONDS = 1.0
HUNGRY_SECONDS = 0.25


class Delivery:
    """Says what waits in the outbox. `holder` names this copy and stays the same when it is started again; `tried` hears of
    every try."""

    def __init__(
        self,
        database: Database,
        bot: ExtBot[None],
        speech: Speech,
        clock: Clock,
        *,
        holder: str = "main",
        limits: Limits | None = None,
        concurrency: int = 32,
        lease_seconds: float = LEASE_SECONDS,
        hook: Hook = nothing,
        tried: Callable[[Letter, Verdict], None] = lambda letter, verdict: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._bot, self._speech, self._clock = database, bot, speech, clock
        self._holder, self._concurrency, self._lease_seconds = holder, concurrency, lease_seconds
        self._hook, self._tried, self._monotonic = hook, tried, monotonic
        self._pace = Pace(limits)
        self._gate = Gate()
        self._ready: list[Item] = []
        self._in_flight: dict[int, Item] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._outcomes: list[Outcome] = []
        self._settle_at = inf
        self._woken = True
        self._more = False
        self._lost_count = True  # what this copy held when it died is taken back first
        self._troubles = 0
        self._trouble_until = -inf
        self._stopping = False
        # Where other copies speak for this bot too: what this one has of the pace, and when it asks again.
        self._grant: Grant | None = None
        self._granted_until = self._share_at = -inf
        self._broken: BaseException | None = None
        self._event = asyncio.Event()
        # Everything that concerns life, was known of, and may be said now, has been said.
        self._calm = asyncio.Event()

    # --- what others ask of it ---

    @property
    def copies(self) -> int:
        """How many copies speak for this bot, as far as this one knows."""
        return 1 if self._grant is None else self._grant.copies

    def wake(self) -> None:
        """There may be something new to say."""
        self._woken = True
        self._event.set()

    async def urgent_said(self, seconds: float) -> None:
        """Look at once for what concerns life, and come back when it was said as far as its chats let it; or after so long."""
        self._calm.clear()
        self.wake()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._calm.wait(), seconds)

    async def toast(self, callback_query_id: str, toast: Toast) -> None:
        """Answer a tap. If that fails the person taps again: a toast is never the only copy of news."""
        try:
            await self._bot.answer_callback_query(
                callback_query_id, text=toast.text or None, show_alert=toast.alert or None, url=toast.url
            )
        except TelegramError as error:
            LOG.info("a tap was not answered: %s", type(error).__name__)

    def stop(self) -> None:
        """Let `run` finish what is on its way, write it down, give the rest back and end."""
        self._stopping = True
        self._event.set()

    async def run(self) -> None:
        """Say what waits, until stopped."""
        try:
            while not self._stopping:
                await self._turn()
            await self._finish()
            await self._leave()
        finally:
            for task in self._tasks:
                task.cancel()

    # --- the loop ---

    async def _turn(self) -> None:
        if self._exchange_is_due():
            await self._exchange(self._order())
        seconds = self._start_ready()
        self._raise_broken()
        if not self._woken and not any(item.urgent for item in self._in_flight.values()):
            self._calm.set()
        if not self._exchange_is_due():
            await self._rest(seconds)

    def _raise_broken(self) -> None:
        if self._broken is not None:
            raise self._broken

    async def _rest(self, seconds: float) -> None:
        """Until something happens; after a second of silence the outbox is looked into anyway."""
        at = self._monotonic()
        share_at = self._share_at if self._ready and self._database.shared else inf
        wait = min(seconds, self._settle_at - at, self._room_at(at) - at, share_at - at, POLL_SECONDS)
        wait = max(0.0, wait, self._trouble_until - at)
        timer = asyncio.get_running_loop().call_later(wait, self._ring, wait >= POLL_SECONDS)
        await self._event.wait()
        timer.cancel()
        self._event.clear()

    def _ring(self, look: bool) -> None:
        self._woken = self._woken or look
        self._event.set()

    def _exchange_is_due(self) -> bool:
        at = self._monotonic()
        if at < self._trouble_until:
            return False
        if self._woken or at >= self._settle_at or len(self._outcomes) >= self._concurrency:
            return True
        if self._ready and self._database.shared and at >= self._share_at:
            return True
        if self._outcomes and not self._in_flight and not self._ready:
            return True
        if not self._more or len(self._ready) > self._concurrency // 4:
            return False
        return self._room() >= (REFILL if self._ready else 1)

    def _room(self) -> int:
        """How many more letters to hold: what the pace lets out soon, and no more than can wait here without growing old."""
        if self._gate.closed:
            return 0 if self._ready or self._in_flight else 1
        held = len(self._in_flight) + len(self._ready)
        return max(0, min(2 * self._concurrency - held, self._soon() - len(self._ready)))

    def _soon(self) -> int:
        """How many may start soon. A copy that has nothing of the pace just now gets its part when it has something to say."""
        if self._database.shared and (self._grant is None or self._grant.slots == 0):
            copies = 1 if self._grant is None else self._grant.copies
            return max(1, self._shared_limit // copies)
        return self._pace.free(at=self._monotonic(), within=AHEAD_SECONDS)

    @property
    def _shared_limit(self) -> int:
        """How many slots all copies have together, without those that are kept for what concerns life."""
        return max(1, self._pace.limits.bot_per_second - self._pace.limits.reserved)

    def _room_at(self, at: float) -> float:
        """From when there will be room for what is known to wait; `inf`: nothing is, or something else has to happen first."""
        if not self._more or self._ready or self._gate.closed:
            return inf
        return self._pace.bot_ready_at(urgent=False, at=at) - AHEAD_SECONDS

    # --- lease and settle: one transaction ---

    async def _exchange(self, order: Order) -> None:
        held_since = self._monotonic()
        trade = Trade(self._bot.id, self._holder, self._lease_seconds, self._speech, self._clock.now())
        try:
            seen = await self._database.transaction(partial(trade.run, order))
        except Exception as error:  # the delivery edge: whatever it was, nothing was settled and nothing is lost
            self._troubled(error, order.outcomes)
            return
        self._troubles, self._lost_count = 0, False
        if order.outcomes:
            self._hook("settled")
        if seen.sights:
            self._hook("leased")
        # As many as there was room for: there may be more where they came from.
        self._more = len(seen.sights) + len(seen.failed) >= order.room
        self._take_in(seen, held_since)
        if seen.grant is not None:
            self._granted(seen.grant, held_since)

    def _order(self) -> Order:
        """What the next transaction is to do; from here on new outcomes belong to the one after it."""
        outcomes, self._outcomes, self._settle_at, self._woken = self._outcomes, [], inf, False
        if self._stopping:
            return Order(outcomes, 0, 0)
        held = [item.letter.id for item in (*self._ready, *self._in_flight.values())]
        urgent_room = max(0, min(URGENT_ROOM, 2 * self._concurrency - len(held)))
        lost = frozenset(held) if self._lost_count else None
        place = {} if self._grant is None else {"copies": self._grant.copies, "place": self._grant.place}
        return Order(outcomes, self._room(), urgent_room, lost, bool(self._ready), self._claim(), **place)

    # --- the pace, where other copies share it ---

    def _claim(self) -> Claim | None:
        if not self._database.shared:
            return None
        at = self._monotonic()
        needed = self._pace.busy(at=at) + len(self._ready)
        slots = 0 if self._grant is None or at >= self._granted_until else self._grant.slots
        return Claim(needed, slots, self._shared_limit, due=at >= self._share_at)

    def _granted(self, grant: Grant, asked_at: float) -> None:
        """What it has is good from when it was asked for, so that it ends here before it ends for the others."""
        self._grant, self._granted_until = grant, asked_at + grant.seconds
        reserve_until = asked_at + RESERVE_SECONDS if grant.reserve else -inf
        self._pace.grant(grant.slots, until=self._granted_until, reserve_until=reserve_until)
        starved = len(self._ready) > self._pace.free(at=asked_at, within=0.0)
        self._share_at = asked_at + (HUNGRY_SECONDS if starved else grant.seconds - ASK_AHEAD_SECONDS)

    async def _leave(self) -> None:
        if self._database.shared:
            with suppress(Unsettled):
                await self._database.transaction(lambda tx: shares.leave(tx, self._bot.id, self._holder))

    def _take_in(self, seen: Seen, held_since: float) -> None:
        self._drop(seen.withdrawn)
        for outcome in seen.failed:
            self._conclude(outcome)
        for letter, sight in seen.sights:
            self._prepare(letter, sight, held_since)
        self._ready.sort(key=lambda item: (item.letter.priority, item.letter.id))

    def _drop(self, withdrawn: frozenset[int]) -> None:
        """Letters that were taken back while they waited here for their turn are not said."""
        gone = [item for item in self._ready if item.letter.id in withdrawn]
        self._ready = [item for item in self._ready if item.letter.id not in withdrawn]
        for item in gone:
            self._conclude(Outcome(item.letter, Dead(item.letter.id, WITHDRAWN)))

    def _troubled(self, error: Exception, outcomes: list[Outcome]) -> None:
        """The database did not take it: keep what is to be written, and count again what is ours when it is back."""
        LOG.warning("the outbox cannot be reached: %s", failures.describe(error))
        self._outcomes = outcomes + self._outcomes
        self._settle_at = self._monotonic()
        self._lost_count = self._woken = True
        self._troubles += 1
        self._trouble_until = self._monotonic() + min(0.1 * 2**self._troubles, LONGEST_TROUBLE_SECONDS)

    def _prepare(self, letter: Letter, sight: object, held_since: float) -> None:
        """Find the words; nothing to say, or nothing new to show, is settled without a word."""
        try:
            words = self._speech.words(sight)
        except Exception as error:  # the delivery edge: one text that cannot be made must not stop the others
            self._conclude(defective(letter, error))
            return
        shown = _fingerprint(words) if letter.subject is not None else None
        if words is None or (letter.message_id is not None and shown is not None and shown == letter.shown):
            self._conclude(Outcome(letter, Accepted(letter.id, letter.version, shown=shown)))
        else:
            self._ready.append(Item(letter, words, held_since, shown))

    def _conclude(self, outcome: Outcome) -> None:
        self._outcomes.append(outcome)
        self._settle_at = min(self._settle_at, self._monotonic() + SETTLE_SECONDS)

    # --- send ---

    def _start_ready(self) -> float:
        """Start every letter whose time has come; in how many seconds the next one's comes."""
        at = self._monotonic()
        waiting: list[Item] = []
        next_at = inf
        for item in self._ready:
            may_start_at = self._may_start_at(item, at)
            if may_start_at <= at:
                self._launch(item, at)
            elif not self._give_back(item, at):
                waiting.append(item)
                next_at = min(next_at, may_start_at)
        self._ready = waiting
        return next_at - at

    def _may_start_at(self, item: Item, at: float) -> float:
        if len(self._in_flight) >= (1 if self._gate.closed else self._concurrency):
            return inf
        chat_id = item.letter.chat_id
        if chat_id in self._in_flight:
            return inf
        return max(self._gate.opens_at, self._pace.ready_at(chat_id, urgent=item.urgent, at=at))

    def _give_back(self, item: Item, at: float) -> bool:
        """Whether a letter went back into the outbox: its chat must wait for long, or it was held here for long."""
        chat_waits = self._pace.chat_ready_at(item.letter.chat_id, at=at) - at
        if chat_waits > PATIENCE_SECONDS:
            seconds = min(chat_waits, LONGEST_WAIT_SECONDS)
            self._conclude(Outcome(item.letter, PutOff(item.letter.id, seconds, chat_waits=True, tried=False)))
            return True
        if at - item.held_since > self._lease_seconds * HELD_SHARE:
            self._conclude(Outcome(item.letter, PutOff(item.letter.id, 0.0, tried=False)))
            return True
        return False

    def _launch(self, item: Item, at: float) -> None:
        self._pace.start(item.letter.chat_id, at=at)
        self._in_flight[item.letter.chat_id] = item
        task = asyncio.get_running_loop().create_task(self._send(item))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, item: Item) -> None:
        # In a task of its own: what its lines are about stays with it.
        letter = item.letter
        alert = getattr(letter.notice, "alert_id", None)
        bind_contextvars(letter=letter.id, person=letter.person_id, alert=alert)
        try:
            self._hook("sending")
            words = await self._laden(item)
            verdict = await sending.send(self._bot, item.letter, words, marked_up=item.refusal is None)
            self._hook("sent")
            self._landed(item, verdict)
        except Exception as error:  # the delivery edge: one letter that cannot be sent must not stop the others
            self._conclude(defective(item.letter, error))
        except BaseException as error:
            self._broken = error
        finally:
            self._in_flight.pop(item.letter.chat_id, None)
            self._pace.answered(item.letter.chat_id, at=self._monotonic())
            self._event.set()

    async def _laden(self, item: Item) -> Words:
        """A file that lies ready in pieces is put together now, and is in memory no longer than it is sent."""
        words = item.words
        if isinstance(words, Enclosure) and isinstance(words.file_id, Carried) and item.letter.message_id is None:
            return await self._with_file(words, words.file_id.media_id)
        if isinstance(words, Document) and isinstance(words.paper, Kept):
            return await put_together(self._database, words, words.paper)
        return words

    async def _with_file(self, words: Enclosure, media_id: int) -> Words:
        file = await self._database.read(lambda tx: parcels.load(tx, media_id, self._bot.id))
        if file is None:
            return sending.alone(words)
        return replace(words, file_id=file if isinstance(file, str) else Carried(media_id, file))

    def _landed(self, item: Item, verdict: Verdict) -> None:
        at = self._monotonic()
        self._tried(item.letter, verdict)
        if verdict.fate is Fate.DOWN:
            self._gate.failed(at)
        elif verdict.fate is Fate.UNKNOWN:
            self._gate.timed_out(at)
        else:
            self._gate.answered()
        if verdict.fate is Fate.SLOWED:
            self._pace.refused(item.letter.chat_id, seconds=verdict.seconds, at=at)
        if verdict.fate is Fate.DEFECT and item.refusal is None:
            LOG.error("letter %s was refused: %s", item.letter.id, verdict.error)
            words = sending.plain(item.words, verdict.error)
            self._ready.insert(0, replace(item, words=words, refusal=verdict.error))
        else:
            self._conclude(outcome_of(item, verdict))

    # --- the end ---

    async def _finish(self) -> None:
        while self._in_flight:
            await self._event.wait()
            self._event.clear()
        self._raise_broken()
        for item in self._ready:
            self._conclude(Outcome(item.letter, PutOff(item.letter.id, 0.0, tried=False)))
        self._ready = []
        if self._outcomes:
            await self._exchange(self._order())


def _fingerprint(words: Words | None) -> str:
    return hashlib.blake2b(repr(words).encode(), digest_size=16).hexdigest()
