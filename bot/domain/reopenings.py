"""Reopenings: a resident opens a closed need again within a week, says why, and who shall come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.notices import Notice, Priority

# The offer's reason when the resident wants the same helper once more.
ONCE_MORE = "once more"
WORDS_LIMIT = 500


class Who(StrEnum):
    """Who shall come."""

    SAME = "same"
    OTHER = "other"


class Why(StrEnum):
    """Why it is needed once more."""

    NOT_DONE = "not_done"
    BROKE = "broke"
    WORDS = "words"


@dataclass(frozen=True)
class Reopening:
    """One opening again: of which need, why, and in which words (None: none were written)."""

    need_id: int
    person_id: int
    why: Why
    at: datetime
    words: str | None = None


@dataclass(frozen=True)
class ReopenAsked(Notice):
    """To the resident: once more; who shall come?"""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class ReopenWhyAsked(Notice):
    """To the resident: what is it this time? A tap or their own words. `who` shall come."""

    priority = Priority.ANSWER
    need_id: int
    who: str = Who.OTHER.value
