"""When each community's next sheet is due."""

from datetime import datetime

from bot.storage.columns import instant, seconds
from bot.storage.database import Transaction


def ensure(tx: Transaction, area_id: int, at: datetime) -> None:
    """This place gets a sheet from then on; nothing changes when it does already."""
    tx.run(
        "INSERT INTO sheets (area_id, act_at) VALUES (:area_id, :at) ON CONFLICT DO NOTHING",
        {"area_id": area_id, "at": seconds(at)},
    )


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which places' sheets are due."""
    rows = tx.all(
        "SELECT area_id FROM sheets WHERE act_at <= :now ORDER BY act_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["area_id"] for row in rows]


def postpone(tx: Transaction, area_id: int, until: datetime) -> None:
    """The next one is due then."""
    tx.run("UPDATE sheets SET act_at = :until WHERE area_id = :id", {"id": area_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM sheets WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM sheets")
    return None if row is None else instant(row["at"])
