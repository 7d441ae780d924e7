"""Watches that begin soon, for whoever looks whether their people can be reached."""

from datetime import datetime

from bot.domain.duty import Watch
from bot.storage import watches
from bot.storage.columns import seconds
from bot.storage.database import Transaction

AT_ONCE = 500


def planned(tx: Transaction, now: datetime, until: datetime) -> list[Watch]:
    """Planned watches that begin by then, the nearest first."""
    return _seen(tx, _PLANNED, now, until)


def ahead(tx: Transaction, now: datetime, until: datetime) -> list[Watch]:
    """The same, locked against another copy that looks too."""
    return _seen(tx, f"{_PLANNED} FOR NO KEY UPDATE SKIP LOCKED", now, until)


_PLANNED = (
    "SELECT id FROM watches WHERE state = 'planned' AND act_at > :now AND act_at <= :until ORDER BY act_at LIMIT :limit"
)


def _seen(tx: Transaction, sql: str, now: datetime, until: datetime) -> list[Watch]:
    rows = tx.all(sql, {"now": seconds(now), "until": seconds(until), "limit": AT_ONCE})
    found = (watches.see(tx, row["id"]) for row in rows)
    return [watch for watch in found if watch is not None]
