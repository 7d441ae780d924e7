"""What a month came to, in numbers: nobody's name stands in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.alerts import AlertOutcome, Cause, Reason
from bot.domain.checkins import FINE, CheckInAnswer, CheckInState
from bot.domain.notices import Card, Notice, Priority

# Of those who were found, these needed help (the Telecross service counts them so).
ILL_OR_INJURED = frozenset({AlertOutcome.ILL, AlertOutcome.FALLEN, AlertOutcome.HOSPITAL, AlertOutcome.EMERGENCY})
# These alerts opened because a check-in's time was over: their minutes count from when it was due.
DUE_AT_A_TIME = frozenset({Cause.MISSED, Cause.UNVISITED})
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

    def days(self) -> tuple[date, ...]:
        """Each of its days."""
        return tuple(date.fromordinal(day) for day in range(self.first().toordinal(), self.after().first().toordinal()))

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From when to when, as instants."""
        return _midnight(self.first(), zone), _midnight(self.after().first(), zone)

    def months_to(self, other: "Month") -> int:
        """How many months later the other is; negative: earlier."""
        return (other.year - self.year) * 12 + other.month - self.month


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
class Tally:
    """Check-ins counted by what became of them; each is in exactly one of these, excused ones in none.

    `unheard`: answered with a voice note or a photo that nobody has opened yet, so nobody knows what it says. `calling`:
    answered in time, and somebody was asked for. `on_time` are the other answers in time.
    """

    on_time: int = 0
    calling: int = 0
    late: int = 0
    missed: int = 0
    unheard: int = 0
    waiting: int = 0
    not_asked: int = 0

    @property
    def asked(self) -> int:
        """How many questions there were."""
        return self.in_time + self.late + self.missed + self.unheard + self.waiting

    @property
    def in_time(self) -> int:
        """Answered in time, whatever was said."""
        return self.on_time + self.calling

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def tally_of(state: CheckInState, answer: CheckInAnswer | None, number: int) -> Tally:
    """So many check-ins that stand so and were answered so (None: not at all); excused ones count nowhere."""
    match state:
        case CheckInState.ANSWERED:
            return Tally(on_time=number) if answer in FINE else Tally(calling=number)
        case CheckInState.ALERT:
            return Tally(missed=number) if answer is None else Tally(late=number)
        case CheckInState.ASKED:
            return Tally(waiting=number)
        case CheckInState.NOT_ASKED:
            return Tally(not_asked=number)
        case CheckInState.EXCUSED:
            return Tally()


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    return sum(tallies, Tally())


@dataclass(frozen=True)
class RaisedAlert:
    """One alert as it is counted. `due_at` None: it opened without one; the rest None: did not happen (yet).

    `told_at` is when somebody other than the person was told first; `rungs` are who was tried, in order, and `reached` how
    many people that were.
    """

    id: int
    person_id: int
    area_id: int
    cause: Cause
    opened_at: datetime
    due_at: datetime | None
    told_at: datetime | None
    taken_at: datetime | None
    arrived_at: datetime | None
    ended_at: datetime | None
    outcome: AlertOutcome | None
    reason: Reason | None
    rungs: tuple[str, ...] = ()
    reached: int = 0

    @property
    def began_at(self) -> datetime:
        """From when its minutes count: a missed check-in's due time, else its opening."""
        return self.opened_at if self.due_at is None else min(self.due_at, self.opened_at)

    def seconds_to(self, at: datetime | None) -> int | None:
        """From its beginning until then; None: that has not happened."""
        return None if at is None else max(0, int((at - self.began_at).total_seconds()))


@dataclass(frozen=True)
class Visits:
    """Doors knocked at, telephones rung, and how many rounds these were."""

    knocked: int = 0
    rung: int = 0
    knock_rounds: int = 0
    call_rounds: int = 0


@dataclass(frozen=True)
class DutyTurn:
    """Somebody was on duty from then until then, as far as it lies within the month. `until_at` None: still is."""

    person_id: int
    area_id: int
    line: int
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True)
class Part:
    """One of the places right below, counted for itself. `id` is the place itself for what lies nowhere below."""

    id: int
    name: str
    tally: Tally
    alerts: int


@dataclass(frozen=True)
class Figures:
    """One month of a place. `outcomes`, `causes` and `reasons` are (name, how many), the most frequent first.

    `days` are (day, tally) of the days on which somebody was asked.
    """

    tally: Tally
    days: tuple[tuple[date, Tally], ...]
    alerts: int
    activations: int
    ill_or_injured: int
    to_human: Spread | None
    to_outcome: Spread | None
    outcomes: tuple[tuple[str, int], ...]
    causes: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    visits: Visits
    duty_hours: int
    parts: tuple[Part, ...] = ()
    drills: int = 0
    help_minutes: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing happened."""
        care = self.tally.asked or self.tally.not_asked or self.alerts or self.duty_hours or self.drills
        return not (care or self.help_minutes)


@dataclass(frozen=True)
class FiguresView:
    """A month of a place, with its name. `figures` None: nothing was counted. `above` None: nothing above is the reader's."""

    month: Month
    figures: Figures | None
    place: str
    earlier: bool
    later: bool
    above: int | None = None


@dataclass(frozen=True)
class MonthFigures(Card):
    """To who is in charge: what a month came to in a place; `month` is 202611."""

    priority = Priority.ANSWER
    area_id: int
    month: int

    @property
    def subject(self) -> str:
        """The place: another month is shown in the same message."""
        return f"month:{self.area_id}"


@dataclass(frozen=True)
class MonthPicture(Notice):
    """To who is in charge: the same month as a picture."""

    priority = Priority.ANSWER
    area_id: int
    month: int


class Table(StrEnum):
    """What is exported, a table each."""

    DAYS = "days"
    ALERTS = "alerts"
    DUTY = "duty"


@dataclass(frozen=True)
class MonthWorkbook(Notice):
    """To who is in charge: the same month as a workbook with a sheet for each table."""

    priority = Priority.ANSWER
    area_id: int
    month: int


@dataclass(frozen=True)
class MonthTable(Notice):
    """To who is in charge: one table of the same month, for any program that reads tables."""

    priority = Priority.ANSWER
    area_id: int
    month: int
    table: str


@dataclass(frozen=True)
class DayRow:
    """One day of one of the places right below."""

    day: date
    place: str
    tally: Tally
    knocked: int
    rung: int


@dataclass(frozen=True)
class ExportView:
    """Everything that is exported of a month: people stand in it by number, never by name. `places` names each area."""

    month: Month
    place: str
    days: tuple[DayRow, ...]
    alerts: tuple[RaisedAlert, ...]
    duty: tuple[DutyTurn, ...]
    places: tuple[tuple[int, str], ...]
    now: datetime


# --- what is set or written from it, in words already ---

Cell = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """One table in words."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Workbook:
    """Tables that go into one file."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Bar:
    """One day of the picture: how many answered in time, late, not at all."""

    label: str
    on_time: int
    late: int
    missed: int


@dataclass(frozen=True)
class Picture:
    """A month as a page: `facts` are (label, value) in large, `lines` small print, `bars` a day each, `legend` their names."""

    language: str
    title: str
    place: str
    facts: tuple[tuple[str, str], ...]
    bars_title: str
    legend: tuple[str, str, str]
    bars: tuple[Bar, ...]
    lines: tuple[str, ...]
