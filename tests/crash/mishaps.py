"""What befalls the program besides its death: which kind, in which way, for how long, drawn from the seed of the run."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

TELEGRAM, CONNECTIONS, RESTART = "telegram cut", "database cut", "database restarted"
LOCKED, FULL, CLOCK = "database locked", "disk full", "clock moved"
KINDS = (TELEGRAM, CONNECTIONS, RESTART, LOCKED, FULL, CLOCK)

# What can be done to a line.
CUT, SHUT, MUTE, LATE = "cut", "shut", "mute", "late"
ON_A_LINE = (CUT, SHUT, MUTE, LATE)
# A server that ends connections: some of them, or one in the middle of a transaction.
ENDED, TORN = "ended", "torn"
AT_ONCE, AFTER_A_WHILE = "at once", "after a while"
EXCLUSIVE = "exclusive"
TABLES = ("outbox", "updates", "persons", "history", "needs", "checkins", "alerts")
FILLED = "filled"
FORWARD, AHEAD, BEHIND = "forward", "ahead and back", "behind and back"

# Of each kind its ways: on every database, on SQLite, on PostgreSQL.
WAYS: Mapping[str, Mapping[str, Sequence[str]]] = {
    TELEGRAM: {"sqlite": ON_A_LINE, "postgres": ON_A_LINE},
    CONNECTIONS: {"postgres": (ENDED, TORN, *ON_A_LINE)},
    RESTART: {"postgres": (AT_ONCE, AFTER_A_WHILE)},
    LOCKED: {"sqlite": (EXCLUSIVE,), "postgres": TABLES},
    FULL: {"sqlite": (FILLED,), "postgres": (FILLED,)},
    CLOCK: {"sqlite": (FORWARD, AHEAD, BEHIND), "postgres": (FORWARD, AHEAD, BEHIND)},
}
# How long each lasts, in seconds. The program waits five seconds for a locked file and ten for a locked table.
LASTS: Mapping[str, tuple[float, float]] = {
    TELEGRAM: (0.5, 4.0),
    CONNECTIONS: (0.5, 4.0),
    RESTART: (0.5, 3.0),
    LOCKED: (1.0, 8.0),
    FULL: (2.0, 5.0),
    CLOCK: (0.5, 2.0),
}
SOON_SECONDS = 1.5
# Of those that are over soon: so much of the time.
BRIEF = 0.3


@dataclass(frozen=True)
class Mishap:
    """One of them. It begins `after_seconds` after the program was let go on and lasts `seconds`.

    `dice` is a seed for whatever is left to chance while it happens.
    """

    kind: str
    way: str
    after_seconds: float
    seconds: float
    dice: int

    def __str__(self) -> str:
        return f"{self.kind} ({self.way}, {self.seconds:.1f} s)"


def mishaps(database: str, kinds: Sequence[str], dice: random.Random, *, brief: bool = False) -> Iterator[Mishap]:
    """One after the other without end; in each round every kind once, in an order of its own, each way in turn."""
    share = BRIEF if brief else 1.0
    possible = [kind for kind in kinds if database in WAYS[kind]]
    left: dict[str, list[str]] = {kind: [] for kind in possible}
    while possible:
        for kind in dice.sample(possible, len(possible)):
            left[kind] = left[kind] or dice.sample(WAYS[kind][database], len(WAYS[kind][database]))
            way = left[kind].pop()
            soon, lasts = dice.uniform(0, SOON_SECONDS), dice.uniform(*LASTS[kind])
            yield Mishap(kind, way, soon * share, lasts * share, dice.getrandbits(32))
