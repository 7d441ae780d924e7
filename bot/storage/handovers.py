"""Handovers in the database: the open questions only. Whoever writes has locked the need."""

from datetime import datetime

from bot.domain.handovers import Handover
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction

AT_ONCE = 100


def ask(tx: Transaction, handover: Handover) -> None:
    """The question is open; another one of the same person about the same need is not any more."""
    tx.run(
        "INSERT INTO handovers (need_id, from_id, to_id, asked_at, act_at)"
        " VALUES (:need_id, :from_id, :to_id, :asked_at, :act_at)"
        " ON CONFLICT (need_id, from_id) DO UPDATE SET to_id = excluded.to_id, asked_at = excluded.asked_at,"
        " act_at = excluded.act_at",
        {
            "need_id": handover.need_id,
            "from_id": handover.from_id,
            "to_id": handover.to_id,
            "asked_at": seconds(handover.asked_at),
            "act_at": seconds(handover.act_at),
        },
    )


def by(tx: Transaction, need_id: int, from_id: int) -> Handover | None:
    """Whom this person has asked; None: nobody."""
    row = tx.one("SELECT * FROM handovers WHERE need_id = :need AND from_id = :id", {"need": need_id, "id": from_id})
    return None if row is None else _handover(row)


def to(tx: Transaction, need_id: int, to_id: int) -> Handover | None:
    """Who has asked this person first; None: nobody."""
    row = tx.one(
        "SELECT * FROM handovers WHERE need_id = :need AND to_id = :id ORDER BY id LIMIT 1",
        {"need": need_id, "id": to_id},
    )
    return None if row is None else _handover(row)


def all_to(tx: Transaction, to_id: int) -> list[Handover]:
    """Everything that this person is asked to do instead of somebody."""
    return [
        _handover(row)
        for row in tx.all("SELECT * FROM handovers WHERE to_id = :id ORDER BY need_id, id", {"id": to_id})
    ]


def drop(tx: Transaction, need_id: int, from_id: int) -> None:
    """The question is over."""
    tx.run("DELETE FROM handovers WHERE need_id = :need AND from_id = :id", {"need": need_id, "id": from_id})


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which questions have waited long enough, the longest first. The needs are locked, as everywhere before handovers."""
    rows = tx.all(
        "SELECT h.id FROM handovers h JOIN needs n ON n.id = h.need_id WHERE h.act_at <= :now"
        " ORDER BY h.act_at LIMIT :limit FOR NO KEY UPDATE OF n SKIP LOCKED",
        {"now": seconds(now), "limit": min(limit, AT_ONCE)},
    )
    return [row["id"] for row in rows]


def find(tx: Transaction, handover_id: int) -> Handover | None:
    """One question by its number; None: it is over."""
    row = tx.one("SELECT * FROM handovers WHERE id = :id", {"id": handover_id})
    return None if row is None else _handover(row)


def postpone(tx: Transaction, handover_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE handovers SET act_at = :until WHERE id = :id", {"id": handover_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM handovers WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM handovers WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _handover(row: Row) -> Handover:
    return Handover(row["need_id"], row["from_id"], row["to_id"], instant(row["asked_at"]), instant(row["act_at"]))
