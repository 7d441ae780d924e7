"""Drills in the database, and each person's part in them."""

from datetime import datetime

from bot.domain.alerts import Whom, ladder_text, parse_ladder
from bot.domain.drills import Drill, DrillEnd, Part
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction, Values


def make(tx: Transaction, new: Drill) -> Drill | None:
    """A new drill with its number; None: one runs at this place."""
    row = tx.one(
        "INSERT INTO drills (bot_id, area_id, started_by, person_id, quick, ladder, rung, empty, started_at, act_at, version)"
        " VALUES (:bot_id, :area_id, :started_by, :person_id, :quick, :ladder, :rung, :empty, :started_at, :act_at, 0)"
        " ON CONFLICT DO NOTHING RETURNING *",
        {
            **_columns(new, new),
            "bot_id": new.bot_id,
            "area_id": new.area_id,
            "started_by": new.started_by,
            "person_id": new.person_id,
            "quick": int(new.quick),
            "ladder": ladder_text(new.ladder),
            "started_at": seconds(new.started_at),
        },
    )
    return None if row is None else _drill(row)


def save(tx: Transaction, old: Drill, new: Drill) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    return (
        tx.run(
            "UPDATE drills SET rung = :rung, empty = :empty, ended_at = :ended_at, ending = :ending, act_at = :act_at,"
            " version = version + 1 WHERE id = :id AND version = :version",
            _columns(new, old),
        )
        == 1
    )


def find(tx: Transaction, drill_id: int) -> Drill | None:
    """One drill, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM drills WHERE id = :id FOR NO KEY UPDATE", {"id": drill_id})
    return None if row is None else _drill(row)


def see(tx: Transaction, drill_id: int) -> Drill | None:
    """One drill as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM drills WHERE id = :id", {"id": drill_id})
    return None if row is None else _drill(row)


def running(tx: Transaction, area_id: int) -> Drill | None:
    """The drill that runs at exactly this place; None: none does."""
    row = tx.one("SELECT * FROM drills WHERE area_id = :id AND ended_at IS NULL", {"id": area_id})
    return None if row is None else _drill(row)


def last(tx: Transaction, area_id: int) -> Drill | None:
    """The drill that ended last at exactly this place; None: there was none."""
    row = tx.one(
        "SELECT * FROM drills WHERE area_id = :id AND ended_at IS NOT NULL ORDER BY started_at DESC, id DESC LIMIT 1",
        {"id": area_id},
    )
    return None if row is None else _drill(row)


def count(tx: Transaction, area_id: int, since: datetime, until: datetime) -> int:
    """How many were started then at a place and all below it."""
    row = tx.one(
        "SELECT COUNT(*) AS n FROM drills WHERE started_at >= :since AND started_at < :until"
        " AND area_id IN (SELECT descendant_id FROM area_tree WHERE ancestor_id = :area)",
        {"area": area_id, "since": seconds(since), "until": seconds(until)},
    )
    return 0 if row is None else int(row["n"])


# --- people ---


def tell(tx: Transaction, part: Part) -> bool:
    """Somebody takes part; False when they do already."""
    row = tx.one(
        "INSERT INTO drill_people (drill_id, person_id, rung, told_at, failed_at)"
        " VALUES (:drill_id, :person_id, :rung, :told_at, :failed_at) ON CONFLICT DO NOTHING RETURNING person_id",
        {**_part_columns(part), "rung": part.rung.value, "told_at": seconds(part.told_at)},
    )
    return row is not None


def save_part(tx: Transaction, part: Part) -> None:
    """What became of somebody's part; the drill's row is locked by the caller."""
    tx.run(
        "UPDATE drill_people SET reached_at = :reached_at, failed_at = :failed_at, taken_at = :taken_at,"
        " arrives_at = :arrives_at, done_at = :done_at WHERE drill_id = :drill_id AND person_id = :person_id",
        _part_columns(part),
    )


def parts(tx: Transaction, drill_id: int) -> list[Part]:
    """Everyone's part, in the order in which they were told."""
    rows = tx.all("SELECT * FROM drill_people WHERE drill_id = :id ORDER BY told_at, person_id", {"id": drill_id})
    return [_part(row) for row in rows]


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which drills go on or end now."""
    rows = tx.all(
        "SELECT id FROM drills WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, drill_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE drills SET act_at = :until WHERE id = :id", {"id": drill_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM drills WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM drills WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _columns(new: Drill, old: Drill) -> Values:
    return {
        "id": new.id,
        "version": old.version,
        "rung": new.rung,
        "empty": ",".join(whom.value for whom in new.empty),
        "ended_at": seconds(new.ended_at),
        "ending": new.ending and new.ending.value,
        "act_at": seconds(new.act_at),
    }


def _part_columns(part: Part) -> Values:
    return {
        "drill_id": part.drill_id,
        "person_id": part.person_id,
        "reached_at": seconds(part.reached_at),
        "failed_at": seconds(part.failed_at),
        "taken_at": seconds(part.taken_at),
        "arrives_at": seconds(part.arrives_at),
        "done_at": seconds(part.done_at),
    }


def _drill(row: Row) -> Drill:
    return Drill(
        id=row["id"],
        bot_id=row["bot_id"],
        area_id=row["area_id"],
        started_by=row["started_by"],
        person_id=row["person_id"],
        quick=bool(row["quick"]),
        ladder=parse_ladder(row["ladder"]),
        started_at=instant(row["started_at"]),
        rung=row["rung"],
        empty=tuple(Whom(part) for part in row["empty"].split(",") if part),
        ended_at=instant(row["ended_at"]),
        ending=row["ending"] and DrillEnd(row["ending"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
    )


def _part(row: Row) -> Part:
    return Part(
        drill_id=row["drill_id"],
        person_id=row["person_id"],
        rung=Whom(row["rung"]),
        told_at=instant(row["told_at"]),
        reached_at=instant(row["reached_at"]),
        failed_at=instant(row["failed_at"]),
        taken_at=instant(row["taken_at"]),
        arrives_at=instant(row["arrives_at"]),
        done_at=instant(row["done_at"]),
    )
