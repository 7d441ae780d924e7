"""How long the event loop was held up: whoever holds it up keeps everybody waiting, answers and alerts alike."""

import asyncio
import time
from collections import deque

LOOK_SECONDS = 0.25
REMEMBERED_SECONDS = 60.0


class Lag:
    """Sleeps for a moment again and again, and remembers for a minute by how much it overslept."""

    def __init__(self) -> None:
        self._overslept: deque[tuple[float, float]] = deque()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(LOOK_SECONDS)
            after = time.monotonic()
            self.note(max(0.0, after - before - LOOK_SECONDS), at=after)

    def note(self, seconds: float, *, at: float) -> None:
        """It was held up for so long; only what is longer than anything later has to be remembered."""
        while self._overslept and self._overslept[-1][1] <= seconds:
            self._overslept.pop()
        self._overslept.append((at, seconds))
        while self._overslept[0][0] < at - REMEMBERED_SECONDS:
            self._overslept.popleft()

    def seconds(self) -> float:
        """The longest of the last minute."""
        return self._overslept[0][1] if self._overslept else 0.0
