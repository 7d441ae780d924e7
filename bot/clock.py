"""The only place that knows what time it is.

Everything else is handed `now` as an argument. Leases use the database's own clock and pacing the monotonic one, so moving
this clock moves neither.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Tells the program's time: an aware datetime in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovedClock:
    """A clock that runs with the machine's and can be moved on: for the demo and for rehearsals.

    `offset_seconds` is how far it is from the machine's clock; with `kept_in` it survives a restart.
    """

    def __init__(self, offset_seconds: float = 0.0, *, kept_in: Path | None = None) -> None:
        self._kept_in = kept_in
        self.offset_seconds = offset_seconds
        if kept_in is not None and kept_in.exists():
            self.offset_seconds = float(kept_in.read_text(encoding="utf-8"))

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.offset_seconds)

    def advance(self, seconds: float) -> None:
        """Move on (or, with a negative number, back) by so many seconds."""
        self.offset_seconds += seconds
        if self._kept_in is not None:
            self._kept_in.write_text(str(self.offset_seconds), encoding="utf-8")


class Sign:
    """The last sign of life of something that must not fall silent, in the program's time.

    Its age is measured on the machine's clock: a clock that is moved on by an hour made nobody deaf for an hour.
    """

    def __init__(self, clock: Clock, *, machine: Clock | None = None) -> None:
        self._clock, self._machine = clock, machine or SystemClock()
        self._given_at: datetime | None = None

    def give(self) -> None:
        """It is alive now."""
        self._given_at = self._machine.now()

    @property
    def number(self) -> datetime | None:
        """Tells one sign from the next; None: there was none yet."""
        return self._given_at

    def at(self) -> datetime | None:
        """When it was given, as the program's clock runs now; None: never yet."""
        if self._given_at is None:
            return None
        return self._clock.now() - (self._machine.now() - self._given_at)


class StillClock:
    """A clock that stands where it was put until it is moved: for tests."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.offset_seconds = 0.0

    def now(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        """Move on by so many seconds."""
        self.at += timedelta(seconds=seconds)
        self.offset_seconds += seconds
