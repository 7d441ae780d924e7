"""Partings: "not this person again", said by either side of a need, and known to nobody else."""

from dataclasses import dataclass

from bot.domain.notices import Notice, Priority


@dataclass(frozen=True)
class PartingAsked(Notice):
    """To whoever tapped: are the two not to be brought together again?"""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class PartingKept(Notice):
    """To whoever said it: it is kept, and can be taken back."""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class PartingView:
    """The other person's name, as the reader knows it, and whether it is kept now."""

    other: str
    kept: bool
