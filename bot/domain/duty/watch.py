"""A watch: one piece of the rota on one day, from its handshake to its end.

At its beginning the first in order is asked to say "I'm here", which also shows that they can be reached. Ten minutes of silence
pass it on to the next; when nobody is left it is empty, and whoever is in charge is told.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.errors import WatchNotSo

ANSWER_WITHIN = timedelta(minutes=10)


class WatchState(StrEnum):
    """Where a watch stands."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    EMPTY = "empty"
    OVER = "over"


@dataclass(frozen=True)
class Watch:
    """One watch. `people` are planned, in their order; `passed` did not answer, or cannot be reached.

    `holder_id`: who was asked (called) or has said "I'm here" (held); None: nobody. `act_at` None: it is over.
    """

    id: int
    bot_id: int
    area_id: int
    line: int
    day: date
    starts: int
    ends: int
    starts_at: datetime
    ends_at: datetime
    people: tuple[int, ...]
    passed: tuple[int, ...] = ()
    state: WatchState = WatchState.PLANNED
    holder_id: int | None = None
    act_at: datetime | None = None
    version: int = 0

    @property
    def order(self) -> tuple[int, ...]:
        """Who answers now, first to last: whoever has it, then those who have not been passed over. Empty: nobody."""
        if self.state in (WatchState.EMPTY, WatchState.OVER):
            return ()
        first = () if self.holder_id is None else (self.holder_id,)
        return tuple(dict.fromkeys((*first, *(one for one in self.people if one not in self.passed))))

    def call(self, now: datetime) -> "Watch":
        """The next in order is asked; nobody is left: empty until its end, or until somebody says "I'm here"."""
        following = next((one for one in self.people if one not in self.passed), None)
        if following is None:
            return replace(self, state=WatchState.EMPTY, holder_id=None, act_at=self.ends_at)
        act_at = min(self.ends_at, now + ANSWER_WITHIN)
        return replace(self, state=WatchState.CALLED, holder_id=following, act_at=act_at)

    def silent(self, now: datetime) -> "Watch":
        """Whoever was asked did not answer, or cannot be reached: the next one is asked."""
        if self.holder_id is None:
            return self.call(now)
        return replace(self, passed=(*self.passed, self.holder_id)).call(now)

    def here(self, person_id: int) -> "Watch":
        """Somebody says "I'm here": theirs, unless another has said so before; then they are next in order."""
        if self.state is WatchState.OVER:
            raise WatchNotSo
        back = replace(self, passed=tuple(one for one in self.passed if one != person_id))
        if self.state is WatchState.HELD:
            return back
        return replace(back, state=WatchState.HELD, holder_id=person_id, act_at=self.ends_at)

    def taken(self, person_id: int) -> "Watch":
        """Somebody takes it now, whoever had it: they go first, the others stay behind them in their order."""
        if self.state is WatchState.OVER:
            raise WatchNotSo
        others = tuple(one for one in self.people if one != person_id)
        mine = replace(self, people=(person_id, *others), passed=tuple(one for one in self.passed if one != person_id))
        return replace(mine, state=WatchState.HELD, holder_id=person_id, act_at=self.ends_at)

    def replanned(self, people: tuple[int, ...], now: datetime) -> "Watch":
        """The rota has changed. Whoever has it keeps it while they are planned; else the new first one is asked."""
        changed = replace(self, people=people)
        if self.state is WatchState.PLANNED or people == self.people:
            return changed
        if self.holder_id in people:
            return changed
        fresh = tuple(one for one in self.passed if one in people)
        return replace(changed, passed=fresh, state=WatchState.PLANNED, holder_id=None, act_at=now)

    def over(self) -> "Watch":
        """Its time has come to an end, or it is not planned any more."""
        return replace(self, state=WatchState.OVER, act_at=None)

    def follows(self, before: "Watch") -> bool:
        """Whether it goes on where another ended, so that whoever had that needs no handshake in the middle of the night."""
        same = (self.area_id, self.line) == (before.area_id, before.line)
        return same and before.ends_at == self.starts_at and before.holder_id in self.people
