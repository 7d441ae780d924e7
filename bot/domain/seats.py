"""Seats: how many go to one need together. Whoever came first leads (arrives, finishes); the others come along."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import ButtonInvalid, ExperiencedWanted, NeedTaken, SeatsTaken
from bot.domain.needs import Need, NeedNotice
from bot.domain.notices import Notice, Priority

SEATS_AT_MOST = 5
PAIR = 2


@dataclass(frozen=True)
class Party:
    """Who goes: whoever leads first, then in the order in which they joined; empty: nobody has it.

    `asked`: how many were asked for; None: as its kind says. `pair`: its kind takes two. `new`: which of them are not to go
    without somebody experienced, where the community wants it so.
    """

    people: tuple[int, ...] = ()
    asked: int | None = None
    pair: bool = False
    new: frozenset[int] = frozenset()

    @property
    def unaccompanied(self) -> bool:
        """Whether only new ones go: somebody experienced is missing."""
        return bool(self.people) and self.new.issuperset(self.people)

    @property
    def wanted(self) -> int:
        """How many are to go."""
        said = max(self.asked or 1, PAIR if self.pair or self.new.intersection(self.people) else 1)
        return max(said, len(self.people) + 1) if self.unaccompanied else said

    @property
    def missing(self) -> int:
        """For how many there is a seat yet."""
        return max(0, self.wanted - len(self.people))

    @property
    def alone(self) -> bool:
        """Whether somebody has it and should not go yet: the second of two, or somebody experienced, is missing."""
        return bool(self.people) and (self.unaccompanied or (self.pair and len(self.people) < PAIR))

    @property
    def for_experienced(self) -> bool:
        """Whether the last seat is kept for somebody experienced."""
        return self.missing == 1 and self.unaccompanied

    def join(self, person_id: int, *, new: bool = False) -> "Party":
        """One more comes along; joining twice changes nothing. NeedTaken when all seats are, ExperiencedWanted."""
        if person_id in self.people:
            return self
        if self.people and not self.missing:
            raise NeedTaken(self.people[0])
        if new and self.for_experienced:
            raise ExperiencedWanted
        fresh = frozenset({person_id}) if new else frozenset()
        return replace(self, people=(*self.people, person_id), new=self.new | fresh)

    def leave(self, person_id: int) -> "Party":
        """They do not come; the next one leads where they led."""
        return replace(self, people=tuple(one for one in self.people if one != person_id), new=self.new - {person_id})

    def seat(self, count: int) -> "Party":
        """So many are to go. ButtonInvalid for a number that cannot be; SeatsTaken when more are going already."""
        if not (PAIR if self.pair else 1) <= count <= SEATS_AT_MOST:
            raise ButtonInvalid
        if count < len(self.people):
            raise SeatsTaken(len(self.people))
        return replace(self, asked=count)


def give_back(need: Need, along: Sequence[int], now: datetime) -> Need:
    """Whoever leads cannot come: the first of those who come along leads, and without anybody it is open again."""
    return need.take_over(along[0], now) if along else need.release(now)


HOW_MANY = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "two": 2, "three": 3, "four": 4, "five": 5}
SAID = re.compile(
    r"(?:需要|要|来|找|请|叫|派)\s*([两二三四五2-5])\s*(?:个人|位|名|个(?:志愿者|帮手|小伙子|邻居))(?!\s*[的份])"
    r"|(?<!for )\b(two|three|four|five|[2-5])\s+(?:strong\s+)?(?:people|persons|helpers|volunteers|neighbou?rs|men)\b",
    re.IGNORECASE,
)


def seats_in(text: str) -> int | None:
    """How many helpers a text asks for, from two to five; None: it does not say."""
    found = SAID.search(text)
    if found is None:
        return None
    word = (found[1] or found[2]).lower()
    return HOW_MANY.get(word) or int(word)


# --- what is said ---


@dataclass(frozen=True)
class SeatsAsked(Notice):
    """To the resident or a coordinator: how many are to go?"""

    priority = Priority.ANSWER
    need_id: int


class SeatJoined(NeedNotice):
    """To the resident and to those who go already: one more comes along."""


class SeatLed(NeedNotice):
    """To whoever came along: whoever led cannot come, and they lead now."""


class SeatLeft(NeedNotice):
    """To whoever leads: somebody does not come along after all."""


class SeatsMissing(NeedNotice):
    """To coordinators, and to whoever leads: in all this time nobody was found for the other seats."""
