"""What was passed on between the sides of a need, in the database, sealed."""

from datetime import datetime

from bot.domain.relays import Relay
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction


def keep(tx: Transaction, relay: Relay) -> Relay:
    """Write it down; it comes back with its number."""
    row = tx.one(
        "INSERT INTO relays (bot_id, need_id, from_id, to_id, text, sent_at)"
        " VALUES (:bot_id, :need_id, :from_id, :to_id, :text, :sent_at) RETURNING *",
        {
            "bot_id": relay.bot_id,
            "need_id": relay.need_id,
            "from_id": relay.from_id,
            "to_id": relay.to_id,
            "text": tx.vault.seal_maybe("relays.text", relay.text),
            "sent_at": seconds(relay.sent_at),
        },
    )
    if row is None:
        raise LookupError("a row that was written comes back")
    return _relay(tx, row)


def find(tx: Transaction, relay_id: int) -> Relay | None:
    """One of them; None: there is none."""
    row = tx.one("SELECT * FROM relays WHERE id = :id", {"id": relay_id})
    return None if row is None else _relay(tx, row)


def failed(tx: Transaction, relay_id: int, now: datetime) -> bool:
    """It did not reach whom it was for; False: that was known before."""
    changed = tx.run(
        "UPDATE relays SET failed_at = :now WHERE id = :id AND failed_at IS NULL", {"id": relay_id, "now": seconds(now)}
    )
    return changed == 1


def count_since(tx: Transaction, need_id: int, from_id: int, since: datetime) -> int:
    """How often somebody has written about a need since then."""
    row = tx.one(
        "SELECT COUNT(*) AS n FROM relays WHERE need_id = :need_id AND from_id = :from_id AND sent_at > :since",
        {"need_id": need_id, "from_id": from_id, "since": seconds(since)},
    )
    return 0 if row is None else int(row["n"])


def wrote(tx: Transaction, need_id: int, person_id: int) -> bool:
    """Whether anything about a need was ever passed on from or to this person."""
    row = tx.one(
        "SELECT 1 AS one FROM relays WHERE need_id = :need_id AND (from_id = :id OR to_id = :id) LIMIT 1",
        {"need_id": need_id, "id": person_id},
    )
    return row is not None


def forget_before(tx: Transaction, at: datetime, limit: int) -> list[int]:
    """The words of before `at`, of needs that have ended, are forgotten: which ones, at most `limit`."""
    rows = tx.all(
        "SELECT r.id FROM relays r JOIN needs n ON n.id = r.need_id WHERE r.text IS NOT NULL AND r.sent_at < :at"
        " AND n.state NOT IN ('open', 'claimed', 'done', 'disputed') ORDER BY r.id LIMIT :limit",
        {"at": seconds(at), "limit": limit},
    )
    tx.many("UPDATE relays SET text = NULL WHERE id = :id", [{"id": row["id"]} for row in rows])
    return [row["id"] for row in rows]


def _relay(tx: Transaction, row: Row) -> Relay:
    return Relay(
        id=row["id"],
        bot_id=row["bot_id"],
        need_id=row["need_id"],
        from_id=row["from_id"],
        to_id=row["to_id"],
        sent_at=instant(row["sent_at"]),
        text=tx.vault.open_maybe("relays.text", row["text"]),
        failed_at=instant(row["failed_at"]),
    )
