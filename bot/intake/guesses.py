"""Links that lead nowhere, counted: whoever tries many is told nothing about further ones for a while."""

from collections import deque
from datetime import datetime, timedelta

# So many links that were no good, of one person in so long; a poster that was photographed badly needs two or three.
GUESSES, WITHIN = 10, timedelta(hours=1)
REMEMBERED = 10_000


class Guesses:
    """Who tried links that were no good, and when: in the memory of this copy of the program."""

    def __init__(self) -> None:
        self._missed: dict[int, deque[datetime]] = {}

    def missed(self, user_id: int, at: datetime) -> None:
        """One more that was no good."""
        self._missed.setdefault(user_id, deque(maxlen=GUESSES)).append(at)
        if len(self._missed) > REMEMBERED:
            self._missed = {who: times for who, times in self._missed.items() if times[-1] > at - WITHIN}

    def too_many(self, user_id: int, at: datetime) -> bool:
        """Whether the next one is not even looked at."""
        times = self._missed.get(user_id, ())
        return sum(one > at - WITHIN for one in times) >= GUESSES
