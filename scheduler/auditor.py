"""The auditor says what is late: what should have happened by now and has not. It mends nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.storage import outbox
from bot.storage.database import Transaction
from scheduler.sweeps import Sweep

LATE = timedelta(seconds=60)
DEAF = timedelta(seconds=120)


@dataclass(frozen=True)
class Report:
    """What was found. `late` counts rows by sweep, and "letters" of priority 0; `deaf` names what is silent."""

    late: dict[str, int]
    deaf: tuple[str, ...]

    @property
    def fine(self) -> bool:
        """Whether nothing is late and everything is alive."""
        return not self.late and not self.deaf


class Auditor:
    """Looks at sweeps, at letters that concern life, and at the last signs of life of intake and ticks."""

    def __init__(
        self,
        sweeps: Sequence[Sweep],
        *,
        bots: Callable[[], Iterable[int]],
        intake_at: Callable[[], datetime | None],
        tick_at: Callable[[], datetime | None],
    ) -> None:
        self._sweeps, self._bots = sweeps, bots
        self._intake_at, self._tick_at = intake_at, tick_at

    def late(self, tx: Transaction, now: datetime) -> dict[str, int]:
        """How many rows are late, by name; those that are in time are left out."""
        found = {sweep.name: sweep.late(tx, now - LATE) for sweep in self._sweeps}
        found["letters"] = sum(outbox.late(tx, bot_id=bot, seconds=LATE.total_seconds()) for bot in self._bots())
        return {name: count for name, count in found.items() if count}

    def signs(self) -> dict[str, datetime | None]:
        """The last signs of life of intake and ticks; None: none yet."""
        return {"intake": self._intake_at(), "ticks": self._tick_at()}

    def deaf(self, now: datetime) -> tuple[str, ...]:
        """Which of them have given no sign of life for 120 seconds, or none ever."""
        return tuple(name for name, at in self.signs().items() if at is None or now - at > DEAF)
