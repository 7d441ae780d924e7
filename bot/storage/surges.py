"""Surges in the database."""

from datetime import date, datetime

from bot.domain.surges import Cursor, Stage, Surge, SurgeKind
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction, Values

FIELDS = (
    *("slot", "days", "begins_in", "words", "begun_by", "begun_at", "first_day", "last_day", "ended_by", "ended_at"),
    *("stage", "day", "cursor_area", "cursor_plan", "act_at"),
)
ON = "s.begun_at IS NOT NULL AND s.ended_at IS NULL"


def make(tx: Transaction, new: Surge) -> Surge:
    """A surge that is being written down, with its number."""
    names = ("bot_id", "area_id", "kind", "made_by", "made_at", *FIELDS)
    row = tx.one(
        f"INSERT INTO surges ({', '.join(names)}, version) VALUES ({', '.join(f':{name}' for name in names)}, 0) RETURNING *",
        {
            **_columns(tx, new),
            "bot_id": new.bot_id,
            "area_id": new.area_id,
            "kind": new.kind.value,
            "made_by": new.made_by,
            "made_at": seconds(new.made_at),
        },
    )
    if row is None:
        raise LookupError("an INSERT … RETURNING returned nothing")
    return _surge(tx, row)


def save(tx: Transaction, old: Surge, new: Surge) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    set_ = ", ".join(f"{field} = :{field}" for field in FIELDS)
    sql = f"UPDATE surges SET {set_}, version = version + 1 WHERE id = :id AND version = :version"
    return tx.run(sql, {**_columns(tx, new), "id": old.id, "version": old.version}) == 1


def find(tx: Transaction, surge_id: int) -> Surge | None:
    """One surge, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM surges WHERE id = :id FOR NO KEY UPDATE", {"id": surge_id})
    return None if row is None else _surge(tx, row)


def see(tx: Transaction, surge_id: int) -> Surge | None:
    """One surge as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM surges WHERE id = :id", {"id": surge_id})
    return None if row is None else _surge(tx, row)


def lock_place(tx: Transaction, area_id: int) -> None:
    """Of two who turn something on in one place at once, the second waits and then sees what the first has done."""
    tx.one("SELECT id FROM areas WHERE id = :id FOR NO KEY UPDATE", {"id": area_id})


def running_at(tx: Transaction, area_id: int, kind: SurgeKind) -> Surge | None:
    """What of this kind is on in this very place; None: nothing."""
    row = tx.one(
        f"SELECT s.* FROM surges s WHERE s.area_id = :area_id AND s.kind = :kind AND {ON}",
        {"area_id": area_id, "kind": kind.value},
    )
    return None if row is None else _surge(tx, row)


def running(tx: Transaction, area_ids: list[int]) -> list[Surge]:
    """Everything that is on for these places: there, above or below, in the order in which it was turned on."""
    places, values = among("area", area_ids)
    rows = tx.all(
        f"SELECT s.* FROM surges s WHERE {ON} AND s.area_id IN"
        f" (SELECT ancestor_id FROM area_tree WHERE descendant_id IN ({places})"
        f" UNION SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({places})) ORDER BY s.id",
        values,
    )
    return [_surge(tx, row) for row in rows]


def in_charge(tx: Transaction, area_id: int) -> list[tuple[int, int]]:
    """Coordinators there, above and below, with the places that they hold: (person, place)."""
    rows = tx.all(
        "SELECT r.person_id, r.area_id FROM roles r WHERE r.role = 'coordinator' AND r.area_id IN"
        " (SELECT ancestor_id FROM area_tree WHERE descendant_id = :id"
        " UNION SELECT descendant_id FROM area_tree WHERE ancestor_id = :id) ORDER BY r.person_id, r.area_id",
        {"id": area_id},
    )
    return [(row["person_id"], row["area_id"]) for row in rows]


# --- the fan-out ---


def plans_after(tx: Transaction, surge: Surge, limit: int, *, visits_only: bool) -> list[Row]:
    """The next active plans of its place and all below it: area_id, plan_id, person_id; `visits_only`: with a call or a knock.

    They come by place and plan, as the index has them, so that each batch begins where the last one ended. Nothing sealed is
    read: one broken plan stops nobody else's.
    """
    visits = " AND (p.slots LIKE '%knock%' OR p.slots LIKE '%call%')" if visits_only else ""
    return tx.all(
        "SELECT t.descendant_id AS area_id, p.id AS plan_id, p.person_id FROM area_tree t"
        " JOIN plans p ON p.area_id = t.descendant_id"
        " WHERE t.ancestor_id = :area_id AND t.descendant_id >= :cursor_area AND p.state = 'active'"
        f" AND (t.descendant_id > :cursor_area OR p.id > :cursor_plan){visits}"
        " ORDER BY t.descendant_id, p.id LIMIT :limit",
        {
            "area_id": surge.area_id,
            "cursor_area": surge.cursor.area_id,
            "cursor_plan": surge.cursor.plan_id,
            "limit": limit,
        },
    )


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which surges go on now, the longest waiting first."""
    rows = tx.all(
        "SELECT id FROM surges WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, surge_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE surges SET act_at = :until WHERE id = :id", {"id": surge_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM surges WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM surges WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _columns(tx: Transaction, surge: Surge) -> Values:
    return {
        "slot": surge.slot,
        "days": surge.days,
        "begins_in": surge.begins_in,
        "words": tx.vault.seal_maybe("surges.words", surge.words),
        "begun_by": surge.begun_by,
        "begun_at": seconds(surge.begun_at),
        "first_day": surge.first_day and surge.first_day.isoformat(),
        "last_day": surge.last_day and surge.last_day.isoformat(),
        "ended_by": surge.ended_by,
        "ended_at": seconds(surge.ended_at),
        "stage": surge.stage.value,
        "day": surge.day and surge.day.isoformat(),
        "cursor_area": surge.cursor.area_id,
        "cursor_plan": surge.cursor.plan_id,
        "act_at": seconds(surge.act_at),
    }


def _surge(tx: Transaction, row: Row) -> Surge:
    return Surge(
        id=row["id"],
        bot_id=row["bot_id"],
        area_id=row["area_id"],
        kind=SurgeKind(row["kind"]),
        made_by=row["made_by"],
        made_at=instant(row["made_at"]),
        slot=row["slot"],
        days=row["days"],
        begins_in=row["begins_in"],
        words=tx.vault.open_maybe("surges.words", row["words"]),
        begun_by=row["begun_by"],
        begun_at=instant(row["begun_at"]),
        first_day=_date(row["first_day"]),
        last_day=_date(row["last_day"]),
        ended_by=row["ended_by"],
        ended_at=instant(row["ended_at"]),
        stage=Stage(row["stage"]),
        day=_date(row["day"]),
        cursor=Cursor(row["cursor_area"], row["cursor_plan"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
    )


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
