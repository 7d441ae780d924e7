"""Ladders: who is asked, one rung after the other."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Whom(StrEnum):
    """Who stands on a rung."""

    DUTY = "duty"
    NEIGHBOUR = "neighbour"
    LEADERS = "leaders"
    COORDINATORS = "coordinators"
    CONTACTS = "contacts"
    STREET = "street"


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: `after_minutes` from the alert's opening."""

    after_minutes: int
    whom: Whom


Ladder = tuple[Rung, ...]
DEFAULT_LADDER: Ladder = (
    Rung(0, Whom.DUTY),
    Rung(5, Whom.NEIGHBOUR),
    Rung(15, Whom.COORDINATORS),
    Rung(25, Whom.CONTACTS),
    Rung(40, Whom.STREET),
)


@lru_cache(maxsize=4096)
def ladder_text(ladder: Ladder) -> str:
    """A ladder as it is kept: "0:duty,5:neighbour"."""
    return ",".join(f"{rung.after_minutes}:{rung.whom.value}" for rung in ladder)


@lru_cache(maxsize=4096)
def parse_ladder(text: str) -> Ladder:
    """The ladder behind its text; ValueError for what is none."""
    pairs = (part.split(":") for part in text.split(",") if part)
    return tuple(Rung(int(minutes), Whom(whom)) for minutes, whom in pairs)
