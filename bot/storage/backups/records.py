"""Which backups were made, which failed; and what a database out of a backup must not do again."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.backups import GIVEN_UP, TRIED_AGAIN
from bot.storage import meta
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Transaction

RESTORED = "out of a backup"


def claim(tx: Transaction, slot_at: datetime, copy: str, now: datetime) -> bool:
    """This copy makes the backup that was due at `slot_at`; False when it is made, or another copy is at it."""
    return (
        tx.run(
            "INSERT INTO backups (slot_at, copy, begun_at) VALUES (:slot_at, :copy, :now)"
            " ON CONFLICT (slot_at) DO UPDATE SET copy = excluded.copy, begun_at = excluded.begun_at"
            " WHERE backups.ended_at IS NULL AND (backups.begun_at <= :given_up"
            " OR (backups.error IS NOT NULL AND backups.begun_at <= :again))",
            {
                "slot_at": seconds(slot_at),
                "copy": copy,
                "now": seconds(now),
                "again": seconds(now - TRIED_AGAIN),
                "given_up": seconds(now - GIVEN_UP),
            },
        )
        == 1
    )


def made(tx: Transaction, slot_at: datetime, name: str, now: datetime) -> None:
    """The backup of this slot is there."""
    tx.run(
        "UPDATE backups SET ended_at = :now, name = :name, error = NULL WHERE slot_at = :slot_at",
        {"slot_at": seconds(slot_at), "name": name, "now": seconds(now)},
    )


def made_by_hand(tx: Transaction, copy: str, name: str, begun_at: datetime, now: datetime) -> None:
    """A backup was made from the command line."""
    tx.run(
        "INSERT INTO backups (copy, begun_at, ended_at, name) VALUES (:copy, :begun_at, :now, :name)",
        {"copy": copy, "begun_at": seconds(begun_at), "now": seconds(now), "name": name},
    )


def failed(tx: Transaction, slot_at: datetime, error: str) -> bool:
    """The backup of this slot failed; False when that is known since the last one that was made."""
    row = tx.one(
        "SELECT 1 AS one FROM backups b WHERE b.error IS NOT NULL AND b.begun_at > COALESCE"
        " ((SELECT MAX(m.begun_at) FROM backups m WHERE m.ended_at IS NOT NULL), 0) LIMIT 1"
    )
    tx.run("UPDATE backups SET error = :error WHERE slot_at = :slot_at", {"slot_at": seconds(slot_at), "error": error})
    return row is None


@dataclass(frozen=True)
class Last:
    """The last backup that was made, and why the last try failed; None: there was none, it did not."""

    at: datetime | None
    error: str | None


def last(tx: Transaction) -> Last:
    """How it stands with the backups."""
    made = tx.one("SELECT MAX(begun_at) AS at FROM backups WHERE ended_at IS NOT NULL")
    at = instant(made["at"]) if made else None
    row = tx.one(
        "SELECT error FROM backups WHERE error IS NOT NULL AND begun_at >= :at ORDER BY begun_at DESC LIMIT 1",
        {"at": seconds(at) or 0},
    )
    return Last(at, row["error"] if row else None)


# --- out of a backup ---


def silence(tx: Transaction) -> int:
    """Nothing that waited when the backup was made is sent any more; how many letters.

    A card that has its message is not given up: it is drawn again when what it shows moves on.
    """
    return tx.run(
        "UPDATE outbox SET error = :error, send_at = NULL, holder = NULL,"
        " dead_at = CASE WHEN subject IS NOT NULL AND message_id IS NOT NULL THEN dead_at ELSE :instant END"
        " WHERE send_at IS NOT NULL",
        {"instant": tx.instant(), "error": RESTORED},
    )


def begin_nothing(tx: Transaction) -> None:
    """A backup that was being made when this copy was taken, what copies said of their keys then, which of them ran, and a move
    that was begun are not known any more."""
    meta.come_back(tx)
    tx.run("DELETE FROM backups WHERE ended_at IS NULL")
    tx.run("UPDATE pulses SET ended_at = COALESCE(ended_at, 0)")
    tx.run("DELETE FROM keyrings")


def unknown_questions(tx: Transaction, now: datetime) -> list[tuple[int, int, datetime]]:
    """(person, place, when) of the questions whose time is over unanswered: they are taken as not asked."""
    rows = tx.all(
        "SELECT person_id, area_id, asked_at FROM checkins WHERE state = 'asked' AND due_at <= :now ORDER BY id",
        {"now": seconds(now)},
    )
    tx.run(
        "UPDATE checkins SET state = 'not_asked', act_at = NULL, version = version + 1"
        " WHERE state = 'asked' AND due_at <= :now",
        {"now": seconds(now)},
    )
    return [(row["person_id"], row["area_id"], instant(row["asked_at"])) for row in rows]


def overdue_plans(tx: Transaction, now: datetime, after: int, limit: int) -> list[int]:
    """Plans with a number above `after` whose questions should have been asked by now."""
    rows = tx.all(
        "SELECT id FROM plans WHERE id > :after AND state = 'active' AND act_at <= :now ORDER BY id LIMIT :limit",
        {"after": after, "now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def rest_alerts(tx: Transaction, until: datetime) -> list[tuple[int, int]]:
    """(number, place) of the alerts that had not ended: none goes on before then."""
    rows = tx.all("SELECT id, area_id FROM alerts WHERE state <> 'closed' ORDER BY id")
    tx.run("UPDATE alerts SET act_at = :until WHERE state <> 'closed' AND act_at < :until", {"until": seconds(until)})
    return [(row["id"], row["area_id"]) for row in rows]


def goes_on(tx: Transaction, alert_id: int, at: datetime) -> None:
    """Nobody could be asked whether it is still so: the ladder goes on at once."""
    tx.run("UPDATE alerts SET act_at = :at WHERE id = :id AND state <> 'closed'", {"id": alert_id, "at": seconds(at)})


def rest_needs(tx: Transaction, until: datetime) -> list[int]:
    """The places of the needs that had not ended: nobody new is asked for them before then."""
    values = {"until": seconds(until)}
    tx.run("UPDATE needs SET act_at = :until WHERE act_at < :until", values)
    tx.run("UPDATE searches SET act_at = :until WHERE act_at < :until", values)
    rows = tx.all("SELECT area_id FROM needs WHERE state IN ('open', 'claimed', 'done', 'disputed')")
    return [row["area_id"] for row in rows]


def end_drills(tx: Transaction, now: datetime) -> None:
    """Practice is over."""
    tx.run(
        "UPDATE drills SET ended_at = :now, ending = 'time', act_at = NULL WHERE ended_at IS NULL",
        {"now": seconds(now)},
    )


def in_charge(tx: Transaction) -> list[tuple[int, int]]:
    """(person, place) of everybody who coordinates or administers, at their topmost places only."""
    rows = tx.all(
        "SELECT DISTINCT r.person_id, r.area_id FROM roles r WHERE r.role IN ('coordinator', 'administrator')"
        " AND NOT EXISTS (SELECT 1 FROM roles o JOIN area_tree t ON t.ancestor_id = o.area_id"
        " WHERE t.descendant_id = r.area_id AND t.depth > 0 AND o.person_id = r.person_id"
        " AND o.role IN ('coordinator', 'administrator')) ORDER BY r.person_id, r.area_id"
    )
    return [(row["person_id"], row["area_id"]) for row in rows]


def administrators(tx: Transaction) -> list[int]:
    """Everybody who administers anything."""
    rows = tx.all("SELECT DISTINCT person_id FROM roles WHERE role = 'administrator' ORDER BY person_id")
    return [row["person_id"] for row in rows]


def below(tx: Transaction, area_ids: list[int]) -> dict[int, set[int]]:
    """Each of these places with all that is below it."""
    places, values = among("area", sorted(set(area_ids)))
    rows = tx.all(f"SELECT ancestor_id, descendant_id FROM area_tree WHERE ancestor_id IN ({places})", values)
    found: dict[int, set[int]] = {area_id: set() for area_id in area_ids}
    for row in rows:
        found[row["ancestor_id"]].add(row["descendant_id"])
    return found


# Where numbers go on after a restore, so that a key in an old message means nothing new.
GAP = 10_000


def skip_numbers(tx: Transaction) -> None:
    """On PostgreSQL new rows get numbers that no lost row had; SQLite takes the next free number, and keeps no other count."""
    tx.skip_numbers(GAP)
