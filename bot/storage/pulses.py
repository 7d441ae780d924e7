"""The program's pulse: when each running copy last took something in and last ticked, for whoever asks whether it was deaf."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage.columns import instant, seconds
from bot.storage.database import Transaction


@dataclass(frozen=True)
class Pulse:
    """The last signs of life of any copy; None: never yet."""

    intake_at: datetime | None
    tick_at: datetime | None


def beat(tx: Transaction, copy: str, *, intake_at: datetime | None, tick_at: datetime | None) -> None:
    """Write down a copy's signs of life; None leaves the one that was written before."""
    tx.run(
        "INSERT INTO pulses (copy, intake_at, tick_at) VALUES (:copy, :intake_at, :tick_at)"
        " ON CONFLICT (copy) DO UPDATE SET intake_at = COALESCE(excluded.intake_at, pulses.intake_at),"
        " tick_at = COALESCE(excluded.tick_at, pulses.tick_at)",
        {"copy": copy, "intake_at": seconds(intake_at), "tick_at": seconds(tick_at)},
    )


def latest(tx: Transaction) -> Pulse:
    """The newest signs of life over all copies."""
    row = tx.one("SELECT MAX(intake_at) AS intake_at, MAX(tick_at) AS tick_at FROM pulses")
    if row is None:
        return Pulse(None, None)
    return Pulse(instant(row["intake_at"]), instant(row["tick_at"]))


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Copies that have not ticked since `at` are forgotten, at most `limit`; how many were."""
    return tx.run(
        "DELETE FROM pulses WHERE copy IN (SELECT copy FROM pulses WHERE tick_at < :at LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )
