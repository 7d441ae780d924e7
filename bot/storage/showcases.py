"""Thank-yous in the database; their words are sealed."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.showcases import Showcase, ShowcaseState
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction, Values

FIXED = ("bot_id", "need_id", "area_id", "person_id", "helper_id", "written_at")
FIELDS = ("words", "state", "named", "helper_named", "shown_at", "act_at")


def make(tx: Transaction, new: Showcase) -> Showcase | None:
    """Write it with its number; None: there is one of this need already."""
    names = (*FIXED, *FIELDS)
    row = tx.one(
        f"INSERT INTO showcases ({', '.join(names)}, version) VALUES ({', '.join(f':{name}' for name in names)}, 0)"
        " ON CONFLICT DO NOTHING RETURNING *",
        {
            **_columns(tx, new),
            "bot_id": new.bot_id,
            "need_id": new.need_id,
            "area_id": new.area_id,
            "person_id": new.person_id,
            "helper_id": new.helper_id,
            "written_at": seconds(new.written_at),
        },
    )
    return None if row is None else _showcase(tx, row)


def save(tx: Transaction, old: Showcase, new: Showcase) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    set_ = ", ".join(f"{field} = :{field}" for field in FIELDS)
    sql = f"UPDATE showcases SET {set_}, version = version + 1 WHERE id = :id AND version = :version"
    return tx.run(sql, {**_columns(tx, new), "id": old.id, "version": old.version}) == 1


def find(tx: Transaction, showcase_id: int) -> Showcase | None:
    """One of them, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM showcases WHERE id = :id FOR NO KEY UPDATE", {"id": showcase_id})
    return None if row is None else _showcase(tx, row)


def see(tx: Transaction, showcase_id: int) -> Showcase | None:
    """One as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM showcases WHERE id = :id", {"id": showcase_id})
    return None if row is None else _showcase(tx, row)


def of_visit(tx: Transaction, need_id: int, helper_id: int) -> Showcase | None:
    """The thank-you for this person's help with a need; None: there is none."""
    row = tx.one(
        "SELECT * FROM showcases WHERE need_id = :need_id AND helper_id = :helper_id",
        {"need_id": need_id, "helper_id": helper_id},
    )
    return None if row is None else _showcase(tx, row)


def of_needs(tx: Transaction, need_ids: Iterable[int]) -> list[int]:
    """The thank-yous of these needs."""
    places, values = among("need", list(need_ids))
    return [row["id"] for row in tx.all(f"SELECT id FROM showcases WHERE need_id IN ({places})", values)]


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which are to be shown without an answer."""
    rows = tx.all(
        "SELECT id FROM showcases WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, showcase_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE showcases SET act_at = :until WHERE id = :id", {"id": showcase_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM showcases WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM showcases WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _columns(tx: Transaction, one: Showcase) -> Values:
    return {
        "words": tx.vault.seal_maybe("showcases.words", one.words),
        "state": one.state.value,
        "named": int(one.named),
        "helper_named": int(one.helper_named),
        "shown_at": seconds(one.shown_at),
        "act_at": seconds(one.act_at),
    }


def _showcase(tx: Transaction, row: Row) -> Showcase:
    return Showcase(
        id=row["id"],
        bot_id=row["bot_id"],
        need_id=row["need_id"],
        area_id=row["area_id"],
        person_id=row["person_id"],
        helper_id=row["helper_id"],
        written_at=instant(row["written_at"]),
        words=tx.vault.open_maybe("showcases.words", row["words"]),
        state=ShowcaseState(row["state"]),
        named=row["named"] == 1,
        helper_named=row["helper_named"] == 1,
        shown_at=instant(row["shown_at"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
    )
