"""Closings: what the two sides of a visit can still say to each other, and about each other, once it is over."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.notices import Notice, Priority


class Side(StrEnum):
    """Which of the two somebody is."""

    RESIDENT = "resident"
    HELPER = "helper"


@dataclass(frozen=True)
class Said:
    """Stars and words as they may be read now. `shown`: the other side reads them too."""

    stars: int
    words: str | None = None
    shown: bool = False


@dataclass(frozen=True)
class Closing:
    """What a reader can say of a visit. `side` None: they were no part of it, and can say nothing.

    `mine` is what they said (None: nothing yet), `theirs` what the other side said, once it is shown. `over`: it is too late for
    stars. `reopens`: it can be opened again; `repeats`: it can be asked for anew with the same words.
    `thanks`: a thank-you can be shown in a group.
    """

    side: Side | None = None
    mine: Said | None = None
    theirs: Said | None = None
    over: bool = False
    reopens: bool = False
    repeats: bool = False
    thanks: bool = False


UNSAID = Closing()


@dataclass(frozen=True)
class HelperSide:
    """What a coordinator reads of the helper's side. `said`: they have answered; `words` None: they had nothing to add."""

    words: str | None
    said: bool
    until: datetime


@dataclass(frozen=True)
class ClosingMore(Notice):
    """To a resident whose need is closed: what else can be done about it."""

    priority = Priority.ANSWER
    need_id: int
