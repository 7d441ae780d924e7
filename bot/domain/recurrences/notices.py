"""What is asked, said and seen of what comes again."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.notices import Card, Notice, Priority
from bot.domain.recurrences.recurrence import Recurrence


class Aspect(StrEnum):
    """What can be changed about it."""

    WHICH = "which"
    RULE = "rule"
    HOURS = "hours"
    UNTIL = "until"


# What can be written instead of being tapped.
ASPECTS_TYPED = (Aspect.RULE, Aspect.HOURS, Aspect.UNTIL)


@dataclass(frozen=True)
class RepeatAsked(Notice):
    """How often shall this come again?"""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class RuleAsked(Notice):
    """By which rule? Please write it."""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class RepeatHoursAsked(Notice):
    """In which hours? `every` says how often, as it was chosen."""

    priority = Priority.ANSWER
    need_id: int
    every: str = "week"


@dataclass(frozen=True)
class RecurrenceCard(Card):
    """What comes again, when next, and what can be done about it: to whoever asked for it, and who is in charge."""

    priority = Priority.ANSWER
    recurrence_id: int

    @property
    def subject(self) -> str:
        """What it shows."""
        return f"recurrence:{self.recurrence_id}"


@dataclass(frozen=True)
class RecurrenceAsked(Notice):
    """What is to be different about it; with an `aspect`: to what?"""

    priority = Priority.ANSWER
    recurrence_id: int
    aspect: str = Aspect.WHICH.value


@dataclass(frozen=True)
class RecurrenceNotice(Notice):
    """Something said once about what comes again."""

    recurrence_id: int


class RecurrenceOver(RecurrenceNotice):
    """To the resident: it has come for the last time, as was agreed."""


class RecurrenceRests(RecurrenceNotice):
    """To coordinators: the resident cannot be reached, so nothing is posted for them any more."""


@dataclass(frozen=True)
class RecurrenceView:
    """What comes again, with names. `recurrence` None: the reader may not see it (any more), and nothing of it is in here.

    `helper`: who did it well last time, and is asked first; None: nobody yet. `own`: the reader is who asked for it.
    """

    recurrence: Recurrence | None
    now: datetime
    resident: str = ""
    place: str = ""
    helper: str | None = None
    own: bool = False


@dataclass(frozen=True)
class RecurrenceLine:
    """What comes again, in one line. `next_day` None: it rests."""

    recurrence_id: int
    category: str
    next_day: date | None

    @classmethod
    def of(cls, one: Recurrence) -> "RecurrenceLine":
        """One of them, shortened."""
        return cls(one.id, one.category, None if one.act_at is None else one.next_day)
