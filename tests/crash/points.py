"""When the program is killed: at a random instant, or at the n-th reach of one of its points, every point equally often."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

INSTANT = "instant"
# Whoever has lived through a mishap dies when the next kills begin.
AFTERWARDS = "after a mishap"
# How far each point is let go at most before it kills: those in a transaction or a request are reached more often.
REACHES = {
    "received": 8,
    "handled": 8,
    "acknowledging": 8,
    "commit": 25,
    "committed": 25,
    "leased": 8,
    "sending": 25,
    "sent": 25,
    "settled": 8,
}
# Before a statement that writes one of these tables: in the middle of what a sweep, a rung or an answer does.
STATEMENTS = {
    "before plans": 1,
    "before checkins": 3,
    "before alerts": 3,
    "before alert_people": 2,
    "before history": 4,
}
CARE_REACHES = {**{point: min(reach, 10) for point, reach in REACHES.items()}, **STATEMENTS}
ONE_BY_ONE = {**REACHES, "received": 40, "handled": 25, "acknowledging": 40}
SHORTEST_LIFE_SECONDS, LONGEST_LIFE_SECONDS = 0.05, 2.5
PATIENCE_SECONDS, CARE_PATIENCE_SECONDS = 6.0, 2.5
# Before every so many starts time passes that a need does not stand still for (unclaimed, asked, lapsed), all in all less
# than the six hours after which a draft or a question is stale.
JUMP_EVERY = 10
SHORTEST_JUMP_MINUTES, LONGEST_JUMP_MINUTES, LONGEST_JUMPS_MINUTES = 11, 19, 300
# Care is all about time: it passes before almost every start, up to less than the two days for which updates are remembered.
CARE_JUMPS = 0.7
SHORTEST_CARE_JUMP_MINUTES, LONGEST_CARE_JUMP_MINUTES, LONGEST_CARE_JUMPS_MINUTES = 5, 25, 2500


@dataclass(frozen=True)
class Kill:
    """One death: at the `reach`-th time at `point`, or (INSTANT) from outside `after_seconds` after the start.

    A point that is not reached within `after_seconds` becomes an instant. `minutes` pass on all clocks before that start.
    """

    point: str
    reach: int
    after_seconds: float
    minutes: float = 0.0

    @property
    def trap(self) -> str:
        """What the child is told; empty: it is killed from outside."""
        return "" if self.point == INSTANT else f"{self.point}:{self.reach}"


def plan(
    number: int, dice: random.Random, *, one_by_one: bool = False, longest: float = LONGEST_JUMPS_MINUTES
) -> Iterator[Kill]:
    """So many deaths; in each round every point and one instant once, in an order of its own.

    `one_by_one`: updates come singly and not in batches, so that what concerns them is reached more often. `longest`: so many
    minutes pass at most, all in all.
    """
    points: list[str] = []
    passed = 0.0
    for count in range(1, number + 1):
        if not points:
            points = dice.sample([INSTANT, *REACHES], 1 + len(REACHES))
        minutes = 0.0 if count % JUMP_EVERY else dice.uniform(SHORTEST_JUMP_MINUTES, LONGEST_JUMP_MINUTES)
        minutes = minutes if passed + minutes < longest else 0.0
        passed += minutes
        yield _kill(points.pop(), minutes, dice, ONE_BY_ONE if one_by_one else REACHES)


def plan_care(number: int, dice: random.Random, *, longest: float = LONGEST_CARE_JUMPS_MINUTES) -> Iterator[Kill]:
    """The same where people are cared for: questions, nudges, ends of grace and rungs come with each start.

    `longest`: so many minutes pass at most, all in all.
    """
    points: list[str] = []
    passed = 0.0
    for _ in range(number):
        if not points:
            points = dice.sample([INSTANT, *CARE_REACHES], 1 + len(CARE_REACHES))
        minutes = dice.uniform(SHORTEST_CARE_JUMP_MINUTES, LONGEST_CARE_JUMP_MINUTES)
        minutes = minutes if dice.random() < CARE_JUMPS and passed + minutes < longest else 0.0
        passed += minutes
        kill = _kill(points.pop(), minutes, dice, CARE_REACHES)
        yield replace(kill, after_seconds=min(kill.after_seconds, CARE_PATIENCE_SECONDS))


def _kill(point: str, minutes: float, dice: random.Random, reaches: Mapping[str, int]) -> Kill:
    if point == INSTANT:
        return Kill(point, 0, dice.uniform(SHORTEST_LIFE_SECONDS, LONGEST_LIFE_SECONDS), minutes)
    return Kill(point, dice.randint(1, reaches[point]), PATIENCE_SECONDS, minutes)
