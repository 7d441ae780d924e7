"""Looks on a later day, in the database."""

from datetime import date, datetime

from bot.domain.followups import FollowUp
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction, Values

FIELDS = ("owner_id", "day", "told_at", "handed_at", "done_at", "done_by", "note", "act_at")


def make(tx: Transaction, new: FollowUp) -> FollowUp | None:
    """A new one with its number; None: after this alert one waits already."""
    names = ("bot_id", "alert_id", "person_id", "area_id", "made_at", *FIELDS)
    row = tx.one(
        f"INSERT INTO followups ({', '.join(names)}, version) VALUES ({', '.join(f':{name}' for name in names)}, 0)"
        " ON CONFLICT DO NOTHING RETURNING *",
        {
            **_columns(tx, new),
            "bot_id": new.bot_id,
            "alert_id": new.alert_id,
            "person_id": new.person_id,
            "area_id": new.area_id,
            "made_at": seconds(new.made_at),
        },
    )
    return None if row is None else _follow_up(tx, row)


def save(tx: Transaction, old: FollowUp, new: FollowUp) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    set_ = ", ".join(f"{field} = :{field}" for field in FIELDS)
    sql = f"UPDATE followups SET {set_}, version = version + 1 WHERE id = :id AND version = :version"
    return tx.run(sql, {**_columns(tx, new), "id": old.id, "version": old.version}) == 1


def find(tx: Transaction, follow_up_id: int) -> FollowUp | None:
    """One of them, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM followups WHERE id = :id FOR NO KEY UPDATE", {"id": follow_up_id})
    return None if row is None else _follow_up(tx, row)


def see(tx: Transaction, follow_up_id: int) -> FollowUp | None:
    """One as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM followups WHERE id = :id", {"id": follow_up_id})
    return None if row is None else _follow_up(tx, row)


def of_alert(tx: Transaction, alert_id: int) -> FollowUp | None:
    """The one that waits after an alert, locked; None: none does."""
    row = tx.one("SELECT * FROM followups WHERE alert_id = :id AND done_at IS NULL FOR NO KEY UPDATE", {"id": alert_id})
    return None if row is None else _follow_up(tx, row)


def of_person(tx: Transaction, person_id: int) -> list[FollowUp]:
    """Everything that waits for a look at this person, locked."""
    rows = tx.all(
        "SELECT * FROM followups WHERE person_id = :id AND done_at IS NULL ORDER BY id FOR NO KEY UPDATE",
        {"id": person_id},
    )
    return [_follow_up(tx, row) for row in rows]


def dropped_at(tx: Transaction, person_id: int, at: datetime) -> list[FollowUp]:
    """What was dropped at this instant though nobody had looked, locked; of each alert the last one."""
    rows = tx.all(
        "SELECT * FROM followups f WHERE f.person_id = :id AND f.done_at = :at AND f.done_by IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM followups g WHERE g.alert_id = f.alert_id AND g.id > f.id) ORDER BY f.id FOR NO KEY UPDATE OF f",
        {"id": person_id, "at": seconds(at)},
    )
    return [_follow_up(tx, row) for row in rows]


def waiting(tx: Transaction, area_ids: list[int], until: date, limit: int) -> list[FollowUp]:
    """What waits at these areas or below and is due by this local day, the oldest first."""
    places, values = among("area", area_ids)
    rows = tx.all(
        "SELECT * FROM followups WHERE done_at IS NULL AND day <= :until AND area_id IN"
        f" (SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({places})) ORDER BY day, id LIMIT :limit",
        {**values, "until": until.isoformat(), "limit": limit},
    )
    return [_follow_up(tx, row) for row in rows]


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which of them time has something to do with, the longest waiting first."""
    rows = tx.all(
        "SELECT id FROM followups WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, follow_up_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE followups SET act_at = :until WHERE id = :id", {"id": follow_up_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM followups WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM followups WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _columns(tx: Transaction, one: FollowUp) -> Values:
    return {
        "owner_id": one.owner_id,
        "day": one.day.isoformat(),
        "told_at": seconds(one.told_at),
        "handed_at": seconds(one.handed_at),
        "done_at": seconds(one.done_at),
        "done_by": one.done_by,
        "note": tx.vault.seal_maybe("followups.note", one.note),
        "act_at": seconds(one.act_at),
    }


def _follow_up(tx: Transaction, row: Row) -> FollowUp:
    return FollowUp(
        id=row["id"],
        bot_id=row["bot_id"],
        alert_id=row["alert_id"],
        person_id=row["person_id"],
        area_id=row["area_id"],
        owner_id=row["owner_id"],
        day=date.fromisoformat(row["day"]),
        made_at=instant(row["made_at"]),
        told_at=instant(row["told_at"]),
        handed_at=instant(row["handed_at"]),
        done_at=instant(row["done_at"]),
        done_by=row["done_by"],
        note=tx.vault.open_maybe("followups.note", row["note"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
    )
