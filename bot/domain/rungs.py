"""The rungs of a ladder, planned: who is told after how many minutes, for one person or for a whole community."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.alerts import Ladder, Rung, Whom
from bot.domain.errors import ButtonInvalid, LadderFull, RungStays
from bot.domain.notices import Card, Notice, Priority

RUNGS_AT_MOST = 8
MINUTES_AT_MOST = 180
# Every contact may have a rung of its own, so far.
NUMBERED_CONTACTS = 3
# Of a number that a database of 64 bits surely holds.
DIGITS_AT_MOST = 18
ORDER = tuple(Whom)
POSSIBLE = (*(Rung(0, whom) for whom in Whom), *(Rung(0, Whom.CONTACTS, nth + 1) for nth in range(NUMBERED_CONTACTS)))


def set_to(ladder: Ladder, rung: Rung) -> Ladder:
    """They are told after so many minutes: moved when they are on it already. LadderFull beyond eight rungs."""
    others = _others(ladder, rung.name)
    if len(others) >= RUNGS_AT_MOST:
        raise LadderFull(RUNGS_AT_MOST)
    return tuple(sorted((*others, rung), key=_place))


def without(ladder: Ladder, name: str) -> Ladder:
    """They are not told any more; leaving them out twice changes nothing. RungStays for the coordinators."""
    if name == Whom.COORDINATORS.value:
        raise RungStays
    return _others(ladder, name)


def rung_of(name: str, minutes: int) -> Rung:
    """The rung that a button names; ButtonInvalid for anything that is none."""
    try:
        return Rung.named(name, minutes)
    except ValueError:
        raise ButtonInvalid from None


def addable(ladder: Ladder) -> tuple[Rung, ...]:
    """Who could be told too."""
    there = {rung.name for rung in ladder}
    return tuple(rung for rung in POSSIBLE if rung.name not in there)


def _others(ladder: Ladder, name: str) -> Ladder:
    return tuple(rung for rung in ladder if rung.name != name)


def _place(rung: Rung) -> tuple[int, int, int]:
    return rung.after_minutes, ORDER.index(rung.whom), rung.nth


# --- what is seen and said ---


@dataclass(frozen=True)
class Owner:
    """Whose ladder it is: a plan's, or an area's, which holds for everybody there without one of their own."""

    noun: str
    id: int

    @property
    def code(self) -> str:
        """ "plan-12"."""
        return f"{self.noun}-{self.id}"

    @classmethod
    def parse(cls, code: str) -> "Owner":
        """Whose it is; ButtonInvalid for anything else."""
        noun, _, number = code.partition("-")
        if (
            noun not in ("plan", "area")
            or not (number.isascii() and number.isdecimal())
            or len(number) > DIGITS_AT_MOST
        ):
            raise ButtonInvalid
        return cls(noun, int(number))


@dataclass(frozen=True)
class LadderView:
    """A ladder with names. `own` False: the person follows the community's. `contacts` are their names, in order."""

    owner: Owner
    name: str
    ladder: Ladder
    own: bool
    contacts: tuple[str, ...]
    neighbour: str | None
    now: datetime


@dataclass(frozen=True)
class LadderCard(Card):
    """To whoever plans it: who is told, and after how many minutes."""

    priority = Priority.ANSWER
    owner: str

    @property
    def subject(self) -> str:
        """Whose ladder it shows."""
        return f"ladder:{self.owner}"


@dataclass(frozen=True)
class RungCard(Notice):
    """One rung: after how many minutes, or not at all."""

    priority = Priority.ANSWER
    owner: str
    rung: str
