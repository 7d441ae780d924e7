"""A day as people write it: "3月15日", "15.3.", "2026-03-15", "in 10 days", "10天后", "tomorrow"."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.domain.errors import DayPassed, DayTooFar, DayUnclear

DAYS_AHEAD_AT_MOST = 366
# A day without its year that was over so recently is the one that was meant, not next year's.
MEANT_BACK = timedelta(days=90)
DAYS_OF = {"d": 1, "w": 7, "m": 30}

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = rf"({'|'.join(MONTHS)})[a-z]*\.?"
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})(?!\d)")
CHINESE = re.compile(r"(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s*(\d{1,2})\.?(?!\d)")
DASHED = re.compile(r"(?<!\d)(\d{1,2})\s*[-/]\s*(\d{1,2})(?!\d)")
MONTH_FIRST = re.compile(rf"\b{MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\b")
DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{MONTH}\b")

UNITS: Mapping[str, str] = {"天": "d", "日": "d", "周": "w", "星期": "w", "礼拜": "w", "月": "m"}
AHEAD = re.compile(r"(?<!\d)(\d{1,4})\s*个?\s*(天|日|周|星期|礼拜|月|days?|weeks?|months?)")
NAMED: tuple[tuple[str, int], ...] = (
    ("day after tomorrow", 2),
    ("tomorrow", 1),
    ("today", 0),
    ("next week", 7),
    ("大后天", 3),
    ("后天", 2),
    ("明天", 1),
    ("今天", 0),
    ("半个月", 15),
    ("下周", 7),
    ("下星期", 7),
)
DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"两": 2}
CHINESE_NUMBER = re.compile("[零一二两三四五六七八九十]+")


def coming_day(words: str, today: date) -> date:
    """The day that is meant. DayUnclear, DayPassed (today is over too: nobody comes back before now), DayTooFar (a year)."""
    day = day_in(words, today)
    if day <= today:
        raise DayPassed
    if (day - today).days > DAYS_AHEAD_AT_MOST:
        raise DayTooFar
    return day


def day_in(words: str, today: date) -> date:
    """The day that is meant, wherever it lies; DayUnclear for what names none."""
    text = with_digits(unicodedata.normalize("NFKC", words).lower())
    for reading in READINGS:
        found = reading(text, today)
        if found is not None:
            return found
    raise DayUnclear


def with_digits(text: str) -> str:
    """ "十五天" → "15天"."""
    return CHINESE_NUMBER.sub(lambda found: str(_number(found.group())), text)


def _number(written: str) -> int:
    tens, ten, ones = written.partition("十")
    if not ten:
        return int("".join(str(DIGITS[char]) for char in written))
    return (DIGITS.get(tens, 1) if len(tens) < 2 else 0) * 10 + (DIGITS.get(ones, 0) if len(ones) < 2 else 0)


def _dated(text: str, today: date) -> date | None:
    """With its year."""
    first, last = YEAR_FIRST.search(text), YEAR_LAST.search(text)
    if first is not None:
        return _date(int(first[1]), int(first[2]), int(first[3]))
    return None if last is None else _date(int(last[3]), int(last[2]), int(last[1]))


def _of_the_year(text: str, today: date) -> date | None:
    """Without its year: the next one."""
    for pattern, month, day in ((CHINESE, 1, 2), (DOTTED, 2, 1), (DASHED, 1, 2)):
        found = pattern.search(text)
        if found is not None:
            return _next(int(found[month]), int(found[day]), today)
    for pattern, month, day in ((MONTH_FIRST, 1, 2), (DAY_FIRST, 2, 1)):
        found = pattern.search(text)
        if found is not None:
            return _next(MONTHS.index(found[month]) + 1, int(found[day]), today)
    return None


def _ahead(text: str, today: date) -> date | None:
    """So many days, weeks or months from now."""
    found = AHEAD.search(text)
    if found is None:
        return None
    unit = UNITS.get(found[2], found[2][0])
    return today + timedelta(days=int(found[1]) * DAYS_OF[unit])


def _named(text: str, today: date) -> date | None:
    """ "Tomorrow"."""
    return next((today + timedelta(days=days) for name, days in NAMED if name in text), None)


def _next(month: int, day: int, today: date) -> date:
    """The next such day; one that was over a short while ago was meant, and is over."""
    years = (today.year - 1, today.year, today.year + 1)
    found = [one for one in (_date(year, month, day, or_none=True) for year in years) if one is not None]
    if not found:
        raise DayUnclear
    return next((one for one in found if one >= today - MEANT_BACK), found[-1])


def _date(year: int, month: int, day: int, *, or_none: bool = False) -> date | None:
    try:
        return date(year, month, day)
    except ValueError as error:
        if or_none:
            return None
        raise DayUnclear from error


READINGS: tuple[Callable[[str, date], date | None], ...] = (_dated, _of_the_year, _named, _ahead)
