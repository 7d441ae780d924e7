"""Rules by which something comes again: the part of RFC 5545 that makes sense among neighbours, and no more of it.

At most once a day, at least once in a while: a rule is taken only if its next date is found within a few steps, whatever was
written. dateutil finds the dates; what it would search for in vain until the year 9999 never reaches it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Literal

from dateutil import rrule

from bot.domain.errors import RuleTooOften, RuleUnclear

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LENGTH_LIMIT = 200
TIMES_AT_MOST = 366
# So rarely the rarest of rules comes: a fifth Friday of every third month, about once a year.
MONTHS_APART = 24
# A fifth Tuesday comes a few times a year; whatever does not come within so long was not meant.
HORIZON = timedelta(days=3 * 366)


class Freq(StrEnum):
    """By what it is counted."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


# Within three months every kind of month and weekday comes by; with larger steps some rules would have no date at all.
INTERVALS: Mapping[Freq, int] = {Freq.DAILY: 31, Freq.WEEKLY: 12, Freq.MONTHLY: 3}
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
BY_THE_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
CODES: Mapping[Freq, Literal[1, 2, 3]] = {
    Freq.DAILY: rrule.DAILY,
    Freq.WEEKLY: rrule.WEEKLY,
    Freq.MONTHLY: rrule.MONTHLY,
}


class Every(StrEnum):
    """What can be chosen with a tap."""

    DAY = "day"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


@dataclass(frozen=True)
class Rule:
    """One rule. `weekdays`: (0 Monday … 6, which of the month; 0: each); `month_days`: -1 the last; `position`: which of the
    month's days named by `weekdays`; 0: all of them. Of weekdays and days of the month there is exactly what its `freq` needs."""

    freq: Freq
    interval: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    position: int = 0

    @classmethod
    def every(cls, every: Every, day: date) -> "Rule":
        """What a tap says, seen from this day: each week on its weekday, each month on its date, late ones on the last day."""
        weekday, in_month = ((day.weekday(), 0),), (day.day if day.day <= 28 else -1,)
        rules = {
            Every.DAY: cls(Freq.DAILY),
            Every.WEEK: cls(Freq.WEEKLY, weekdays=weekday),
            Every.FORTNIGHT: cls(Freq.WEEKLY, 2, weekdays=weekday),
            Every.MONTH: cls(Freq.MONTHLY, month_days=in_month),
        }
        return rules[every]

    def __str__(self) -> str:
        parts = [f"FREQ={self.freq.value}", f"INTERVAL={self.interval}" if self.interval > 1 else ""]
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(f"{nth or ''}{DAYS[day]}" for day, nth in self.weekdays))
        if self.month_days:
            parts.append("BYMONTHDAY=" + ",".join(map(str, self.month_days)))
        parts.append(f"BYSETPOS={self.position}" if self.position else "")
        return ";".join(part for part in parts if part)

    def completed(self, day: date) -> "Rule":
        """With what it left to the day on which it begins: RFC 5545 takes weekday or date from there."""
        if self.freq is Freq.WEEKLY and not self.weekdays:
            return Rule(self.freq, self.interval, ((day.weekday(), 0),))
        if self.freq is Freq.MONTHLY and not self.weekdays and not self.month_days:
            return Rule(self.freq, self.interval, month_days=(day.day,))
        return self

    def after(self, anchor: date, day: date) -> date | None:
        """The first date after `day`, and not before `anchor`, where the rule is counted from; None: none in three years."""
        since = self._near(anchor, day)
        dates = self.dates(since, day + HORIZON)
        return next((one for one in dates if one > day and one >= anchor), None)

    def _near(self, anchor: date, day: date) -> date:
        """A place to count from that gives the same dates after `day`, and few before it."""
        if day <= anchor:
            return anchor
        if self.freq is Freq.MONTHLY:
            months = (day.year - anchor.year) * 12 + day.month - anchor.month
            total = anchor.year * 12 + anchor.month - 1 + months // self.interval * self.interval
            return date(total // 12, total % 12 + 1, 1) if months >= self.interval else anchor
        step = self.interval * (7 if self.freq is Freq.WEEKLY else 1)
        return anchor + timedelta(days=(day - anchor).days // step * step)

    def dates(self, since: date, until: date) -> Iterator[date]:
        """Its dates from `since` on, where it is counted from, up to `until`."""
        found = rrule.rrule(
            CODES[self.freq],
            dtstart=datetime.combine(since, time()),
            interval=self.interval,
            byweekday=[rrule.weekday(day, nth or None) for day, nth in self.weekdays] or None,
            bymonthday=self.month_days or None,
            bysetpos=self.position or None,
            until=datetime.combine(until, time()),
        )
        return (at.date() for at in found)


@dataclass(frozen=True)
class Parsed:
    """What somebody wrote: the rule, and when it ends: after so many times, on a day; None: neither."""

    rule: Rule
    count: int | None = None
    until: date | None = None


def last_day(rule: Rule, first: date, count: int) -> date:
    """The last of so many dates (at most 366) from `first` on, which is one of them."""
    return list(islice(rule.dates(first, first + timedelta(days=count * 31 * MONTHS_APART)), count))[-1]


# --- reading what somebody wrote ---


@dataclass
class _Parts:
    """The parts of a rule as they are read, one after the other."""

    freq: Freq = Freq.DAILY
    interval: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    position: int = 0
    count: int | None = None
    until: date | None = None
    seen: set[str] = field(default_factory=set)


def parse_rule(text: str) -> Parsed:
    """ "FREQ=WEEKLY;BYDAY=TU,FR" as it is understood here. RuleTooOften for more than once a day, RuleUnclear for the rest
    that cannot be."""
    bare = text.strip().upper().removeprefix("RRULE:")
    if len(bare) > LENGTH_LIMIT:
        raise RuleUnclear
    parts = _Parts()
    for part in bare.rstrip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or name in parts.seen:
            raise RuleUnclear
        parts.seen.add(name)
        if name in BY_THE_CLOCK or value in TOO_OFTEN:
            raise RuleTooOften
        _read(name)(parts, value)
    return _checked(parts)


def _read(name: str) -> Callable[[_Parts, str], None]:
    if name not in READERS:
        raise RuleUnclear
    return READERS[name]


def _freq(parts: _Parts, value: str) -> None:
    if value not in set(Freq):
        raise RuleUnclear
    parts.freq = Freq(value)


def _interval(parts: _Parts, value: str) -> None:
    parts.interval = _number(value, 1, max(INTERVALS.values()))


def _count(parts: _Parts, value: str) -> None:
    parts.count = _number(value, 1, TIMES_AT_MOST)


def _until(parts: _Parts, value: str) -> None:
    try:
        parts.until = date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError as error:
        raise RuleUnclear from error


def _weekdays(parts: _Parts, value: str) -> None:
    parts.weekdays = tuple(dict.fromkeys(_weekday(one) for one in value.split(",")))


def _weekday(one: str) -> tuple[int, int]:
    number, name = one[:-2], one[-2:]
    if name not in DAYS:
        raise RuleUnclear
    return DAYS.index(name), _number(number, -5, 5) if number else 0


def _month_days(parts: _Parts, value: str) -> None:
    parts.month_days = tuple(dict.fromkeys(_number(one, -28, 31) for one in value.split(",")))


def _position(parts: _Parts, value: str) -> None:
    parts.position = _number(value, -4, 4)


def _week_start(parts: _Parts, value: str) -> None:
    if value != "MO":
        raise RuleUnclear


READERS: Mapping[str, Callable[[_Parts, str], None]] = {
    "FREQ": _freq,
    "INTERVAL": _interval,
    "COUNT": _count,
    "UNTIL": _until,
    "BYDAY": _weekdays,
    "BYMONTHDAY": _month_days,
    "BYSETPOS": _position,
    "WKST": _week_start,
}


def _number(value: str, least: int, most: int) -> int:
    """A whole number within bounds that is not zero."""
    digits = value.lstrip("+-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 4 or len(value) - len(digits) > 1:
        raise RuleUnclear
    number = int(value)
    if number == 0 or not least <= number <= most:
        raise RuleUnclear
    return number


def _checked(parts: _Parts) -> Parsed:
    """Only what has a date soon, whenever it begins."""
    numbered = any(nth for _, nth in parts.weekdays)
    wrong = (
        "FREQ" not in parts.seen,
        parts.interval > INTERVALS[parts.freq],
        parts.freq is not Freq.MONTHLY and (numbered or parts.month_days or parts.position),
        # Of "each Monday, the fifth Friday" dateutil takes the days that are both: none.
        numbered and not all(nth for _, nth in parts.weekdays),
        parts.freq is Freq.DAILY and parts.interval > 1 and parts.weekdays,
        bool(parts.month_days) and bool(parts.weekdays or parts.position),
        bool(parts.position) and (numbered or not parts.weekdays),
        parts.count is not None and parts.until is not None,
    )
    if any(wrong):
        raise RuleUnclear
    rule = Rule(parts.freq, parts.interval, parts.weekdays, parts.month_days, parts.position)
    if rule.freq is Freq.DAILY and rule.weekdays:
        rule = Rule(Freq.WEEKLY, 1, rule.weekdays)
    return Parsed(rule, parts.count, parts.until)
