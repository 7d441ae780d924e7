"""Lapses: a visit that did not come about, kept as a fact for half a year and shown to the person whom it concerns.

Nobody is excluded for one. Whoever has several is asked a little later than others as near; everybody may add their word, once.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import LapseNotSo, NotYet
from bot.domain.needs import Need, NeedNotice, Release, State, legible_text
from bot.domain.notices import Notice, Priority

# Half a year: then it is forgotten.
FADES_AFTER = timedelta(days=183)
# Given back so shortly before the time that was announced, others can hardly go instead.
LATE_WITHIN = timedelta(hours=2)
# So long after the announced time the resident can say that nobody came.
GRACE = timedelta(minutes=15)
WORDS_LIMIT = 300
# Whoever has more is asked no later than with these.
WEIGHED_AT_MOST = 3


class LapseKind(StrEnum):
    """What did not come about."""

    NOBODY_HOME = "nobody_home"
    QUIET = "quiet"
    LATE = "late"
    NOT_COME = "not_come"


@dataclass(frozen=True)
class Lapse:
    """One of them. `words` None: the person has not said anything to it."""

    id: int
    need_id: int
    person_id: int
    kind: LapseKind
    at: datetime
    words: str | None = None

    @property
    def fades_at(self) -> datetime:
        """When it is forgotten."""
        return self.at + FADES_AFTER

    def say(self, words: str) -> "Lapse":
        """The person's own word to it, once; LapseNotSo a second time."""
        if self.words is not None:
            raise LapseNotSo
        return replace(self, words=legible_text(words, WORDS_LIMIT))


def late(need: Need, reason: Release, now: datetime) -> bool:
    """Whether giving a claim back now is a late drop-out. Whoever could not reach the resident has been there."""
    if need.arrives_at is None or reason is Release.NOT_REACHED:
        return False
    return need.arrives_at - now < LATE_WITHIN


def not_come(need: Need, now: datetime) -> Need:
    """The resident says that whoever had announced themselves did not come: open again for others. NotYet before that time."""
    if need.state is State.CLAIMED and (need.arrives_at is None or now < need.arrives_at + GRACE):
        raise NotYet
    return need.release(now)


# --- what is seen and said ---


@dataclass(frozen=True)
class LapsesView:
    """What is kept of the reader, newest first."""

    lapses: tuple[Lapse, ...]


@dataclass(frozen=True)
class MyLapses(Notice):
    """To somebody: what is kept of their visits, and until when."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class LapseWordAsked(Notice):
    """To the same: please write your word to it."""

    priority = Priority.ANSWER
    lapse_id: int


class NotComeSaid(NeedNotice):
    """To whoever had announced themselves: the resident says that nobody came, so others are asked."""
