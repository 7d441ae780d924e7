"""Files that are made of lists: how far each has come, and the finished ones, sealed and in pieces."""

import zlib
from base64 import b64decode, b64encode
from datetime import datetime

from bot.domain.listings import Book, Export, Filter, Form, Making
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction

SEALED, PIECE = "listing_exports.filter", "listing_files.piece"


def make(tx: Transaction, new: Export) -> Export:
    """A file that is to be made; it comes back with its number."""
    row = tx.one(
        "INSERT INTO listing_exports (person_id, book, form, filter, state, asked_at, act_at)"
        " VALUES (:person_id, :book, :form, :filter, 'making', :now, :now) RETURNING *",
        {
            "person_id": new.person_id,
            "book": new.book.value,
            "form": new.form.value,
            "filter": tx.vault.seal(SEALED, new.filter.data()),
            "now": seconds(new.asked_at),
        },
    )
    if row is None:
        raise LookupError("an INSERT … RETURNING returned nothing")
    return _export(tx, row)


def save(tx: Transaction, new: Export) -> None:
    """Write one whose row is locked."""
    tx.run(
        "UPDATE listing_exports SET state = :state, rows_total = :total, rows_done = :done, parts = :parts, tries = :tries,"
        " act_at = :act_at WHERE id = :id",
        {
            "id": new.id,
            "state": new.state.value,
            "total": new.rows_total,
            "done": new.rows_done,
            "parts": new.parts,
            "tries": new.tries,
            "act_at": seconds(new.act_at),
        },
    )


def find(tx: Transaction, export_id: int) -> Export | None:
    """One file, its row locked until the end of the transaction; None: it is gone."""
    row = tx.one("SELECT * FROM listing_exports WHERE id = :id FOR NO KEY UPDATE", {"id": export_id})
    return None if row is None else _export(tx, row)


def see(tx: Transaction, export_id: int) -> Export | None:
    """One file as it stands; None: it is gone."""
    row = tx.one("SELECT * FROM listing_exports WHERE id = :id", {"id": export_id})
    return None if row is None else _export(tx, row)


def running_of(tx: Transaction, person_id: int) -> Export | None:
    """The file that is being made for somebody; None: none is."""
    row = tx.one(
        "SELECT * FROM listing_exports WHERE person_id = :id AND state = 'making' ORDER BY id LIMIT 1",
        {"id": person_id},
    )
    return None if row is None else _export(tx, row)


def next_of(tx: Transaction, now: datetime) -> Export | None:
    """The next file to be taken up, its row locked; None: none waits."""
    row = tx.one(
        "SELECT * FROM listing_exports WHERE act_at <= :now ORDER BY act_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now)},
    )
    return None if row is None else _export(tx, row)


# --- finished files ---


def keep(tx: Transaction, export_id: int, part: int, number: int, piece: bytes) -> None:
    """A piece of a part, in place of what an earlier try may have left there."""
    packed = b64encode(zlib.compress(piece, 6)).decode()
    tx.run(
        "INSERT INTO listing_files (export_id, part, number, piece) VALUES (:id, :part, :number, :piece)"
        " ON CONFLICT (export_id, part, number) DO UPDATE SET piece = excluded.piece",
        {"id": export_id, "part": part, "number": number, "piece": tx.vault.seal(PIECE, packed)},
    )


def piece(tx: Transaction, export_id: int, part: int, number: int) -> bytes | None:
    """A piece of a part; None: there is none (any more)."""
    row = tx.one(
        "SELECT piece FROM listing_files WHERE export_id = :id AND part = :part AND number = :number",
        {"id": export_id, "part": part, "number": number},
    )
    return None if row is None else zlib.decompress(b64decode(tx.vault.open(PIECE, row["piece"])))


def clear(tx: Transaction, export_id: int) -> None:
    """Nothing of it lies here any more."""
    tx.run("DELETE FROM listing_files WHERE export_id = :id", {"id": export_id})


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Files that were asked for before then and are finished, at most `limit`; how many."""
    rows = tx.all(
        "SELECT id FROM listing_exports WHERE asked_at < :at AND act_at IS NULL ORDER BY asked_at LIMIT :limit",
        {"at": seconds(at), "limit": limit},
    )
    ids = [{"id": row["id"]} for row in rows]
    tx.many("DELETE FROM listing_files WHERE export_id = :id", ids)
    tx.many("DELETE FROM listing_exports WHERE id = :id", ids)
    return len(ids)


def _export(tx: Transaction, row: Row) -> Export:
    return Export(
        id=row["id"],
        person_id=row["person_id"],
        book=Book(row["book"]),
        form=Form(row["form"]),
        filter=Filter.parse(tx.vault.open(SEALED, row["filter"])),
        asked_at=instant(row["asked_at"]),
        state=Making(row["state"]),
        rows_total=row["rows_total"],
        rows_done=row["rows_done"],
        parts=row["parts"],
        tries=row["tries"],
        act_at=instant(row["act_at"]),
    )
