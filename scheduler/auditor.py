"""The auditor says what is late: what should have happened by now and has not. It mends nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.pulses import HELD_UP_SECONDS
from bot.storage import outbox, vitals
from bot.storage.database import Transaction
from scheduler.sweeps import Sweep

LATE = timedelta(seconds=60)
DEAF = timedelta(seconds=120)


@dataclass(frozen=True)
class Report:
    """What was found. `late` counts rows by sweep, "letters" of priority 0; "ladders" are open alerts
    for which nothing will happen by itself. `deaf` names what is silent or held up here."""

    late: dict[str, int]
    deaf: tuple[str, ...]

    @property
    def fine(self) -> bool:
        """Whether nothing is late and everything is alive."""
        return not self.late and not self.deaf


class Auditor:
    """Looks at sweeps, ladders and letters that concern life, at the last signs of life of intake and ticks, and at the event
    loop: `lag` says for how many seconds it was held up lately."""

    def __init__(
        self,
        sweeps: Sequence[Sweep],
        *,
        bots: Callable[[], Iterable[int]],
        intake_at: Callable[[], datetime | None],
        tick_at: Callable[[], datetime | None],
        lag: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._sweeps, self._bots, self.lag = sweeps, bots, lag
        self._intake_at, self._tick_at = intake_at, tick_at

    def late(self, tx: Transaction, now: datetime) -> dict[str, int]:
        """How many rows are late, by name; those that are in time are left out."""
        found = {sweep.name: sweep.late(tx, now - LATE) for sweep in self._sweeps}
        found["letters"] = sum(outbox.late(tx, bot_id=bot, seconds=LATE.total_seconds()) for bot in self._bots())
        found["ladders"] = vitals.silent_ladders(tx)
        return {name: count for name, count in found.items() if count}

    def signs(self) -> dict[str, datetime | None]:
        """The last signs of life of intake and ticks; None: none yet."""
        return {"intake": self._intake_at(), "ticks": self._tick_at()}

    def deaf(self, now: datetime) -> tuple[str, ...]:
        """Which of them have given no sign of life for 120 seconds, or none ever; and the loop when it is held up."""
        silent = tuple(name for name, at in self.signs().items() if at is None or now - at > DEAF)
        return (*silent, "loop") if self.lag() > HELD_UP_SECONDS else silent

    @property
    def names(self) -> list[str]:
        """Everything that may be late."""
        return [*(sweep.name for sweep in self._sweeps), "letters", "ladders"]
