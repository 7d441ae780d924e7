"""What comes again: each time a need of its own is posted, the morning before, and whoever did it well is asked first."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import RecurrenceNotSo, RuleNever
from bot.domain.recurrences.rule import Rule, last_day
from bot.domain.windows import Window, local_day

# Posted at nine in the morning of the day before: there is a day to find somebody.
POSTED_AT = 9 * 60
DAY_MINUTES = 24 * 60
# What begins so soon is not posted any more: the next date is.
TOO_LATE = timedelta(hours=1)
RUNNING_LIMIT = 5
FOUR_WEEKS = timedelta(weeks=4)
# Whoever did it well last time is asked alone for so long, or for a part of what is left, before others are.
ALONE_AT_MOST, ALONE_PART = timedelta(hours=3), 4
AT_ONCE = timedelta(0)
# The offer's reason when somebody did it last time.
AGAIN = "again"


class RecurrenceState(StrEnum):
    """Whether it goes on."""

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True)
class Recurrence:
    """A need that comes again.

    `anchor`: the day from which the rule is counted; `starts` and `ends`: minutes of the local day; `next_day`: the next date
    for which a need is posted, None: none; `until`: the last possible day, None: until it is ended. `at_home`: it follows the
    person when they move. `guarded_by`: the skill that a volunteer needs to see it. `need_id`: which need came again first;
    `made_by`: who wished it. `act_at` None: nothing happens by itself.
    """

    id: int
    bot_id: int
    person_id: int
    area_id: int
    need_id: int
    category: str
    text: str
    rule: Rule
    anchor: date
    starts: int
    ends: int
    made_at: datetime
    made_by: int
    at_home: bool = True
    guarded_by: str | None = None
    until: date | None = None
    state: RecurrenceState = RecurrenceState.RUNNING
    next_day: date | None = None
    act_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 0

    def window(self, day: date, zone: ZoneInfo) -> Window:
        """The hours of one date."""
        return Window.on(day, self.starts, self.ends, zone)

    def goes_on(self, after: date, now: datetime, zone: ZoneInfo) -> "Recurrence":
        """It waits for its next date after this one, and one that can still be posted; ended when there is none."""
        day = max(after, local_day(now, zone) - timedelta(days=1))
        found = self.rule.after(self.anchor, day)
        while found is not None and self.window(found, zone).from_at <= now + TOO_LATE:
            found = self.rule.after(self.anchor, found)
        if found is None or (self.until is not None and found > self.until):
            return self.ended(now)
        act_at = Window.on(found - timedelta(days=1), POSTED_AT, POSTED_AT + 60, zone).from_at
        return replace(self, state=RecurrenceState.RUNNING, next_day=found, act_at=act_at)

    def too_late(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether its date cannot be posted any more: time has passed it by."""
        return self.next_day is None or self.window(self.next_day, zone).from_at <= now + TOO_LATE

    def skipped(self, day: date, now: datetime, zone: ZoneInfo) -> "Recurrence":
        """Not on this date; RecurrenceNotSo when its next date is another one by now."""
        if self.state is not RecurrenceState.RUNNING or self.next_day != day:
            raise RecurrenceNotSo
        return self.goes_on(day, now, zone)

    def paused(self) -> "Recurrence":
        """Nothing is posted until it is taken up again. Saying it twice changes nothing."""
        self._must_go_on()
        return replace(self, state=RecurrenceState.PAUSED, act_at=None)

    def taken_up(self, now: datetime, zone: ZoneInfo) -> "Recurrence":
        """It comes again from now on; what would have come meanwhile does not."""
        self._must_go_on()
        return self if self.state is RecurrenceState.RUNNING else self.goes_on(local_day(now, zone), now, zone)

    def ended(self, now: datetime) -> "Recurrence":
        """It does not come again. Saying it twice changes nothing."""
        if self.state is RecurrenceState.ENDED:
            return self
        return replace(self, state=RecurrenceState.ENDED, next_day=None, act_at=None, ended_at=now)

    def by(self, rule: Rule, now: datetime, zone: ZoneInfo) -> "Recurrence":
        """By another rule, counted from today."""
        self._must_go_on()
        today = local_day(now, zone)
        return self._moved(replace(self, rule=rule.completed(today), anchor=today), today, now, zone)

    def at(self, starts: int, ends: int, now: datetime, zone: ZoneInfo) -> "Recurrence":
        """In other hours."""
        self._must_go_on()
        return self._moved(replace(self, starts=starts, ends=ends), self._before_next(now, zone), now, zone)

    def lasting(self, until: date | None, now: datetime, zone: ZoneInfo) -> "Recurrence":
        """Until this day; None: until it is ended."""
        self._must_go_on()
        return self._moved(replace(self, until=until), self._before_next(now, zone), now, zone)

    def numbered(self, count: int | None) -> "Recurrence":
        """Only so many times more."""
        if count is None or self.next_day is None:
            return self
        return replace(self, until=last_day(self.rule, self.next_day, count))

    def _before_next(self, now: datetime, zone: ZoneInfo) -> date:
        """The day before its next date: dates that were skipped stay skipped."""
        return self.next_day - timedelta(days=1) if self.next_day else local_day(now, zone)

    def _moved(self, new: "Recurrence", since: date, now: datetime, zone: ZoneInfo) -> "Recurrence":
        """As changed, from this day on; RuleNever for what would have no date at all."""
        moved = new.goes_on(since, now, zone)
        if moved.state is RecurrenceState.ENDED:
            raise RuleNever
        return moved if self.state is RecurrenceState.RUNNING else replace(new, next_day=moved.next_day)

    def _must_go_on(self) -> None:
        if self.state is RecurrenceState.ENDED:
            raise RecurrenceNotSo


def alone_until(window: Window, now: datetime) -> datetime:
    """Until when whoever did it last time is asked alone; `now` when there is no time for that."""
    return now + max(AT_ONCE, min(ALONE_AT_MOST, (window.from_at - now) / ALONE_PART))
