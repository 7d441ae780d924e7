"""Helpers: when volunteers may be asked, what they say to being asked, and being asked less after a long silence."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import ButtonInvalid
from bot.domain.matching import HOUR, PARTS, Hours
from bot.domain.notices import Card, Notice, Priority

LATER = timedelta(hours=2)
LEAVE_DAYS = (7, 30)
LEAVE_AT_MOST = 90
WEEK_PARTS = 7 * len(PARTS)
OFFERS_CHOICES = (1, 3, 6, 10)
# Early to bed, the usual, night owls, whoever works at night, and whoever may be asked at any hour.
QUIET_CHOICES = (
    Hours(20 * HOUR, 8 * HOUR),
    Hours(22 * HOUR, 7 * HOUR),
    Hours(0, 6 * HOUR),
    Hours(8 * HOUR, 15 * HOUR),
    Hours(0, 0),
)


class Rest(StrEnum):
    """Why somebody is not asked for a while."""

    LATER = "later"
    TODAY = "today"
    LEAVE = "leave"


class Word(StrEnum):
    """What somebody says to being asked, besides yes."""

    NOT_NOW = "not now"
    LATER = "later"
    TODAY = "today"


@dataclass(frozen=True)
class Helper:
    """What a volunteer has said of themselves. None: not said; `quiet` and `offers_a_day`: the community's are theirs.

    `times` has a bit for each part of the week, from Monday morning on. `silent` counts offers in a row without an answer.
    """

    person_id: int
    rest_until: datetime | None = None
    rest: Rest | None = None
    quiet: tuple[int, int] | None = None
    night_now: bool = False
    times: int | None = None
    offers_a_day: int | None = None
    silent: int = 0

    def resting(self, now: datetime) -> bool:
        """Whether they are not asked just now because they said so."""
        return self.rest_until is not None and self.rest_until > now

    def rests(self, why: Rest, until: datetime, now: datetime) -> "Helper":
        """They are not asked until then; a longer rest stands, unless it is leave that they plan anew."""
        if why is not Rest.LEAVE and self.resting(now) and self.rest_until is not None and self.rest_until >= until:
            return self
        return replace(self, rest=why, rest_until=until)

    def back(self) -> "Helper":
        """They may be asked again at once."""
        return replace(self, rest=None, rest_until=None)

    def toggled(self, part: int) -> "Helper":
        """They have time in this part of the week, or have it no longer. With none left it counts as nothing said."""
        if not 0 <= part < WEEK_PARTS:
            raise ButtonInvalid
        return replace(self, times=((self.times or 0) ^ (1 << part)) or None)

    def has(self, part: int) -> bool:
        """Whether they said that they have time then."""
        return self.times is not None and bool(self.times >> part & 1)


def day_end(now: datetime, zone: ZoneInfo) -> datetime:
    """The coming local midnight."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone).astimezone(now.tzinfo)


SAID = {
    Word.NOT_NOW: ("这次不行", "现在不行", "没空", "不方便", "not now", "not this time", "sorry no", "no time"),
    Word.LATER: ("两小时后", "两个小时后", "2小时后", "2个小时后", "晚点再问", "in two hours", "in 2 hours", "later"),
    Word.TODAY: ("今天不行", "今天不行了", "今天不要了", "今天别问了", "今天没空", "no more today", "not today"),
}


def word_of(text: str) -> Word | None:
    """What a short message says to being asked; None when it is about something else."""
    said = re.sub(r"[\s,.!?，。！？~～]+", " ", unicodedata.normalize("NFKC", text)).strip().lower()
    found = (word for word, ways in SAID.items() if said in ways or said.replace(" ", "") in ways)
    return next(found, None)


# --- what is seen and said ---


@dataclass(frozen=True)
class HelperView:
    """What somebody reads about when they are asked. `quiet` and `offers_a_day` are those that hold for them.

    `others` are the hours that they may choose instead, the community's among them.
    """

    helper: Helper
    quiet: tuple[int, int]
    offers_a_day: int
    now: datetime
    others: tuple[Hours, ...] = ()


@dataclass(frozen=True)
class HelperCard(Card):
    """To a volunteer: when they are asked, with a tap for every change."""

    priority = Priority.ANSWER
    person_id: int

    @property
    def subject(self) -> str:
        """The volunteer that it shows."""
        return f"helper:{self.person_id}"


@dataclass(frozen=True)
class AskedLess(Notice):
    """To a volunteer: so many offers in a row had no answer, so they are asked less, until they tap."""

    person_id: int


@dataclass(frozen=True)
class RestNoted(Notice):
    """To a volunteer: what they wrote was understood; until when they are not asked."""

    priority = Priority.ANSWER
    person_id: int
    word: str
