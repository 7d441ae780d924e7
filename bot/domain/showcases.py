"""Showcases: a resident's short thank-you in the community's group, with names only where each of the two agrees.

No address, no telephone and no photo stands there, and never anything of a need that is confidential.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import ShowcaseNotSo
from bot.domain.needs import legible_text, public_text
from bot.domain.notices import Card, Notice, Priority

WORDS_LIMIT = 300
# So long whoever helped has to say whether they are named; without an answer they are "a neighbour".
ANSWER_WITHIN = timedelta(hours=48)
# From so many stars on a thank-you is offered beside them.
OFFERED_FROM_STARS = 4
BUILDING = re.compile(r"\d+\s*(?:号楼|号院|栋|幢)|\b(?:building|house|block)\s*\d+", re.IGNORECASE)


class ShowcaseState(StrEnum):
    """Where a thank-you stands."""

    DRAFT = "draft"
    ASKED = "asked"
    SHOWN = "shown"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Showcase:
    """A thank-you. `words` None: taken back, or forgotten. `named`, `helper_named`: whether that side is named.

    `shown_at` None: it is not in the group yet. `act_at` is when it is shown without an answer of whoever helped.
    """

    id: int
    bot_id: int
    need_id: int
    area_id: int
    person_id: int
    helper_id: int
    written_at: datetime
    words: str | None
    state: ShowcaseState = ShowcaseState.DRAFT
    named: bool = False
    helper_named: bool = False
    shown_at: datetime | None = None
    act_at: datetime | None = None
    version: int = 0

    def write(self, words: str) -> "Showcase":
        """Other words, as long as nobody has agreed to any; a new beginning after it was taken back."""
        if self.state not in (ShowcaseState.DRAFT, ShowcaseState.WITHDRAWN):
            raise ShowcaseNotSo
        fresh = replace(self, named=False, helper_named=False, shown_at=None)
        return replace(fresh, state=ShowcaseState.DRAFT, words=legible_text(words, WORDS_LIMIT))

    def agree(self, now: datetime, *, named: bool) -> "Showcase":
        """The resident agrees to these words, and says whether they are named; whoever helped is asked."""
        if self.state is not ShowcaseState.DRAFT:
            raise ShowcaseNotSo
        return replace(self, state=ShowcaseState.ASKED, named=named, act_at=now + ANSWER_WITHIN)

    def answer(self, now: datetime, *, named: bool) -> "Showcase":
        """Whoever helped says whether they are named; they may say otherwise later."""
        if self.state not in (ShowcaseState.ASKED, ShowcaseState.SHOWN):
            raise ShowcaseNotSo
        return replace(self.show(now), helper_named=named)

    def show(self, now: datetime) -> "Showcase":
        """It goes into the group."""
        return replace(self, state=ShowcaseState.SHOWN, shown_at=self.shown_at or now, act_at=None)

    def take_back(self) -> "Showcase":
        """Nothing of it is read any more."""
        return replace(self, state=ShowcaseState.WITHDRAWN, words=None, act_at=None)


def first_name(name: str) -> str:
    """How neighbours are named in a group: the first word of what they are called."""
    return name.split()[0] if name.split() else name


def public_words(showcase: Showcase, resident: str, helper: str) -> str:
    """The words as a group may read them: without telephones, doors, buildings, and the names of who is not named."""
    text = BUILDING.sub("…", public_text(showcase.words or ""))
    for name, agreed in ((resident, showcase.named), (helper, showcase.helper_named)):
        for part in {name, first_name(name)}:
            if not agreed and len(part) > 1:
                text = text.replace(part, "…")
    return text


# --- what is seen and said ---


@dataclass(frozen=True)
class ShowcaseView:
    """A thank-you as it stands. `words` None: there is nothing to read. `resident`, `helper` None: not named.

    `other` is whom the reader thanks, or who thanks them.
    """

    state: ShowcaseState
    words: str | None
    resident: str | None
    helper: str | None
    other: str
    need_id: int


@dataclass(frozen=True)
class ShowcaseAsked(Notice):
    """To the resident: please write a short thank-you for the group."""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class ShowcaseCards(Card):
    """A message that shows a thank-you and follows it."""

    showcase_id: int

    @property
    def subject(self) -> str:
        """The thank-you that it shows."""
        return f"showcase:{self.showcase_id}"


class ShowcaseCard(ShowcaseCards):
    """To the resident: their thank-you, and what they can decide."""

    priority = Priority.ANSWER


class ShowcaseHelperCard(ShowcaseCards):
    """To whoever helped: the thank-you, and whether they are named."""


class ShowcaseInGroup(ShowcaseCards):
    """To the group: the thank-you."""

    priority = Priority.OFFER
