"""Lists as people left them."""

from datetime import datetime

from bot.domain.listings import Book, Filter, Listing
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction, Values


def opened(tx: Transaction, person_id: int, book: Book, first: Filter, *, now: datetime) -> Listing:
    """Somebody's list of a kind, its row locked; made with this filter when there is none yet."""
    tx.run(
        "INSERT INTO listings (person_id, book, filter, screen, page, updated_at)"
        " VALUES (:person_id, :book, :filter, 'list', 0, :now) ON CONFLICT DO NOTHING",
        {"person_id": person_id, "book": book.value, "filter": _sealed(tx, first), "now": seconds(now)},
    )
    row = tx.one(
        "SELECT * FROM listings WHERE person_id = :person_id AND book = :book FOR NO KEY UPDATE",
        {"person_id": person_id, "book": book.value},
    )
    if row is None:
        raise LookupError("a row that was written comes back")
    return _listing(tx, row)


def find(tx: Transaction, listing_id: int) -> Listing | None:
    """One list, its row locked until the end of the transaction; None: it is closed."""
    row = tx.one("SELECT * FROM listings WHERE id = :id FOR NO KEY UPDATE", {"id": listing_id})
    return None if row is None else _listing(tx, row)


def see(tx: Transaction, listing_id: int) -> Listing | None:
    """One list as it stands; None: it is closed."""
    row = tx.one("SELECT * FROM listings WHERE id = :id", {"id": listing_id})
    return None if row is None else _listing(tx, row)


def save(tx: Transaction, new: Listing, *, now: datetime) -> None:
    """Write a list whose row is locked."""
    tx.run(
        "UPDATE listings SET filter = :filter, screen = :screen, page = :page, updated_at = :now, act_at = :act_at"
        " WHERE id = :id",
        {**_columns(tx, new), "now": seconds(now)},
    )


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Lists that nobody has looked at since then, at most `limit`; how many."""
    return tx.run(
        "DELETE FROM listings WHERE id IN (SELECT id FROM listings WHERE updated_at < :at ORDER BY updated_at LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """On which lists telephones have been shown for long enough."""
    rows = tx.all(
        "SELECT id FROM listings WHERE act_at <= :now ORDER BY act_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, listing_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE listings SET act_at = :until WHERE id = :id", {"id": listing_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM listings WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM listings WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _sealed(tx: Transaction, asked: Filter) -> str:
    return tx.vault.seal("listings.filter", asked.data())


def _columns(tx: Transaction, new: Listing) -> Values:
    return {
        "id": new.id,
        "filter": _sealed(tx, new.filter),
        "screen": new.screen,
        "page": new.page,
        "act_at": seconds(new.act_at),
    }


def _listing(tx: Transaction, row: Row) -> Listing:
    asked = Filter.parse(tx.vault.open("listings.filter", row["filter"]))
    act_at = instant(row["act_at"])
    return Listing(row["id"], row["person_id"], Book(row["book"]), asked, row["screen"], row["page"], act_at)
