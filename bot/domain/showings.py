"""Showings of contact data: how many different neighbours somebody may look at, and who hears when it is unusual."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.notices import Notice, Priority

HOUR = timedelta(hours=1)
# Days that can be turned back to; showings are forgotten after the months that the settings say.
DAYS_AT_MOST = 800
PLACES_A_PAGE, ROWS_A_PAGE = 8, 10
PAGES_AT_MOST = 10_000


@dataclass(frozen=True)
class Limits:
    """So many different neighbours' contact data a volunteer sees a day for requests; from so many in an hour on, whoever is
    in charge hears of it. Alerts, rounds of visits and duty are no part of it: whoever goes there must never wait."""

    a_day: int = 20
    an_hour: int = 10

    def full(self, shown: Iterable[int], person_id: int) -> bool:
        """Whether this neighbour would be one too many; somebody who was shown already may be shown again."""
        people = set(shown)
        return person_id not in people and len(people) >= self.a_day

    def unusual(self, shown: Iterable[int]) -> bool:
        """Whether so many in an hour are worth a word."""
        return len(set(shown)) >= self.an_hour


@dataclass(frozen=True)
class ShowingsFull(Notice):
    """To a volunteer who was shown as many neighbours' doors today as is usual: who can allow more."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class ShowingsFullBefore(Notice):
    """The same to a volunteer who wanted to take this need: it is not theirs, for a claim shows an address."""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class ShowingsMany(Notice):
    """To whoever is in charge: somebody was shown contact data of many. `full`: it is as many as a day has."""

    person_id: int
    number: int
    full: bool


@dataclass(frozen=True)
class ShowingsAllowed(Notice):
    """To the volunteer: more may be shown to them today."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class Showings(Notice):
    """To whoever is in charge: who was shown whose contact data, a place and day at a time. `area_id` 0: where?"""

    priority = Priority.ANSWER
    area_id: int
    days: int
    page: int


@dataclass(frozen=True)
class FullView:
    """How many they were shown, and who can allow more (None: nobody is in charge)."""

    limit: int
    owner: str | None


@dataclass(frozen=True)
class ManyView:
    """Who it is, and whether more can be allowed now."""

    name: str
    allowable: bool


@dataclass(frozen=True)
class Shown:
    """Somebody was shown somebody's contact data so often that day, last at `at`."""

    viewer: str
    person: str
    number: int
    at: datetime


@dataclass(frozen=True)
class ShowingsView:
    """A page of a place's day, or, with `places` (number, name, how often), the places to choose from."""

    place: str
    day: datetime
    rows: tuple[Shown, ...]
    has_more: bool
    now: datetime
    places: tuple[tuple[int, str, int], ...] = ()
    several: bool = False
