"""Stars and words of visits in the database; the words are sealed."""

from datetime import datetime

from bot.domain.closings import Side
from bot.domain.ratings import Rating
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction, Values

NAMES = ("need_id", "person_id", "other_id", "side", "stars", "claimed_at", "rated_at", "words", "shown_at", "act_at")


def make(tx: Transaction, new: Rating) -> Rating | None:
    """Write it with its number; None: this side has rated this visit already."""
    row = tx.one(
        f"INSERT INTO ratings ({', '.join(NAMES)}, version) VALUES ({', '.join(f':{name}' for name in NAMES)}, 0)"
        " ON CONFLICT DO NOTHING RETURNING *",
        _columns(tx, new),
    )
    return None if row is None else _rating(tx, row)


def save(tx: Transaction, old: Rating, new: Rating) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    sql = (
        "UPDATE ratings SET words = :words, shown_at = :shown_at, act_at = :act_at, version = version + 1"
        " WHERE id = :id AND version = :version"
    )
    wanted = _columns(tx, new)
    values = {name: wanted[name] for name in ("words", "shown_at", "act_at")}
    return tx.run(sql, {**values, "id": old.id, "version": old.version}) == 1


def by(tx: Transaction, need_id: int, person_id: int, claimed_at: datetime) -> Rating | None:
    """What this person has said of this visit; None: nothing yet. Whoever changes it has locked the need."""
    row = tx.one(
        "SELECT * FROM ratings WHERE need_id = :need_id AND person_id = :person_id AND claimed_at = :claimed_at",
        {"need_id": need_id, "person_id": person_id, "claimed_at": seconds(claimed_at)},
    )
    return None if row is None else _rating(tx, row)


def see(tx: Transaction, rating_id: int) -> Rating | None:
    """One of them; None: there is none."""
    row = tx.one("SELECT * FROM ratings WHERE id = :id", {"id": rating_id})
    return None if row is None else _rating(tx, row)


def about(tx: Transaction, need_id: int, person_id: int) -> Rating | None:
    """The newest that was said of this person in a need, and that they may read; None: nothing."""
    row = tx.one(
        "SELECT * FROM ratings WHERE need_id = :need_id AND other_id = :person_id AND shown_at IS NOT NULL"
        " ORDER BY claimed_at DESC LIMIT 1",
        {"need_id": need_id, "person_id": person_id},
    )
    return None if row is None else _rating(tx, row)


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which are to be shown, the longest waiting first. The needs are locked, as everywhere before their ratings."""
    rows = tx.all(
        "SELECT r.id FROM ratings r JOIN needs n ON n.id = r.need_id WHERE r.act_at <= :now"
        " ORDER BY r.act_at, r.id LIMIT :limit FOR NO KEY UPDATE OF n SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, rating_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE ratings SET act_at = :until WHERE id = :id", {"id": rating_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM ratings WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM ratings WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _columns(tx: Transaction, rating: Rating) -> Values:
    return {
        "need_id": rating.need_id,
        "person_id": rating.person_id,
        "other_id": rating.other_id,
        "side": rating.side.value,
        "stars": rating.stars,
        "claimed_at": seconds(rating.claimed_at),
        "rated_at": seconds(rating.rated_at),
        "words": tx.vault.seal_maybe("ratings.words", rating.words),
        "shown_at": seconds(rating.shown_at),
        "act_at": seconds(rating.act_at),
    }


def _rating(tx: Transaction, row: Row) -> Rating:
    return Rating(
        id=row["id"],
        need_id=row["need_id"],
        person_id=row["person_id"],
        other_id=row["other_id"],
        side=Side(row["side"]),
        stars=row["stars"],
        claimed_at=instant(row["claimed_at"]),
        rated_at=instant(row["rated_at"]),
        words=tx.vault.open_maybe("ratings.words", row["words"]),
        shown_at=instant(row["shown_at"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
    )
