"""Editing an open need: its words, its time, its kind."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.notices import Notice, Priority

SOME_DAY = date(2026, 1, 1).toordinal()


class Field(StrEnum):
    """What can be changed as long as nobody has taken it."""

    WHICH = "which"
    TEXT = "text"
    URGENCY = "urgency"
    CATEGORY = "category"
    DAY = "day"


@dataclass(frozen=True)
class HoursAsked(Notice):
    """To the resident: in which hours of that day (counted from the year 1, as a calendar does)?"""

    priority = Priority.ANSWER
    need_id: int
    day: int = SOME_DAY


@dataclass(frozen=True)
class EditAsked(Notice):
    """To the resident: what is to be changed; with a `field`: to what? "which": what at all?"""

    priority = Priority.ANSWER
    need_id: int
    field: str = Field.WHICH.value
