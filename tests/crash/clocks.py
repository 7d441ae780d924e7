"""The town's time: one clock for everybody, which can be moved while programs run, and how far each copy's own clock is off."""

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

NUMBER = struct.Struct("d")
# The first number is the town's, one for each copy follows.
PLACES = 16


class TownClock:
    """The machine's clock and so many seconds more, which stand in a small file that all processes have in their memory.

    `copy` None: the town's own time, which is Telegram's too; a number: that copy's clock, which may be off from it.
    """

    def __init__(self, path: Path, copy: int | None = None) -> None:
        if not path.exists():
            path.write_bytes(bytes(NUMBER.size * PLACES))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), NUMBER.size * PLACES)
        self._copy = copy

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.offset_seconds)

    @property
    def offset_seconds(self) -> float:
        """How far it is from the machine's clock."""
        return self._read(0) + (0.0 if self._copy is None else self._read(1 + self._copy))

    def advance(self, seconds: float) -> None:
        """So much time passes for everybody."""
        self._write(0, self._read(0) + seconds)

    def put_off(self, copy: int, seconds: float) -> None:
        """From now on this copy's clock is so far ahead of the town's (negative: behind it)."""
        self._write(1 + copy, seconds)

    def _read(self, place: int) -> float:
        return float(NUMBER.unpack_from(self._shared, place * NUMBER.size)[0])

    def _write(self, place: int, seconds: float) -> None:
        NUMBER.pack_into(self._shared, place * NUMBER.size, seconds)
