"""Who wants a digest, and the news that waits for it. Like the outbox, it holds ids and plain facts, no personal words."""

from datetime import datetime

from bot.domain.digests import SAID_AT, Gathered
from bot.domain.notices import Notice
from bot.storage.columns import instant, seconds
from bot.storage.database import Transaction


def begin(tx: Transaction, person_id: int, at: datetime, *, now: datetime) -> None:
    """This person gets a digest from then on; nothing changes when they do already."""
    tx.run(
        "INSERT INTO digests (person_id, since, act_at) VALUES (:id, :now, :at) ON CONFLICT DO NOTHING",
        {"id": person_id, "now": seconds(now), "at": seconds(at)},
    )


def hours_of(tx: Transaction, person_id: int) -> tuple[int, ...]:
    """At which minutes of the day this person's digest is said."""
    row = tx.one("SELECT hours FROM digests WHERE person_id = :id", {"id": person_id})
    return SAID_AT if row is None or not row["hours"] else tuple(int(one) for one in row["hours"].split(","))


def say_at(tx: Transaction, person_id: int, hours: tuple[int, ...], at: datetime) -> bool:
    """It is said at these minutes from now on, and next then; False: they get none."""
    values = {"id": person_id, "hours": ",".join(map(str, hours)), "at": seconds(at)}
    return tx.run("UPDATE digests SET hours = :hours, act_at = :at WHERE person_id = :id", values) == 1


def end(tx: Transaction, person_id: int) -> bool:
    """Single messages again; False when it was so already."""
    return tx.run("DELETE FROM digests WHERE person_id = :id", {"id": person_id}) == 1


def wants(tx: Transaction, person_id: int) -> bool:
    """Whether this person gets a digest."""
    return tx.one("SELECT 1 AS one FROM digests WHERE person_id = :id", {"id": person_id}) is not None


def gather(tx: Transaction, person_id: int, notice: Notice, *, now: datetime) -> bool:
    """Keep this for a person's next digest; False: they want none, and nothing was kept."""
    # Whoever ends the digest meanwhile waits for this, and then finds it; nothing falls between a digest and its end.
    return (
        tx.run(
            "INSERT INTO digest_news (person_id, kind, data, gathered_at)"
            " SELECT person_id, CAST(:kind AS TEXT), CAST(:data AS TEXT), CAST(:now AS BIGINT) FROM digests"
            " WHERE person_id = :id FOR KEY SHARE",
            {"id": person_id, "kind": type(notice).__name__, "data": notice.data(), "now": seconds(now)},
        )
        == 1
    )


def waiting(tx: Transaction, person_id: int) -> list[Gathered]:
    """What waits for a person's next digest, oldest first."""
    rows = tx.all(
        "SELECT id, kind, data FROM digest_news WHERE person_id = :id AND said_at IS NULL ORDER BY id",
        {"id": person_id},
    )
    return [Gathered(row["id"], row["kind"], row["data"]) for row in rows]


def between(tx: Transaction, person_id: int, first: int, last: int) -> list[Gathered]:
    """A person's news from one number to another, oldest first."""
    rows = tx.all(
        "SELECT id, kind, data FROM digest_news WHERE person_id = :id AND id >= :first AND id <= :last ORDER BY id",
        {"id": person_id, "first": first, "last": last},
    )
    return [Gathered(row["id"], row["kind"], row["data"]) for row in rows]


def said(tx: Transaction, news: list[Gathered], *, now: datetime) -> None:
    """Exactly this is on its way: what somebody else gathers just now waits for the next one."""
    tx.many(
        "UPDATE digest_news SET said_at = :now WHERE id = :id", [{"id": one.id, "now": seconds(now)} for one in news]
    )


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """News said before `at` is deleted, at most `limit`; how much was."""
    return tx.run(
        "DELETE FROM digest_news WHERE id IN (SELECT id FROM digest_news WHERE said_at < :at ORDER BY said_at LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Whose digest is due."""
    rows = tx.all(
        "SELECT person_id FROM digests WHERE act_at <= :now ORDER BY act_at, person_id LIMIT :limit"
        " FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["person_id"] for row in rows]


def postpone(tx: Transaction, person_id: int, until: datetime) -> None:
    """The next one is due then."""
    tx.run("UPDATE digests SET act_at = :until WHERE person_id = :id", {"id": person_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM digests WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM digests")
    return None if row is None else instant(row["at"])
