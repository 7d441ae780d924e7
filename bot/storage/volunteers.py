"""Volunteers in the database: what they said of themselves is sealed, and so is why somebody decided."""

from datetime import datetime

from bot.domain.volunteers import About, Standing, Volunteer
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction, Values

SAVE = (
    "UPDATE volunteers SET state = :state, about = :about, rules = :rules, agreed_at = :agreed_at, decided_by = :decided_by,"
    " reason = :reason, renew_at = :renew_at, asked_at = :asked_at, act_at = :act_at, version = version + 1"
    " WHERE id = :id AND version = :version"
)
# In a coordinator's list: what waits first.
ORDER = "CASE v.state WHEN 'applied' THEN 0 WHEN 'suspended' THEN 1 WHEN 'active' THEN 2 WHEN 'lapsed' THEN 3 ELSE 4 END, v.id"
BELOW = "v.area_id IN (SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({places})) AND v.state <> 'writing'"


def make(tx: Transaction, new: Volunteer) -> Volunteer:
    """Write it down, or find what is there of this person at this place already."""
    tx.run(
        "INSERT INTO volunteers (person_id, area_id, state, about, rules, agreed_at, decided_by, reason, renew_at, asked_at,"
        " act_at, version) VALUES (:person_id, :area_id, :state, :about, :rules, :agreed_at, :decided_by, :reason, :renew_at,"
        " :asked_at, :act_at, 0) ON CONFLICT DO NOTHING",
        {**_columns(tx, new, new), "person_id": new.person_id, "area_id": new.area_id},
    )
    row = tx.one(
        "SELECT * FROM volunteers WHERE person_id = :person_id AND area_id = :area_id FOR NO KEY UPDATE",
        {"person_id": new.person_id, "area_id": new.area_id},
    )
    if row is None:
        raise LookupError("a row that was written comes back")
    return _volunteer(tx, row)


def save(tx: Transaction, old: Volunteer, new: Volunteer) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    return tx.run(SAVE, _columns(tx, new, old)) == 1


def find(tx: Transaction, volunteer_id: int) -> Volunteer | None:
    """One of them, locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM volunteers WHERE id = :id FOR NO KEY UPDATE", {"id": volunteer_id})
    return None if row is None else _volunteer(tx, row)


def see(tx: Transaction, volunteer_id: int) -> Volunteer | None:
    """One of them as it stands; None: there is none."""
    row = tx.one("SELECT * FROM volunteers WHERE id = :id", {"id": volunteer_id})
    return None if row is None else _volunteer(tx, row)


def of_person(tx: Transaction, person_id: int) -> list[Volunteer]:
    """What somebody is, or was, as a volunteer, place by place."""
    rows = tx.all("SELECT * FROM volunteers WHERE person_id = :id ORDER BY id", {"id": person_id})
    return [_volunteer(tx, row) for row in rows]


def in_areas(tx: Transaction, area_ids: list[int], *, limit: int, offset: int) -> list[Volunteer]:
    """Whoever applied or helps at these places or below, what waits first."""
    places, values = among("area", area_ids)
    rows = tx.all(
        f"SELECT v.* FROM volunteers v WHERE {BELOW.format(places=places)} ORDER BY {ORDER} LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return [_volunteer(tx, row) for row in rows]


def waiting(tx: Transaction, area_ids: list[int]) -> int:
    """How many applications wait at these places or below."""
    places, values = among("area", area_ids)
    row = tx.one(
        f"SELECT COUNT(*) AS n FROM volunteers v WHERE {BELOW.format(places=places)} AND v.state = 'applied'", values
    )
    return 0 if row is None else int(row["n"])


def forget(tx: Transaction, volunteer_id: int) -> None:
    """An application that was never sent is taken away."""
    tx.run("DELETE FROM volunteers WHERE id = :id", {"id": volunteer_id})


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Whom time has something to do with, the longest waiting first."""
    rows = tx.all(
        "SELECT id FROM volunteers WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, volunteer_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE volunteers SET act_at = :until WHERE id = :id", {"id": volunteer_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM volunteers WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM volunteers WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _columns(tx: Transaction, new: Volunteer, old: Volunteer) -> Values:
    return {
        "id": old.id,
        "version": old.version,
        "state": new.state.value,
        "about": tx.vault.seal_maybe("volunteers.about", None if new.about is None else new.about.data()),
        "rules": new.rules,
        "agreed_at": seconds(new.agreed_at),
        "decided_by": new.decided_by,
        "reason": tx.vault.seal_maybe("volunteers.reason", new.reason),
        "renew_at": seconds(new.renew_at),
        "asked_at": seconds(new.asked_at),
        "act_at": seconds(new.act_at),
    }


def of_row(tx: Transaction, row: Row) -> Volunteer:
    """A row of this table as a volunteer: for lists that read it together with others."""
    return _volunteer(tx, row)


def _volunteer(tx: Transaction, row: Row) -> Volunteer:
    about = tx.vault.open_maybe("volunteers.about", row["about"])
    return Volunteer(
        id=row["id"],
        person_id=row["person_id"],
        area_id=row["area_id"],
        state=Standing(row["state"]),
        about=None if about is None else About.parse(about),
        rules=row["rules"],
        agreed_at=instant(row["agreed_at"]),
        decided_by=row["decided_by"],
        reason=tx.vault.open_maybe("volunteers.reason", row["reason"]),
        renew_at=instant(row["renew_at"]),
        asked_at=instant(row["asked_at"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
    )
