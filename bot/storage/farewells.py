"""Farewells in the database, and the silence that follows them."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.farewells import Farewell
from bot.storage import outbox
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction


def make(tx: Transaction, new: Farewell) -> Farewell | None:
    """A new farewell with its number; None: there is one of this person already."""
    row = tx.one(
        "INSERT INTO farewells (person_id, area_id, plan_id, alert_id, by_id, at, until_at, checkins, act_at, version)"
        " VALUES (:person_id, :area_id, :plan_id, :alert_id, :by_id, :at, :until_at, :checkins, :act_at, 0)"
        " ON CONFLICT DO NOTHING RETURNING *",
        {
            "person_id": new.person_id,
            "area_id": new.area_id,
            "plan_id": new.plan_id,
            "alert_id": new.alert_id,
            "by_id": new.by_id,
            "at": seconds(new.at),
            "until_at": seconds(new.until_at),
            "checkins": ",".join(map(str, new.checkins)),
            "act_at": seconds(new.act_at),
        },
    )
    return None if row is None else _farewell(row)


def save(tx: Transaction, old: Farewell, new: Farewell) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    return (
        tx.run(
            "UPDATE farewells SET undone_at = :undone_at, undone_by = :undone_by, act_at = :act_at, version = version + 1"
            " WHERE id = :id AND version = :version",
            {
                "id": old.id,
                "version": old.version,
                "undone_at": seconds(new.undone_at),
                "undone_by": new.undone_by,
                "act_at": seconds(new.act_at),
            },
        )
        == 1
    )


def find(tx: Transaction, farewell_id: int) -> Farewell | None:
    """One farewell, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM farewells WHERE id = :id FOR NO KEY UPDATE", {"id": farewell_id})
    return None if row is None else _farewell(row)


def see(tx: Transaction, farewell_id: int) -> Farewell | None:
    """One farewell as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM farewells WHERE id = :id", {"id": farewell_id})
    return None if row is None else _farewell(row)


def of_person(tx: Transaction, person_id: int) -> Farewell | None:
    """The farewell of a person that stands; None: there is none."""
    row = tx.one("SELECT * FROM farewells WHERE person_id = :id AND undone_at IS NULL", {"id": person_id})
    return None if row is None else _farewell(row)


def of_alert(tx: Transaction, alert_id: int) -> Farewell | None:
    """The last farewell that came from an alert, standing or taken back; None: there was none."""
    row = tx.one("SELECT * FROM farewells WHERE alert_id = :id ORDER BY id DESC LIMIT 1", {"id": alert_id})
    return None if row is None else _farewell(row)


def among_people(tx: Transaction, person_ids: Iterable[int]) -> set[int]:
    """Who of these people has died."""
    places, values = among("person", sorted(set(person_ids)))
    rows = tx.all(f"SELECT person_id FROM farewells WHERE person_id IN ({places}) AND undone_at IS NULL", values)
    return {row["person_id"] for row in rows}


# --- silence ---


def silence(tx: Transaction, person_id: int) -> None:
    """Nothing that waits is said to this person's chats any more, and nothing new but answers to whoever writes there.

    Letters that are on their way keep their lease: whoever holds them looks again before they say them.
    """
    values = {"id": person_id, "last": outbox.withdraw(tx, person_id)}
    tx.run("UPDATE accounts SET silent_from = :last WHERE person_id = :id", values)


def speak(tx: Transaction, person_id: int) -> None:
    """This person's chats are spoken to again."""
    tx.run("UPDATE accounts SET silent_from = NULL WHERE person_id = :id", {"id": person_id})


def let_go(tx: Transaction, user_id: int, person_id: int) -> bool:
    """A silent telephone is somebody else's from now on, whichever of our bots it uses; False when it is not silent."""
    values = {"user_id": user_id, "person_id": person_id}
    silent = "person_id = :person_id AND silent_from IS NOT NULL"
    return tx.run(f"DELETE FROM accounts WHERE user_id = :user_id AND {silent}", values) > 0


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which cannot be taken back any more from now on."""
    rows = tx.all(
        "SELECT id FROM farewells WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, farewell_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE farewells SET act_at = :until WHERE id = :id", {"id": farewell_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM farewells WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM farewells WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _farewell(row: Row) -> Farewell:
    return Farewell(
        id=row["id"],
        person_id=row["person_id"],
        area_id=row["area_id"],
        plan_id=row["plan_id"],
        alert_id=row["alert_id"],
        by_id=row["by_id"],
        at=instant(row["at"]),
        until_at=instant(row["until_at"]),
        checkins=tuple(int(part) for part in row["checkins"].split(",") if part),
        undone_at=instant(row["undone_at"]),
        undone_by=row["undone_by"],
        act_at=instant(row["act_at"]),
        version=row["version"],
    )
