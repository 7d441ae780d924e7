"""Hours as people write them: "07:30-12:15", "8点到12点半", "８：００～１２：００", "8 am to 1 pm"."""

import re
import unicodedata

from bot.domain.errors import HoursUnclear, TimeUnclear
from bot.domain.slots import minutes_in

BETWEEN = re.compile(r"\s*(?:-|–|—|~|〜|到|至|\bto\b|\buntil\b)\s*", re.IGNORECASE)
MIDNIGHT = re.compile(r"24(?:\s*[:.点时]\s*(?:00)?)?")
# A word before the hour (早上, 下午), the time of day, and nothing else: a date is no time.
ONE_TIME = re.compile(
    r"(?:上午|早上|清晨|凌晨|中午|下午|傍晚|晚上|晚)?\s*\d{1,2}(?:\s*[:.点时h]\s*(?:\d{1,2}|半|整)?\s*分?)?\s*(?:am|pm|a\.m\.|p\.m\.)?",
    re.IGNORECASE,
)


def hours_in(words: str) -> tuple[int, int]:
    """From when to when, in minutes of the local day; at or below the beginning: over midnight. HoursUnclear."""
    parts = [part for part in BETWEEN.split(unicodedata.normalize("NFKC", words).strip(" .。,，")) if part]
    if len(parts) != 2:
        raise HoursUnclear
    return _minutes(parts[0]), _minutes(parts[1])


def _minutes(words: str) -> int:
    if MIDNIGHT.fullmatch(words):
        return 0
    if not ONE_TIME.fullmatch(words):
        raise HoursUnclear
    try:
        return minutes_in(words)
    except TimeUnclear as error:
        raise HoursUnclear from error
