"""Whoever answers for others next must be within reach: who is not is told to whoever can find somebody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.notices import Notice, Priority

# How long before a watch it is looked whether its people can be reached.
AHEAD = timedelta(hours=24)


@dataclass(frozen=True)
class ResponderUnreached(Notice):
    """To who is in charge: nothing that I say reaches this person, and their watch begins soon."""

    priority = Priority.ANSWER
    watch_id: int
    person_id: int


@dataclass(frozen=True)
class ResponderView:
    """Who, where, when, and how many others are planned with them and can be reached."""

    person: str
    place: str
    starts_at: datetime
    ends_at: datetime
    now: datetime
    others: int
