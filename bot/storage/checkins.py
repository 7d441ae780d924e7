"""Check-ins in the database."""

from datetime import date, datetime

from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInState
from bot.domain.plans import Channel
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction, Values

INSERT = (
    "INSERT INTO checkins (plan_id, person_id, area_id, day, slot, channel, state, asked_at, due_at, nudges, step, answer,"
    " answered_at, answered_by, act_at, version)"
    " VALUES (:plan_id, :person_id, :area_id, :day, :slot, :channel, :state, :asked_at, :due_at, :nudges, :step, :answer,"
    " :answered_at, :answered_by, :act_at, 0) ON CONFLICT (person_id, day, slot) DO NOTHING"
)
UPDATE = (
    "UPDATE checkins SET channel = :channel, state = :state, due_at = :due_at, nudges = :nudges, step = :step,"
    " answer = :answer, answered_at = :answered_at, answered_by = :answered_by, act_at = :act_at, version = version + 1"
    " WHERE id = :id AND version = :version"
)


def open_many(tx: Transaction, checkins: list[CheckIn]) -> list[CheckIn]:
    """Write many new check-ins as one batch; those that are there already stay as they are. They come back with numbers."""
    if not checkins:
        return []
    tx.many(INSERT, [_columns(one, one) for one in checkins])
    wanted = {(one.person_id, one.day, one.slot) for one in checkins}
    places, values = among("person", sorted({one.person_id for one in checkins}))
    first = min(one.day for one in checkins).isoformat()
    rows = tx.all(f"SELECT * FROM checkins WHERE person_id IN ({places}) AND day >= :first", {**values, "first": first})
    return [one for one in map(_checkin, rows) if (one.person_id, one.day, one.slot) in wanted]


def by_family(tx: Transaction, area_id: int, day: date, limit: int) -> list[CheckIn]:
    """What family has answered on this day at this area or below, by slot."""
    rows = tx.all(
        "SELECT c.* FROM checkins c WHERE c.day = :day AND c.answer = 'proxy' AND c.area_id IN"
        " (SELECT descendant_id FROM area_tree WHERE ancestor_id = :area_id) ORDER BY c.slot, c.id LIMIT :limit",
        {"day": day.isoformat(), "area_id": area_id, "limit": limit},
    )
    return [_checkin(row) for row in rows]


def present(tx: Transaction, person_ids: list[int], days: list[date]) -> set[tuple[int, date, int]]:
    """Which check-ins (person, day, slot) these people have from the first to the last of these days."""
    if not days:
        return set()
    places, values = among("person", sorted(set(person_ids)))
    rows = tx.all(
        f"SELECT person_id, day, slot FROM checkins WHERE person_id IN ({places}) AND day >= :first AND day <= :last",
        {**values, "first": min(days).isoformat(), "last": max(days).isoformat()},
    )
    return {(row["person_id"], date.fromisoformat(row["day"]), row["slot"]) for row in rows}


def save(tx: Transaction, old: CheckIn, new: CheckIn) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    return tx.run(UPDATE, _columns(new, old)) == 1


def save_many(tx: Transaction, pairs: list[tuple[CheckIn, CheckIn]]) -> None:
    """Write many (old, new) that are locked in this transaction, as one batch."""
    tx.many(UPDATE, [_columns(new, old) for old, new in pairs])


def find(tx: Transaction, checkin_id: int) -> CheckIn | None:
    """One check-in, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM checkins WHERE id = :id FOR NO KEY UPDATE", {"id": checkin_id})
    return None if row is None else _checkin(row)


def said_within(tx: Transaction, person_id: int, at: datetime) -> CheckIn | None:
    """The check-in that something said at this instant answers: the last one asked before it; None: never asked."""
    row = tx.one(
        "SELECT * FROM checkins WHERE person_id = :id AND asked_at <= :at AND state <> 'not_asked'"
        " ORDER BY asked_at DESC LIMIT 1 FOR NO KEY UPDATE",
        {"id": person_id, "at": seconds(at)},
    )
    return None if row is None else _checkin(row)


def unanswered_between(tx: Transaction, person_id: int, after: datetime, until: datetime) -> CheckIn | None:
    """The last question in the chat that was asked in this span and has no answer, an alert or not yet; None: there is none."""
    row = tx.one(
        "SELECT * FROM checkins WHERE person_id = :id AND channel = 'chat' AND asked_at > :after AND asked_at <= :until"
        " AND (state = 'asked' OR (state = 'alert' AND answered_at IS NULL))"
        " ORDER BY asked_at DESC LIMIT 1 FOR NO KEY UPDATE",
        {"id": person_id, "after": seconds(after), "until": seconds(until)},
    )
    return None if row is None else _checkin(row)


def of_person(tx: Transaction, person_id: int, limit: int) -> list[CheckIn]:
    """A person's check-ins, newest first."""
    rows = tx.all(
        "SELECT * FROM checkins WHERE person_id = :id ORDER BY asked_at DESC LIMIT :limit",
        {"id": person_id, "limit": limit},
    )
    return [_checkin(row) for row in rows]


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which check-ins time has something to do with, the longest waiting first."""
    rows = tx.all(
        "SELECT id FROM checkins WHERE act_at <= :now ORDER BY act_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def get_many(tx: Transaction, ids: list[int]) -> list[CheckIn]:
    """Many check-ins, locked, in the order of their numbers."""
    places, values = among("id", ids)
    return [
        _checkin(row)
        for row in tx.all(f"SELECT * FROM checkins WHERE id IN ({places}) ORDER BY id FOR NO KEY UPDATE", values)
    ]


def see_many(tx: Transaction, ids: list[int]) -> list[CheckIn]:
    """Many check-ins as they stand, without locking them, in the order of their numbers."""
    places, values = among("id", ids)
    return [_checkin(row) for row in tx.all(f"SELECT * FROM checkins WHERE id IN ({places}) ORDER BY id", values)]


def postpone(tx: Transaction, checkin_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE checkins SET act_at = :until WHERE id = :id", {"id": checkin_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM checkins WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM checkins WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def waiting_until(tx: Transaction, person_id: int) -> list[CheckIn]:
    """What this person has been asked and not answered, locked."""
    rows = tx.all(
        "SELECT * FROM checkins WHERE person_id = :id AND state = 'asked' FOR NO KEY UPDATE", {"id": person_id}
    )
    return [_checkin(row) for row in rows]


# Questions in the chat that wait, and whose time to answer overlaps a span.
OVERLAPPING = "state = 'asked' AND channel = 'chat' AND asked_at <= :until AND due_at >= :since"


def asked_between(tx: Transaction, since: datetime, until: datetime) -> list[CheckIn]:
    """Check-ins in the chat that wait and whose time to answer overlaps this span, locked; those asked again before are not
    among them."""
    span = {"since": seconds(since), "until": seconds(until)}
    rows = tx.all(f"SELECT * FROM checkins WHERE {OVERLAPPING} ORDER BY id FOR NO KEY UPDATE", span)
    # Asked in a statement of its own: one that waits for another copy's lock sees of other tables what was there before.
    before = tx.all(
        "SELECT subject FROM history WHERE event IN ('asked again', 'waits on') AND subject IN"
        f" (SELECT 'checkin:' || CAST(id AS TEXT) FROM checkins WHERE {OVERLAPPING})",
        span,
    )
    subjects = {row["subject"] for row in before}
    return [_checkin(row) for row in rows if f"checkin:{row['id']}" not in subjects]


def count_round(tx: Transaction, area_id: int, day: date, slot: int) -> tuple[int, int]:
    """How many were asked in one slot of one day at this area or below, and how many of them became an alert."""
    row = tx.one(
        "SELECT COUNT(*) AS asked, COALESCE(SUM(CASE WHEN state = 'alert' THEN 1 ELSE 0 END), 0) AS silent FROM checkins"
        " WHERE day = :day AND slot = :slot AND state <> 'not_asked' AND area_id IN"
        " (SELECT descendant_id FROM area_tree WHERE ancestor_id = :area_id)",
        {"day": day.isoformat(), "slot": slot, "area_id": area_id},
    )
    return (0, 0) if row is None else (int(row["asked"]), int(row["silent"]))


def _columns(checkin: CheckIn, old: CheckIn) -> Values:
    return {
        "id": checkin.id,
        "version": old.version,
        "plan_id": checkin.plan_id,
        "person_id": checkin.person_id,
        "area_id": checkin.area_id,
        "day": checkin.day.isoformat(),
        "slot": checkin.slot,
        "channel": checkin.channel.value,
        "state": checkin.state.value,
        "asked_at": seconds(checkin.asked_at),
        "due_at": seconds(checkin.due_at),
        "nudges": ",".join(map(str, checkin.nudges)),
        "step": checkin.step,
        "answer": checkin.answer and checkin.answer.value,
        "answered_at": seconds(checkin.answered_at),
        "answered_by": checkin.answered_by,
        "act_at": seconds(checkin.act_at),
    }


def _checkin(row: Row) -> CheckIn:
    return CheckIn(
        id=row["id"],
        plan_id=row["plan_id"],
        person_id=row["person_id"],
        area_id=row["area_id"],
        day=date.fromisoformat(row["day"]),
        slot=row["slot"],
        channel=Channel(row["channel"]),
        state=CheckInState(row["state"]),
        asked_at=instant(row["asked_at"]),
        due_at=instant(row["due_at"]),
        nudges=tuple(int(part) for part in row["nudges"].split(",") if part),
        step=row["step"],
        answer=row["answer"] and CheckInAnswer(row["answer"]),
        answered_at=instant(row["answered_at"]),
        answered_by=row["answered_by"],
        act_at=instant(row["act_at"]),
        version=row["version"],
    )
