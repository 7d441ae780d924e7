"""Watches in the database: who was asked to be on duty, who is, and for how long."""

from datetime import date, datetime

from bot.domain.duty import Watch, WatchState
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction, Values

SAVE = (
    "UPDATE watches SET people = :people, passed = :passed, state = :state, holder_id = :holder_id, act_at = :act_at,"
    " version = version + 1 WHERE id = :id AND version = :version"
)


def make(tx: Transaction, watch: Watch) -> None:
    """A new watch; nothing happens when it is there already."""
    tx.run(
        "INSERT INTO watches (bot_id, area_id, line, day, starts, ends, starts_at, ends_at, people, passed, state,"
        " holder_id, act_at, version) VALUES (:bot_id, :area_id, :line, :day, :starts, :ends, :starts_at, :ends_at,"
        " :people, :passed, :state, :holder_id, :act_at, 0) ON CONFLICT DO NOTHING",
        {
            **_columns(watch, watch),
            "bot_id": watch.bot_id,
            "area_id": watch.area_id,
            "line": watch.line,
            "day": watch.day.isoformat(),
            "starts": watch.starts,
            "ends": watch.ends,
            "starts_at": seconds(watch.starts_at),
            "ends_at": seconds(watch.ends_at),
        },
    )


def save(tx: Transaction, old: Watch, new: Watch) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    return tx.run(SAVE, _columns(new, old)) == 1


def find(tx: Transaction, watch_id: int) -> Watch | None:
    """One watch, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM watches WHERE id = :id FOR NO KEY UPDATE", {"id": watch_id})
    return None if row is None else _watch(row)


def see(tx: Transaction, watch_id: int) -> Watch | None:
    """One watch as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM watches WHERE id = :id", {"id": watch_id})
    return None if row is None else _watch(row)


def coming(tx: Transaction, area_id: int) -> list[Watch]:
    """The watches of exactly this place that are not over, locked, by their beginning."""
    rows = tx.all(
        "SELECT * FROM watches WHERE area_id = :id AND state <> 'over' ORDER BY starts_at, line FOR NO KEY UPDATE",
        {"id": area_id},
    )
    return [_watch(row) for row in rows]


def running(tx: Transaction, area_id: int, now: datetime) -> list[Watch]:
    """The watches that are on now at this place or above it, the nearest first, then by line."""
    rows = tx.all(
        "SELECT w.* FROM watches w JOIN area_tree t ON t.ancestor_id = w.area_id WHERE t.descendant_id = :id"
        " AND w.state <> 'over' AND w.starts_at <= :now AND w.ends_at > :now ORDER BY t.depth, w.line, w.starts_at, w.id",
        {"id": area_id, "now": seconds(now)},
    )
    return [_watch(row) for row in rows]


def held_by(tx: Transaction, person_id: int, now: datetime) -> list[int]:
    """The watches that this person has now, or is asked to take."""
    rows = tx.all(
        "SELECT id FROM watches WHERE holder_id = :id AND state IN ('called', 'held') AND ends_at > :now ORDER BY id",
        {"id": person_id, "now": seconds(now)},
    )
    return [row["id"] for row in rows]


def ended_at(tx: Transaction, watch: Watch) -> list[Watch]:
    """The watches of the same place that ended when this one begins."""
    rows = tx.all(
        "SELECT * FROM watches WHERE area_id = :id AND ends_at = :at ORDER BY id",
        {"id": watch.area_id, "at": seconds(watch.starts_at)},
    )
    return [_watch(row) for row in rows]


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which watches' time has come, the earliest first."""
    rows = tx.all(
        "SELECT id FROM watches WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, watch_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE watches SET act_at = :until WHERE id = :id", {"id": watch_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM watches WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM watches WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


# --- hours ---


def held(tx: Transaction, watch: Watch, person_id: int | None, now: datetime) -> None:
    """Somebody has it from now on, whoever had it until now; `person_id` None: nobody any more."""
    until = min(now, watch.ends_at)
    tx.run(
        "UPDATE watch_holds SET until_at = :until WHERE watch_id = :id AND until_at IS NULL",
        {"id": watch.id, "until": seconds(until)},
    )
    if person_id is not None:
        tx.run(
            "INSERT INTO watch_holds (watch_id, area_id, person_id, from_at) VALUES (:id, :area_id, :person_id, :now)",
            {"id": watch.id, "area_id": watch.area_id, "person_id": person_id, "now": seconds(now)},
        )


def duty_hours(tx: Transaction, area_id: int, since: datetime, until: datetime) -> list[tuple[int, int]]:
    """(person, seconds on duty) between two instants at this place or below it; whoever is on duty still, until `until`."""
    rows = tx.all(
        "SELECT h.person_id, SUM(CASE WHEN COALESCE(h.until_at, :until) < :until THEN COALESCE(h.until_at, :until)"
        " ELSE :until END - CASE WHEN h.from_at > :since THEN h.from_at ELSE :since END) AS spent"
        " FROM watch_holds h JOIN area_tree t ON t.descendant_id = h.area_id WHERE t.ancestor_id = :id"
        " AND h.from_at < :until AND COALESCE(h.until_at, :until) > :since GROUP BY h.person_id ORDER BY h.person_id",
        {"id": area_id, "since": seconds(since), "until": seconds(until)},
    )
    return [(row["person_id"], int(row["spent"])) for row in rows]


def _columns(watch: Watch, old: Watch) -> Values:
    return {
        "id": watch.id,
        "version": old.version,
        "people": ",".join(str(one) for one in watch.people),
        "passed": ",".join(str(one) for one in watch.passed),
        "state": watch.state.value,
        "holder_id": watch.holder_id,
        "act_at": seconds(watch.act_at),
    }


def _watch(row: Row) -> Watch:
    return Watch(
        id=row["id"],
        bot_id=row["bot_id"],
        area_id=row["area_id"],
        line=row["line"],
        day=date.fromisoformat(row["day"]),
        starts=row["starts"],
        ends=row["ends"],
        starts_at=instant(row["starts_at"]),
        ends_at=instant(row["ends_at"]),
        people=_numbers(row["people"]),
        passed=_numbers(row["passed"]),
        state=WatchState(row["state"]),
        holder_id=row["holder_id"],
        act_at=instant(row["act_at"]),
        version=row["version"],
    )


def _numbers(words: str) -> tuple[int, ...]:
    return tuple(int(part) for part in words.split(",") if part)
