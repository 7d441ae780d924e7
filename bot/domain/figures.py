"""What a month came to, in numbers: nobody's name stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.alerts import AlertOutcome
from bot.domain.notices import Notice, Priority

# Of those who were found, these needed help (the Telecross service counts them so).
ILL_OR_INJURED = frozenset({AlertOutcome.ILL, AlertOutcome.FALLEN, AlertOutcome.HOSPITAL, AlertOutcome.EMERGENCY})
MONTHS_BACK = 24


@dataclass(frozen=True)
class Month:
    """A month of the calendar here."""

    year: int
    month: int

    @property
    def number(self) -> int:
        """202611."""
        return self.year * 100 + self.month

    def before(self) -> "Month":
        """The month before it."""
        return Month(self.year - 1, 12) if self.month == 1 else Month(self.year, self.month - 1)

    def after(self) -> "Month":
        """The month after it."""
        return Month(self.year + 1, 1) if self.month == 12 else Month(self.year, self.month + 1)

    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From when to when, as instants."""
        return _midnight(self.first(), zone), _midnight(self.after().first(), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


@dataclass(frozen=True)
class Spread:
    """How long something took, in minutes: the middle one, nine of ten, the longest. None: it never happened."""

    median: int
    ninth: int
    longest: int


def spread(seconds: Sequence[int]) -> Spread | None:
    """The spread of some spans; nine of ten took no longer than `ninth` (nearest rank)."""
    if not seconds:
        return None
    ordered = sorted(seconds)

    def rank(share: float) -> int:
        place = max(0, -(-int(share * 100) * len(ordered) // 100) - 1)
        return round(ordered[place] / 60)

    return Spread(rank(0.5), rank(0.9), rank(1.0))


@dataclass(frozen=True)
class Figures:
    """One month of a place. `outcomes` and `reasons` are (name, how many), the most frequent first."""

    on_time: int
    late: int
    missed: int
    not_asked: int
    alerts: int
    activations: int
    ill_or_injured: int
    to_human: Spread | None
    to_outcome: Spread | None
    outcomes: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    knocked: int
    rung: int
    duty_hours: int
    drills: int = 0

    @property
    def asked(self) -> int:
        """How many questions there were."""
        return self.on_time + self.late + self.missed

    @property
    def anything(self) -> bool:
        """Whether there is something to tell of."""
        return bool(self.asked or self.alerts or self.duty_hours or self.drills)


@dataclass(frozen=True)
class FiguresView:
    """A month of a place, with its name. `mine` False: not the reader's to see."""

    month: Month
    figures: Figures | None
    place: str
    earlier: bool
    later: bool


@dataclass(frozen=True)
class MonthFigures(Notice):
    """To who is in charge: what a month came to in a place; `month` is 202611."""

    priority = Priority.ANSWER
    area_id: int
    month: int
