"""Drills: a practice alert for one volunteer or for the whole chain. It is about nobody, and its times are reported.

A drill has rows of its own: no real person's alert, ladder or contacts are touched by it, and it counts in no month's alerts.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.alerts import Ladder, Rung, Whom
from bot.domain.errors import DrillOver
from bot.domain.notices import Card, Notice, Priority

# After the last rung there is so long to answer; then it ends by itself.
ANSWER_WITHIN = timedelta(minutes=30)
QUICK_ANSWER_WITHIN = timedelta(minutes=10)
QUICK_MINUTES = 1
ARRIVES_AT_MOST = 240


class DrillEnd(StrEnum):
    """How a drill ended."""

    DONE = "done"
    STOPPED = "stopped"
    TIME = "time"


def practice_ladder(community: Ladder, *, quick: bool) -> Ladder:
    """The community's ladder without whom only a cared-for person has: leaders for the neighbour, and no contacts."""
    practised: list[Rung] = []
    for rung in community:
        whom = Whom.LEADERS if rung.whom is Whom.NEIGHBOUR else rung.whom
        if whom is not Whom.CONTACTS and whom not in {one.whom for one in practised}:
            practised.append(Rung(len(practised) * QUICK_MINUTES if quick else rung.after_minutes, whom))
    return tuple(practised)


ONE: Ladder = (Rung(0, Whom.DUTY),)


@dataclass(frozen=True)
class Drill:
    """One practice alert. `person_id` None: the whole chain. `rung` is the next to be tried; beyond the last: all were.

    `quick`: a minute a rung. `ended_at`, `ending`, `act_at` None: it runs, it runs, it has ended.
    """

    id: int
    bot_id: int
    area_id: int
    started_by: int
    person_id: int | None
    quick: bool
    ladder: Ladder
    started_at: datetime
    rung: int = 0
    empty: tuple[Whom, ...] = ()
    ended_at: datetime | None = None
    ending: DrillEnd | None = None
    act_at: datetime | None = None
    version: int = 0

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self.ended_at is None

    @property
    def climbed(self) -> bool:
        """Whether every rung was tried."""
        return self.rung >= len(self.ladder)

    def tried(self, now: datetime, *, reached: bool) -> "Drill":
        """This rung was tried; where nobody stands on it the next one follows at once, as in an alert."""
        whom, after = self.ladder[self.rung].whom, self.rung + 1
        empty = self.empty if reached else (*self.empty, whom)
        return replace(self, rung=after, empty=empty, act_at=self._next(after, now, reached=reached))

    def _next(self, after: int, now: datetime, *, reached: bool) -> datetime:
        if after >= len(self.ladder):
            return now + (QUICK_ANSWER_WITHIN if self.quick else ANSWER_WITHIN)
        gap = self.ladder[after].after_minutes - self.ladder[after - 1].after_minutes
        return now + timedelta(minutes=gap) if reached else now

    def end(self, ending: DrillEnd, now: datetime) -> "Drill":
        """It is over; ending twice changes nothing."""
        return self if not self.runs else replace(self, ended_at=now, ending=ending, act_at=None)


@dataclass(frozen=True)
class Part:
    """One person's part in a drill. None: not reached yet, not refused, not taken, not said, not done."""

    drill_id: int
    person_id: int
    rung: Whom
    told_at: datetime
    reached_at: datetime | None = None
    failed_at: datetime | None = None
    taken_at: datetime | None = None
    arrives_at: datetime | None = None
    done_at: datetime | None = None

    def take(self, now: datetime) -> "Part":
        """ "I'll look"; tapping twice changes nothing."""
        return self if self.taken_at else replace(self, taken_at=now, reached_at=self.reached_at or now)

    def arrive(self, at: datetime, now: datetime) -> "Part":
        """When they would be there."""
        return replace(self.take(now), arrives_at=at)

    def done(self, now: datetime) -> "Part":
        """They have looked, as far as one looks in a drill."""
        return self if self.done_at else replace(self.take(now), done_at=now)

    @property
    def waits(self) -> bool:
        """Whether something is still to come from them."""
        return self.done_at is None and self.failed_at is None


def check_runs(drill: Drill) -> Drill:
    """DrillOver for one that has ended."""
    if not drill.runs:
        raise DrillOver
    return drill


# --- what is seen and said of drills ---


@dataclass(frozen=True)
class DrillView:
    """A drill with names. `parts` are (name, part) in the order in which they were told; `mine` is the reader's own.

    `may_stop`: the reader is in charge.
    """

    drill: Drill
    place: str
    starter: str
    parts: tuple[tuple[str, Part], ...]
    mine: Part | None
    may_stop: bool
    now: datetime


@dataclass(frozen=True)
class DrillPlace:
    """Where a drill can be started. `running` None: none runs here. `last` is the drill that ended last here (None: none yet).

    `people` are a page of those who could practise: (number, name).
    """

    area_id: int
    place: str
    running: int | None
    last: int | None
    people: tuple[tuple[int, str], ...] = ()
    has_more: bool = False


@dataclass(frozen=True)
class DrillCard(Card):
    """To whoever practises: this is a drill; one tap as in an alert."""

    # Anything real goes before it.
    priority = Priority.OFFER
    timed = True
    drill_id: int

    @property
    def subject(self) -> str:
        """The drill that it shows."""
        return f"drill:{self.drill_id}"


@dataclass(frozen=True)
class DrillReport(Card):
    """To whoever started it: who was reached when, who took it, who could not be reached."""

    priority = Priority.ANSWER
    drill_id: int

    @property
    def subject(self) -> str:
        """The drill that it reports on."""
        return f"drill:{self.drill_id}"


@dataclass(frozen=True)
class DrillChoice(Notice):
    """To who is in charge: the whole chain, or one volunteer?"""

    priority = Priority.ANSWER
    area_id: int


@dataclass(frozen=True)
class DrillPeople(Notice):
    """To who is in charge: who practises? From `offset` on."""

    priority = Priority.ANSWER
    area_id: int
    offset: int = 0
