"""What comes again, in the database: the rule, and what was made of each of its dates."""

from datetime import date, datetime

from bot.domain.matching import WELL
from bot.domain.needs import FORGOTTEN
from bot.domain.recurrences import Recurrence, RecurrenceState, parse_rule
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction, Values

ONCE = ("bot_id", "person_id", "area_id", "need_id", "made_by", "category", "text", "at_home", "guarded_by", "made_at")
FIELDS = ("rule", "anchor", "starts", "ends", "until", "state", "next_day", "act_at", "ended_at")


def make(tx: Transaction, new: Recurrence) -> Recurrence | None:
    """A new one with its number; None: this need comes again already."""
    names = (*ONCE, *FIELDS)
    row = tx.one(
        f"INSERT INTO recurrences ({', '.join(names)}, version) VALUES ({', '.join(f':{name}' for name in names)}, 0)"
        " ON CONFLICT DO NOTHING RETURNING *",
        {
            **_columns(new),
            "bot_id": new.bot_id,
            "person_id": new.person_id,
            "area_id": new.area_id,
            "need_id": new.need_id,
            "made_by": new.made_by,
            "category": new.category,
            "text": tx.vault.seal("recurrences.text", new.text),
            "at_home": int(new.at_home),
            "guarded_by": new.guarded_by,
            "made_at": seconds(new.made_at),
        },
    )
    return None if row is None else _recurrence(tx, row)


def save(tx: Transaction, old: Recurrence, new: Recurrence) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    set_ = ", ".join(f"{field} = :{field}" for field in FIELDS)
    sql = f"UPDATE recurrences SET {set_}, version = version + 1 WHERE id = :id AND version = :version"
    return tx.run(sql, {**_columns(new), "id": old.id, "version": old.version}) == 1


def find(tx: Transaction, recurrence_id: int) -> Recurrence | None:
    """One of them, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM recurrences WHERE id = :id FOR NO KEY UPDATE", {"id": recurrence_id})
    return None if row is None else _recurrence(tx, row)


def see(tx: Transaction, recurrence_id: int) -> Recurrence | None:
    """One as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM recurrences WHERE id = :id", {"id": recurrence_id})
    return None if row is None else _recurrence(tx, row)


def of_need(tx: Transaction, need_id: int) -> int | None:
    """The number of what makes this need come again, or has posted it; None: nothing that goes on."""
    row = tx.one(
        "SELECT r.id FROM occurrences o JOIN recurrences r ON r.id = o.recurrence_id"
        " WHERE o.need_id = :id AND r.state <> 'ended' ORDER BY r.id DESC LIMIT 1",
        {"id": need_id},
    )
    return None if row is None else row["id"]


def of_person(tx: Transaction, person_id: int) -> list[Recurrence]:
    """What comes again for a person, the oldest first."""
    rows = tx.all("SELECT * FROM recurrences WHERE person_id = :id AND state <> 'ended' ORDER BY id", {"id": person_id})
    return [_recurrence(tx, row) for row in rows]


def happens(tx: Transaction, recurrence_id: int, day: date, need_id: int | None) -> bool:
    """Write down what was made of a date: its need, or (None) that it was skipped; False: it was written down before."""
    row = tx.one(
        "INSERT INTO occurrences (recurrence_id, day, need_id) VALUES (:id, :day, :need_id)"
        " ON CONFLICT DO NOTHING RETURNING day",
        {"id": recurrence_id, "day": day.isoformat(), "need_id": need_id},
    )
    return row is not None


def posted(tx: Transaction, recurrence_id: int, day: date, need_id: int) -> None:
    """The need that was posted for a date that is written down."""
    tx.run(
        "UPDATE occurrences SET need_id = :need_id WHERE recurrence_id = :id AND day = :day",
        {"id": recurrence_id, "day": day.isoformat(), "need_id": need_id},
    )


def last_helper(tx: Transaction, recurrence_id: int) -> int | None:
    """Who did it last, and well; None: nobody yet."""
    row = tx.one(
        "SELECT n.claimed_by FROM occurrences o JOIN needs n ON n.id = o.need_id WHERE o.recurrence_id = :id"
        " AND n.state IN ('done', 'closed') AND n.outcome = 'done' AND COALESCE(n.stars, 5) >= :well"
        " AND n.claimed_by IS NOT NULL ORDER BY o.day DESC LIMIT 1",
        {"id": recurrence_id, "well": WELL},
    )
    return None if row is None else row["claimed_by"]


def hold(tx: Transaction, person_id: int) -> None:
    """Nothing comes again for this person as long as they are taken for dead."""
    tx.run(
        "UPDATE recurrences SET act_at = NULL, version = version + 1 WHERE person_id = :id AND act_at IS NOT NULL",
        {"id": person_id},
    )


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which of them are to be posted, the longest waiting first."""
    rows = tx.all(
        "SELECT id FROM recurrences WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, recurrence_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE recurrences SET act_at = :until WHERE id = :id", {"id": recurrence_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM recurrences WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM recurrences WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _columns(one: Recurrence) -> Values:
    return {
        "rule": str(one.rule),
        "anchor": one.anchor.isoformat(),
        "starts": one.starts,
        "ends": one.ends,
        "until": one.until and one.until.isoformat(),
        "state": one.state.value,
        "next_day": one.next_day and one.next_day.isoformat(),
        "act_at": seconds(one.act_at),
        "ended_at": seconds(one.ended_at),
    }


def _recurrence(tx: Transaction, row: Row) -> Recurrence:
    return Recurrence(
        id=row["id"],
        bot_id=row["bot_id"],
        person_id=row["person_id"],
        area_id=row["area_id"],
        need_id=row["need_id"],
        category=row["category"],
        text=tx.vault.open("recurrences.text", row["text"]) if row["text"] else FORGOTTEN,
        rule=parse_rule(row["rule"]).rule,
        anchor=date.fromisoformat(row["anchor"]),
        starts=row["starts"],
        ends=row["ends"],
        made_at=instant(row["made_at"]),
        made_by=row["made_by"],
        at_home=row["at_home"] == 1,
        guarded_by=row["guarded_by"],
        until=None if row["until"] is None else date.fromisoformat(row["until"]),
        state=RecurrenceState(row["state"]),
        next_day=None if row["next_day"] is None else date.fromisoformat(row["next_day"]),
        act_at=instant(row["act_at"]),
        ended_at=instant(row["ended_at"]),
        version=row["version"],
    )
