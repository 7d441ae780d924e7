"""Volunteers in the database: when they may be asked, and how often they were. No row: nothing said, never asked."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.helpers import Helper, Rest
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction
from bot.storage.needs import ASKED_FOR, OTHERS_GO

MAKE = "INSERT INTO helpers (person_id) VALUES (:id) ON CONFLICT DO NOTHING"


def get(tx: Transaction, person_id: int) -> Helper:
    """What a volunteer has said of themselves."""
    row = tx.one("SELECT * FROM helpers WHERE person_id = :id", {"id": person_id})
    return Helper(person_id) if row is None else _helper(row)


def save(tx: Transaction, helper: Helper) -> None:
    """Write what a volunteer has said of themselves; whoever writes has locked their person."""
    tx.run(MAKE, {"id": helper.person_id})
    tx.run(
        "UPDATE helpers SET rest_until = :rest_until, rest = :rest, quiet_from = :quiet_from, quiet_until = :quiet_until,"
        " night_now = :night_now, times = :times, offers_a_day = :offers_a_day WHERE person_id = :id",
        {
            "id": helper.person_id,
            "rest_until": seconds(helper.rest_until),
            "rest": helper.rest and helper.rest.value,
            "quiet_from": helper.quiet and helper.quiet[0],
            "quiet_until": helper.quiet and helper.quiet[1],
            "night_now": int(helper.night_now),
            "times": helper.times,
            "offers_a_day": helper.offers_a_day,
        },
    )


def asked(tx: Transaction, person_ids: Iterable[int], *, day: int, now: datetime) -> None:
    """Count an offer for each of them: always in the order of their numbers, so that two waves never wait for each other."""
    rows = [{"id": person_id, "day": day, "now": seconds(now)} for person_id in sorted(person_ids)]
    tx.many(MAKE, [{"id": row["id"]} for row in rows])
    tx.many(
        "UPDATE helpers SET asked_at = :now, asked_today = CASE WHEN asked_day = :day THEN asked_today + 1 ELSE 1 END,"
        " asked_day = :day WHERE person_id = :id",
        rows,
    )
    tx.many(
        "UPDATE roles SET asked_at = :now WHERE person_id = :id AND role IN ('volunteer', 'leader')",
        [{"id": row["id"], "now": row["now"]} for row in rows],
    )


def spoke(tx: Transaction, person_id: int) -> None:
    """They answered: they are asked like everybody again."""
    tx.run("UPDATE helpers SET silent = 0 WHERE person_id = :id AND silent > 0", {"id": person_id})


def fell_silent(tx: Transaction, need_id: int, *, before: datetime, now: datetime, after: int) -> list[int]:
    """Count the offers of this need that were left without an answer since then; who has just had `after` of them in a row."""
    values = {"need": need_id, "before": seconds(before)}
    rows = tx.all(
        "SELECT person_id FROM offers WHERE need_id = :need AND answer IS NULL AND silent_at IS NULL"
        " AND offered_at <= :before ORDER BY person_id",
        values,
    )
    if not rows:
        return []
    ids = [row["person_id"] for row in rows]
    places, people = among("id", ids)
    tx.run(
        f"UPDATE offers SET silent_at = :now WHERE need_id = :need AND person_id IN ({places})",
        {**people, "need": need_id, "now": seconds(now)},
    )
    tx.many("UPDATE helpers SET silent = silent + 1 WHERE person_id = :id", [{"id": one} for one in ids])
    found = tx.all(
        f"SELECT person_id FROM helpers WHERE person_id IN ({places}) AND silent = :after ORDER BY person_id",
        {**people, "after": after},
    )
    return [row["person_id"] for row in found]


def waiting_offer(tx: Transaction, person_id: int) -> int | None:
    """The need that this person was asked for last and has not answered, while people are asked for it; None: there is none."""
    row = tx.one(
        "SELECT o.need_id FROM offers o JOIN needs n ON n.id = o.need_id WHERE o.person_id = :id AND o.answer IS NULL"
        f" AND {ASKED_FOR} AND {OTHERS_GO} ORDER BY o.offered_at DESC, o.need_id DESC LIMIT 1",
        {"id": person_id},
    )
    return None if row is None else int(row["need_id"])


def _helper(row: Row) -> Helper:
    return Helper(
        person_id=row["person_id"],
        rest_until=instant(row["rest_until"]),
        rest=row["rest"] and Rest(row["rest"]),
        quiet=None if row["quiet_from"] is None else (row["quiet_from"], row["quiet_until"]),
        night_now=row["night_now"] == 1,
        times=row["times"],
        offers_a_day=row["offers_a_day"],
        silent=row["silent"],
    )
