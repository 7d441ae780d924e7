"""Disputes: what a resident finds wrong is decided by a coordinator, and both sides are heard before that, in their own words."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.errors import DisputeNotSo
from bot.domain.needs import legible_text
from bot.domain.notices import Notice, Priority

# So long whoever helped has for their side; a coordinator can decide at any time.
HEARD_WITHIN = timedelta(hours=24)
WORDS_LIMIT = 500


@dataclass(frozen=True)
class Dispute:
    """One dispute, beside its need. `words` are those of whoever helped (None: none were written).

    `said_at` None: they have said nothing yet, not even that they have nothing to say. `decided_at` None: nobody has decided.
    `verdict` is the coordinator's word to both (None: none).
    """

    id: int
    need_id: int
    person_id: int
    helper_id: int
    opened_at: datetime
    words: str | None = None
    said_at: datetime | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    verdict: str | None = None
    version: int = 0

    @property
    def heard_until(self) -> datetime:
        """Until when whoever helped is waited for."""
        return self.opened_at + HEARD_WITHIN

    def tell(self, words: str | None, now: datetime) -> "Dispute":
        """Whoever helped says how it was (None: nothing to add); later words stand instead. DisputeNotSo once it is decided."""
        if self.decided_at is not None:
            raise DisputeNotSo
        said = None if words is None else legible_text(words, WORDS_LIMIT)
        return replace(self, words=said or self.words, said_at=now)

    def decide(self, by: int, now: datetime) -> "Dispute":
        """A coordinator has decided."""
        return replace(self, decided_by=by, decided_at=now)

    def say(self, by: int, words: str) -> "Dispute":
        """Whoever decided adds a word to both, once."""
        if self.decided_by != by or self.verdict is not None:
            raise DisputeNotSo
        return replace(self, verdict=legible_text(words, WORDS_LIMIT))


# --- what is seen and said ---


@dataclass(frozen=True)
class DisputeNotice(Notice):
    """Something said about a dispute."""

    priority = Priority.ANSWER
    need_id: int


class SideAsked(DisputeNotice):
    """To whoever helped: the resident says that something is wrong; how was it for you?"""

    priority = Priority.CHECK_IN


class SideWordsAsked(DisputeNotice):
    """To whoever helped: please write it."""


class SideKept(DisputeNotice):
    """To whoever helped: the coordinator reads it."""


class VerdictOffered(DisputeNotice):
    """To the coordinator who has decided: a word to both?"""


class VerdictAsked(DisputeNotice):
    """To the coordinator: please write it."""


class VerdictKept(DisputeNotice):
    """To the coordinator: it goes to both."""


@dataclass(frozen=True)
class VerdictSaid(Notice):
    """To both: the coordinator's word. `dispute_id` names which decision."""

    dispute_id: int


@dataclass(frozen=True)
class VerdictView:
    """The coordinator's word, by name."""

    need_id: int
    coordinator: str
    words: str
