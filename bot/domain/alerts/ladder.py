"""Ladders: who is asked, one rung after the other."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache


class Whom(StrEnum):
    """Who stands on a rung."""

    DUTY = "duty"
    NEIGHBOUR = "neighbour"
    LEADERS = "leaders"
    COORDINATORS = "coordinators"
    CONTACTS = "contacts"
    STREET = "street"


RUNG_NAME = re.compile(r"([a-z]+)(\d?)")


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: `after_minutes` from the alert's opening.

    `nth` names one emergency contact, the first being 1; 0: all of them (and the only value for anybody else).
    """

    after_minutes: int
    whom: Whom
    nth: int = 0

    @cached_property
    def name(self) -> str:
        """Who stands on it, in a word: "duty", "contacts2"."""
        return f"{self.whom.value}{self.nth or ''}"

    @property
    def personal(self) -> bool:
        """Whether whoever stands on it was chosen for one person, and not for a place."""
        return self.whom is Whom.NEIGHBOUR or self.whom is Whom.CONTACTS

    @classmethod
    def named(cls, name: str, after_minutes: int) -> "Rung":
        """The rung of such a name; ValueError for what is none."""
        found = RUNG_NAME.fullmatch(name)
        if found is None:
            raise ValueError(name)
        whom, nth = Whom(found[1]), int(found[2] or 0)
        if nth and whom is not Whom.CONTACTS:
            raise ValueError(name)
        return cls(after_minutes, whom, nth)


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
    """A ladder as it is kept: "0:duty,5:neighbour,20:contacts1"."""
    return ",".join(f"{rung.after_minutes}:{rung.name}" for rung in ladder)


@lru_cache(maxsize=4096)
def parse_ladder(text: str) -> Ladder:
    """The ladder behind its text; ValueError for what is none."""
    pairs = (part.split(":") for part in text.split(",") if part)
    return tuple(Rung.named(name, int(minutes)) for minutes, name in pairs)
