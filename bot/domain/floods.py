"""Floods: so many people join, or ask, within an hour that those who help could not see what is what. What is too much keeps its
place in a queue and goes on by itself, a little at a time; whoever is in charge can let all of it through at once.

A real disaster looks like a flood: so nothing is refused or lost, and nothing that concerns life, or is needed right now, waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from bot.domain.notices import Card, Notice, Priority

HOUR = timedelta(hours=1)
# Whoever is in charge hears of a flood that goes on so long once more.
TOLD_EVERY = timedelta(hours=12)
# What the database counts at most, and a setting at most is.
MOST = 10_000


class Flow(StrEnum):
    """What may come in too great a number at one community."""

    JOINS = "joins"
    POSTS = "posts"
    NEWS = "news"


# In a large community more people do everything: so many more for each hundred who live there.
FOR_EACH_HUNDRED: Mapping[Flow, int] = {Flow.JOINS: 10, Flow.POSTS: 2, Flow.NEWS: 1}


@dataclass(frozen=True)
class Inflow:
    """How many an hour are let through at a community at least: people who join, requests for which neighbours are asked, and
    applications and proposals that come to whoever is in charge each by itself."""

    joins: int = 100
    posts: int = 60
    news: int = 30

    def least(self, flow: Flow) -> int:
        """So many at the smallest community."""
        return {Flow.JOINS: self.joins, Flow.POSTS: self.posts, Flow.NEWS: self.news}[flow]

    def most(self, flow: Flow, residents: int) -> int:
        """So many where so many people live."""
        return min(MOST, self.least(flow) + residents * FOR_EACH_HUNDRED[flow] // 100)


@dataclass(frozen=True)
class Gauge:
    """How a flow stands at a community (`area_id`): so many in the last hour, and how many are let through.

    `most` None: it was not reckoned in the last hour. `open_until`: somebody in charge lets everything through until then;
    `last_at`: when the last of those who wait has their turn, None: nobody waits; `told_at`: when whoever is in charge heard of
    it last, None: never.
    """

    area_id: int
    flow: Flow
    number: int
    most: int | None
    open_until: datetime | None
    last_at: datetime | None
    told_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Whether everything is let through."""
        return self.open_until is not None and self.open_until > now

    def passes(self, most: int, now: datetime) -> bool:
        """Whether one more is let through at once: also when there is room again, nobody overtakes those who wait."""
        return self.is_open(now) or (self.last_at is None and self.number < most)

    def turn(self, most: int, now: datetime) -> datetime:
        """When it is the turn of one more: one after the other, so many in an hour."""
        return max(self.last_at or now, now) + timedelta(seconds=ceil(HOUR.total_seconds() / most))

    def is_news(self, now: datetime) -> bool:
        """Whether whoever is in charge is to hear of it (again)."""
        return self.told_at is None or now - self.told_at >= TOLD_EVERY


@dataclass(frozen=True)
class Wait:
    """Somebody's place in the queue. `subject` says what goes on at `act_at`: "person:4" joins at `place_id`, "need:12" is asked
    for, "volunteer:3" or "relative:5" comes to whoever is in charge. `by_poster`: they were not
    asked for language and name yet."""

    id: int
    area_id: int
    flow: Flow
    subject: str
    person_id: int
    place_id: int | None
    by_poster: bool
    since: datetime
    act_at: datetime

    @property
    def number(self) -> int:
        """The number in its subject."""
        return int(self.subject.rpartition(":")[2])


@dataclass(frozen=True)
class JoinWaits(Notice):
    """To somebody who joins while very many do: their place at `area_id` is kept, and when it goes on."""

    priority = Priority.ANSWER
    area_id: int


@dataclass(frozen=True)
class FloodCard(Card):
    """To whoever is in charge: very many are coming in at this community; how many wait, and what can be done."""

    # Before the many answers that a flood makes itself.
    priority = Priority.ANSWER
    area_id: int
    flow: str

    @property
    def subject(self) -> str:
        """Where, and what."""
        return f"flood:{self.area_id}:{self.flow}"


@dataclass(frozen=True)
class JoinView:
    """Where somebody joins, and when it goes on."""

    place: str
    at: datetime
    now: datetime


@dataclass(frozen=True)
class FloodView:
    """How a flow stands: `waiting` have a place in the queue, the last until `last_at`; `most` are let through in an hour."""

    place: str
    flow: Flow
    waiting: int
    most: int
    last_at: datetime | None
    open_until: datetime | None
    now: datetime
