"""What time it is on this Telegram: the clock that it is given, or the wall clock when it runs as its own process."""

from datetime import UTC, datetime
from typing import Protocol, runtime_checkable


class Clock(Protocol):
    """Whatever knows the present instant."""

    def now(self) -> datetime:
        """The present instant, timezone-aware, UTC."""


@runtime_checkable
class MovableClock(Protocol):
    """A clock that the demo's page may move forward."""

    @property
    def offset_seconds(self) -> float:
        """How far ahead of the wall clock it stands, in seconds."""

    def advance(self, seconds: float) -> None:
        """Move it forward by `seconds`."""


class WallClock:
    """The real time, for a Telegram that runs without the program; the page may move it forward."""

    def __init__(self) -> None:
        self._offset_seconds = 0.0

    def now(self) -> datetime:
        """The present instant, timezone-aware, UTC."""
        return datetime.fromtimestamp(datetime.now(UTC).timestamp() + self._offset_seconds, UTC)

    @property
    def offset_seconds(self) -> float:
        """How far ahead of the real time it stands, in seconds."""
        return self._offset_seconds

    def advance(self, seconds: float) -> None:
        """Move it forward by `seconds`."""
        self._offset_seconds += seconds
