"""Who is away from being in charge, and until when."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.deputies import Leave
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Transaction


def begin(tx: Transaction, leave: Leave, *, now: datetime) -> None:
    """They are away until then, whatever they said before."""
    tx.run(
        "INSERT INTO deputies (person_id, since, until_at, act_at) VALUES (:id, :now, :until, :until)"
        " ON CONFLICT (person_id) DO UPDATE SET until_at = excluded.until_at, act_at = excluded.act_at",
        {"id": leave.person_id, "now": seconds(now), "until": seconds(leave.until_at)},
    )


def end(tx: Transaction, person_id: int) -> bool:
    """They are back; False when they were not away."""
    return tx.run("DELETE FROM deputies WHERE person_id = :id", {"id": person_id}) == 1


def of(tx: Transaction, person_id: int) -> Leave | None:
    """How long somebody is away; None: they are not."""
    row = tx.one("SELECT person_id, until_at FROM deputies WHERE person_id = :id", {"id": person_id})
    return None if row is None else Leave(row["person_id"], instant(row["until_at"]))


def away(tx: Transaction, person_ids: Iterable[int]) -> set[int]:
    """Who of these people is away."""
    places, values = among("id", sorted(set(person_ids)))
    rows = tx.all(f"SELECT person_id FROM deputies WHERE person_id IN ({places})", values)
    return {row["person_id"] for row in rows}


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Who is back by now."""
    rows = tx.all(
        "SELECT person_id FROM deputies WHERE act_at <= :now ORDER BY act_at, person_id LIMIT :limit"
        " FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["person_id"] for row in rows]


def postpone(tx: Transaction, person_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE deputies SET act_at = :until WHERE person_id = :id", {"id": person_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM deputies WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM deputies")
    return None if row is None else instant(row["at"])
