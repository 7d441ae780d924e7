"""Whom a row concerns that cannot be moved on, read without anything in it that may be broken."""

from bot.storage.database import Row, Transaction

FOUND = {
    "alerts": "SELECT person_id, area_id FROM alerts WHERE id = :id",
    "checkins": "SELECT person_id, area_id FROM checkins WHERE id = :id",
    "plans": "SELECT person_id, area_id FROM plans WHERE id = :id",
    "followups": "SELECT person_id, area_id FROM followups WHERE id = :id",
    "surges": "SELECT NULL AS person_id, area_id FROM surges WHERE id = :id",
    "askings": "SELECT p.person_id, p.area_id FROM askings a JOIN plans p ON p.id = a.plan_id WHERE a.id = :id",
    "knocks": "SELECT NULL AS person_id, area_id FROM knock_lists WHERE id = :id",
}


def concerned(tx: Transaction, kind: str, number: int) -> Row | None:
    """The row's person (None: not one) and place; None: it is gone."""
    return tx.one(FOUND[kind], {"id": number})
