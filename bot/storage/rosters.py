"""Tables of care plans that were sent and have not been read yet."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage.columns import seconds
from bot.storage.database import Row, Transaction


@dataclass(frozen=True)
class Import:
    """A file that waits at Telegram, for which place, and who sent it."""

    id: int
    person_id: int
    area_id: int
    file_id: str
    tries: int


def keep(tx: Transaction, *, bot_id: int, person_id: int, area_id: int, file_id: str, now: datetime) -> None:
    """It is fetched at once."""
    tx.run(
        "INSERT INTO imports (bot_id, person_id, area_id, file_id, tries, act_at)"
        " VALUES (:bot_id, :person_id, :area_id, :file_id, 0, :now)",
        {
            "bot_id": bot_id,
            "person_id": person_id,
            "area_id": area_id,
            "file_id": tx.vault.seal("imports.file_id", file_id),
            "now": seconds(now),
        },
    )


def due(tx: Transaction, bot_id: int, now: datetime) -> Import | None:
    """The next file to fetch; None: none is waiting."""
    row = tx.one(
        "SELECT * FROM imports WHERE act_at <= :now AND bot_id = :bot_id ORDER BY act_at, id LIMIT 1",
        {"now": seconds(now), "bot_id": bot_id},
    )
    return None if row is None else _import(tx, row)


def find(tx: Transaction, import_id: int) -> Import | None:
    """One that has not been read yet, its row locked until the end of the transaction; None: it has been."""
    row = tx.one(
        "SELECT * FROM imports WHERE id = :id AND act_at IS NOT NULL FOR NO KEY UPDATE",
        {"id": import_id},
    )
    return None if row is None else _import(tx, row)


def postpone(tx: Transaction, import_id: int, until: datetime) -> None:
    """It could not be had: asked for again then."""
    tx.run(
        "UPDATE imports SET act_at = :until, tries = tries + 1 WHERE id = :id",
        {"id": import_id, "until": seconds(until)},
    )


def done(tx: Transaction, import_id: int) -> None:
    """It has been read; nothing of it is kept."""
    tx.run("DELETE FROM imports WHERE id = :id", {"id": import_id})


def _import(tx: Transaction, row: Row) -> Import:
    file_id = tx.vault.open("imports.file_id", row["file_id"])
    return Import(row["id"], row["person_id"], row["area_id"], file_id, row["tries"])
