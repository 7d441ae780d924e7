"""One clock for several processes: a file says how far time was moved on, and each looks at it again and again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


class SharedClock:
    """Runs with the machine's clock, `offset` seconds ahead of it. Whoever has the file moves it for all."""

    def __init__(self, kept_in: Path) -> None:
        self._path = kept_in
        self._read_at = 0
        self._offset = 0.0

    @property
    def offset_seconds(self) -> float:
        """How far it is from the machine's clock."""
        changed = self._path.stat().st_mtime_ns
        if changed != self._read_at:
            self._offset, self._read_at = float(self._path.read_text(encoding="utf-8")), changed
        return self._offset

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.offset_seconds)

    def advance(self, seconds: float) -> None:
        """Move on, for all at once."""
        self._keep(self.offset_seconds + seconds)

    def put(self, at: datetime) -> None:
        """It is this instant now, for all at once."""
        self._keep((at - datetime.now(UTC)).total_seconds())

    def _keep(self, offset: float) -> None:
        fresh = self._path.with_suffix(".new")
        fresh.write_text(repr(offset), encoding="utf-8")
        fresh.replace(self._path)
