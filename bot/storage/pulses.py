"""The program's pulse: when each running copy last took something in and last ticked, for whoever asks whether it was deaf."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.pulses import GONE, GONE_SECONDS
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
    ails: str | None = None,
) -> None:
    """Write down a copy's signs of life; a time that is None leaves the one that was written before.

    `hears`: whether silence may be taken for silence there; None: it takes nothing in. `ails`: what is silent or held up there;
    None: nothing.
    """
    tx.run(
        "INSERT INTO pulses (copy, intake_at, tick_at, hears, beat_at, ails)"
        " VALUES (:copy, :intake_at, :tick_at, :hears, :beat_at, :ails)"
        " ON CONFLICT (copy) DO UPDATE SET intake_at = COALESCE(excluded.intake_at, pulses.intake_at),"
        " tick_at = COALESCE(excluded.tick_at, pulses.tick_at), hears = excluded.hears, beat_at = excluded.beat_at,"
        " ails = excluded.ails, ended_at = NULL",
        {
            "beat_at": tx.instant(),
            "ails": ails,
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


def end(tx: Transaction, copy: str) -> None:
    """This copy stops because it was asked to: nobody has to look for it."""
    tx.run("UPDATE pulses SET ended_at = :at, told = NULL WHERE copy = :copy", {"at": tx.instant(), "copy": copy})


@dataclass(frozen=True)
class Standing:
    """How a copy stands. `ails` and `told`: as in the schema; `beat_seconds`: since its last pulse."""

    copy: str
    beat_seconds: float
    ails: str | None
    told: str | None


def standing(tx: Transaction) -> list[Standing]:
    """Every copy that has not ended as it was asked to; one without a pulse for a minute is gone."""
    rows = tx.all(
        "SELECT copy, beat_at, ails, told FROM pulses WHERE ended_at IS NULL AND beat_at IS NOT NULL ORDER BY copy"
    )
    found = []
    for row in rows:
        since = max(0.0, tx.instant() - row["beat_at"])
        ails = GONE if since > GONE_SECONDS else row["ails"]
        found.append(Standing(row["copy"], since, ails, row["told"]))
    return found


def beating(tx: Transaction) -> list[str]:
    """The names of the copies that run."""
    return [one.copy for one in standing(tx) if one.ails != GONE]


def note_told(tx: Transaction, one: Standing) -> bool:
    """People are told how this copy stands; False: another copy tells them."""
    changed = tx.run(
        "UPDATE pulses SET told = :ails WHERE copy = :copy AND COALESCE(told, '') = :told",
        {"copy": one.copy, "ails": one.ails, "told": one.told or ""},
    )
    return changed == 1


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
