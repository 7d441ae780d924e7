"""Digests: what can wait is gathered for who is in charge, and said twice a day after the rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.absences import AbsenceBegun, AbsenceForgotten, CameHome
from bot.domain.checkins import SlotView
from bot.domain.duty import DutyAway, DutyGaps
from bot.domain.needs import NeedConfirmedByItself, NeedExpired, NeedTrouble, NeedUnclaimed
from bot.domain.notices import Notice, Priority
from bot.domain.plans import PlanDeclined, PlanStarted
from bot.domain.ratings import RatingLow
from bot.domain.volunteers import VolunteerWaits

# When a digest is said, in minutes of the local day: after the morning's and after the evening's round.
SAID_AT = (9 * 60 + 30, 19 * 60 + 30)
# When else somebody may want it said.
HOURS = (7 * 60 + 30, 9 * 60 + 30, 12 * 60 + 30, 17 * 60 + 30, 19 * 60 + 30, 21 * 60)
# News that can wait for hours. Nothing that concerns life, answers a tap, or asks for something today is among it.
GATHERED: tuple[type[Notice], ...] = (
    AbsenceBegun,
    AbsenceForgotten,
    CameHome,
    PlanStarted,
    PlanDeclined,
    DutyAway,
    DutyGaps,
    RatingLow,
    NeedConfirmedByItself,
    NeedExpired,
    VolunteerWaits,
)
# News that can wait when whoever tells it says so: a request for some day of the week, help that was given in part.
CALM: tuple[type[Notice], ...] = (NeedUnclaimed, NeedTrouble)
# Hours that nobody covers can wait for the digest when they are so far away.
GAPS_WAIT = timedelta(days=2)
# So many pieces of news make one message; a list of uncovered hours makes one alone.
PIECES = 5

T = TypeVar("T")


def can_wait(notice: Notice, now: datetime) -> bool:
    """Whether this is news that a digest gathers."""
    if isinstance(notice, DutyGaps):
        return date.fromisoformat(notice.days.split(":")[0]) - now.date() >= GAPS_WAIT
    return isinstance(notice, GATHERED) and notice.priority > Priority.ANSWER


def next_digest(now: datetime, zone: ZoneInfo, hours: Sequence[int] = SAID_AT) -> datetime:
    """When the next digest is said, at these minutes of the day."""
    today = now.astimezone(zone).date()
    times = (
        datetime.combine(today + timedelta(days=days), time(minutes // 60, minutes % 60), zone).astimezone(UTC)
        for days in (0, 1)
        for minutes in sorted(hours)
    )
    return next(at for at in times if at > now)


def with_hour(hours: Sequence[int], minutes: int) -> tuple[int, ...]:
    """One time of the day more, or one less; the last one stays."""
    others = tuple(one for one in hours if one != minutes)
    return (others or tuple(hours)) if minutes in hours else tuple(sorted((*hours, minutes)))


def parted(pieces: Sequence[tuple[T, bool]]) -> list[list[T]]:
    """Pieces of news as they come into one message each; a long one (True) stands alone."""
    messages: list[list[T]] = []
    room = 0
    for piece, long in pieces:
        if long or not room:
            messages.append([])
            room = PIECES
        messages[-1].append(piece)
        room = 0 if long else room - 1
    return messages


@dataclass(frozen=True)
class Gathered:
    """One piece of news that waits for a digest. `kind` and `data` are the notice as the outbox writes it."""

    id: int
    kind: str
    data: str


@dataclass(frozen=True)
class DigestPlace:
    """The day's rounds of a place so far, with the names of who answered late, and of who did after a reminder."""

    name: str
    slots: tuple[SlotView, ...]
    late: tuple[str, ...]
    reminded: tuple[str, ...]


@dataclass(frozen=True)
class DigestView:
    """What a digest says: the day so far, and the news with what each needs to be worded."""

    places: tuple[DigestPlace, ...]
    news: tuple[tuple[Notice, object], ...]
    now: datetime


@dataclass(frozen=True)
class Digest(Notice):
    """To who chose it: the news from one number to another, and, with `rounds` 1, how the day's rounds went."""

    priority = Priority.CHECK_IN
    first: int
    last: int
    rounds: int
