"""Knock and call rounds in the database: lists, and who is on them."""

from datetime import UTC, date, datetime

from bot.domain.knocks import Knock, KnockList
from bot.domain.plans import Channel
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction, Values

# --- lists ---


def make_list(tx: Transaction, new: KnockList) -> KnockList:
    """Somebody's list of one round, made if there is none, locked; its time is never shortened."""
    values = _columns(new, new)
    tx.run(
        "INSERT INTO knock_lists (bot_id, area_id, holder_id, day, slot, channel, due_at, begun_at, offered_to,"
        " offered_half, act_at, version) VALUES (:bot_id, :area_id, :holder_id, :day, :slot, :channel, :due_at, :begun_at,"
        " :offered_to, :offered_half, :act_at, 0) ON CONFLICT (holder_id, area_id, day, slot, channel) DO NOTHING",
        values,
    )
    row = tx.one(
        "UPDATE knock_lists SET due_at = CASE WHEN due_at < :due_at THEN :due_at ELSE due_at END,"
        " act_at = CASE WHEN act_at IS NULL OR act_at > :act_at THEN :act_at ELSE act_at END, version = version + 1"
        " WHERE holder_id = :holder_id AND area_id = :area_id AND day = :day AND slot = :slot AND channel = :channel"
        " RETURNING *",
        values,
    )
    if row is None:
        raise LookupError("an UPDATE … RETURNING returned nothing")
    return _list(row)


def save_list(tx: Transaction, old: KnockList, new: KnockList) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    return (
        tx.run(
            "UPDATE knock_lists SET begun_at = :begun_at, offered_to = :offered_to, offered_half = :offered_half,"
            " act_at = :act_at, version = version + 1 WHERE id = :id AND version = :version",
            _columns(new, old),
        )
        == 1
    )


def find_list(tx: Transaction, list_id: int) -> KnockList | None:
    """One list, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM knock_lists WHERE id = :id FOR NO KEY UPDATE", {"id": list_id})
    return None if row is None else _list(row)


def see_list(tx: Transaction, list_id: int) -> KnockList | None:
    """One list as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM knock_lists WHERE id = :id", {"id": list_id})
    return None if row is None else _list(row)


def present(tx: Transaction, area_id: int, day: date, slot: int, channel: Channel) -> list[KnockList]:
    """The lists of one round of a community that run now, oldest first."""
    rows = tx.all(
        "SELECT * FROM knock_lists WHERE area_id = :area_id AND day = :day AND slot = :slot AND channel = :channel"
        " AND act_at IS NOT NULL ORDER BY id",
        {"area_id": area_id, "day": day.isoformat(), "slot": slot, "channel": channel.value},
    )
    return [_list(row) for row in rows]


def held_by(tx: Transaction, person_id: int) -> list[KnockList]:
    """The lists that somebody has now, oldest first."""
    rows = tx.all(
        "SELECT * FROM knock_lists WHERE holder_id = :id AND act_at IS NOT NULL ORDER BY id", {"id": person_id}
    )
    return [_list(row) for row in rows]


def running(tx: Transaction, area_ids: list[int], limit: int) -> list[KnockList]:
    """Lists at these areas or below that run now, oldest first."""
    places, values = among("area", area_ids)
    rows = tx.all(
        "SELECT * FROM knock_lists WHERE act_at IS NOT NULL AND area_id IN"
        f" (SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({places})) ORDER BY id LIMIT :limit",
        {**values, "limit": limit},
    )
    return [_list(row) for row in rows]


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which lists time has something to do with, the longest waiting first."""
    rows = tx.all(
        "SELECT id FROM knock_lists WHERE act_at <= :now ORDER BY act_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, list_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE knock_lists SET act_at = :until WHERE id = :id", {"id": list_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM knock_lists WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM knock_lists WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


# --- who is on them ---


def put(tx: Transaction, checkin_id: int, list_id: int) -> bool:
    """A check-in is on this list from now on; False when it is on one already."""
    row = tx.one(
        "INSERT INTO knocks (checkin_id, list_id, tries) VALUES (:checkin_id, :list_id, '')"
        " ON CONFLICT DO NOTHING RETURNING checkin_id",
        {"checkin_id": checkin_id, "list_id": list_id},
    )
    return row is not None


def move(tx: Transaction, checkin_ids: list[int], list_id: int) -> None:
    """These check-ins are on that list from now on."""
    places, values = among("id", checkin_ids)
    tx.run(f"UPDATE knocks SET list_id = :list_id WHERE checkin_id IN ({places})", {**values, "list_id": list_id})


def save(tx: Transaction, knock: Knock) -> None:
    """What is known of one visit; its list is locked by the caller."""
    tx.run(
        "UPDATE knocks SET tries = :tries, try_at = :try_at, found = :found WHERE checkin_id = :checkin_id",
        {
            "checkin_id": knock.checkin_id,
            "tries": ",".join(str(seconds(at)) for at in knock.tries),
            "try_at": seconds(knock.try_at),
            "found": knock.found,
        },
    )


def of_checkin(tx: Transaction, checkin_id: int) -> Knock | None:
    """The visit to be made for this check-in; None: it is on no list."""
    row = tx.one("SELECT * FROM knocks WHERE checkin_id = :id", {"id": checkin_id})
    return None if row is None else _knock(row)


def of_checkins(tx: Transaction, checkin_ids: list[int]) -> list[Knock]:
    """The visits to be made for those of these check-ins that are on a list."""
    places, values = among("id", checkin_ids)
    return [_knock(row) for row in tx.all(f"SELECT * FROM knocks WHERE checkin_id IN ({places})", values)]


def of_list(tx: Transaction, list_id: int) -> list[Knock]:
    """Everyone on a list."""
    rows = tx.all("SELECT * FROM knocks WHERE list_id = :id ORDER BY checkin_id", {"id": list_id})
    return [_knock(row) for row in rows]


def _columns(new: KnockList, old: KnockList) -> Values:
    return {
        "id": new.id,
        "version": old.version,
        "bot_id": new.bot_id,
        "area_id": new.area_id,
        "holder_id": new.holder_id,
        "day": new.day.isoformat(),
        "slot": new.slot,
        "channel": new.channel.value,
        "due_at": seconds(new.due_at),
        "begun_at": seconds(new.begun_at),
        "offered_to": new.offered_to,
        "offered_half": int(new.offered_half),
        "act_at": seconds(new.act_at),
    }


def _list(row: Row) -> KnockList:
    return KnockList(
        id=row["id"],
        bot_id=row["bot_id"],
        area_id=row["area_id"],
        holder_id=row["holder_id"],
        day=date.fromisoformat(row["day"]),
        slot=row["slot"],
        channel=Channel(row["channel"]),
        due_at=instant(row["due_at"]),
        begun_at=instant(row["begun_at"]),
        offered_to=row["offered_to"],
        offered_half=bool(row["offered_half"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
    )


def _knock(row: Row) -> Knock:
    tries = tuple(datetime.fromtimestamp(int(part), UTC) for part in row["tries"].split(",") if part)
    return Knock(row["checkin_id"], row["list_id"], tries, instant(row["try_at"]), row["found"])
