"""How visitors are announced, in the database: wishes of those who are visited, consents of those who visit."""

from datetime import datetime

from bot.domain.visitors import Wish
from bot.storage.columns import seconds
from bot.storage.database import Transaction


def first_asked(tx: Transaction, person_id: int, now: datetime) -> bool:
    """True once for each person: they have not been asked yet what they wish to know beforehand."""
    row = tx.one(
        "INSERT INTO visitor_wishes (person_id, asked_at) VALUES (:id, :now) ON CONFLICT DO NOTHING RETURNING person_id",
        {"id": person_id, "now": seconds(now)},
    )
    return row is not None


def wish(tx: Transaction, person_id: int, chosen: Wish, now: datetime) -> None:
    """This is what they wish from now on."""
    tx.run(
        "INSERT INTO visitor_wishes (person_id, asked_at, wish) VALUES (:id, :now, :wish)"
        " ON CONFLICT (person_id) DO UPDATE SET wish = excluded.wish",
        {"id": person_id, "now": seconds(now), "wish": chosen.value},
    )


def wish_of(tx: Transaction, person_id: int) -> Wish | None:
    """What somebody wishes to know; None: they have not said yet."""
    row = tx.one("SELECT wish FROM visitor_wishes WHERE person_id = :id", {"id": person_id})
    return None if row is None or row["wish"] is None else Wish(row["wish"])


def first_face(tx: Transaction, person_id: int, now: datetime) -> bool:
    """True once for each person: they have not been asked yet whether their photo may be shown."""
    row = tx.one(
        "INSERT INTO visitor_faces (person_id, asked_at) VALUES (:id, :now) ON CONFLICT DO NOTHING RETURNING person_id",
        {"id": person_id, "now": seconds(now)},
    )
    return row is not None


def give_face(tx: Transaction, person_id: int, now: datetime, *, given: bool) -> None:
    """Their photo may be shown from now on, or may not any more."""
    tx.run(
        "INSERT INTO visitor_faces (person_id, asked_at, given_at) VALUES (:id, :now, :given)"
        " ON CONFLICT (person_id) DO UPDATE SET given_at = excluded.given_at",
        {"id": person_id, "now": seconds(now), "given": seconds(now) if given else None},
    )


def face_given(tx: Transaction, person_id: int) -> bool:
    """Whether somebody agreed that their photo is shown."""
    row = tx.one("SELECT given_at FROM visitor_faces WHERE person_id = :id", {"id": person_id})
    return row is not None and row["given_at"] is not None
