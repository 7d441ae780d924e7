"""Absences: somebody is away, in hospital or with family, until a day; nobody forgets them there."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.days import DAYS_AHEAD_AT_MOST
from bot.domain.notices import Notice, Priority

# So long before the return somebody is asked whether it stands.
ASKED_BEFORE = timedelta(hours=24)
# Longer than this it is on the coordinator's weekly list.
LONG = timedelta(days=14)
WEEK = timedelta(days=7)
DAYS_AT_MOST = DAYS_AHEAD_AT_MOST
# So long after a hospital it is still said that somebody is home again.
HOME_SHOWN = timedelta(days=14)
# So long after an alert what was found there may change the plan.
FOUND_WITHIN = timedelta(days=7)
# The visit on the day after somebody came home from hospital, in minutes of the local day, and how long it may take.
VISIT_AT, VISIT_MINUTES = 10 * 60, 120
MONDAY = 0


class AbsenceReason(StrEnum):
    """Why nobody asks."""

    TRAVEL = "travel"
    HOSPITAL = "hospital"
    FAMILY = "family"


@dataclass(frozen=True)
class Absence:
    """One absence. `owner_id` answers for it. None: not asked yet, not confirmed, not ended, no visit, nothing waits."""

    id: int
    plan_id: int
    person_id: int
    area_id: int
    reason: AbsenceReason
    owner_id: int
    from_at: datetime
    until_at: datetime
    asked_at: datetime | None = None
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    visit_at: datetime | None = None
    act_at: datetime | None = None
    version: int = 0

    def until(self, at: datetime, now: datetime) -> "Absence":
        """They come back then; shortly before that somebody is asked whether it stands."""
        return replace(self, until_at=at, asked_at=None, confirmed_at=None, act_at=max(now, at - ASKED_BEFORE))

    def asked(self, now: datetime) -> "Absence":
        """Somebody was asked whether it stands."""
        return replace(self, asked_at=now, act_at=self.until_at)

    def confirmed(self, now: datetime) -> "Absence":
        """It stands."""
        return replace(self, confirmed_at=now)

    def ended(self, now: datetime, *, visit_at: datetime | None = None) -> "Absence":
        """They are back; after a hospital somebody visits them on the day after."""
        act_at = None if visit_at is None else visit_at
        return replace(self, ended_at=now, visit_at=visit_at, act_at=act_at)

    def owned(self, person_id: int) -> "Absence":
        """Somebody else answers for it, and is asked before the return."""
        return replace(self, owner_id=person_id)

    @property
    def in_hospital(self) -> bool:
        """Whether they are in hospital now."""
        return self.reason is AbsenceReason.HOSPITAL and self.ended_at is None

    @property
    def discharged_at(self) -> datetime | None:
        """When they came home from hospital; None: they did not, or nobody has said so."""
        discharged = self.reason is AbsenceReason.HOSPITAL and self.confirmed_at is not None
        return self.ended_at if discharged else None

    @property
    def forgotten(self) -> bool:
        """Whether it ended without anybody having said that it would."""
        return self.ended_at is not None and self.confirmed_at is None


def local_midnight(now: datetime, days: int, zone: ZoneInfo, *, minutes: int = 0) -> datetime:
    """The instant of a time of day so many days from today."""
    day = now.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time(minutes // 60, minutes % 60), zone).astimezone(UTC)


# --- what is seen and said ---


@dataclass(frozen=True)
class AbsenceView:
    """An absence with names. `about_me`: the reader is away themselves; `may_change`: they are in charge of it, or answer for it.

    `others` are those who could answer for it: (number, name).
    """

    absence: Absence | None
    person: str
    owner: str
    about_me: bool
    now: datetime
    may_change: bool = False
    others: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class AbsencesView:
    """Long and forgotten ones: (name, owner, until, forgotten)."""

    place: str
    rows: tuple[tuple[str, str, datetime, bool], ...]
    now: datetime


@dataclass(frozen=True)
class AbsenceReasons(Notice):
    """Why is nobody to ask?"""

    priority = Priority.ANSWER
    plan_id: int


@dataclass(frozen=True)
class AbsenceDays(Notice):
    """For how long?"""

    priority = Priority.ANSWER
    plan_id: int
    reason: str


@dataclass(frozen=True)
class AbsenceFound(Notice):
    """To whoever found them in hospital, or is in charge: shall their questions pause, and for how long?"""

    priority = Priority.ANSWER
    alert_id: int


@dataclass(frozen=True)
class AbsenceNotice(Notice):
    """Something said about an absence."""

    priority = Priority.CHECK_IN
    absence_id: int


class AbsenceBegun(AbsenceNotice):
    """Nobody asks until then."""


class AbsenceAsked(AbsenceNotice):
    """Does the day of the return stand?"""


class AbsenceDay(AbsenceNotice):
    """On which day do they come back? Please write it."""

    priority = Priority.ANSWER


class AbsenceOwners(AbsenceNotice):
    """Who answers for it?"""

    priority = Priority.ANSWER


class AbsenceYours(AbsenceNotice):
    """To whoever answers for it from now on."""


class AbsenceForgotten(AbsenceNotice):
    """To who is in charge: questions begin again, though nobody said that they are back."""


class CameHome(AbsenceNotice):
    """They are home from hospital: questions begin again, and somebody visits tomorrow."""


@dataclass(frozen=True)
class AbsenceList(Notice):
    """To who is in charge, once a week: long absences, and those that nobody confirmed."""

    priority = Priority.REST
    area_id: int
