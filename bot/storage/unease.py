"""Who did not feel safe with whom, in the database; words and notes are sealed. Matching reads it, to keep the two apart."""

from datetime import datetime

from bot.domain.unease import Unease
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction, Values

FIXED = ("bot_id", "need_id", "area_id", "person_id", "other_id", "helper_id", "said_at")
FIELDS = ("words", "handled_at", "handled_by", "note", "lifted_at", "act_at")


def make(tx: Transaction, new: Unease) -> Unease | None:
    """Write it with its number; None: they have said it of this need already, and it is not handled yet."""
    names = (*FIXED, *FIELDS)
    row = tx.one(
        f"INSERT INTO unease ({', '.join(names)}, version) VALUES ({', '.join(f':{name}' for name in names)}, 0)"
        " ON CONFLICT DO NOTHING RETURNING *",
        {
            **_columns(tx, new),
            "bot_id": new.bot_id,
            "need_id": new.need_id,
            "area_id": new.area_id,
            "person_id": new.person_id,
            "other_id": new.other_id,
            "helper_id": new.helper_id,
            "said_at": seconds(new.said_at),
        },
    )
    return None if row is None else _unease(tx, row)


def save(tx: Transaction, old: Unease, new: Unease) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    set_ = ", ".join(f"{field} = :{field}" for field in FIELDS)
    sql = f"UPDATE unease SET {set_}, version = version + 1 WHERE id = :id AND version = :version"
    return tx.run(sql, {**_columns(tx, new), "id": old.id, "version": old.version}) == 1


def find(tx: Transaction, unease_id: int) -> Unease | None:
    """One of them, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM unease WHERE id = :id FOR NO KEY UPDATE", {"id": unease_id})
    return None if row is None else _unease(tx, row)


def see(tx: Transaction, unease_id: int) -> Unease | None:
    """One as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM unease WHERE id = :id", {"id": unease_id})
    return None if row is None else _unease(tx, row)


def waiting(tx: Transaction, need_id: int, person_id: int) -> Unease | None:
    """What this person said of this need and nobody has handled yet; None: nothing."""
    row = tx.one(
        "SELECT * FROM unease WHERE need_id = :need_id AND person_id = :person_id AND handled_at IS NULL",
        {"need_id": need_id, "person_id": person_id},
    )
    return None if row is None else _unease(tx, row)


def paused(tx: Transaction, one: int, other: int) -> bool:
    """Whether nothing may bring these two together now."""
    row = tx.one(
        "SELECT 1 AS one FROM unease WHERE lifted_at IS NULL"
        " AND ((person_id = :one AND other_id = :other) OR (person_id = :other AND other_id = :one))",
        {"one": one, "other": other},
    )
    return row is not None


def said_of(tx: Transaction, other_id: int, but: int) -> int:
    """How often it was said of this person, but for the one of that number."""
    row = tx.one(
        "SELECT COUNT(*) AS n FROM unease WHERE other_id = :other_id AND id <> :but", {"other_id": other_id, "but": but}
    )
    return 0 if row is None else int(row["n"])


def was_shown(tx: Transaction, one: Unease, viewer_id: int) -> bool:
    """Whether this person has asked to see the telephone of whoever said it."""
    row = tx.one(
        "SELECT 1 AS one FROM disclosures WHERE viewer_id = :viewer_id AND person_id = :person_id AND subject = :subject",
        {"viewer_id": viewer_id, "person_id": one.person_id, "subject": f"unease:{one.id}"},
    )
    return row is not None


def visitors(tx: Transaction, need_id: int) -> list[int]:
    """Everybody who has ever had this need, whoever had it last first."""
    rows = tx.all(
        "SELECT actor_id, MAX(id) AS at FROM history WHERE subject = :subject AND event IN ('claimed', 'taken over')"
        " AND actor_id IS NOT NULL GROUP BY actor_id ORDER BY at DESC",
        {"subject": f"need:{need_id}"},
    )
    return [row["actor_id"] for row in rows]


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Of which who is in charge is to be reminded."""
    rows = tx.all(
        "SELECT id FROM unease WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, unease_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE unease SET act_at = :until WHERE id = :id", {"id": unease_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM unease WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM unease WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _columns(tx: Transaction, one: Unease) -> Values:
    return {
        "words": tx.vault.seal_maybe("unease.words", one.words),
        "handled_at": seconds(one.handled_at),
        "handled_by": one.handled_by,
        "note": tx.vault.seal_maybe("unease.note", one.note),
        "lifted_at": seconds(one.lifted_at),
        "act_at": seconds(one.act_at),
    }


def _unease(tx: Transaction, row: Row) -> Unease:
    return Unease(
        id=row["id"],
        bot_id=row["bot_id"],
        need_id=row["need_id"],
        area_id=row["area_id"],
        person_id=row["person_id"],
        other_id=row["other_id"],
        helper_id=row["helper_id"],
        said_at=instant(row["said_at"]),
        words=tx.vault.open_maybe("unease.words", row["words"]),
        handled_at=instant(row["handled_at"]),
        handled_by=row["handled_by"],
        note=tx.vault.open_maybe("unease.note", row["note"]),
        lifted_at=instant(row["lifted_at"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
    )
