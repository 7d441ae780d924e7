"""Both sides of a dispute in the database; what was written is sealed."""

from bot.domain.disputes import Dispute
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction, Values


def make(tx: Transaction, new: Dispute) -> None:
    """A dispute begins; nothing changes where one of this need is undecided."""
    tx.run(
        "INSERT INTO disputes (need_id, person_id, helper_id, opened_at, version)"
        " VALUES (:need_id, :person_id, :helper_id, :opened_at, 0) ON CONFLICT DO NOTHING",
        {
            "need_id": new.need_id,
            "person_id": new.person_id,
            "helper_id": new.helper_id,
            "opened_at": seconds(new.opened_at),
        },
    )


def save(tx: Transaction, old: Dispute, new: Dispute) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    sql = (
        "UPDATE disputes SET words = :words, said_at = :said_at, decided_by = :decided_by, decided_at = :decided_at,"
        " verdict = :verdict, version = version + 1 WHERE id = :id AND version = :version"
    )
    return tx.run(sql, {**_columns(tx, new), "id": old.id, "version": old.version}) == 1


def undecided(tx: Transaction, need_id: int) -> Dispute | None:
    """The dispute of a need that nobody has decided; None: there is none."""
    row = tx.one("SELECT * FROM disputes WHERE need_id = :id AND decided_at IS NULL", {"id": need_id})
    return None if row is None else _dispute(tx, row)


def last(tx: Transaction, need_id: int) -> Dispute | None:
    """The newest dispute of a need; None: it never had one."""
    row = tx.one("SELECT * FROM disputes WHERE need_id = :id ORDER BY id DESC LIMIT 1", {"id": need_id})
    return None if row is None else _dispute(tx, row)


def see(tx: Transaction, dispute_id: int) -> Dispute | None:
    """One of them; None: there is none."""
    row = tx.one("SELECT * FROM disputes WHERE id = :id", {"id": dispute_id})
    return None if row is None else _dispute(tx, row)


def _columns(tx: Transaction, one: Dispute) -> Values:
    return {
        "words": tx.vault.seal_maybe("disputes.words", one.words),
        "said_at": seconds(one.said_at),
        "decided_by": one.decided_by,
        "decided_at": seconds(one.decided_at),
        "verdict": tx.vault.seal_maybe("disputes.verdict", one.verdict),
    }


def _dispute(tx: Transaction, row: Row) -> Dispute:
    return Dispute(
        id=row["id"],
        need_id=row["need_id"],
        person_id=row["person_id"],
        helper_id=row["helper_id"],
        opened_at=instant(row["opened_at"]),
        words=tx.vault.open_maybe("disputes.words", row["words"]),
        said_at=instant(row["said_at"]),
        decided_by=row["decided_by"],
        decided_at=instant(row["decided_at"]),
        verdict=tx.vault.open_maybe("disputes.verdict", row["verdict"]),
        version=row["version"],
    )
