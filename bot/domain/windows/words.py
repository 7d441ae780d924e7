"""A day and its hours as people write them: "明天下午三点", "周六上午", "12月5日 15:00-17:00", "tomorrow after 3pm".

Small and honest: what it is not sure of it leaves alone. A day must be named; what is over, or farther away than two months,
was not meant. The card shows what was understood.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.days import CHINESE, DAY_FIRST, MONTH, MONTH_FIRST, MONTHS, YEAR_FIRST, with_digits
from bot.domain.windows.day import PARTS, WHOLE_DAY, Part, local_day
from bot.domain.windows.window import AT_LEAST, DAY_MINUTES, HOUR, Window

AHEAD_AT_MOST = timedelta(days=60)
NOON, LONGEST = 12 * HOUR, 12 * HOUR
# Up to this hour, without a word of morning, the afternoon is meant: nobody asks for help at three at night.
EARLY = 6 * HOUR
BEFORE_FROM, AFTER_FOR = 8 * HOUR, 3 * HOUR

# "一点" is also "a little", and "晚点" is "later".
A_LITTLE = re.compile(r"(?<![午晨上晚早])(?:有|早|晚|快|慢)?一点(?![半钟到至\d])|[早晚快慢]点(?!\d)")
NAMED = (
    (re.compile(r"大后天"), 3),
    (re.compile(r"(?<!大)后天|day after tomorrow"), 2),
    (re.compile(r"明[天日早晚]|(?<!after )\btomorrow\b"), 1),
    (re.compile(r"今[天日早晚]|\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b"), 0),
)
# "周三九点" is no thirty-nine.
NAME_OF_DAY = re.compile(r"(周|星期|礼拜)([一二三四五六日天])")
WEEKDAY = re.compile(r"(?<![上每到至~—–-])(?<!上个)(下|这|本)?个?(?:周|星期|礼拜)([1-6日天])(?!\s*[到至~—–-])")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EN_WEEKDAY = re.compile(rf"(?<!last )(?<!every )\b(next )?({'|'.join(WEEKDAYS)})\b(?!\s*(?:to|-|–))")

_DAY_NAMES = rf"(?:today|tomorrow|{'|'.join(WEEKDAYS)}|{MONTH})"
# "Before Friday", "from Monday on": a day that is named so is no day on which somebody is to come.
DEADLINE = re.compile(
    r"(?:[周期拜]\s*[1-6日天]|[今明后]天|\d\s*[日号])\s*(?:之前|以前|前|之后|以后|开始|起)"
    rf"|(?<!day )\b(?:by|before|from|since|until|till|after)\s+(?:next\s+|this\s+)?{_DAY_NAMES}\b"
)

PART_WORDS = (
    (Part.AFTERNOON, re.compile(r"下午|午后|\bafternoon\b")),
    (Part.NOON, re.compile(r"中午|正午|\bnoon\b|\blunchtime\b")),
    (Part.MORNING, re.compile(r"上午|早上|早晨|清早|1早|[今明]早|\bmorning\b")),
    (Part.EVENING, re.compile(r"傍晚|晚上|夜里|晚(?![点些了])|\bevening\b|\btonight\b")),
)
DAWN = re.compile(r"凌晨|半夜")
_PREFIX = r"(凌晨|半夜|上午|早上|早晨|[今明]早|中午|下午|傍晚|晚上|[今明]?晚)?\s*"
_CLOCK = r"(\d{1,2})\s*(?:[:时点]\s*(半|1刻|3刻|\d{1,2})?)?(?:钟|分)?\s*(am|pm|a\.m\.|p\.m\.|o'clock)?"
RANGE = re.compile(
    rf"{_PREFIX}(?<![\d:.]){_CLOCK}\s*(?:到|至|~|—|–|-|\bto\b|\band\b|\buntil\b|\btill\b)\s*{_PREFIX}{_CLOCK}(?!\d)"
)
AT = re.compile(rf"{_PREFIX}(?<![\d:.]){_CLOCK}\s*(之?前|以前|之?后|以后)?")
MARKED = re.compile(r"[:时点]|am|pm|a\.m\.|p\.m\.|o'clock")
RANGED = re.compile(r"\b(?:from|between)\s*$")
AT_WORD, BEFORE_WORD, AFTER_WORD = (
    re.compile(rf"\b(?:{words})\s*$") for words in ("at|around|about", "before|by|until", "after|from")
)
MINUTES = {"半": 30, "1刻": 15, "3刻": 45}


def window_in(words: str, now: datetime, zone: ZoneInfo) -> Window | None:
    """The day and the hours that a text names, or the whole of a day to come; None: it names no day, or one that is over."""
    text, today = _plain(words), local_day(now, zone)
    found = _day(text, today)
    if found is None:
        return None
    day, again = found
    hours = _hours(text)
    if hours is None and day == today:
        return None
    window = _ahead(Window.on(day, *(hours or WHOLE_DAY), zone), now)
    if window is None and again:
        window = _ahead(Window.on(day + timedelta(days=7), *(hours or WHOLE_DAY), zone), now)
    return window


def hours_in(words: str, day: date, now: datetime, zone: ZoneInfo) -> Window | None:
    """The hours that an answer names, on this day unless it names another; None: none, or they are over."""
    named = window_in(words, now, zone)
    hours = None if named is not None else _hours(_plain(words))
    return named if hours is None else _ahead(Window.on(day, *hours, zone), now)


def minutes_of(words: str) -> tuple[int, int] | None:
    """The hours that words name, as minutes of the day; None: none."""
    return _hours(_plain(words))


def _plain(words: str) -> str:
    text = A_LITTLE.sub(" ", unicodedata.normalize("NFKC", words).lower())
    return with_digits(NAME_OF_DAY.sub(r"\1\2 ", text))


def _ahead(window: Window, now: datetime) -> Window | None:
    return window if now + AT_LEAST <= window.until_at and window.from_at <= now + AHEAD_AT_MOST else None


# --- the day ---


def _day(text: str, today: date) -> tuple[date, bool] | None:
    """The day that is named, and whether, where it is over, the one a week later is meant."""
    if DEADLINE.search(text):
        return None
    for pattern, days in NAMED:
        if pattern.search(text):
            return today + timedelta(days=days), False
    weekday = _weekday(text)
    if weekday is not None:
        next_week, number = weekday
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(days=number + 7 * next_week)
        return (day if day >= today else day + timedelta(days=7)), not next_week
    dated = _dated(text, today)
    return None if dated is None else (dated, False)


def _weekday(text: str) -> tuple[bool, int] | None:
    found, english = WEEKDAY.search(text), EN_WEEKDAY.search(text)
    if found is not None:
        return found[1] == "下", "123456".find(found[2]) % 7
    return None if english is None else (english[1] is not None, WEEKDAYS.index(english[2]))


def _dated(text: str, today: date) -> date | None:
    year = YEAR_FIRST.search(text)
    if year is not None:
        return _date(int(year[1]), int(year[2]), int(year[3]))
    for pattern, month, day in ((CHINESE, 1, 2), (MONTH_FIRST, 1, 2), (DAY_FIRST, 2, 1)):
        found = pattern.search(text)
        if found is not None:
            number = int(found[month]) if found[month].isdigit() else MONTHS.index(found[month]) + 1
            dates = (_date(today.year + ahead, number, int(found[day])) for ahead in (0, 1))
            return next((one for one in dates if one is not None and one >= today), None)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# --- the hours ---


def _hours(text: str) -> tuple[int, int] | None:
    """From when to when, in minutes of the day: "15:00-17:00", "3点到5点", "before 5pm", "上午"."""
    return _ranged(text) or _single(text) or _part(text)


def _ranged(text: str) -> tuple[int, int] | None:
    for found in RANGE.finditer(text):
        marked = MARKED.search(found[0]) is not None or RANGED.search(text[: found.start()]) is not None
        noon_of_both = found[8] if found[4] is None else found[4]
        start = _minutes(text, found[1], found[2], found[3], noon_of_both)
        end = _minutes(text, found[5] or found[1], found[6], found[7], found[8])
        if marked and start is not None and end is not None:
            return _ordered(start, end)
    return None


def _ordered(start: int, end: int) -> tuple[int, int] | None:
    if start >= NOON and end <= start - NOON:
        end += DAY_MINUTES
    elif end <= start:
        end += NOON
    return (start, end) if start < end <= start + LONGEST else None


def _single(text: str) -> tuple[int, int] | None:
    for found in AT.finditer(text):
        before_it = text[: found.start()]
        if MARKED.search(found[0]) is None and AT_WORD.search(before_it) is None:
            continue
        at = _minutes(text, found[1], found[2], found[3], found[4])
        if at is None:
            continue
        if (found[5] or "").endswith("前") or BEFORE_WORD.search(before_it):
            return (min(BEFORE_FROM, at - HOUR), at) if at > HOUR else None
        if (found[5] or "").endswith("后") or AFTER_WORD.search(before_it):
            return at, at + AFTER_FOR
        return at, at + HOUR
    return None


def _part(text: str) -> tuple[int, int] | None:
    return next((PARTS[part] for part, pattern in PART_WORDS if pattern.search(text)), None)


def _minutes(text: str, prefix: str | None, hour: str, minute: str | None, half: str | None) -> int | None:
    """A time of day in minutes; None for what is none."""
    at = int(hour) * HOUR + (MINUTES.get(minute) or int(minute) if minute else 0)
    if int(hour) > 24 or at > DAY_MINUTES or ((minute or "0").isdigit() and int(minute or 0) >= HOUR):
        return None
    if half is not None and half[0] in "ap":
        return at % NOON + (NOON if half[0] == "p" else 0)
    said = prefix or text
    if at >= NOON or DAWN.search(said):
        return at
    part = next((part for part, pattern in PART_WORDS if pattern.search(said)), None)
    late = part in (Part.AFTERNOON, Part.EVENING) or (part is not Part.MORNING and at <= EARLY)
    return at + NOON if late else at
