"""Outages in the database, and whom each kept from being asked."""

from datetime import datetime, timedelta

from bot.domain.outages import Outage
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction

DAY = timedelta(days=1)
# Whoever is asked again is asked within a moment of its end.
MOMENT_SECONDS = 60


def note(tx: Transaction, since: datetime, until: datetime) -> bool:
    """Keep an outage, to be told from now on; False: another copy has noted it, or nobody has heard before."""
    known = tx.one("SELECT 1 AS one FROM outages WHERE until_at > :since LIMIT 1", {"since": seconds(since)})
    if known is not None:
        return False
    tx.run(
        "INSERT INTO outages (since_at, until_at, act_at) VALUES (:since, :until, :until)",
        {"since": seconds(since), "until": seconds(until)},
    )
    return True


def find(tx: Transaction, outage_id: int) -> Outage | None:
    """One of them; None: it is forgotten."""
    row = tx.one("SELECT * FROM outages WHERE id = :id", {"id": outage_id})
    return None if row is None else _outage(row)


def told(tx: Transaction, outage_id: int, area_id: int, act_at: datetime | None) -> None:
    """The communities up to this one know of it; `act_at` None: those were all."""
    tx.run(
        "UPDATE outages SET told_area = :area_id, act_at = :act_at WHERE id = :id",
        {"id": outage_id, "area_id": area_id, "act_at": seconds(act_at)},
    )


def communities(tx: Transaction, after: int, limit: int) -> list[int]:
    """Communities in which somebody is cared for, by number, after this one."""
    rows = tx.all(
        "SELECT a.id FROM areas a WHERE a.kind = 'community' AND a.id > :after AND EXISTS (SELECT 1 FROM plans p"
        " JOIN area_tree t ON t.descendant_id = p.area_id WHERE t.ancestor_id = a.id AND p.state <> 'ended')"
        " ORDER BY a.id LIMIT :limit",
        {"after": after, "limit": limit},
    )
    return [row["id"] for row in rows]


def not_asked(tx: Transaction, outage: Outage, area_id: int) -> list[int]:
    """Who was not asked there: a whole slot of theirs passed in that time."""
    rows = tx.all(
        f"SELECT DISTINCT c.person_id {_OF_PLACE} AND c.state = 'not_asked'"
        " AND c.asked_at >= :since AND c.asked_at <= :until ORDER BY c.person_id",
        _values(outage, area_id),
    )
    return [row["person_id"] for row in rows]


def asked_since(tx: Transaction, outage: Outage, area_id: int) -> list[int]:
    """Who has been asked there since: once more, or for the first time and late."""
    rows = tx.all(
        f"SELECT DISTINCT c.person_id {_OF_PLACE} AND c.state <> 'not_asked' AND ("
        "EXISTS (SELECT 1 FROM history h WHERE h.subject = 'checkin:' || CAST(c.id AS TEXT) AND h.event = 'asked again'"
        " AND h.at >= :until AND h.at <= :soon)"
        " OR (c.asked_at >= :since AND c.asked_at <= :soon AND EXISTS (SELECT 1 FROM plans p WHERE p.id = c.plan_id"
        " AND c.due_at - c.asked_at < p.grace_minutes * 60 - 60))) ORDER BY c.person_id",
        {**_values(outage, area_id), "soon": seconds(outage.until) + MOMENT_SECONDS},
    )
    return [row["person_id"] for row in rows]


_OF_PLACE = (
    "FROM checkins c JOIN area_tree t ON t.descendant_id = c.area_id"
    " WHERE t.ancestor_id = :area_id AND c.day >= :first AND c.day <= :last"
)


def _values(outage: Outage, area_id: int) -> dict[str, object]:
    # The days only keep the search short: a day more on either side holds in every time zone.
    return {
        "area_id": area_id,
        "since": seconds(outage.since),
        "until": seconds(outage.until),
        "first": (outage.since - 2 * DAY).date().isoformat(),
        "last": (outage.until + DAY).date().isoformat(),
    }


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which of them are to be told now."""
    rows = tx.all(
        "SELECT id FROM outages WHERE act_at <= :now ORDER BY act_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, outage_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE outages SET act_at = :until WHERE id = :id", {"id": outage_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were to be told before then and have not been."""
    row = tx.one("SELECT COUNT(*) AS n FROM outages WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM outages WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Outages that ended before `at` are forgotten, at most `limit`; how many were."""
    return tx.run(
        "DELETE FROM outages WHERE id IN (SELECT id FROM outages WHERE until_at < :at AND act_at IS NULL LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def _outage(row: Row) -> Outage:
    return Outage(row["id"], instant(row["since_at"]), instant(row["until_at"]), row["told_area"])
