"""Unease: one side of a visit did not feel safe. It goes straight to who is in charge, and the other side never learns of it.

From then on nothing brings the two together, until whoever is in charge lifts that.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.errors import UneaseNotSo
from bot.domain.needs import NeedNotice, legible_text
from bot.domain.notices import Card, Notice, Priority

WORDS_LIMIT = 1000
# Until somebody has written what was done, who is in charge reads of it again each day.
REMIND_EVERY = timedelta(hours=24)


@dataclass(frozen=True)
class Unease:
    """What one side said. `helper_id` is the one of the two who came to help.

    `words` None: none were written. `handled_at` None: nobody has written what was done. `lifted_at` None: nothing brings the
    two together. `act_at` None: nobody is reminded any more.
    """

    id: int
    bot_id: int
    need_id: int
    area_id: int
    person_id: int
    other_id: int
    helper_id: int
    said_at: datetime
    words: str | None = None
    handled_at: datetime | None = None
    handled_by: int | None = None
    note: str | None = None
    lifted_at: datetime | None = None
    act_at: datetime | None = None
    version: int = 0

    def say(self, words: str) -> "Unease":
        """What happened, in their own words; more is added to what they wrote before. UneaseNotSo once it was handled."""
        if self.handled_at is not None:
            raise UneaseNotSo
        said = words if self.words is None else f"{self.words}\n{words}"
        return replace(self, words=legible_text(said, WORDS_LIMIT))

    def handled(self, by: int, note: str, now: datetime) -> "Unease":
        """Somebody has seen to it and writes what was done; nobody is reminded any more."""
        if self.handled_at is not None:
            raise UneaseNotSo
        return replace(self, handled_at=now, handled_by=by, note=legible_text(note, WORDS_LIMIT), act_at=None)

    def lifted(self, now: datetime) -> "Unease":
        """The two may be brought together again."""
        return replace(self, lifted_at=self.lifted_at or now)

    def reminded(self, now: datetime) -> "Unease":
        """Nobody has seen to it yet: once more in a day."""
        return replace(self, act_at=now + REMIND_EVERY)


# --- what is seen and said ---


@dataclass(frozen=True)
class UneaseView:
    """What was said, with names. `need_id` None: the reader may not know of the need. `owner` None: nobody is in charge.

    `volunteer_id`: the row by which the helper can be suspended; None: there is none. `before`: how often others have said it
    of the same person. `telephone` of who
    said it (None: none is known) only on a known message: `hidden` until a tap, then `shown`.
    """

    unease: Unease
    author: str
    other: str
    place: str
    need_id: int | None
    owner: str | None
    now: datetime
    handler: str | None = None
    volunteer_id: int | None = None
    before: int = 0
    hidden: bool = False
    shown: bool = False
    telephone: str | None = None


@dataclass(frozen=True)
class UneaseAsked(Notice):
    """To whoever tapped: shall who is in charge be told, and nobody else?"""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class UneaseCard(Card):
    """To who is in charge: somebody did not feel safe, and what can be done now."""

    priority = Priority.CHECK_IN
    unease_id: int

    @property
    def subject(self) -> str:
        """What it shows."""
        return f"unease:{self.unease_id}"


@dataclass(frozen=True)
class UneaseNotice(Notice):
    """Something said once about it."""

    priority = Priority.ANSWER
    unease_id: int


class UneaseKept(UneaseNotice):
    """To whoever said it: who reads it, and what follows."""


class UneaseWordsAsked(UneaseNotice):
    """To whoever said it: please write what happened."""


class UneaseNoteAsked(UneaseNotice):
    """To who is in charge: what was done?"""


class UneaseHandled(UneaseNotice):
    """To whoever said it: it was seen to."""


class VisitMoved(NeedNotice):
    """To a volunteer: somebody else goes there instead."""
