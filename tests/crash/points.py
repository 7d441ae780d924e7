"""When the program is killed: at a random instant, or at the n-th reach of one of its points, every point equally often."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

INSTANT = "instant"
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
ONE_BY_ONE = {**REACHES, "received": 40, "handled": 25, "acknowledging": 40}
SHORTEST_LIFE_SECONDS, LONGEST_LIFE_SECONDS = 0.05, 2.5
PATIENCE_SECONDS = 6.0
# Before every so many starts time passes that a need does not stand still for (unclaimed, asked, lapsed), all in all less
# than the six hours after which a draft or a question is stale.
JUMP_EVERY = 10
SHORTEST_JUMP_MINUTES, LONGEST_JUMP_MINUTES, LONGEST_JUMPS_MINUTES = 11, 19, 300


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


def plan(number: int, dice: random.Random, *, one_by_one: bool = False) -> Iterator[Kill]:
    """So many deaths; in each round every point and one instant once, in an order of its own.

    `one_by_one`: updates come singly and not in batches, so that what concerns them is reached more often.
    """
    points: list[str] = []
    passed = 0.0
    for count in range(1, number + 1):
        if not points:
            points = dice.sample([INSTANT, *REACHES], 1 + len(REACHES))
        minutes = 0.0 if count % JUMP_EVERY else dice.uniform(SHORTEST_JUMP_MINUTES, LONGEST_JUMP_MINUTES)
        minutes = minutes if passed + minutes < LONGEST_JUMPS_MINUTES else 0.0
        passed += minutes
        yield _kill(points.pop(), minutes, dice, ONE_BY_ONE if one_by_one else REACHES)


def _kill(point: str, minutes: float, dice: random.Random, reaches: Mapping[str, int]) -> Kill:
    if point == INSTANT:
        return Kill(point, 0, dice.uniform(SHORTEST_LIFE_SECONDS, LONGEST_LIFE_SECONDS), minutes)
    return Kill(point, dice.randint(1, reaches[point]), PATIENCE_SECONDS, minutes)
