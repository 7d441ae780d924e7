"""What waits for a bot: updates in order, each until it is acknowledged or too old.

A message waits 24 hours, a tap 150 seconds. An update's text is made once, when it is queued: it shows the world as it
was then, however often it is delivered.
"""

import json
import random
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from sandbox.signals import Signal

MESSAGE_SECONDS = 24 * 3600
TAP_SECONDS = 150
ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True, eq=False)
class Update:
    """One update; `lane` is whom it concerns: a webhook keeps the order within a lane."""

    id: int
    kind: str
    lane: int
    text: str
    expires_at: float
    repeats: int = 0


@dataclass(slots=True)
class Tally:
    """How many updates went which way."""

    queued: int = 0
    delivered: int = 0
    acknowledged: int = 0
    expired: int = 0


@dataclass(slots=True)
class UpdateQueue:
    """The updates of one bot."""

    next_id: int = field(default_factory=lambda: random.SystemRandom().randrange(100_000_000, 900_000_000))
    allowed: list[str] = field(default_factory=list)
    waiting: deque[Update] = field(default_factory=deque)
    tally: Tally = field(default_factory=Tally)
    signal: Signal = field(default_factory=Signal)

    def put(self, kind: str, payload: dict[str, Any], lane: int, now: float) -> Update | None:
        """Queue an update; None when the bot did not ask for this kind."""
        if not self.wants(kind):
            return None
        lifetime = TAP_SECONDS if kind == "callback_query" else MESSAGE_SECONDS
        text = f'{{"update_id":{self.next_id},"{kind}":{json.dumps(payload)}}}'
        update = Update(self.next_id, kind, lane, text, now + lifetime)
        self.waiting.append(update)
        self.next_id += 1
        self.tally.queued += 1
        self.signal.ring()
        return update

    def wants(self, kind: str) -> bool:
        """Whether the bot's last `allowed_updates` let this kind through."""
        return kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED

    def acknowledge(self, offset: int) -> None:
        """Forget what stands before `offset`; a negative one forgets all but the last so many."""
        if offset < 0:
            offset = self.waiting[offset].id if -offset <= len(self.waiting) else 0
        again = []
        while self.waiting and self.waiting[0].id < offset:
            update = self.waiting.popleft()
            if update.repeats:
                update.repeats -= 1
                again.append(update)
            else:
                self.tally.acknowledged += 1
        self.waiting.extendleft(reversed(again))

    def first(self, limit: int, now: float) -> list[Update]:
        """The first `limit` updates that are not too old; the older ones are gone for good."""
        taken: list[Update] = []
        for update in self.waiting:
            if len(taken) == limit:
                break
            taken.append(update)
        if any(update.expires_at <= now for update in taken):
            self.expire(now)
            return self.first(limit, now)
        return taken

    def expire(self, now: float) -> None:
        """Drop everything that waited too long."""
        fresh = deque(update for update in self.waiting if update.expires_at > now)
        self.tally.expired += len(self.waiting) - len(fresh)
        self.waiting = fresh

    def done(self, update: Update) -> None:
        """A webhook took it."""
        self.tally.delivered += 1
        if update.repeats:
            update.repeats -= 1
            return
        self.tally.acknowledged += 1
        if self.waiting and self.waiting[0] is update:
            self.waiting.popleft()
        else:
            self.waiting.remove(update)
