"""A window: from when to when somebody is to come; and what its nearness means for asking and reminding."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR, DAY_MINUTES = 60, 24 * 60
# Volunteers are asked from so long before it on: somebody asked two weeks before cannot say.
ASKED_AHEAD = timedelta(days=3)
# Still without a helper so long before it begins, a coordinator hears, who needs time to find somebody.
WORRIES_BEFORE = (timedelta(hours=24), timedelta(hours=2), timedelta(0))
# What is asked for shortly before is looked at after so long at the latest.
LOOKED_WITHIN = timedelta(hours=2)
# Whoever has it is reminded so long before they come.
REMINDED_BEFORE = (timedelta(hours=24), timedelta(hours=2))
# Whoever has not said by then that they come is asked, so that others still have time.
SETTLED_BEFORE = timedelta(hours=3)
AT_LEAST = timedelta(minutes=15)
# Between two looks, or two reminders, so much time passes.
APART = timedelta(minutes=5)
NO_REMINDER_WITHIN = timedelta(hours=1)


@dataclass(frozen=True)
class Window:
    """From when to when, as instants. `until_at` is later than `from_at`."""

    from_at: datetime
    until_at: datetime

    @classmethod
    def on(cls, day: date, start: int, end: int, zone: ZoneInfo) -> "Window":
        """These minutes of a local day; an `end` beyond midnight is the next day's.

        A time that the clocks skip moves forward, one that comes twice is taken the first time; it never shrinks to nothing.
        """
        from_at = _local(day, start, zone)
        return cls(from_at, max(_local(day, end, zone), from_at + AT_LEAST))

    def begun(self, now: datetime) -> bool:
        """Whether it has begun."""
        return now >= self.from_at

    def over(self, now: datetime) -> bool:
        """Whether it has passed."""
        return now >= self.until_at

    @property
    def asked_from(self) -> datetime:
        """From when on volunteers are asked."""
        return self.from_at - ASKED_AHEAD

    def first_look(self, now: datetime) -> datetime:
        """When time looks for the first time whether somebody has it: a day before, or soon when it is near already."""
        near = self.until_at if self.begun(now) else self.from_at
        soon = min(now + LOOKED_WITHIN, now + max(timedelta(0), near - now) / 2)
        return max(self.from_at - WORRIES_BEFORE[0], soon)

    def next_look(self, now: datetime) -> datetime:
        """When time looks again as long as nobody has it; at last when it ends."""
        worries = (self.from_at - before for before in WORRIES_BEFORE)
        return next((at for at in worries if at > now + APART), self.until_at)

    def reminder(self, comes_at: datetime, now: datetime) -> datetime | None:
        """When whoever comes then is reminded next; None: not any more."""
        times = (comes_at - before for before in REMINDED_BEFORE)
        return next((at for at in times if at > now + NO_REMINDER_WITHIN), None)

    def settled_at(self, now: datetime) -> datetime:
        """When whoever has not said that they come is asked whether they do."""
        return max(self.from_at - SETTLED_BEFORE, now + NO_REMINDER_WITHIN)


def _local(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, minute = divmod(minutes, DAY_MINUTES)
    return datetime.combine(day + timedelta(days=days), time(minute // HOUR, minute % HOUR), tzinfo=zone).astimezone(
        UTC
    )
