"""Visits that did not come about, in the database; people's words to them are sealed. Matching counts them."""

from datetime import datetime

from bot.domain.lapses import FADES_AFTER, Lapse, LapseKind
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction

SHOWN_AT_MOST = 20


def note(tx: Transaction, need_id: int, person_id: int, kind: LapseKind, *, now: datetime) -> None:
    """Write it down."""
    tx.run(
        "INSERT INTO lapses (need_id, person_id, kind, at) VALUES (:need_id, :person_id, :kind, :now)",
        {"need_id": need_id, "person_id": person_id, "kind": kind.value, "now": seconds(now)},
    )


def of_person(tx: Transaction, person_id: int, now: datetime) -> list[Lapse]:
    """What is kept of a person, newest first; what has faded is not among it."""
    rows = tx.all(
        "SELECT * FROM lapses WHERE person_id = :id AND at > :since ORDER BY at DESC, id DESC LIMIT :limit",
        {"id": person_id, "since": seconds(now - FADES_AFTER), "limit": SHOWN_AT_MOST},
    )
    return [_lapse(tx, row) for row in rows]


def find(tx: Transaction, lapse_id: int) -> Lapse | None:
    """One of them, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM lapses WHERE id = :id FOR NO KEY UPDATE", {"id": lapse_id})
    return None if row is None else _lapse(tx, row)


def save(tx: Transaction, lapse: Lapse) -> None:
    """Write the person's word to one that is locked."""
    words = tx.vault.seal_maybe("lapses.words", lapse.words)
    tx.run("UPDATE lapses SET words = :words WHERE id = :id", {"id": lapse.id, "words": words})


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """What has faded is deleted, at most `limit`; how much was."""
    return tx.run(
        "DELETE FROM lapses WHERE id IN (SELECT l.id FROM lapses l WHERE l.at < :at ORDER BY l.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def _lapse(tx: Transaction, row: Row) -> Lapse:
    return Lapse(
        id=row["id"],
        need_id=row["need_id"],
        person_id=row["person_id"],
        kind=LapseKind(row["kind"]),
        at=instant(row["at"]),
        words=tx.vault.open_maybe("lapses.words", row["words"]),
    )
