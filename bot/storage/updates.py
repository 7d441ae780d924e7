"""Which updates were handled: ids, never a high-water mark, because Telegram's ids start anew after a quiet week."""

from collections.abc import Iterable
from datetime import datetime

from bot.storage.columns import seconds
from bot.storage.database import Transaction

NOTE = "INSERT INTO updates (bot_id, update_id, at) VALUES (:bot_id, :update_id, :at) ON CONFLICT DO NOTHING"


def note(tx: Transaction, bot_id: int, update_id: int, now: datetime) -> bool:
    """Note that this update is being handled; False if it was handled before."""
    return (
        tx.run(
            NOTE,
            {"bot_id": bot_id, "update_id": update_id, "at": seconds(now)},
        )
        == 1
    )


def note_many(tx: Transaction, bot_id: int, update_ids: Iterable[int], now: datetime) -> None:
    """Note these, of which nothing else is done, in one batch."""
    rows = [{"bot_id": bot_id, "update_id": update_id, "at": seconds(now)} for update_id in update_ids]
    if rows:
        tx.many(NOTE, rows)


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Ids noted before `at` are forgotten, at most `limit`; how many were. Telegram repeats nothing older than a day."""
    rows = tx.all(
        "SELECT bot_id, update_id FROM updates WHERE at < :at ORDER BY at LIMIT :limit",
        {"at": seconds(at), "limit": limit},
    )
    tx.many("DELETE FROM updates WHERE bot_id = :bot_id AND update_id = :update_id", [dict(row) for row in rows])
    return len(rows)
