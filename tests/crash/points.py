"""When the program is killed: at a random instant, or at the n-th reach of one of its points, every point equally often."""

import random
from collections.abc import Iterator
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
SHORTEST_LIFE_SECONDS, LONGEST_LIFE_SECONDS = 0.05, 2.5
PATIENCE_SECONDS = 6.0


@dataclass(frozen=True)
class Kill:
    """One death: at the `reach`-th time at `point`, or (INSTANT) from outside `after_seconds` after the start.

    A point that is not reached within `after_seconds` becomes an instant.
    """

    point: str
    reach: int
    after_seconds: float

    @property
    def code(self) -> str:
        """What the child is told; empty: it is killed from outside."""
        return "" if self.point == INSTANT else f"{self.point}:{self.reach}"


def plan(number: int, dice: random.Random) -> Iterator[Kill]:
    """So many deaths; in each round every point and one instant once, in an order of its own."""
    left = number
    while left > 0:
        around = [INSTANT, *REACHES]
        dice.shuffle(around)
        yield from (_kill(point, dice) for point in around[:left])
        left -= len(around)


def _kill(point: str, dice: random.Random) -> Kill:
    if point == INSTANT:
        return Kill(point, 0, dice.uniform(SHORTEST_LIFE_SECONDS, LONGEST_LIFE_SECONDS))
    return Kill(point, dice.randint(1, REACHES[point]), PATIENCE_SECONDS)
