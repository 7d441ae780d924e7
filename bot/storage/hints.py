"""What helpers leave for the next one, in the database, sealed."""

from datetime import datetime

from bot.domain.hints import HINTS_SHOWN, Hint
from bot.domain.needs import Need
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction


def keep(tx: Transaction, hint: Hint) -> Hint:
    """Write it down; what the same helper had left about the same need is replaced. It comes back with its number."""
    row = tx.one(
        "INSERT INTO hints (need_id, area_id, person_id, by_id, text, made_at, corrected)"
        " VALUES (:need_id, :area_id, :person_id, :by_id, :text, :made_at, 0)"
        " ON CONFLICT (need_id, by_id) DO UPDATE SET text = excluded.text, made_at = excluded.made_at, corrected = 0"
        " RETURNING *",
        {
            "need_id": hint.need_id,
            "area_id": hint.area_id,
            "person_id": hint.person_id,
            "by_id": hint.by_id,
            "text": tx.vault.seal_maybe("hints.text", hint.text),
            "made_at": seconds(hint.made_at),
        },
    )
    if row is None:
        raise LookupError("a row that was written comes back")
    return _hint(tx, row)


def find(tx: Transaction, hint_id: int) -> Hint | None:
    """One of them; None: there is none."""
    row = tx.one("SELECT * FROM hints WHERE id = :id", {"id": hint_id})
    return None if row is None else _hint(tx, row)


def left_by(tx: Transaction, need_id: int, by_id: int) -> Hint | None:
    """What a helper left about a need; None: nothing."""
    row = tx.one("SELECT * FROM hints WHERE need_id = :need_id AND by_id = :id", {"need_id": need_id, "id": by_id})
    return None if row is None else _hint(tx, row)


def correct(tx: Transaction, hint_id: int, text: str | None) -> None:
    """The resident has it read so; None: they take it away."""
    tx.run(
        "UPDATE hints SET text = :text, corrected = 1 WHERE id = :id",
        {"id": hint_id, "text": tx.vault.seal_maybe("hints.text", text)},
    )


def for_helper(tx: Transaction, need: Need) -> list[Hint]:
    """What is known of the place where a need is, the newest first. What was left about a confidential need is read by whoever
    helps with one of the same kind only."""
    rows = tx.all(
        "SELECT h.* FROM hints h JOIN needs n ON n.id = h.need_id WHERE h.person_id = :person_id AND h.area_id = :area_id"
        " AND h.text IS NOT NULL AND (n.guarded_by IS NULL OR n.guarded_by = :guard)"
        " ORDER BY h.made_at DESC, h.id DESC LIMIT :limit",
        {
            "person_id": need.person_id,
            "area_id": need.area_id,
            "guard": need.guarded_by or "",
            "limit": HINTS_SHOWN,
        },
    )
    return [_hint(tx, row) for row in rows]


def forget_before(tx: Transaction, at: datetime, limit: int) -> list[int]:
    """What was left before `at` is forgotten: which ones, at most `limit`."""
    rows = tx.all(
        "SELECT id FROM hints WHERE text IS NOT NULL AND made_at < :at ORDER BY made_at LIMIT :limit",
        {"at": seconds(at), "limit": limit},
    )
    tx.many("UPDATE hints SET text = NULL WHERE id = :id", [{"id": row["id"]} for row in rows])
    return [row["id"] for row in rows]


def _hint(tx: Transaction, row: Row) -> Hint:
    return Hint(
        id=row["id"],
        need_id=row["need_id"],
        area_id=row["area_id"],
        person_id=row["person_id"],
        by_id=row["by_id"],
        text=tx.vault.open_maybe("hints.text", row["text"]),
        made_at=instant(row["made_at"]),
        corrected=row["corrected"] == 1,
    )
