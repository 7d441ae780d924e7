"""Hints: what a helper leaves for the next one ("the lift is broken"), which the resident reads and may correct."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.notices import Card, Notice, Priority

HINT_LIMIT = 200
# So many are read by the next helper, the newest first.
HINTS_SHOWN = 3


@dataclass(frozen=True)
class Hint:
    """One of them, about the home of `person_id`. `text` None: taken away, or forgotten. `corrected`: by the resident."""

    id: int
    need_id: int
    area_id: int
    person_id: int
    by_id: int
    text: str | None
    made_at: datetime
    corrected: bool = False


@dataclass(frozen=True)
class HintView:
    """A hint with names."""

    hint: Hint
    helper: str


@dataclass(frozen=True)
class HintCard(Card):
    """To the resident: this is what the next helper will read; correct it, or take it away."""

    hint_id: int

    @property
    def subject(self) -> str:
        """The hint that it shows."""
        return f"hint:{self.hint_id}"


@dataclass(frozen=True)
class HintAsked(Notice):
    """To the resident: how should it read?"""

    priority = Priority.ANSWER
    hint_id: int
