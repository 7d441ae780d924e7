"""Who writes faster than anybody could read: told once to wait a little, and what they write meanwhile is noted as seen only.

It is decided from the update as it came, before anything is made of it: what is too much costs next to nothing. Counted in the
memory of this copy of the program, by when a message was written: what waited for us while we could not read it is no flood.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

# So many messages of one person within so many seconds are read; then they are asked to wait for so long.
PACES = ((20, 10), (40, 60))
REMEMBERED = 10_000


class Heed(Enum):
    """How an update is taken: before all others, in its turn, or only noted as seen."""

    FIRST = auto()
    READ = auto()
    SEEN_ONLY = auto()


@dataclass
class _Writer:
    """When somebody's last messages were written, from when on they are read again, and the album they are sending."""

    times: deque[int] = field(default_factory=lambda: deque(maxlen=max(count for count, _ in PACES)))
    read_from: int = 0
    album: str | None = None


class Haste:
    """Looks at every update before it is read. `is_vital`: words that are read however fast they come."""

    def __init__(self, is_vital: Callable[[str], bool]) -> None:
        self._is_vital = is_vital
        self._writers: dict[int, _Writer] = {}
        self._told: dict[int, int] = {}

    def is_excess(self, update: Mapping[str, Any]) -> bool:
        """Whether this update is only to be noted. Whatever is no message of a person is read."""
        message = update.get("message") or update.get("edited_message")
        who = _sender(message)
        at = (message.get("edit_date") or message.get("date")) if isinstance(message, dict) else None
        if who is None or not isinstance(message, dict) or not isinstance(at, int) or self._is_vital(words_of(message)):
            return False
        writer = self._writer(who, at)
        album = message.get("media_group_id")
        if album is not None and album == writer.album:
            # An album is one gesture: its further parts are no flood.
            return False
        if at < writer.read_from:
            return True
        writer.album = album if isinstance(album, str) else writer.album
        seconds = _count(writer, at)
        if seconds:
            self._tell(update["update_id"], seconds)
        return False

    def asks_to_wait(self, update_id: int) -> int | None:
        """For how many seconds whoever wrote this is asked to wait; None: it is read."""
        return self._told.get(update_id)

    def _tell(self, update_id: int, seconds: int) -> None:
        # Kept and not taken out: a transaction may be run again from its beginning.
        while len(self._told) >= REMEMBERED:
            self._told.pop(next(iter(self._told)))
        self._told[update_id] = seconds

    def _writer(self, who: int, at: int) -> _Writer:
        if len(self._writers) > REMEMBERED:
            longest = max(seconds for _, seconds in PACES)
            self._writers = {
                one: kept for one, kept in self._writers.items() if kept.times and kept.times[-1] > at - longest
            }
        return self._writers.setdefault(who, _Writer())


def _count(writer: _Writer, at: int) -> int:
    """Count one more that is read; for how many seconds nothing more is, 0 if it is not too much."""
    for count, seconds in reversed(PACES):
        if sum(one > at - seconds for one in writer.times) >= count:
            writer.read_from = at + seconds
            return seconds
    writer.times.append(at)
    return 0


def _sender(message: Any) -> int | None:
    sender = message.get("from") if isinstance(message, dict) else None
    who = sender.get("id") if isinstance(sender, dict) else None
    return who if isinstance(who, int) else None


def words_of(message: Mapping[str, Any]) -> str:
    """What a message says, as it came; empty: nothing."""
    said = message.get("text") or message.get("caption")
    return said if isinstance(said, str) else ""
