"""Whether the network is there at all. While it is not, everything waits together and one letter at a time tries it."""

from math import inf

FIRST_SECONDS = 0.5
LONGEST_SECONDS = 10.0
TIMEOUTS_IN_A_ROW = 3


class Gate:
    """Closed while the network is down: then one letter at a time goes out, to see whether it is still so."""

    def __init__(self) -> None:
        self._failures = 0
        self._timeouts = 0
        self._opens_at = -inf

    @property
    def closed(self) -> bool:
        """Whether the last that was tried met a network that is down."""
        return self._failures > 0

    @property
    def opens_at(self) -> float:
        """From when on the next try may start."""
        return self._opens_at

    def answered(self) -> None:
        """Somebody answered: the network is there."""
        self._failures = self._timeouts = 0
        self._opens_at = -inf

    def failed(self, at: float) -> None:
        """Nobody answered."""
        # Those that were on their way together fail together: that is one failure.
        if at >= self._opens_at:
            self._failures += 1
            self._opens_at = at + min(FIRST_SECONDS * 2 ** (self._failures - 1), LONGEST_SECONDS)

    def timed_out(self, at: float) -> None:
        """No answer in time: one may be chance, several in a row are a network that is down."""
        self._timeouts += 1
        if self._timeouts >= TIMEOUTS_IN_A_ROW:
            self.failed(at)
