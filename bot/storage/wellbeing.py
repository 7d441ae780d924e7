"""The small question of each morning in the database."""

from datetime import date, datetime

from bot.domain.wellbeing import Answers, Topic, Wellbeing
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction


def switch(tx: Transaction, plan_id: int, *, on: bool, now: datetime) -> bool:
    """Ask this person one more question each morning, or not any more; False when it was so already."""
    if not on:
        return tx.run("DELETE FROM wellbeing_plans WHERE plan_id = :id", {"id": plan_id}) == 1
    made = tx.run(
        "INSERT INTO wellbeing_plans (plan_id, since) VALUES (:id, :now) ON CONFLICT DO NOTHING",
        {"id": plan_id, "now": seconds(now)},
    )
    return made == 1


def is_on(tx: Transaction, plan_id: int) -> bool:
    """Whether this person is asked one more question each morning."""
    return tx.one("SELECT 1 AS one FROM wellbeing_plans WHERE plan_id = :id", {"id": plan_id}) is not None


def ask(tx: Transaction, new: Wellbeing) -> Wellbeing | None:
    """Write the day's question down; the one that is there already is asked again, unless it is answered (None)."""
    tx.run(
        "INSERT INTO wellbeing (person_id, checkin_id, day, topic, asked_at)"
        " VALUES (:person_id, :checkin_id, :day, :topic, :asked_at) ON CONFLICT (person_id, day) DO NOTHING",
        {
            "person_id": new.person_id,
            "checkin_id": new.checkin_id,
            "day": new.day.isoformat(),
            "topic": new.topic.value,
            "asked_at": seconds(new.asked_at),
        },
    )
    found = of_day(tx, new.person_id, new.day)
    return found if found is not None and found.good is None else None


def of_day(tx: Transaction, person_id: int, day: date) -> Wellbeing | None:
    """A person's question of one local day, locked; None: none was asked."""
    row = tx.one(
        "SELECT * FROM wellbeing WHERE person_id = :id AND day = :day FOR NO KEY UPDATE",
        {"id": person_id, "day": day.isoformat()},
    )
    return None if row is None else _wellbeing(row)


def answer(tx: Transaction, wellbeing_id: int, *, good: bool, at: datetime) -> None:
    """It was answered so."""
    tx.run(
        "UPDATE wellbeing SET good = :good, answered_at = :at WHERE id = :id",
        {"id": wellbeing_id, "good": int(good), "at": seconds(at)},
    )


def see(tx: Transaction, wellbeing_id: int) -> Wellbeing | None:
    """One question as it stands; None: there is none."""
    row = tx.one("SELECT * FROM wellbeing WHERE id = :id", {"id": wellbeing_id})
    return None if row is None else _wellbeing(row)


def last(tx: Transaction, person_id: int, limit: int) -> Answers:
    """A person's last answers, newest first."""
    rows = tx.all(
        "SELECT * FROM wellbeing WHERE person_id = :id AND good IS NOT NULL ORDER BY day DESC LIMIT :limit",
        {"id": person_id, "limit": limit},
    )
    return tuple((Topic(row["topic"]), bool(row["good"]), date.fromisoformat(row["day"])) for row in rows)


def not_good(tx: Transaction, area_ids: list[int], day: date) -> list[tuple[int, Topic]]:
    """Who, of those cared for at these areas or below, said on a local day that something is not good: (person, topic)."""
    places, values = among("area", area_ids)
    rows = tx.all(
        "SELECT w.person_id, w.topic FROM wellbeing w JOIN checkins c ON c.id = w.checkin_id"
        " WHERE w.day = :day AND w.good = 0 AND c.area_id IN"
        f" (SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({places})) ORDER BY w.id",
        {**values, "day": day.isoformat()},
    )
    return [(row["person_id"], Topic(row["topic"])) for row in rows]


def _wellbeing(row: Row) -> Wellbeing:
    good = row["good"]
    return Wellbeing(
        id=row["id"],
        person_id=row["person_id"],
        checkin_id=row["checkin_id"],
        day=date.fromisoformat(row["day"]),
        topic=Topic(row["topic"]),
        asked_at=instant(row["asked_at"]),
        good=None if good is None else bool(good),
        answered_at=instant(row["answered_at"]),
    )
