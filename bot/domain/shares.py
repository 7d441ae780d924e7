"""How copies of the program share the pace of one bot: each has some of its slots for a few seconds, together all that there are.

A slot lets one message start a second. Instants are seconds of the database's clock, which all copies agree on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

# So long a share is good without being asked for again: what a copy had that died is free after this time.
SHARE_SECONDS = 3.0
# What was used last is still counted by Telegram for a second, and a copy learns a little late that it has less.
COOLING_SECONDS = 1.5
# A copy that has not been seen for so long is none.
GONE_SECONDS = 6.0
# How long the reserve for what concerns life belongs to one copy.
RESERVE_SECONDS = 1.5


@dataclass(frozen=True)
class Share:
    """What one copy has of a bot's slots. `wants`: how many it could use; `cooling` slots more or less are counted until
    `cools_at`, because it had them just now."""

    holder: str
    slots: int = 0
    until: float = 0.0
    wants: int = 0
    cooling: int = 0
    cools_at: float = 0.0
    seen_at: float = 0.0

    def alive(self, at: float) -> bool:
        """Whether this copy runs, as far as anybody knows."""
        return at - self.seen_at < GONE_SECONDS

    def counted(self, at: float) -> int:
        """How many slots nobody else may have now."""
        return max(self.held(at), self.cooling if at < self.cools_at else 0)

    def held(self, at: float) -> int:
        """How many it has, or had so lately that Telegram counts them."""
        return self.slots if at < self.until + COOLING_SECONDS else 0


@dataclass(frozen=True)
class Grant:
    """What a copy may use from now on for `seconds`: `slots` of everybody's, and whether it has the `reserve` for what
    concerns life.

    Of `copies` running ones it is the `place`-th, from 0: whose chats are whose follows from that.
    """

    slots: int
    reserve: bool
    seconds: float
    copies: int
    place: int


def share(shares: Iterable[Share], holder: str, *, wants: int, limit: int, at: float) -> Share:
    """What `holder` has from now on of `limit` slots: what it wants as long as nobody else does, else an equal part."""
    known = {one.holder: one for one in shares}
    mine = known.pop(holder, Share(holder))
    others = [one for one in known.values() if one.alive(at)]
    part = max(1, limit // (1 + sum(one.wants > 0 for one in others)))
    left_over = sum(part - min(one.wants, part) for one in others if one.wants > 0)
    free = limit - sum(one.counted(at) for one in known.values())
    slots = max(0, min(wants, part + left_over, free))
    had = mine.held(at)
    cooling, cools_at = (mine.cooling, mine.cools_at) if at < mine.cools_at else (0, 0.0)
    if slots < had:
        cooling, cools_at = max(cooling, had), at + COOLING_SECONDS
    return replace(
        mine, slots=slots, until=at + SHARE_SECONDS, wants=wants, cooling=cooling, cools_at=cools_at, seen_at=at
    )
