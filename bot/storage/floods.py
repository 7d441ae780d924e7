"""Floods in the database: what was let through is written, never counted up in one row, so that two who come at the same
moment wait for nobody's lock; a few more than the limit may pass together."""

from datetime import datetime

from bot.domain.floods import HOUR, MOST, Flow, Gauge, Wait
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction

# Of more floods at once one cannot take care on one card.
QUEUES_AT_MOST = 4
COMMUNITY = (
    "COALESCE((SELECT t.ancestor_id FROM area_tree t JOIN areas a ON a.id = t.ancestor_id"
    " WHERE t.descendant_id = :place AND a.kind = 'community' ORDER BY t.depth LIMIT 1), :place)"
)
# `LIMIT` says how far is counted at most, whatever came in.
GAUGE = (
    f"WITH here AS (SELECT {COMMUNITY} AS id) SELECT here.id AS area_id, f.most, f.reckoned_at, f.told_at, f.open_until,"
    " (SELECT COUNT(*) FROM (SELECT 1 AS one FROM flood_counts c WHERE c.area_id = here.id AND c.flow = :flow"
    " AND c.at > :since LIMIT :enough) counted) AS number,"
    " (SELECT MAX(w.act_at) FROM flood_waits w WHERE w.area_id = here.id AND w.flow = :flow) AS last_at"
    " FROM here LEFT JOIN floods f ON f.area_id = here.id AND f.flow = :flow"
)


def gauge(tx: Transaction, place: int, flow: Flow, now: datetime) -> Gauge:
    """How a flow stands at the community of a place, or at the place itself where it lies in none."""
    values = {"place": place, "flow": flow.value, "since": seconds(now - HOUR), "enough": MOST}
    row = tx.one(GAUGE, values)
    if row is None:
        raise LookupError(f"area {place}")
    fresh = row["reckoned_at"] is not None and row["reckoned_at"] > seconds(now - HOUR)
    return Gauge(
        area_id=row["area_id"],
        flow=flow,
        number=row["number"],
        most=row["most"] if fresh else None,
        open_until=instant(row["open_until"]),
        last_at=instant(row["last_at"]),
        told_at=instant(row["told_at"]),
    )


def count(tx: Transaction, place: int, flow: Flow, now: datetime) -> None:
    """One more is let through."""
    row = tx.one(f"SELECT {COMMUNITY} AS id", {"place": place})
    tx.run(
        "INSERT INTO flood_counts (area_id, flow, at) VALUES (:id, :flow, :now)",
        {"id": row["id"] if row else place, "flow": flow.value, "now": seconds(now)},
    )


def residents(tx: Transaction, area_id: int) -> int:
    """How many people live at a place and below."""
    row = tx.one(
        "SELECT COUNT(*) AS n FROM area_tree t JOIN persons p ON p.building_id = t.descendant_id WHERE t.ancestor_id = :id",
        {"id": area_id},
    )
    return 0 if row is None else int(row["n"])


def reckoned(tx: Transaction, area_id: int, flow: Flow, most: int, now: datetime) -> None:
    """So many are let through in an hour, reckoned now."""
    tx.run(
        "INSERT INTO floods (area_id, flow, most, reckoned_at) VALUES (:id, :flow, :most, :now)"
        " ON CONFLICT (area_id, flow) DO UPDATE SET most = excluded.most, reckoned_at = excluded.reckoned_at",
        {"id": area_id, "flow": flow.value, "most": most, "now": seconds(now)},
    )


def told(tx: Transaction, area_id: int, flow: Flow, *, before: datetime, now: datetime) -> bool:
    """Whoever is in charge hears of it now; False: somebody was faster, and they heard after `before` already."""
    return (
        tx.run(
            "UPDATE floods SET told_at = :now WHERE area_id = :id AND flow = :flow"
            " AND (told_at IS NULL OR told_at <= :before)",
            {"id": area_id, "flow": flow.value, "now": seconds(now), "before": seconds(before)},
        )
        == 1
    )


def open_until(tx: Transaction, area_id: int, flow: Flow, until: datetime | None) -> None:
    """Everything is let through until then; None: no more than is usual."""
    tx.run(
        "INSERT INTO floods (area_id, flow, open_until) VALUES (:id, :flow, :until)"
        " ON CONFLICT (area_id, flow) DO UPDATE SET open_until = excluded.open_until",
        {"id": area_id, "flow": flow.value, "until": seconds(until)},
    )


# --- the queue ---


def wait(tx: Transaction, new: Wait) -> Wait:
    """A place in the queue; whoever has one already keeps it, and joins at `place_id` now."""
    row = tx.one(
        "INSERT INTO flood_waits (area_id, flow, subject, person_id, place_id, by_poster, since, act_at)"
        " VALUES (:area_id, :flow, :subject, :person_id, :place_id, :by_poster, :since, :act_at)"
        " ON CONFLICT (flow, subject) DO UPDATE SET place_id = excluded.place_id RETURNING *",
        {
            "area_id": new.area_id,
            "flow": new.flow.value,
            "subject": new.subject,
            "person_id": new.person_id,
            "place_id": new.place_id,
            "by_poster": int(new.by_poster),
            "since": seconds(new.since),
            "act_at": seconds(new.act_at),
        },
    )
    if row is None:
        raise LookupError("a row that was written comes back")
    return _wait(row)


def of_subject(tx: Transaction, flow: Flow, subject: str) -> Wait | None:
    """The place in the queue of this; None: it does not wait."""
    row = tx.one(
        "SELECT * FROM flood_waits WHERE flow = :flow AND subject = :subject",
        {"flow": flow.value, "subject": subject},
    )
    return None if row is None else _wait(row)


def drop(tx: Transaction, flow: Flow, subject: str) -> bool:
    """It waits no longer; False: it did not."""
    return (
        tx.run(
            "DELETE FROM flood_waits WHERE flow = :flow AND subject = :subject",
            {"flow": flow.value, "subject": subject},
        )
        == 1
    )


def waiting(tx: Transaction, area_id: int, flow: Flow) -> int:
    """How many wait."""
    row = tx.one(
        "SELECT COUNT(*) AS n FROM flood_waits WHERE area_id = :id AND flow = :flow",
        {"id": area_id, "flow": flow.value},
    )
    return 0 if row is None else int(row["n"])


def queues(tx: Transaction, places: list[int]) -> list[tuple[int, str, int]]:
    """The queues at and below these places: where, of what, and how many wait."""
    named, values = among("place", places)
    rows = tx.all(
        "SELECT area_id, flow, COUNT(*) AS n FROM flood_waits WHERE area_id IN"
        f" (SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({named}))"
        " GROUP BY area_id, flow ORDER BY n DESC, area_id, flow LIMIT :limit",
        {"limit": QUEUES_AT_MOST, **values},
    )
    return [(row["area_id"], row["flow"], row["n"]) for row in rows]


def let_through(tx: Transaction, area_id: int, flow: Flow, now: datetime) -> int:
    """It is everybody's turn now; of how many."""
    return tx.run(
        "UPDATE flood_waits SET act_at = :now WHERE area_id = :id AND flow = :flow AND act_at > :now",
        {"id": area_id, "flow": flow.value, "now": seconds(now)},
    )


def served(tx: Transaction, person_id: int) -> bool:
    """Whether somebody has helped this person here before: that no account has that was made for a flood."""
    row = tx.one(
        "SELECT 1 AS one FROM needs WHERE person_id = :id AND state = 'closed' AND claimed_by IS NOT NULL LIMIT 1",
        {"id": person_id},
    )
    return row is not None


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """What came in so long ago counts no more; at most `limit`."""
    return tx.run(
        "DELETE FROM flood_counts WHERE id IN (SELECT id FROM flood_counts WHERE at < :at ORDER BY at LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Whose turn has come, those first who wait longest. Whoever waits is locked, as everywhere: persons first."""
    rows = tx.all(
        "SELECT w.id FROM flood_waits w JOIN persons p ON p.id = w.person_id WHERE w.act_at <= :now"
        " ORDER BY w.act_at, w.id LIMIT :limit FOR NO KEY UPDATE OF p SKIP LOCKED",
        {"now": seconds(now), "limit": min(limit, AT_ONCE)},
    )
    return [row["id"] for row in rows]


def find(tx: Transaction, wait_id: int) -> Wait | None:
    """One place in the queue; None: it is over."""
    row = tx.one("SELECT * FROM flood_waits WHERE id = :id", {"id": wait_id})
    return None if row is None else _wait(row)


def postpone(tx: Transaction, wait_id: int, until: datetime) -> None:
    """Its turn is then."""
    tx.run("UPDATE flood_waits SET act_at = :until WHERE id = :id", {"id": wait_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many had their turn before then and still wait."""
    row = tx.one("SELECT COUNT(*) AS n FROM flood_waits WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When it is somebody's turn next; None: nobody waits."""
    row = tx.one("SELECT MIN(act_at) AS at FROM flood_waits")
    return None if row is None else instant(row["at"])


# A turn may ask a whole wave of volunteers: the writer is let go in between.
AT_ONCE = 50


def _wait(row: Row) -> Wait:
    return Wait(
        id=row["id"],
        area_id=row["area_id"],
        flow=Flow(row["flow"]),
        subject=row["subject"],
        person_id=row["person_id"],
        place_id=row["place_id"],
        by_poster=row["by_poster"] == 1,
        since=instant(row["since"]),
        act_at=instant(row["act_at"]),
    )
