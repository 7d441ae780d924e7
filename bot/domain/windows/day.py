"""The days and the parts of a day that can be chosen with a tap."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import ButtonInvalid, WindowPassed
from bot.domain.windows.window import AT_LEAST, HOUR, Window

DAYS_AHEAD = 14
# "Any time that day": when people are up.
WHOLE_DAY = (8 * HOUR, 20 * HOUR)


class Part(StrEnum):
    """A part of the day, as people call it."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    ANY = "any"


# In minutes of the local day.
PARTS: Mapping[Part, tuple[int, int]] = {
    Part.MORNING: (8 * HOUR, 11 * HOUR),
    Part.NOON: (11 * HOUR, 14 * HOUR),
    Part.AFTERNOON: (14 * HOUR, 18 * HOUR),
    Part.EVENING: (18 * HOUR, 21 * HOUR),
    Part.ANY: WHOLE_DAY,
}


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The day of the calendar here."""
    return at.astimezone(zone).date()


def days_ahead(now: datetime, zone: ZoneInfo) -> tuple[date, ...]:
    """The days that can be chosen, today first; today only as long as something of it is left."""
    today = local_day(now, zone)
    days = tuple(today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD))
    return days if parts_left(today, now, zone) else days[1:]


def parts_left(day: date, now: datetime, zone: ZoneInfo) -> tuple[Part, ...]:
    """The parts of a day that are not over."""
    return tuple(part for part, hours in PARTS.items() if now + AT_LEAST < Window.on(day, *hours, zone).until_at)


def day_window(ordinal: int, now: datetime, zone: ZoneInfo) -> Window:
    """The whole of a day from a button: ButtonInvalid for one that cannot be chosen (any more)."""
    day = next((day for day in days_ahead(now, zone) if day.toordinal() == ordinal), None)
    if day is None:
        raise ButtonInvalid
    return Window.on(day, *WHOLE_DAY, zone)


def part_window(ordinal: int, part: str, now: datetime, zone: ZoneInfo) -> Window:
    """A part of a day from a button: ButtonInvalid for what there is not, WindowPassed for what is over."""
    day_window(ordinal, now, zone)
    if part not in set(Part):
        raise ButtonInvalid
    window = Window.on(date.fromordinal(ordinal), *PARTS[Part(part)], zone)
    return not_over(window, now)


def not_over(window: Window, now: datetime) -> Window:
    """Itself; WindowPassed when nobody could come in it any more."""
    if window.until_at < now + AT_LEAST:
        raise WindowPassed
    return window
