"""Relatives in the database, and what becomes of emergency contacts."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.domain.relatives import ContactState, Relative
from bot.storage.columns import among, seconds
from bot.storage.database import Row, Transaction

FIELDS = ("contact_id", "plan_id", "seen_by", "proxy", "news", "shared", "told_for")


def make(tx: Transaction, person_id: int, relative_id: int, relation: str) -> Relative:
    """This is family to that person from now on; whoever is so already keeps what was agreed."""
    row = tx.one(
        "INSERT INTO relatives (person_id, relative_id, relation, proxy, news, shared, version)"
        " VALUES (:person_id, :relative_id, :relation, 0, 0, 0, 0)"
        " ON CONFLICT (person_id, relative_id) DO UPDATE SET relation = excluded.relation RETURNING *",
        {
            "person_id": person_id,
            "relative_id": relative_id,
            "relation": tx.vault.seal("relatives.relation", relation),
        },
    )
    if row is None:
        raise LookupError("an INSERT … RETURNING returned nothing")
    return _relative(tx, row)


def save(tx: Transaction, old: Relative, new: Relative) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    values = {field: getattr(new, field) for field in FIELDS}
    values["told_on"] = new.told_on.isoformat() if new.told_on else None
    set_ = ", ".join(f"{field} = :{field}" for field in values)
    sql = f"UPDATE relatives SET {set_}, version = version + 1 WHERE id = :id AND version = :version"
    return tx.run(sql, {**values, "id": old.id, "version": old.version}) == 1


def find(tx: Transaction, relative_id: int) -> Relative | None:
    """One of them, locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM relatives WHERE id = :id FOR NO KEY UPDATE", {"id": relative_id})
    return None if row is None else _relative(tx, row)


def see(tx: Transaction, relative_id: int) -> Relative | None:
    """One of them as it stands; None: there is none."""
    row = tx.one("SELECT * FROM relatives WHERE id = :id", {"id": relative_id})
    return None if row is None else _relative(tx, row)


def between(tx: Transaction, person_id: int, relative_id: int) -> Relative | None:
    """What one is to the other; None: nothing that we know."""
    row = tx.one(
        "SELECT * FROM relatives WHERE person_id = :person AND relative_id = :relative",
        {"person": person_id, "relative": relative_id},
    )
    return None if row is None else _relative(tx, row)


def around(tx: Transaction, person_id: int) -> list[Relative]:
    """Everybody who is family to this person, in the order they came."""
    rows = tx.all("SELECT * FROM relatives WHERE person_id = :id ORDER BY id", {"id": person_id})
    return [_relative(tx, row) for row in rows]


def of_relative(tx: Transaction, relative_id: int) -> list[Relative]:
    """Everybody to whom this person is family, in that order."""
    rows = tx.all("SELECT * FROM relatives WHERE relative_id = :id ORDER BY id", {"id": relative_id})
    return [_relative(tx, row) for row in rows]


def of_contact(tx: Transaction, contact_id: int) -> list[Relative]:
    """Who is this emergency contact, or was asked to be."""
    rows = tx.all("SELECT * FROM relatives WHERE contact_id = :id ORDER BY id", {"id": contact_id})
    return [_relative(tx, row) for row in rows]


def proposing(tx: Transaction, plan_id: int) -> Relative | None:
    """Who of the family proposed this plan, locked; None: nobody of the family did."""
    row = tx.one(
        "SELECT r.* FROM relatives r JOIN plans p ON p.id = r.plan_id AND p.proposed_by = r.relative_id"
        " WHERE r.plan_id = :id FOR NO KEY UPDATE OF r",
        {"id": plan_id},
    )
    return None if row is None else _relative(tx, row)


def to_tell_news(tx: Transaction, person_ids: Iterable[int]) -> list[Relative]:
    """Who hears each day that these people are well, locked."""
    places, values = among("person", sorted(set(person_ids)))
    rows = tx.all(
        f"SELECT * FROM relatives WHERE news = 3 AND person_id IN ({places}) ORDER BY id FOR NO KEY UPDATE", values
    )
    return [_relative(tx, row) for row in rows]


# --- one telephone for several ---


def on_chat(tx: Transaction, bot_id: int, user_id: int) -> list[int]:
    """Everybody whom this chat reaches, the one who speaks first; empty: it reaches nobody but its own person."""
    rows = tx.all(
        "SELECT a.person_id AS speaker, r.person_id AS reached FROM accounts a"
        " JOIN relatives r ON r.relative_id = a.person_id AND r.shared = 3"
        " WHERE a.bot_id = :bot_id AND a.user_id = :user_id ORDER BY r.id",
        {"bot_id": bot_id, "user_id": user_id},
    )
    return [] if not rows else [rows[0]["speaker"], *(row["reached"] for row in rows)]


def with_telephone(tx: Transaction, person_id: int) -> list[int]:
    """Everybody who shares a telephone with this person, the one who speaks first; empty: it is theirs alone."""
    row = tx.one("SELECT relative_id FROM relatives WHERE person_id = :id AND shared = 3", {"id": person_id})
    speaker = person_id if row is None else row["relative_id"]
    rows = tx.all("SELECT person_id FROM relatives WHERE relative_id = :id AND shared = 3 ORDER BY id", {"id": speaker})
    return [speaker, *(found["person_id"] for found in rows)] if rows else []


def speaks_for(tx: Transaction, speaker_id: int, person_id: int) -> bool:
    """Whether this person is reached through that one's chat, so that what is tapped there may be theirs."""
    row = tx.one(
        "SELECT 1 AS one FROM relatives WHERE person_id = :person AND relative_id = :speaker AND shared = 3",
        {"person": person_id, "speaker": speaker_id},
    )
    return row is not None


# --- emergency contacts ---


def answer_contact(
    tx: Transaction, contact_id: int, state: ContactState, *, person_id: int | None, by: int | None, at: datetime
) -> None:
    """What a contact has said; `by` None: they said it in the chat. `person_id` None: they have no chat with us."""
    tx.run(
        "UPDATE contacts SET state = :state, person_id = :person_id, recorded_by = :by, answered_at = :at WHERE id = :id",
        {"id": contact_id, "state": state.value, "person_id": person_id, "by": by, "at": seconds(at)},
    )


def forget_contact(tx: Transaction, contact_id: int) -> None:
    """This contact is told no more, and forgotten."""
    tx.run(
        "UPDATE relatives SET contact_id = NULL, version = version + 1 WHERE contact_id = :id",
        {"id": contact_id},
    )
    tx.run("DELETE FROM contacts WHERE id = :id", {"id": contact_id})


def order_contacts(tx: Transaction, contact_ids: list[int]) -> None:
    """They are told in this order."""
    rows = [{"id": contact_id, "rank": rank} for rank, contact_id in enumerate(contact_ids, start=1)]
    tx.many("UPDATE contacts SET rank = :rank WHERE id = :id", rows)


def _relative(tx: Transaction, row: Row) -> Relative:
    return Relative(
        id=row["id"],
        person_id=row["person_id"],
        relative_id=row["relative_id"],
        relation=tx.vault.open("relatives.relation", row["relation"]),
        contact_id=row["contact_id"],
        plan_id=row["plan_id"],
        seen_by=row["seen_by"],
        proxy=row["proxy"],
        news=row["news"],
        shared=row["shared"],
        told_on=date.fromisoformat(row["told_on"]) if row["told_on"] else None,
        told_for=row["told_for"],
        version=row["version"],
    )
