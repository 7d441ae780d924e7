"""Erasures: a person asks to be forgotten. What remains is counts, states and times, of nobody in particular."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.notices import Notice, Priority
from bot.domain.people import Language, Person

# What somebody is called who has been forgotten: the row stays, so that counts and history still add up.
NOBODY = {Language.CHINESE: "邻居", Language.ENGLISH: "Neighbour"}
# How long the last question stands, in seconds: an old button in the chat erases nobody.
STANDS_SECONDS = 3600


class Hold(StrEnum):
    """What has to be handed over before somebody can be forgotten."""

    CLAIM = "claim"
    ALERT = "alert"
    MISSED = "missed"
    ROUND = "round"
    WATCH = "watch"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Obstacle:
    """One thing that is held. `number` is the need's or alert's; 0: it has none. `place` is where a role holds; "": nowhere."""

    hold: Hold
    number: int = 0
    place: str = ""


@dataclass(frozen=True)
class Mark:
    """An erasure as it is kept outside the backups: a keyed hash of somebody, and when; nothing leads back to them."""

    hash: str
    at: datetime


def named_nobody(person: Person) -> str:
    """What a forgotten person is called from now on."""
    return NOBODY[person.language]


def still_stands(asked_at: int, now: datetime) -> bool:
    """Whether the last question (in UTC seconds; a forged button holds any number) was asked so lately that it still counts."""
    return 0 <= int(now.timestamp()) - asked_at <= STANDS_SECONDS


# --- what is seen and said ---


@dataclass(frozen=True)
class ErasureView:
    """What the reader would lose. `cared_for`: they are asked every day; `running`: how many of their needs are not ended."""

    cared_for: bool
    running: int
    obstacles: tuple[Obstacle, ...]


class ErasureNotice(Notice):
    """Something said to somebody who wants to be forgotten."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class ForgetAsked(ErasureNotice):
    """What would be forgotten, and what remains: do you want that?"""


@dataclass(frozen=True)
class ForgetAskedAgain(ErasureNotice):
    """It cannot be undone: really? `asked_at` is when, in UTC seconds."""

    asked_at: int


@dataclass(frozen=True)
class ForgetRefused(ErasureNotice):
    """Not yet: what has to be handed over first, and how."""


@dataclass(frozen=True)
class Forgotten(ErasureNotice):
    """The last words to somebody who has been forgotten."""


@dataclass(frozen=True)
class CareLeft(Notice):
    """To whoever is in charge: somebody cared for has asked to be forgotten, and is asked no more. No name is left to say."""

    priority = Priority.CHECK_IN
    area_id: int


@dataclass(frozen=True)
class HelperLeft(Notice):
    """To whoever is in charge: a plan has lost the neighbour or the contact who would have been told."""

    priority = Priority.CHECK_IN
    plan_id: int
