"""A month counted in the database: every figure is one statement over what was written when it happened."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from bot.domain.alerts import AlertOutcome, Cause, Reason
from bot.domain.checkins import CheckInAnswer, CheckInState
from bot.domain.figures import DUE_AT_A_TIME, DutyTurn, RaisedAlert, Tally, Visits, tally_of
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction

BELOW = "(SELECT descendant_id FROM area_tree WHERE ancestor_id = :area)"
# Which of the places right below something lies in; what lies nowhere below belongs to the place itself.
PARTS = (
    "(SELECT t.descendant_id, k.id AS child FROM area_tree t JOIN areas k ON k.id = t.ancestor_id"
    " WHERE k.parent_id = :area)"
)
# A voice note or a photo is an answer only when somebody has opened it.
UNHEARD = (
    "c.answer = 'sign' AND EXISTS (SELECT 1 FROM media m WHERE m.subject = 'checkin:' || c.id"
    " AND m.state IN ('waits', 'unopened'))"
)
OF_A_DAY = f"FROM checkins c WHERE c.day = :day AND c.area_id IN {BELOW}"
BY_ANSWER = f"SELECT c.area_id, c.slot, c.state, c.answer, COUNT(*) AS n {OF_A_DAY} GROUP BY c.area_id, c.slot, c.state, c.answer"
BY_SILENCE = (
    f"SELECT c.area_id, c.slot, c.state, COUNT(*) AS n {OF_A_DAY} AND {UNHEARD} GROUP BY c.area_id, c.slot, c.state"
)
# Whose check-in of a day is named, by what became of it.
NAMED = {
    "waiting": "c.state = 'asked'",
    "late": f"c.state = 'alert' AND c.answer IS NOT NULL AND NOT ({UNHEARD})",
    "unheard": UNHEARD,
}

Tallies = dict[tuple[date, int, int], Tally]


def tallies(tx: Transaction, area_id: int, days: Iterable[date]) -> Tallies:
    """Check-ins of these local days, by (day, slot, place right below); what lies nowhere below is the place's own.

    Two statements a day: a month in one jumps about in the file and takes twice as long.
    """
    child_of = parts_of(tx, area_id)
    found: Tallies = {}
    for day in days:
        for row, tally in _counted(tx, area_id, day):
            key = (day, row["slot"], child_of.get(row["area_id"], area_id))
            found[key] = found.get(key, Tally()) + tally
    return {key: tally for key, tally in sorted(found.items()) if tally != Tally()}


def _counted(tx: Transaction, area_id: int, day: date) -> Iterator[tuple[Row, Tally]]:
    values = {"area": area_id, "day": day.isoformat()}
    for row in tx.all(BY_ANSWER, values):
        yield row, tally_of(CheckInState(row["state"]), row["answer"] and CheckInAnswer(row["answer"]), int(row["n"]))
    for row in tx.all(BY_SILENCE, values):
        # Counted above by its answer: it moves to those of whom nobody knows what they said.
        yield row, tally_of(CheckInState(row["state"]), CheckInAnswer.SIGN, -int(row["n"]))
        yield row, Tally(unheard=int(row["n"]))


def people_of(tx: Transaction, area_id: int, day: date, kind: str, limit: int) -> list[tuple[int, int]]:
    """(slot, person) of the check-ins of one day that are waiting, late or unheard, by slot."""
    rows = tx.all(
        f"SELECT c.slot, c.person_id {OF_A_DAY} AND {NAMED[kind]} ORDER BY c.slot, c.id LIMIT :limit",
        {"area": area_id, "day": day.isoformat(), "limit": limit},
    )
    return [(row["slot"], row["person_id"]) for row in rows]


def reminded(tx: Transaction, area_id: int, day: date, limit: int) -> list[int]:
    """Who answered in time on this day, but only after a reminder."""
    rows = tx.all(
        "SELECT c.person_id FROM checkins c WHERE c.day = :day AND c.state = 'answered' AND c.step > 0"
        f" AND c.area_id IN {BELOW} ORDER BY c.slot, c.id LIMIT :limit",
        {"area": area_id, "day": day.isoformat(), "limit": limit},
    )
    return [row["person_id"] for row in rows]


# The check-in that was asked last before an alert opened and became one.
DUE = (
    "(SELECT c.due_at FROM checkins c WHERE c.person_id = a.person_id AND c.state = 'alert' AND c.asked_at <= a.opened_at"
    " ORDER BY c.asked_at DESC LIMIT 1)"
)
EVENT = "(SELECT {what} FROM history h WHERE h.subject = 'alert:' || a.id AND {which})"


def alerts(tx: Transaction, area_id: int, since: datetime, until: datetime) -> list[RaisedAlert]:
    """Every alert opened then, drills left out, oldest first; `rungs` are not looked for."""
    raised = EVENT.format(what="MIN(h.after)", which="h.event = 'raised'")
    # Whoever records what it was without having taken it on was the first human too.
    human = EVENT.format(
        what="MIN(h.at)", which="(h.event = 'taken' OR (h.after = 'closed' AND h.actor_id <> a.person_id))"
    )
    ended = EVENT.format(what="MAX(h.at)", which="h.after = 'closed'")
    rows = tx.all(
        f"SELECT a.*, {DUE} AS due_at, {raised} AS raised, {human} AS taken_at, {ended} AS ended_at,"
        " (SELECT MIN(p.told_at) FROM alert_people p WHERE p.alert_id = a.id AND p.person_id <> a.person_id) AS told_at"
        f" FROM alerts a WHERE a.opened_at >= :since AND a.opened_at < :until AND a.drill = 0 AND a.area_id IN {BELOW}"
        " ORDER BY a.opened_at, a.id",
        {"area": area_id, "since": seconds(since), "until": seconds(until)},
    )
    return [_alert(row) for row in rows]


def _alert(row: Row) -> RaisedAlert:
    timed = Cause(row["raised"] or row["cause"]) in DUE_AT_A_TIME
    return RaisedAlert(
        id=row["id"],
        person_id=row["person_id"],
        area_id=row["area_id"],
        cause=Cause(row["cause"]),
        opened_at=instant(row["opened_at"]),
        due_at=instant(row["due_at"]) if timed else None,
        told_at=instant(row["told_at"]),
        taken_at=instant(row["taken_at"]),
        arrived_at=instant(row["arrived_at"]),
        ended_at=instant(row["ended_at"]),
        outcome=row["outcome"] and AlertOutcome(row["outcome"]),
        reason=row["reason"] and Reason(row["reason"]),
    )


def rungs(tx: Transaction, area_id: int, since: datetime, until: datetime) -> dict[int, list[tuple[str, int]]]:
    """What was tried for each alert opened then, in order: (rungs, comma-separated, how many people they reached)."""
    rows = tx.all(
        "SELECT a.id, h.before, h.after FROM alerts a JOIN history h ON h.subject = 'alert:' || a.id AND h.event = 'rung'"
        f" WHERE a.opened_at >= :since AND a.opened_at < :until AND a.drill = 0 AND a.area_id IN {BELOW} ORDER BY h.id",
        {"area": area_id, "since": seconds(since), "until": seconds(until)},
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append((row["before"] or "", int(row["after"] or 0)))
    return found


def parts_of(tx: Transaction, area_id: int) -> dict[int, int]:
    """Which of the places right below each place lies in."""
    rows = tx.all(f"SELECT descendant_id, child FROM {PARTS} AS p", {"area": area_id})
    return {row["descendant_id"]: row["child"] for row in rows}


def visits(tx: Transaction, area_id: int, first: str, last: str) -> Visits:
    """How many doors were knocked at and telephones rung on these local days, and in how many rounds."""
    counted = list(_visits(tx, area_id, first, last))
    return Visits(
        knocked=sum(n for _, _, _, channel, n in counted if channel == "knock"),
        rung=sum(n for _, _, _, channel, n in counted if channel == "call"),
        knock_rounds=len({(day, slot, place) for day, slot, place, channel, _ in counted if channel == "knock"}),
        call_rounds=len({(day, slot, place) for day, slot, place, channel, _ in counted if channel == "call"}),
    )


def _visits(tx: Transaction, area_id: int, first: str, last: str) -> Iterator[tuple[str, int, int, str, int]]:
    """(day, slot, whose round, channel, how many people somebody went to or rang)."""
    rows = tx.all(
        "SELECT l.day, l.slot, l.area_id, l.channel, COUNT(*) AS n FROM knocks k JOIN knock_lists l ON l.id = k.list_id"
        " JOIN checkins c ON c.id = k.checkin_id WHERE (k.found IS NOT NULL OR k.tries <> '')"
        f" AND c.day >= :first AND c.day < :last AND c.area_id IN {BELOW}"
        " GROUP BY l.day, l.slot, l.area_id, l.channel",
        {"area": area_id, "first": first, "last": last},
    )
    for row in rows:
        yield row["day"], row["slot"], row["area_id"], row["channel"], int(row["n"])


def visits_by_day(tx: Transaction, area_id: int, first: str, last: str) -> dict[tuple[date, int], tuple[int, int]]:
    """(knocked, rung) by (day, place right below)."""
    rows = tx.all(
        "SELECT c.day, COALESCE(p.child, :area) AS part, SUM(CASE WHEN l.channel = 'knock' THEN 1 ELSE 0 END) AS knocked,"
        " SUM(CASE WHEN l.channel = 'call' THEN 1 ELSE 0 END) AS rung FROM knocks k"
        " JOIN knock_lists l ON l.id = k.list_id JOIN checkins c ON c.id = k.checkin_id"
        f" LEFT JOIN {PARTS} p ON p.descendant_id = c.area_id WHERE (k.found IS NOT NULL OR k.tries <> '')"
        f" AND c.day >= :first AND c.day < :last AND c.area_id IN {BELOW} GROUP BY c.day, p.child",
        {"area": area_id, "first": first, "last": last},
    )
    return {(date.fromisoformat(row["day"]), row["part"]): (int(row["knocked"]), int(row["rung"])) for row in rows}


def duty_turns(tx: Transaction, area_id: int, since: datetime, until: datetime) -> list[DutyTurn]:
    """Who was on duty between these instants, cut to them, oldest first."""
    rows = tx.all(
        "SELECT h.person_id, h.area_id, w.line, h.from_at, h.until_at FROM watch_holds h JOIN watches w ON w.id = h.watch_id"
        f" WHERE h.from_at < :until AND (h.until_at IS NULL OR h.until_at > :since) AND h.area_id IN {BELOW}"
        " ORDER BY h.from_at, h.id",
        {"area": area_id, "since": seconds(since), "until": seconds(until)},
    )
    return [_turn(row, since, until) for row in rows]


def _turn(row: Row, since: datetime, until: datetime) -> DutyTurn:
    ended = instant(row["until_at"])
    return DutyTurn(
        person_id=row["person_id"],
        area_id=row["area_id"],
        line=row["line"],
        from_at=max(instant(row["from_at"]), since),
        until_at=None if ended is None else min(ended, until),
    )
