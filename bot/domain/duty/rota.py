"""The rota: who is planned for when. Weekly shifts, a day that is different, leave; and the hours that nobody covers.

Everything here is local wall time of the community; `span` turns it into instants, so that a night on which the clocks change is
as long as it really is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import ButtonInvalid
from bot.domain.plans import EVERY_DAY

MORNING, EVENING, MINUTES_OF_A_DAY = 8 * 60, 20 * 60, 24 * 60
EPOCH = date(1970, 1, 1)
# The last day of the calendar that Python knows.
LATEST_DAY = (date.max - EPOCH).days
# How many telephones there can be: a button has one digit for it.
LINES_AT_MOST = 9
# What can be given with one tap: day, morning, afternoon, night, round the clock. Minutes of the local day.
USUAL_SHIFTS = ((MORNING, EVENING), (MORNING, 14 * 60), (14 * 60, EVENING), (EVENING, MORNING), (0, 0))
# So far ahead the rota is shown and gaps are told: a month, a week, a day.
SHOWN_DAYS = 28
TOLD_AHEAD = (7, 1)


@dataclass(frozen=True)
class Shift:
    """One piece of the weekly rota: `weekdays` as bits (Monday the lowest), `starts` and `ends` in minutes of the local day.

    `ends` at or below `starts`: over midnight. `rank` is the order among those on the same shift, `line` the telephone (1, 2, …).
    """

    id: int
    area_id: int
    person_id: int
    weekdays: int = EVERY_DAY
    starts: int = MORNING
    ends: int = EVENING
    rank: int = 1
    line: int = 1

    def on(self, day: date) -> bool:
        """Whether it begins on that day."""
        return bool(self.weekdays >> day.weekday() & 1)


@dataclass(frozen=True)
class Change:
    """One day that is different. `person_id` does it instead of whoever is planned; None: nobody does.

    A change at hours that nobody is planned for is something more.
    """

    id: int
    area_id: int
    line: int
    day: date
    starts: int
    ends: int
    person_id: int | None


@dataclass(frozen=True)
class Leave:
    """Somebody is away from one day to another, both included."""

    person_id: int
    first: date
    last: date

    def covers(self, person_id: int, day: date) -> bool:
        """Whether this person is away on that day."""
        return self.person_id == person_id and self.first <= day <= self.last


@dataclass(frozen=True)
class Hours:
    """Which hours a button speaks of, as one number: three numbers are all that a button has room for.

    `day` None: each week, on these `weekdays`.
    """

    line: int
    starts: int
    ends: int
    weekdays: int = 0
    day: date | None = None

    @property
    def number(self) -> int:
        """Days since 1970 (or 0), line, beginning, end and weekdays, digit by digit."""
        days = 0 if self.day is None else (self.day - EPOCH).days
        return (((days * 10 + self.line) * 10_000 + self.starts) * 10_000 + self.ends) * 1_000 + self.weekdays

    @staticmethod
    def of(number: int) -> "Hours":
        """The hours behind a button's number; ButtonInvalid for what none can mean."""
        rest, weekdays = divmod(number, 1_000)
        rest, ends = divmod(rest, 10_000)
        rest, starts = divmod(rest, 10_000)
        days, line = divmod(rest, 10)
        fine = starts < MINUTES_OF_A_DAY and ends < MINUTES_OF_A_DAY and weekdays < 1 << 7 and line > 0
        if number < 0 or not fine or days > LATEST_DAY:
            raise ButtonInvalid
        return Hours(line, starts, ends, weekdays, EPOCH + timedelta(days=days) if days else None)

    def piece(self) -> "Planned":
        """The piece of the rota that it means; ButtonInvalid without a day."""
        if self.day is None:
            raise ButtonInvalid
        return Planned(self.line, self.day, self.starts, self.ends, ())


@dataclass(frozen=True)
class Planned:
    """What the rota says for one piece of one day: whom, in their order. Nobody: planned to be empty, or everybody is away."""

    line: int
    day: date
    starts: int
    ends: int
    people: tuple[int, ...]

    @property
    def hours(self) -> Hours:
        """Its day and hours, as a button carries them."""
        return Hours(self.line, self.starts, self.ends, day=self.day)

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From when to when, as instants."""
        last = self.day if self.ends > self.starts else self.day + timedelta(days=1)
        return instant(self.day, self.starts, zone), instant(last, self.ends, zone)


def instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """A local time of day as an instant; one that the clocks skip moves forward, one that comes twice is the first (PEP 495)."""
    local = datetime.combine(day, time(minutes // 60, minutes % 60), zone)
    return local.astimezone(UTC)


@dataclass(frozen=True)
class Rota:
    """Everything that is planned for a place."""

    shifts: tuple[Shift, ...] = ()
    changes: tuple[Change, ...] = ()
    leaves: tuple[Leave, ...] = ()

    def of_day(self, day: date) -> tuple[Planned, ...]:
        """What begins on that day, by line and hour."""
        found = {(one.line, one.starts, one.ends): self._people(one, day) for one in self.shifts if one.on(day)}
        for change in self.changes:
            if change.day == day:
                found[change.line, change.starts, change.ends] = self._there([change.person_id], day)
        return tuple(
            Planned(line, day, starts, ends, found[line, starts, ends]) for line, starts, ends in sorted(found)
        )

    def _people(self, like: Shift, day: date) -> tuple[int, ...]:
        hours = (like.line, like.starts, like.ends)
        same = [one for one in self.shifts if one.on(day) and (one.line, one.starts, one.ends) == hours]
        return self._there([one.person_id for one in sorted(same, key=_order)], day)

    def _there(self, people: Iterable[int | None], day: date) -> tuple[int, ...]:
        present = (
            one for one in people if one is not None and not any(leave.covers(one, day) for leave in self.leaves)
        )
        return tuple(dict.fromkeys(present))

    def gaps(self, day: date, hours: tuple[int, int]) -> tuple[tuple[int, int], ...]:
        """The pieces of a day's duty hours that nobody covers, as minutes of the local day."""
        starts, ends = hours[0], hours[1] if hours[1] > hours[0] else MINUTES_OF_A_DAY
        covered = sorted([*self._covered(day, 0), *self._covered(day - timedelta(days=1), -MINUTES_OF_A_DAY)])
        open_: list[tuple[int, int]] = []
        reached = starts
        for first, last in covered:
            if first > reached and first < ends:
                open_.append((reached, first))
            reached = max(reached, last)
        return (*open_, (reached, ends)) if reached < ends else tuple(open_)

    def _covered(self, day: date, offset: int) -> list[tuple[int, int]]:
        pieces = [one for one in self.of_day(day) if one.people]
        return [(one.starts + offset, _end(one.starts, one.ends) + offset) for one in pieces]

    def turns_of(self, person_id: int, days: Sequence[date]) -> list[Planned]:
        """When this person is planned on these days."""
        return [one for day in days for one in self.of_day(day) if person_id in one.people]


def _order(shift: Shift) -> tuple[int, int]:
    return shift.rank, shift.id


def _end(starts: int, ends: int) -> int:
    return ends if ends > starts else ends + MINUTES_OF_A_DAY


def days_from(first: date, count: int) -> list[date]:
    """So many days in a row."""
    return [first + timedelta(days=offset) for offset in range(count)]
