"""How the whole stands, in a few numbers: alerts and their ladders, failures, copies. It names nobody."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage import pulses
from bot.storage.columns import seconds
from bot.storage.database import Transaction


@dataclass(frozen=True)
class Vitals:
    """Drills are left out. `ladder_late_seconds` is how long ago the latest ladder should have gone on (0: none is late)."""

    open_by_rung: dict[int, int]
    taken: int
    ladder_late_seconds: int
    failures: int
    copies: int


def look(tx: Transaction, now: datetime) -> Vitals:
    """The numbers as they are now."""
    rows = tx.all("SELECT rung, COUNT(*) AS n FROM alerts WHERE state = 'open' AND drill = 0 GROUP BY rung")
    return Vitals(
        open_by_rung={row["rung"]: row["n"] for row in rows},
        taken=_count(tx, "SELECT COUNT(*) AS n FROM alerts WHERE state = 'taken' AND drill = 0"),
        ladder_late_seconds=_ladder_late(tx, now),
        failures=_count(tx, "SELECT COUNT(*) AS n FROM failures"),
        copies=len(pulses.beating(tx)),
    )


def _ladder_late(tx: Transaction, now: datetime) -> int:
    row = tx.one("SELECT MIN(act_at) AS at FROM alerts WHERE act_at IS NOT NULL")
    return 0 if row is None or row["at"] is None else max(0, seconds(now) - row["at"])


def silent_ladders(tx: Transaction) -> int:
    """Alerts that have not ended and for which nothing will happen by itself: there must be none."""
    return _count(tx, "SELECT COUNT(*) AS n FROM alerts WHERE state <> 'closed' AND act_at IS NULL")


def _count(tx: Transaction, sql: str) -> int:
    row = tx.one(sql)
    return 0 if row is None else int(row["n"])
