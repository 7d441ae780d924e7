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


def beat(
    tx: Transaction,
    copy: str,
    *,
    intake_at: datetime | None,
    tick_at: datetime | None,
    hears: bool | None = None,
) -> None:
    """Write down a copy's signs of life; a time that is None leaves the one that was written before.

    `hears`: whether silence may be taken for silence there; None: it takes nothing in.
    """
    tx.run(
        "INSERT INTO pulses (copy, intake_at, tick_at, hears) VALUES (:copy, :intake_at, :tick_at, :hears)"
        " ON CONFLICT (copy) DO UPDATE SET intake_at = COALESCE(excluded.intake_at, pulses.intake_at),"
        " tick_at = COALESCE(excluded.tick_at, pulses.tick_at), hears = excluded.hears",
        {
            "copy": copy,
            "intake_at": seconds(intake_at),
            "tick_at": seconds(tick_at),
            "hears": None if hears is None else int(hears),
        },
    )


def any_deaf(tx: Transaction, copy: str, since: datetime) -> bool:
    """Whether another copy, that has ticked since then, still reads what was said while it was deaf."""
    row = tx.one(
        "SELECT 1 AS one FROM pulses WHERE copy <> :copy AND hears = 0 AND tick_at >= :since LIMIT 1",
        {"copy": copy, "since": seconds(since)},
    )
    return row is not None


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
