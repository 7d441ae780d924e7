"""Who said of whom "not this person again", in the database. It is read by whoever matches people, and by nobody else."""

from collections.abc import Collection
from datetime import datetime

from bot.storage.columns import among, seconds
from bot.storage.database import Transaction


def part(tx: Transaction, person_id: int, other_id: int, *, now: datetime) -> None:
    """These two are not brought together again."""
    tx.run(
        "INSERT INTO partings (person_id, other_id, at) VALUES (:person_id, :other_id, :now) ON CONFLICT DO NOTHING",
        {"person_id": person_id, "other_id": other_id, "now": seconds(now)},
    )


def rejoin(tx: Transaction, person_id: int, other_id: int) -> None:
    """This person takes it back; what the other one said stays."""
    tx.run(
        "DELETE FROM partings WHERE person_id = :person_id AND other_id = :other_id",
        {"person_id": person_id, "other_id": other_id},
    )


def said(tx: Transaction, person_id: int, other_id: int) -> bool:
    """Whether this person has said it of the other one."""
    row = tx.one(
        "SELECT 1 AS one FROM partings WHERE person_id = :person_id AND other_id = :other_id",
        {"person_id": person_id, "other_id": other_id},
    )
    return row is not None


def around(tx: Transaction, people: Collection[int]) -> set[int]:
    """Everybody of whom one of these has said it, or who has said it of one of them."""
    places, values = among("person", list(people))
    rows = tx.all(
        f"SELECT other_id AS id FROM partings WHERE person_id IN ({places})"
        f" UNION SELECT person_id FROM partings WHERE other_id IN ({places})",
        values,
    )
    return {row["id"] for row in rows}


def leavers(tx: Transaction, other_id: int) -> set[int]:
    """Everybody who has said it of this person."""
    return {row["person_id"] for row in tx.all("SELECT person_id FROM partings WHERE other_id = :id", {"id": other_id})}
