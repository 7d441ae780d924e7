"""The duty rota in the database: weekly shifts, days that are different, leave."""

from datetime import date, datetime

from bot.domain.duty import Change, Leave, Rota, Shift
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction


def add(tx: Transaction, shift: Shift) -> None:
    """Somebody is on duty at these times from now on."""
    tx.run(
        "INSERT INTO shifts (area_id, person_id, line, weekdays, starts, ends, rank)"
        " VALUES (:area_id, :person_id, :line, :weekdays, :starts, :ends, :rank)",
        {
            "area_id": shift.area_id,
            "person_id": shift.person_id,
            "line": shift.line,
            "weekdays": shift.weekdays,
            "starts": shift.starts,
            "ends": shift.ends,
            "rank": shift.rank,
        },
    )


def remove(tx: Transaction, shift_id: int) -> bool:
    """A shift ends; False when it was gone already."""
    return tx.run("DELETE FROM shifts WHERE id = :id", {"id": shift_id}) == 1


def ranked(tx: Transaction, shift_id: int, rank: int) -> None:
    """A shift gets this place in the order."""
    tx.run("UPDATE shifts SET rank = :rank WHERE id = :id", {"id": shift_id, "rank": rank})


def find(tx: Transaction, shift_id: int) -> Shift | None:
    """One shift; None: there is none."""
    row = tx.one("SELECT * FROM shifts WHERE id = :id", {"id": shift_id})
    return None if row is None else _shift(row)


def rota(tx: Transaction, area_id: int) -> Rota:
    """Everything that is planned for exactly this place."""
    shifts = tuple(
        _shift(row) for row in tx.all("SELECT * FROM shifts WHERE area_id = :id ORDER BY rank, id", {"id": area_id})
    )
    changes = tuple(
        _change(row) for row in tx.all("SELECT * FROM duty_changes WHERE area_id = :id ORDER BY id", {"id": area_id})
    )
    people = {shift.person_id for shift in shifts} | {change.person_id for change in changes}
    return Rota(shifts, changes, tuple(leaves_of(tx, sorted(one for one in people if one is not None))))


def places_planning(tx: Transaction, person_id: int) -> list[int]:
    """The places in whose rota this person stands."""
    rows = tx.all(
        "SELECT area_id FROM shifts WHERE person_id = :id UNION SELECT area_id FROM duty_changes WHERE person_id = :id"
        " ORDER BY area_id",
        {"id": person_id},
    )
    return [row["area_id"] for row in rows]


# --- a day that is different ---


def change(tx: Transaction, new: Change, *, by: int) -> None:
    """This day is different; a later change of the same hours replaces an earlier one."""
    tx.run(
        "INSERT INTO duty_changes (area_id, line, day, starts, ends, person_id, made_by)"
        " VALUES (:area_id, :line, :day, :starts, :ends, :person_id, :by)"
        " ON CONFLICT (area_id, day, line, starts, ends) DO UPDATE SET person_id = excluded.person_id,"
        " made_by = excluded.made_by",
        {
            "area_id": new.area_id,
            "line": new.line,
            "day": new.day.isoformat(),
            "starts": new.starts,
            "ends": new.ends,
            "person_id": new.person_id,
            "by": by,
        },
    )


def as_planned(tx: Transaction, area_id: int, day: date) -> int:
    """A day is as each week again; how many changes were taken back."""
    values = {"id": area_id, "day": day.isoformat()}
    return tx.run("DELETE FROM duty_changes WHERE area_id = :id AND day = :day", values)


# --- leave ---


def add_leave(tx: Transaction, leave: Leave) -> None:
    """Somebody is away."""
    values = {"id": leave.person_id, "first": leave.first.isoformat(), "last": leave.last.isoformat()}
    tx.run("INSERT INTO duty_leaves (person_id, first, last) VALUES (:id, :first, :last)", values)


def end_leaves(tx: Transaction, person_id: int) -> int:
    """Somebody is back; how many leaves that ended."""
    return tx.run("DELETE FROM duty_leaves WHERE person_id = :id", {"id": person_id})


def leaves_of(tx: Transaction, people: list[int]) -> list[Leave]:
    """When these people are away, soonest first."""
    places, values = among("person", people)
    rows = tx.all(f"SELECT * FROM duty_leaves WHERE person_id IN ({places}) ORDER BY first, id", values)
    return [Leave(row["person_id"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"])) for row in rows]


# --- the place's own settings, and time ---


def hours(tx: Transaction, area_id: int) -> tuple[int, int] | None:
    """From when to when somebody must be on duty; None: there is no rota here."""
    row = tx.one("SELECT starts, ends FROM rotas WHERE area_id = :id", {"id": area_id})
    return None if row is None else (row["starts"], row["ends"])


def keep_hours(tx: Transaction, area_id: int, starts: int, ends: int, at: datetime) -> None:
    """There is a rota here; `at` is when it is looked at next, if it was not there before."""
    tx.run(
        "INSERT INTO rotas (area_id, starts, ends, act_at) VALUES (:id, :starts, :ends, :at)"
        " ON CONFLICT (area_id) DO UPDATE SET starts = excluded.starts, ends = excluded.ends",
        {"id": area_id, "starts": starts, "ends": ends, "at": seconds(at)},
    )


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Whose rota is to be looked at."""
    rows = tx.all(
        "SELECT area_id FROM rotas WHERE act_at <= :now ORDER BY act_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["area_id"] for row in rows]


def postpone(tx: Transaction, area_id: int, until: datetime) -> None:
    """It is looked at again then."""
    tx.run("UPDATE rotas SET act_at = :until WHERE area_id = :id", {"id": area_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM rotas WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM rotas")
    return None if row is None else instant(row["at"])


# --- how the bot rings ---


def first_bell(tx: Transaction, person_id: int, now: datetime) -> bool:
    """True once for each person: they have not been told yet how the bot rings through a silenced telephone."""
    row = tx.one(
        "INSERT INTO duty_bells (person_id, shown_at) VALUES (:id, :now) ON CONFLICT DO NOTHING RETURNING person_id",
        {"id": person_id, "now": seconds(now)},
    )
    return row is not None


def bell_done(tx: Transaction, person_id: int, now: datetime) -> bool:
    """They have set it so; False when they had said so before, or were never told how."""
    values = {"id": person_id, "now": seconds(now)}
    return tx.run("UPDATE duty_bells SET done_at = :now WHERE person_id = :id AND done_at IS NULL", values) == 1


def rings(tx: Transaction, people: list[int]) -> set[int]:
    """Those of these people who have said that their telephone rings."""
    places, values = among("person", people)
    rows = tx.all(f"SELECT person_id FROM duty_bells WHERE done_at IS NOT NULL AND person_id IN ({places})", values)
    return {row["person_id"] for row in rows}


def _shift(row: Row) -> Shift:
    return Shift(
        row["id"],
        row["area_id"],
        row["person_id"],
        row["weekdays"],
        row["starts"],
        row["ends"],
        row["rank"],
        row["line"],
    )


def _change(row: Row) -> Change:
    day = date.fromisoformat(row["day"])
    return Change(row["id"], row["area_id"], row["line"], day, row["starts"], row["ends"], row["person_id"])


def forget_person(tx: Transaction, area_id: int, person_id: int) -> None:
    """The rota names this person no more; where a change had put them there is a gap, which is looked for."""
    values = {"area_id": area_id, "id": person_id}
    tx.run("DELETE FROM shifts WHERE area_id = :area_id AND person_id = :id", values)
    tx.run("UPDATE duty_changes SET person_id = NULL WHERE area_id = :area_id AND person_id = :id", values)
