"""Surges: while it is very hot, or a typhoon comes, or it freezes, everybody in a place is asked once more each day."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import ButtonInvalid, SurgeNotSo
from bot.domain.notices import Card, Notice, Priority
from bot.domain.plans import LIST_MINUTES, Channel, Plan, Slot

DAYS_AT_MOST, AHEAD_AT_MOST = 30, 6
DAYS, BEGINS, TIMES = (1, 3, 5, 7, 10, 14), (0, 1, 2), (10 * 60, 14 * 60, 16 * 60, 21 * 60)
DEFAULT_DAYS, DEFAULT_SLOT = 3, 14 * 60
MINUTES_OF_A_DAY = 24 * 60
WORDS_LIMIT = 300


class SurgeKind(StrEnum):
    """What comes over a place."""

    HEAT = "heat"
    TYPHOON = "typhoon"
    COLD = "cold"

    @staticmethod
    def of(word: str) -> "SurgeKind":
        """ButtonInvalid for anything else."""
        if word not in set(SurgeKind):
            raise ButtonInvalid
        return SurgeKind(word)


class Stage(StrEnum):
    """What a surge does next: tell everybody, make the day's lists of visits, ask, or be over."""

    TELL = "tell"
    VISITS = "visits"
    ASK = "ask"
    OVER = "over"


@dataclass(frozen=True)
class Cursor:
    """How far a fan-out has come, by place and plan; what lies behind it is done."""

    area_id: int = 0
    plan_id: int = 0


@dataclass(frozen=True)
class Surge:
    """One surge of a place. `slot` in minutes of the local day; `words` None: the usual ones; `begins_in` days from its start.

    `begun_at` None: it is being written down, and nothing happens. `day` is the day that is asked next; `act_at` None: nothing
    happens by itself.
    """

    id: int
    bot_id: int
    area_id: int
    kind: SurgeKind
    made_by: int
    made_at: datetime
    slot: int = DEFAULT_SLOT
    days: int = DEFAULT_DAYS
    begins_in: int = 0
    words: str | None = None
    begun_by: int | None = None
    begun_at: datetime | None = None
    first_day: date | None = None
    last_day: date | None = None
    ended_by: int | None = None
    ended_at: datetime | None = None
    stage: Stage = Stage.TELL
    day: date | None = None
    cursor: Cursor = Cursor()
    act_at: datetime | None = None
    version: int = 0

    @property
    def runs(self) -> bool:
        """Whether it is on."""
        return self.begun_at is not None and self.ended_at is None

    def lasting(self, days: int) -> "Surge":
        """It lasts so many days. ButtonInvalid beyond a month; SurgeNotSo once it is on."""
        _require(0 < days <= DAYS_AT_MOST)
        return replace(self._draft(), days=days)

    def beginning(self, days: int) -> "Surge":
        """It begins so many days from now."""
        _require(0 <= days <= AHEAD_AT_MOST)
        return replace(self._draft(), begins_in=days)

    def asking_at(self, minutes: int) -> "Surge":
        """Everybody is asked at this time of day."""
        _require(0 <= minutes < MINUTES_OF_A_DAY)
        return replace(self._draft(), slot=minutes)

    def saying(self, words: str) -> "Surge":
        """Everybody is told in these words."""
        return replace(self._draft(), words=words)

    def dropped(self, by: int, now: datetime) -> "Surge":
        """It is not turned on after all."""
        return replace(self._draft(), ended_by=by, ended_at=now)

    def _draft(self) -> "Surge":
        if self.begun_at is not None or self.ended_at is not None:
            raise SurgeNotSo
        return self

    def span(self, now: datetime, zone: ZoneInfo) -> tuple[date, date]:
        """The first and the last day on which it asks; a time that is over today begins tomorrow."""
        if self.first_day is not None and self.last_day is not None:
            return self.first_day, self.last_day
        first = now.astimezone(zone).date() + timedelta(days=self.begins_in)
        if self.at(first, zone) <= now:
            first += timedelta(days=1)
        return first, first + timedelta(days=self.days - 1)

    def begun(self, by: int, now: datetime, zone: ZoneInfo) -> "Surge":
        """It is on: everybody is told at once. SurgeNotSo when it is already."""
        first, last = self._draft().span(now, zone)
        begun = replace(self, begun_by=by, begun_at=now, first_day=first, last_day=last, day=first)
        return replace(begun, stage=Stage.TELL, cursor=Cursor(), act_at=now)

    def ended(self, by: int | None, now: datetime) -> "Surge":
        """Nobody is asked more than usual any more; what was asked stays asked. SurgeNotSo unless it is on."""
        if not self.runs:
            raise SurgeNotSo
        return replace(self, ended_by=by, ended_at=now, act_at=None)

    def at(self, day: date, zone: ZoneInfo) -> datetime:
        """The instant of a day's question."""
        return Slot(self.slot).instant(day, zone)

    def moved(self, last: Cursor | None, now: datetime, zone: ZoneInfo) -> "Surge":
        """A batch is done: on from `last`; None: that was everybody, and what comes next waits for its time."""
        if last is not None:
            return replace(self, cursor=last, act_at=now)
        if self.stage is Stage.VISITS:
            return self._next(Stage.ASK, self._day, zone)
        if self.stage is Stage.TELL:
            return self._next(Stage.VISITS, self._day, zone)
        if self.last_day is not None and self._day >= self.last_day:
            midnight = datetime.combine(self._day + timedelta(days=1), time(), zone).astimezone(UTC)
            return replace(self, stage=Stage.OVER, cursor=Cursor(), act_at=midnight)
        return self._next(Stage.VISITS, self._day + timedelta(days=1), zone)

    @property
    def _day(self) -> date:
        if self.day is None:
            raise SurgeNotSo
        return self.day

    def _next(self, stage: Stage, day: date, zone: ZoneInfo) -> "Surge":
        at = self.at(day, zone)
        act_at = at - timedelta(minutes=LIST_MINUTES) if stage is Stage.VISITS else at
        return replace(self, stage=stage, day=day, cursor=Cursor(), act_at=act_at)

    def slot_for(self, plan: Plan, day: date) -> Slot | None:
        """The slot that this plan has more on a day, asked as at the nearest of its own; None: it has this very one anyway."""
        if any(slot.minutes == self.slot and slot.on(day) for slot in plan.slots):
            return None
        return Slot(self.slot, channel_at(plan, self.slot))


def channel_at(plan: Plan, minutes: int) -> Channel:
    """How somebody is asked at a time that is none of theirs: as at the nearest of their own."""
    return min(plan.slots, key=lambda slot: (abs(slot.minutes - minutes), slot.minutes)).channel


def _require(fine: bool) -> None:
    if not fine:
        raise ButtonInvalid


# --- what is seen and said ---


@dataclass(frozen=True)
class SurgeView:
    """A surge with names. `may`: the reader may turn it on, change it or end it. `first`, `last`: the days on which it asks."""

    surge: Surge
    place: str
    by: str
    ender: str | None
    may: bool
    first: date
    last: date
    # How the reader is asked, where they are cared for themselves.
    channel: Channel = Channel.CHAT
    person: str = ""


@dataclass(frozen=True)
class SurgeLine:
    """One running surge in one line: what, when each day, until which day, who turned it on."""

    number: int
    kind: SurgeKind
    slot: str
    last: date
    by: str
    place: str


@dataclass(frozen=True)
class SurgesView:
    """What is on where the reader is in charge, and for which places they could turn something on: (number, name)."""

    running: tuple[SurgeLine, ...]
    places: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class SurgeList(Notice):
    """To who is in charge: what is on, and what could be turned on."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class SurgePlaces(Notice):
    """To who is in charge of several places: where?"""

    priority = Priority.ANSWER
    kind: str


@dataclass(frozen=True)
class SurgeCard(Card):
    """To who is in charge: one surge, being written down, on, or over."""

    priority = Priority.ANSWER
    surge_id: int

    @property
    def subject(self) -> str:
        """The surge that it shows."""
        return f"surge:{self.surge_id}"


@dataclass(frozen=True)
class SurgeNotice(Notice):
    """Something said once about a surge."""

    priority = Priority.ANSWER
    surge_id: int


class SurgeTimeAsked(SurgeNotice):
    """At what time?"""


class SurgeWordsAsked(SurgeNotice):
    """In which words?"""


class SurgeTold(SurgeNotice):
    """To somebody cared for, once: what comes, and that they are asked once more each day."""

    # Thousands are told at once: questions go first.
    priority = Priority.OFFER
