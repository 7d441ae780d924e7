"""Ratings: stars and words, both ways. Neither side reads the other's until both have given theirs or a week has gone.

A rating is of one visit: of a need, and of the claim that led to it. Words can be added until it is shown.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.closings import Said, Side
from bot.domain.errors import ButtonInvalid, RatingOver
from bot.domain.needs import NeedNotice, legible_text
from bot.domain.notices import Notice, Priority

MOST_STARS = 5
# So few stars are told to who is in charge.
LOW_STARS = 2
# Stars that nobody answers are shown after so long …
SHOWN_AFTER = timedelta(days=7)
# … and when both have given theirs after so long, in which words can be added.
TIME_FOR_WORDS = timedelta(minutes=30)
WORDS_LIMIT = 500


@dataclass(frozen=True)
class Rating:
    """What one side of a visit says of it. `claimed_at` names the visit. `shown_at` None: the other side reads nothing yet.

    `act_at` is when it is shown by itself; None: it is.
    """

    id: int
    need_id: int
    person_id: int
    other_id: int
    side: Side
    stars: int
    claimed_at: datetime
    rated_at: datetime
    words: str | None = None
    shown_at: datetime | None = None
    act_at: datetime | None = None
    version: int = 0

    def say(self, words: str) -> "Rating":
        """Words to the stars; later ones stand instead of earlier ones. RatingOver once they are shown."""
        if self.shown_at is not None:
            raise RatingOver
        return replace(self, words=legible_text(words, WORDS_LIMIT))

    def answered(self, now: datetime) -> "Rating":
        """The other side has given theirs too: both are shown soon."""
        soon = now + TIME_FOR_WORDS
        return replace(self, act_at=None if self.act_at is None else min(self.act_at, soon))

    def shown(self, now: datetime) -> "Rating":
        """The other side reads it from now on."""
        return replace(self, shown_at=self.shown_at or now, act_at=None)

    def read_by(self, person_id: int) -> Said | None:
        """What this person may read of it now; None: nothing."""
        if person_id == self.person_id or (person_id == self.other_id and self.shown_at is not None):
            return Said(self.stars, self.words, self.shown_at is not None)
        return None


def give(fresh: Rating, theirs: Rating | None, now: datetime) -> Rating:
    """Stars, 1 to 5, as they wait to be shown. ButtonInvalid for others; RatingOver for whoever has read the other side's."""
    if not 1 <= fresh.stars <= MOST_STARS:
        raise ButtonInvalid
    if theirs is not None and theirs.shown_at is not None:
        raise RatingOver
    return replace(fresh, act_at=now + (SHOWN_AFTER if theirs is None else TIME_FOR_WORDS))


# --- what is seen and said ---


@dataclass(frozen=True)
class RatingView:
    """Stars and words with names: `author` says them of `about`."""

    rating: Said
    side: Side
    author: str
    about: str
    need_id: int


class NeedRated(NeedNotice):
    """To either side of a visit: what the other one says of it."""


@dataclass(frozen=True)
class RatingWordsAsked(Notice):
    """To whoever has given stars: please write your words to them."""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class RatingKept(Notice):
    """To whoever wrote words: they are kept, and when the other side reads them."""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class RatingLow(Notice):
    """To who is in charge: a visit did not go well, in few stars."""

    rating_id: int
