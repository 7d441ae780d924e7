"""What a person's history is made of, page by page, newest first."""

from datetime import date, datetime

from bot.domain.absences import Absence
from bot.domain.alerts import Alert
from bot.domain.checkins import CheckIn
from bot.domain.wellbeing import Answers, Topic
from bot.storage import absences, alerts, checkins
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Transaction


def checkin_page(tx: Transaction, person_id: int, *, limit: int, offset: int) -> list[CheckIn]:
    """So many of a person's check-ins, newest first."""
    rows = tx.all(
        "SELECT id FROM checkins WHERE person_id = :id ORDER BY day DESC, slot DESC LIMIT :limit OFFSET :offset",
        {"id": person_id, "limit": limit, "offset": offset},
    )
    found = {one.id: one for one in checkins.see_many(tx, [row["id"] for row in rows])}
    return [found[row["id"]] for row in rows]


def checkins_of_days(tx: Transaction, person_id: int, first: date, last: date) -> list[CheckIn]:
    """A person's check-ins of these local days (the last one excluded), in their order."""
    rows = tx.all(
        "SELECT id FROM checkins WHERE person_id = :id AND day >= :first AND day < :last",
        {"id": person_id, "first": first.isoformat(), "last": last.isoformat()},
    )
    return sorted(checkins.see_many(tx, [row["id"] for row in rows]), key=lambda one: (one.day, one.slot))


def unheard(tx: Transaction, checkin_ids: list[int]) -> set[int]:
    """Which of these check-ins were answered with something that nobody has opened yet."""
    subjects = {f"checkin:{one}": one for one in checkin_ids}
    if not subjects:
        return set()
    named = {f"subject{place}": subject for place, subject in enumerate(subjects)}
    rows = tx.all(
        "SELECT DISTINCT subject FROM media WHERE state IN ('waits', 'unopened') AND subject IN"
        f" ({', '.join(f':{name}' for name in named)})",
        named,
    )
    return {subjects[row["subject"]] for row in rows}


def alert_page(tx: Transaction, person_id: int, *, limit: int, offset: int) -> list[Alert]:
    """So many of the alerts about a person, drills left out, newest first."""
    rows = tx.all(
        "SELECT id FROM alerts WHERE person_id = :id AND drill = 0 ORDER BY opened_at DESC, id DESC"
        " LIMIT :limit OFFSET :offset",
        {"id": person_id, "limit": limit, "offset": offset},
    )
    found = (alerts.see(tx, row["id"]) for row in rows)
    return [one for one in found if one is not None]


def alert_days(tx: Transaction, person_id: int, since: datetime, until: datetime) -> list[datetime]:
    """When alerts about a person opened between these instants."""
    rows = tx.all(
        "SELECT opened_at FROM alerts WHERE person_id = :id AND drill = 0 AND opened_at >= :since AND opened_at < :until",
        {"id": person_id, "since": seconds(since), "until": seconds(until)},
    )
    return [instant(row["opened_at"]) for row in rows]


def first_taken(tx: Transaction, alert_id: int) -> tuple[int, datetime] | None:
    """Who took an alert on first, and when; None: nobody."""
    row = tx.one(
        "SELECT actor_id, at FROM history WHERE subject = :subject AND event = 'taken' AND actor_id IS NOT NULL"
        " ORDER BY id LIMIT 1",
        {"subject": f"alert:{alert_id}"},
    )
    return None if row is None else (row["actor_id"], instant(row["at"]))


def ended(tx: Transaction, alert_id: int) -> tuple[int | None, datetime] | None:
    """Who ended an alert (None: time), and when; None: it has not ended."""
    row = tx.one(
        "SELECT actor_id, at FROM history WHERE subject = :subject AND after = 'closed' ORDER BY id DESC LIMIT 1",
        {"subject": f"alert:{alert_id}"},
    )
    return None if row is None else (row["actor_id"], instant(row["at"]))


def wellbeing_page(tx: Transaction, person_id: int, *, limit: int, offset: int) -> Answers:
    """So many of a person's answers to the small question, newest first."""
    rows = tx.all(
        "SELECT topic, good, day FROM wellbeing WHERE person_id = :id AND good IS NOT NULL ORDER BY day DESC"
        " LIMIT :limit OFFSET :offset",
        {"id": person_id, "limit": limit, "offset": offset},
    )
    return tuple((Topic(row["topic"]), bool(row["good"]), date.fromisoformat(row["day"])) for row in rows)


def absence_page(tx: Transaction, person_id: int, *, limit: int, offset: int) -> list[Absence]:
    """So many of a person's absences, newest first."""
    rows = tx.all(
        "SELECT id FROM absences WHERE person_id = :id ORDER BY from_at DESC, id DESC LIMIT :limit OFFSET :offset",
        {"id": person_id, "limit": limit, "offset": offset},
    )
    found = (absences.see(tx, row["id"]) for row in rows)
    return [one for one in found if one is not None]


def absences_between(tx: Transaction, person_id: int, since: datetime, until: datetime) -> list[Absence]:
    """A person's absences that reach into the time between these instants."""
    rows = tx.all(
        "SELECT id FROM absences WHERE person_id = :id AND from_at < :until AND COALESCE(ended_at, until_at) > :since",
        {"id": person_id, "since": seconds(since), "until": seconds(until)},
    )
    found = (absences.see(tx, row["id"]) for row in rows)
    return [one for one in found if one is not None]


def names(tx: Transaction, person_ids: list[int]) -> dict[int, str]:
    """What these people are called."""
    places, values = among("person", sorted(set(person_ids)))
    rows = tx.all(f"SELECT id, name FROM persons WHERE id IN ({places})", values)
    return {row["id"]: tx.vault.open("persons.name", row["name"]) for row in rows}
