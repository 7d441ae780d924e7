"""Absences in the database."""

from datetime import datetime, timedelta

from bot.domain.absences import Absence, AbsenceReason
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction, Values

FIELDS = ("until_at", "asked_at", "confirmed_at", "ended_at", "visit_at", "act_at")


def make(tx: Transaction, new: Absence) -> Absence | None:
    """A new absence with its number; None: this plan has one that has not ended."""
    row = tx.one(
        "INSERT INTO absences (plan_id, person_id, area_id, reason, owner_id, from_at, until_at, act_at, version)"
        " VALUES (:plan_id, :person_id, :area_id, :reason, :owner_id, :from_at, :until_at, :act_at, 0)"
        " ON CONFLICT DO NOTHING RETURNING *",
        {
            "plan_id": new.plan_id,
            "person_id": new.person_id,
            "area_id": new.area_id,
            "reason": new.reason.value,
            "owner_id": new.owner_id,
            "from_at": seconds(new.from_at),
            "until_at": seconds(new.until_at),
            "act_at": seconds(new.act_at),
        },
    )
    return None if row is None else _absence(row)


def save(tx: Transaction, old: Absence, new: Absence) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    instants = {field: seconds(getattr(new, field)) for field in FIELDS}
    values: Values = {**instants, "owner_id": new.owner_id}
    set_ = ", ".join(f"{field} = :{field}" for field in (*FIELDS, "owner_id"))
    sql = f"UPDATE absences SET {set_}, version = version + 1 WHERE id = :id AND version = :version"
    return tx.run(sql, {**values, "id": old.id, "version": old.version}) == 1


def owned_by(tx: Transaction, person_id: int) -> list[Absence]:
    """The absences of others, not ended, for which this person answers."""
    rows = tx.all(
        "SELECT * FROM absences WHERE owner_id = :id AND person_id <> :id AND ended_at IS NULL ORDER BY id",
        {"id": person_id},
    )
    return [_absence(row) for row in rows]


def give(tx: Transaction, absence_id: int, owner_id: int) -> None:
    """Somebody else answers for it from now on."""
    tx.run(
        "UPDATE absences SET owner_id = :owner_id, version = version + 1 WHERE id = :id",
        {"id": absence_id, "owner_id": owner_id},
    )


def find(tx: Transaction, absence_id: int) -> Absence | None:
    """One absence, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM absences WHERE id = :id FOR NO KEY UPDATE", {"id": absence_id})
    return None if row is None else _absence(row)


def see(tx: Transaction, absence_id: int) -> Absence | None:
    """One absence as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM absences WHERE id = :id", {"id": absence_id})
    return None if row is None else _absence(row)


def of_plan(tx: Transaction, plan_id: int) -> Absence | None:
    """The absence of a plan that has not ended, locked; None: they are there."""
    row = tx.one("SELECT * FROM absences WHERE plan_id = :id AND ended_at IS NULL FOR NO KEY UPDATE", {"id": plan_id})
    return None if row is None else _absence(row)


def newest(tx: Transaction, plan_id: int) -> Absence | None:
    """The last absence of a plan, whether it has ended or not; None: there was none."""
    row = tx.one("SELECT * FROM absences WHERE plan_id = :id ORDER BY id DESC LIMIT 1", {"id": plan_id})
    return None if row is None else _absence(row)


def hospital(tx: Transaction, area_id: int, *, since: datetime) -> list[Absence]:
    """Who is in hospital at this place or below it, and who came home since then; at most thirty, longest away first."""
    rows = tx.all(
        "SELECT a.* FROM absences a JOIN area_tree t ON t.descendant_id = a.area_id JOIN plans p ON p.id = a.plan_id"
        " WHERE t.ancestor_id = :id AND a.reason = 'hospital' AND p.state IN ('active', 'paused')"
        " AND (a.ended_at IS NULL OR (a.ended_at >= :since AND a.confirmed_at IS NOT NULL))"
        " AND NOT EXISTS (SELECT 1 FROM absences n WHERE n.plan_id = a.plan_id AND n.id > a.id)"
        " ORDER BY a.from_at, a.id LIMIT 30",
        {"id": area_id, "since": seconds(since)},
    )
    return [_absence(row) for row in rows]


def to_look_at(
    tx: Transaction, area_id: int, *, begun_before: datetime, longer_than: timedelta, ended_since: datetime
) -> list[Absence]:
    """At this place or below it, at most fifty: those that last since then or are to last so long, and those that ended
    since then unconfirmed."""
    rows = tx.all(
        "SELECT a.* FROM absences a JOIN area_tree t ON t.descendant_id = a.area_id WHERE t.ancestor_id = :id"
        " AND ((a.ended_at IS NULL AND (a.from_at < :begun OR a.until_at - a.from_at > :long))"
        " OR (a.ended_at >= :ended AND a.confirmed_at IS NULL)) ORDER BY a.from_at LIMIT 50",
        {
            "id": area_id,
            "begun": seconds(begun_before),
            "long": int(longer_than.total_seconds()),
            "ended": seconds(ended_since),
        },
    )
    return [_absence(row) for row in rows]


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which absences time has something to do with."""
    rows = tx.all(
        "SELECT id FROM absences WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, absence_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE absences SET act_at = :until WHERE id = :id", {"id": absence_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM absences WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM absences WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _absence(row: Row) -> Absence:
    return Absence(
        id=row["id"],
        plan_id=row["plan_id"],
        person_id=row["person_id"],
        area_id=row["area_id"],
        reason=AbsenceReason(row["reason"]),
        owner_id=row["owner_id"],
        from_at=instant(row["from_at"]),
        until_at=instant(row["until_at"]),
        asked_at=instant(row["asked_at"]),
        confirmed_at=instant(row["confirmed_at"]),
        ended_at=instant(row["ended_at"]),
        visit_at=instant(row["visit_at"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
    )
