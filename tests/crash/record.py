"""What really happened, as the people and their Telegram know it: kept outside the program, for the model to compare with."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sandbox.updates import Update, UpdateQueue


@dataclass(slots=True)
class RecordingQueue(UpdateQueue):
    """Telegram's queue of updates, which also keeps every one that was ever queued, and which of them grew too old."""

    seen: dict[int, dict[str, Any]] = field(default_factory=dict)
    too_old: set[int] = field(default_factory=set)

    def put(self, kind: str, payload: dict[str, Any], lane: int, now: float) -> Update | None:
        """Queue an update and write it down."""
        update = UpdateQueue.put(self, kind, payload, lane, now)
        if update is not None:
            self.seen[update.id] = {"kind": kind, **json.loads(update.text)[kind]}
        return update

    def expire(self, now: float) -> None:
        """Drop what is too old and write that down."""
        self.too_old |= {update.id for update in self.waiting if update.expires_at <= now}
        UpdateQueue.expire(self, now)


@dataclass
class Diary:
    """What the people did. Tokens are words that stand in one text only.

    `tokens`: each with the account that wrote it. `discards`: tokens of drafts that somebody tapped away, perhaps in vain.
    `commands`: by account, those that are answered by one list. `taps` without a toast in time were `unanswered`; people
    then pressed again if the button was still there.
    """

    tokens: dict[str, int] = field(default_factory=dict)
    discards: set[str] = field(default_factory=set)
    discarded_drafts: set[tuple[int, int]] = field(default_factory=set)
    commands: Counter[int] = field(default_factory=Counter)
    taps: int = 0
    unanswered: int = 0
    pressed_again: int = 0
    forged: int = 0
    doors: dict[int, str] = field(default_factory=dict)
    telephones: dict[int, str] = field(default_factory=dict)
    actions: Counter[str] = field(default_factory=Counter)
