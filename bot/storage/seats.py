"""Seats in the database: how many are to go to a need, and who comes along. Whoever writes has locked the need."""

from datetime import datetime

from bot.storage.columns import instant, seconds
from bot.storage.database import Transaction

AT_ONCE = 100


def asked(tx: Transaction, need_id: int) -> int | None:
    """How many were asked for; None: as its kind says."""
    row = tx.one("SELECT asked FROM seats WHERE need_id = :id", {"id": need_id})
    return None if row is None else row["asked"]


def ask(tx: Transaction, need_id: int, count: int) -> None:
    """So many are to go."""
    tx.run(
        "INSERT INTO seats (need_id, asked) VALUES (:id, :count) ON CONFLICT (need_id) DO UPDATE SET asked = excluded.asked",
        {"id": need_id, "count": count},
    )


def along(tx: Transaction, need_id: int) -> tuple[int, ...]:
    """Who comes along, in the order in which they joined; of a need that is over, who came."""
    rows = tx.all(
        "SELECT person_id FROM seat_people WHERE need_id = :id AND left_at IS NULL ORDER BY joined_at, person_id",
        {"id": need_id},
    )
    return tuple(row["person_id"] for row in rows)


def join(tx: Transaction, need_id: int, person_id: int, now: datetime) -> None:
    """They come along."""
    tx.run(
        "INSERT INTO seat_people (need_id, person_id, joined_at) VALUES (:need_id, :person_id, :now)"
        " ON CONFLICT (need_id, person_id) DO UPDATE SET joined_at = excluded.joined_at, left_at = NULL",
        {"need_id": need_id, "person_id": person_id, "now": seconds(now)},
    )


def leave(tx: Transaction, need_id: int, person_id: int, now: datetime) -> None:
    """They do not come along, or lead from now on."""
    tx.run(
        "UPDATE seat_people SET left_at = :now WHERE need_id = :need_id AND person_id = :person_id AND left_at IS NULL",
        {"need_id": need_id, "person_id": person_id, "now": seconds(now)},
    )


def vacate(tx: Transaction, need_id: int, now: datetime) -> None:
    """Nobody goes any more."""
    tx.run(
        "UPDATE seat_people SET left_at = :now WHERE need_id = :id AND left_at IS NULL",
        {"id": need_id, "now": seconds(now)},
    )


# --- time ---


def look_at(tx: Transaction, need_id: int, at: datetime | None) -> None:
    """When somebody hears that seats are empty; None: none is."""
    if at is None:
        tx.run("UPDATE seats SET act_at = NULL WHERE need_id = :id AND act_at IS NOT NULL", {"id": need_id})
        return
    tx.run(
        "INSERT INTO seats (need_id, act_at) VALUES (:id, :at) ON CONFLICT (need_id) DO UPDATE SET act_at = excluded.act_at",
        {"id": need_id, "at": seconds(at)},
    )


def look_of(tx: Transaction, need_id: int) -> datetime | None:
    """When somebody hears of it next; None: nobody will."""
    row = tx.one("SELECT act_at FROM seats WHERE need_id = :id", {"id": need_id})
    return None if row is None else instant(row["act_at"])


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which needs have waited long for more people, the longest first. The needs are locked, as everywhere before seats."""
    rows = tx.all(
        "SELECT s.need_id FROM seats s JOIN needs n ON n.id = s.need_id WHERE s.act_at <= :now"
        " ORDER BY s.act_at LIMIT :limit FOR NO KEY UPDATE OF n SKIP LOCKED",
        {"now": seconds(now), "limit": min(limit, AT_ONCE)},
    )
    return [row["need_id"] for row in rows]


def postpone(tx: Transaction, need_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE seats SET act_at = :until WHERE need_id = :id", {"id": need_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM seats WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM seats WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])
