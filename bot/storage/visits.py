"""Visits in the database: numbers and times only."""

from datetime import date, datetime

from bot.domain.needs import Need
from bot.domain.visits import Visit
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction, Values

FIELDS = ("begun_at", "ended_at", "minutes", "asked_at", "told_at", "look_on", "act_at")


def make(tx: Transaction, visit: Visit) -> Visit:
    """Write a new one; it comes back with its number."""
    names = ("bot_id", "need_id", "helper_id", "made_at", *FIELDS)
    row = tx.one(
        f"INSERT INTO visits ({', '.join(names)}, version) VALUES ({', '.join(f':{name}' for name in names)}, 0) RETURNING *",
        {
            **_columns(visit),
            "bot_id": visit.bot_id,
            "need_id": visit.need_id,
            "helper_id": visit.helper_id,
            "made_at": seconds(visit.made_at),
        },
    )
    if row is None:
        raise LookupError("a row that was written comes back")
    return _visit(row)


def save(tx: Transaction, old: Visit, new: Visit) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    sets = ", ".join(f"{field} = :{field}" for field in FIELDS)
    sql = f"UPDATE visits SET {sets}, version = version + 1 WHERE id = :id AND version = :version"
    return tx.run(sql, {**_columns(new), "id": old.id, "version": old.version}) == 1


def find(tx: Transaction, visit_id: int) -> Visit | None:
    """One of them, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM visits WHERE id = :id FOR NO KEY UPDATE", {"id": visit_id})
    return None if row is None else _visit(row)


def see(tx: Transaction, visit_id: int) -> Visit | None:
    """One as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM visits WHERE id = :id", {"id": visit_id})
    return None if row is None else _visit(row)


def of_claim(tx: Transaction, need: Need, helper_id: int) -> Visit | None:
    """This helper's visit since they have had the need; None: they have not said that they are there, nor that it is done."""
    row = tx.one(
        "SELECT * FROM visits WHERE need_id = :need_id AND helper_id = :helper_id AND made_at >= :since"
        " ORDER BY id DESC LIMIT 1",
        {"need_id": need.id, "helper_id": helper_id, "since": seconds(need.claimed_at) or 0},
    )
    return None if row is None else _visit(row)


def minutes_since(tx: Transaction, helper_id: int, since: datetime) -> int:
    """How many minutes somebody has given since then, as far as it is known."""
    row = tx.one(
        "SELECT COALESCE(SUM(minutes), 0) AS n FROM visits WHERE helper_id = :id AND ended_at >= :since",
        {"id": helper_id, "since": seconds(since)},
    )
    return 0 if row is None else int(row["n"])


def minutes_in(tx: Transaction, area_id: int, since: datetime, until: datetime) -> int:
    """How many minutes were given at a place and below between these instants."""
    row = tx.one(
        "SELECT COALESCE(SUM(v.minutes), 0) AS n FROM visits v JOIN needs n ON n.id = v.need_id"
        " WHERE v.ended_at >= :since AND v.ended_at < :until AND n.area_id IN"
        " (SELECT descendant_id FROM area_tree WHERE ancestor_id = :area)",
        {"area": area_id, "since": seconds(since), "until": seconds(until)},
    )
    return 0 if row is None else int(row["n"])


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which of them time has something to do with, the longest waiting first."""
    rows = tx.all(
        "SELECT id FROM visits WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, visit_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE visits SET act_at = :until WHERE id = :id", {"id": visit_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM visits WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM visits WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _columns(visit: Visit) -> Values:
    return {
        "begun_at": seconds(visit.begun_at),
        "ended_at": seconds(visit.ended_at),
        "minutes": visit.minutes,
        "asked_at": seconds(visit.asked_at),
        "told_at": seconds(visit.told_at),
        "look_on": visit.look_on and visit.look_on.isoformat(),
        "act_at": seconds(visit.act_at),
    }


def _visit(row: Row) -> Visit:
    return Visit(
        id=row["id"],
        bot_id=row["bot_id"],
        need_id=row["need_id"],
        helper_id=row["helper_id"],
        made_at=instant(row["made_at"]),
        begun_at=instant(row["begun_at"]),
        ended_at=instant(row["ended_at"]),
        minutes=row["minutes"],
        asked_at=instant(row["asked_at"]),
        told_at=instant(row["told_at"]),
        look_on=row["look_on"] and date.fromisoformat(row["look_on"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
    )
