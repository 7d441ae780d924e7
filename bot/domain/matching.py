"""Matching: who is asked for a need, in which order, and why. Values in, ordered volunteers with reasons out.

People are asked in waves, the nearest first: whoever helped this resident well before, then the building, the grid, the
community, then the communities of the same street. Nobody is asked whom a bar keeps back: a bar is never weighed against need.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.lapses import WEIGHED_AT_MOST
from bot.domain.needs import Urgency
from bot.domain.people import Language
from bot.domain.windows import Window

HOUR, DAY_MINUTES = 60, 24 * 60
# Parts of the day that somebody says they have time in: from these minutes of the local day on.
PARTS = (0, 12 * HOUR, 18 * HOUR)
# Offers of the last week and help of the last four weeks are weighed for fairness.
OFFERS_WITHIN, HELP_WITHIN = timedelta(days=7), timedelta(days=28)
# Somebody who was never rated by this resident stands between the well and the badly rated.
UNRATED = 3.5
# From so many stars on somebody "helped well".
WELL = 4


class Tier(StrEnum):
    """How near somebody is to a need: the first reason why they are asked."""

    BEFORE = "before"
    BUILDING = "building"
    GRID = "grid"
    COMMUNITY = "community"
    NEAR = "near"


class Bar(StrEnum):
    """Why somebody may not be asked, whatever else speaks for them."""

    OWN = "own"
    UNREACHABLE = "unreachable"
    PARTED = "parted"
    REFUSED = "refused"
    ASKED = "asked"
    UNSKILLED = "unskilled"
    RESTING = "resting"
    QUIET = "quiet"
    DAY_FULL = "day full"
    HANDS_FULL = "hands full"
    SILENT = "silent"


class Hours(NamedTuple):
    """Hours of the local day, in its minutes; they may go over midnight, and equal ones are none."""

    start: int
    end: int

    def __str__(self) -> str:
        return "-".join(f"{minute // HOUR:02d}:{minute % HOUR:02d}" for minute in self)


@dataclass(frozen=True)
class Pace:
    """How waves follow each other: how many are asked at once, after which pause the next, and with which wave the card is
    shown in the groups (1: at once)."""

    size: int
    pause: timedelta
    groups_at: int

    def __str__(self) -> str:
        return f"{self.size}/{self.pause // timedelta(minutes=1)}/{self.groups_at}"


@dataclass(frozen=True)
class Waves:
    """The community's rules for asking. `quiet` are minutes of the local day, from and until; equal ones: no quiet hours.

    After `silent_after` offers in a row without an answer somebody is asked at most once in `rarely`.
    """

    paces: Mapping[Urgency, Pace] = field(
        default_factory=lambda: {
            Urgency.NOW: Pace(5, timedelta(minutes=1), 1),
            Urgency.TODAY: Pace(5, timedelta(minutes=15), 3),
            Urgency.WEEK: Pace(4, timedelta(minutes=90), 3),
        }
    )
    quiet: tuple[int, int] = Hours(22 * HOUR, 7 * HOUR)
    offers_a_day: int = 6
    claims_at_once: int = 3
    silent_after: int = 6
    rarely: timedelta = timedelta(days=7)


# So many of a day's offers are kept for what is more pressing; one may always be made.
RESERVE: Mapping[Urgency, int] = {Urgency.NOW: 0, Urgency.TODAY: 1, Urgency.WEEK: 2}
# An offer without an answer for so long counts as silence.
SILENCE: Mapping[Urgency, timedelta] = {
    Urgency.NOW: timedelta(minutes=10),
    Urgency.TODAY: timedelta(hours=1),
    Urgency.WEEK: timedelta(hours=6),
}
# Whom the resident wants to come once more is asked alone for so long.
ALONE: Mapping[Urgency, timedelta] = {
    Urgency.NOW: timedelta(minutes=5),
    Urgency.TODAY: timedelta(minutes=30),
    Urgency.WEEK: timedelta(hours=3),
}
# When nobody could be asked the search looks again after so long: quiet hours end, caps begin anew, somebody has time again.
LOOK_AGAIN: Mapping[Urgency, timedelta] = {
    Urgency.NOW: timedelta(minutes=5),
    Urgency.TODAY: timedelta(minutes=30),
    Urgency.WEEK: timedelta(hours=2),
}


@dataclass(frozen=True)
class Ask:
    """What somebody is to be asked for, and when. `skill` None: anybody can do it; `skill_needed`: nobody else may.

    `window` None: as soon as its urgency says.
    `visits`: nobody who has made fewer; `apart`: whoever goes already, or is not brought together with one of those who go.
    """

    resident_id: int
    urgency: Urgency
    language: Language
    now: datetime
    zone: ZoneInfo
    skill: str | None = None
    skill_needed: bool = False
    window: Window | None = None
    apart: frozenset[int] = frozenset()
    visits: int = 0

    @cached_property
    def minute(self) -> int:
        """The minute of the local day."""
        local = self.now.astimezone(self.zone)
        return local.hour * HOUR + local.minute

    @cached_property
    def day(self) -> int:
        """The local day, counted."""
        return self.now.astimezone(self.zone).date().toordinal()

    @cached_property
    def parts(self) -> tuple[int, ...]:
        """Which parts of the week it is for, counted from Monday morning: those of its window; else this one, for today the
        rest of the day; none: any."""
        if self.window is not None:
            return tuple(_parts_of(self.window, self.now, self.zone))
        local = self.now.astimezone(self.zone)
        this = max(at for at, start in enumerate(PARTS) if local.hour * HOUR >= start)
        last = {Urgency.NOW: this + 1, Urgency.TODAY: len(PARTS), Urgency.WEEK: this}[self.urgency]
        return tuple(local.weekday() * len(PARTS) + part for part in range(this, last))


def _parts_of(window: Window, now: datetime, zone: ZoneInfo) -> Iterator[int]:
    """The parts of the week that lie in what is left of a window; they are looked up an hour apart."""
    at = max(window.from_at, min(now, window.until_at - timedelta(minutes=1)))
    seen: int | None = None
    while at < window.until_at:
        local = at.astimezone(zone)
        part = local.weekday() * len(PARTS) + max(n for n, start in enumerate(PARTS) if local.hour * HOUR >= start)
        if part != seen:
            yield part
        seen, at = part, at + timedelta(hours=1)


@dataclass(frozen=True)
class Candidate:
    """A volunteer as matching sees them. None: not said (`quiet`, `times`, `offers_a_day`: the community's), not so, not yet.

    `distance` counts steps up the tree from the need's place; `stars` are this resident's, on average; `lapses` of half
    a year; `recent_minutes` is help given; `times` has a bit for each part of the week; `answer` is what they said to this
    need in an earlier offer.
    """

    person_id: int
    tier: Tier
    skilled: bool = False
    speaks: bool = True
    distance: int = 0
    stars: float | None = None
    times: int | None = None
    lapses: int = 0
    recent_offers: int = 0
    recent_minutes: int = 0
    reachable: bool = True
    parted: bool = False
    rest_until: datetime | None = None
    quiet: tuple[int, int] | None = None
    night_now: bool = False
    asked_today: int = 0
    offers_a_day: int | None = None
    open_claims: int = 0
    silent: int = 0
    asked_at: datetime | None = None
    asked_in_round: bool = False
    answer: str | None = None
    again_at: datetime | None = None


@dataclass(frozen=True)
class Choice:
    """Somebody to ask, and why: how near they are, and what speaks for them besides."""

    person_id: int
    tier: Tier
    skilled: bool
    speaks: bool


def choose(ask: Ask, candidates: Iterable[Candidate], waves: Waves, count: int) -> tuple[Choice, ...]:
    """At most `count` volunteers to ask now, the best first; nobody of them is barred."""
    free = [one for one in candidates if bar(ask, one, waves) is None]
    return tuple(_chosen(one) for one in sorted(free, key=lambda one: rank(ask, one))[: max(0, count)])


def _chosen(one: Candidate) -> Choice:
    return Choice(one.person_id, one.tier, one.skilled, one.speaks)


def rank(ask: Ask, one: Candidate) -> tuple[float, ...]:
    """What decides between two volunteers, the weightier first; less is better. Their number settles a draw."""
    return (
        list(Tier).index(one.tier),
        -int(one.skilled),
        -int(one.speaks),
        -has_time(ask, one.times),
        min(one.lapses, WEIGHED_AT_MOST),
        one.distance,
        -(UNRATED if one.stars is None else one.stars),
        one.recent_offers,
        one.recent_minutes,
        one.person_id,
    )


def has_time(ask: Ask, times: int | None) -> int:
    """1: they said that they have time then; -1: they named other times; 0: they said nothing, or it can wait."""
    if times is None or not ask.parts:
        return 0
    return 1 if any(times >> part & 1 for part in ask.parts) else -1


def bar(ask: Ask, one: Candidate, waves: Waves) -> Bar | None:
    """Why this volunteer may not be asked now; None: they may."""
    return next((reason for reason, holds in _bars(ask, one, waves) if holds), None)


def _bars(ask: Ask, one: Candidate, waves: Waves) -> Iterable[tuple[Bar, bool]]:
    most = waves.offers_a_day if one.offers_a_day is None else one.offers_a_day
    here = max(min(most, 1), most - RESERVE[ask.urgency])
    yield Bar.OWN, one.person_id == ask.resident_id
    yield Bar.UNREACHABLE, not one.reachable
    yield Bar.PARTED, one.parted or one.person_id in ask.apart
    yield Bar.REFUSED, one.answer is not None and not comes_back(ask, one)
    yield Bar.ASKED, one.asked_in_round and not comes_back(ask, one)
    yield Bar.UNSKILLED, ask.skill_needed and not one.skilled
    yield Bar.RESTING, one.rest_until is not None and one.rest_until > ask.now
    yield Bar.QUIET, _sleeps(ask, one, waves)
    yield Bar.DAY_FULL, one.asked_today >= here
    yield Bar.HANDS_FULL, one.open_claims >= waves.claims_at_once
    yield Bar.SILENT, one.silent >= waves.silent_after and not _long_ago(ask, one, waves)


def comes_back(ask: Ask, one: Candidate) -> bool:
    """Whether they said "in two hours", and these are over: they asked to be asked once more."""
    return one.answer == "later" and one.again_at is not None and one.again_at <= ask.now


def _sleeps(ask: Ask, one: Candidate, waves: Waves) -> bool:
    if ask.urgency is Urgency.NOW and one.night_now:
        return False
    return within(ask.minute, one.quiet or waves.quiet)


def _long_ago(ask: Ask, one: Candidate, waves: Waves) -> bool:
    return one.asked_at is None or one.asked_at <= ask.now - waves.rarely


def within(minute: int, hours: tuple[int, int]) -> bool:
    """Whether a minute of the day lies in these hours, which may go over midnight."""
    start, end = hours
    return start <= minute < end if start <= end else minute >= start or minute < end


def next_look(ask: Ask, waves: Waves, asked: int) -> datetime:
    """When the search goes on: after the wave's pause; when nobody could be asked later, yet not before quiet hours end."""
    if asked:
        return ask.now + waves.paces[ask.urgency].pause
    later = ask.now + LOOK_AGAIN[ask.urgency]
    if ask.urgency is Urgency.NOW or not within(ask.minute, waves.quiet):
        return later
    return max(later, ask.now + timedelta(minutes=(waves.quiet[1] - ask.minute) % DAY_MINUTES))


@dataclass(frozen=True)
class Search:
    """How far the asking for a need has come: its round (each reopening begins one), its waves, when the next one goes.

    `act_at` None: nobody is asked by itself, because somebody has the need or it has ended.
    """

    need_id: int
    round: int = 1
    wave: int = 0
    act_at: datetime | None = None
