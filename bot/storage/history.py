"""What happened, kept: who changed what, when, from what to what; and who was shown whose contact data."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction, Values


@dataclass(frozen=True)
class Event:
    """One change. `actor_id` None: time, by itself. `before` and `after` are states; `detail` is a person's words."""

    at: datetime
    actor_id: int | None
    subject: str
    event: str
    before: str | None = None
    after: str | None = None
    detail: str | None = None


INSERT = (
    "INSERT INTO history (at, actor_id, subject, event, before, after, detail)"
    " VALUES (:at, :actor_id, :subject, :event, :before, :after, :detail)"
)


def write(tx: Transaction, *events: Event) -> None:
    """Keep these events."""
    tx.many(INSERT, [_columns(tx, event) for event in events])


def of(tx: Transaction, subject: str) -> list[Event]:
    """Everything that happened to a subject, oldest first."""
    return [
        _event(tx, row)
        for row in tx.all("SELECT * FROM history WHERE subject = :subject ORDER BY id", {"subject": subject})
    ]


def disclosed(tx: Transaction, *, viewer_id: int, person_id: int, subject: str, now: datetime) -> None:
    """Write down that a person's contact data was shown."""
    tx.run(
        "INSERT INTO disclosures (at, viewer_id, person_id, subject) VALUES (:at, :viewer_id, :person_id, :subject)",
        {"at": seconds(now), "viewer_id": viewer_id, "person_id": person_id, "subject": subject},
    )


def disclosures_of(tx: Transaction, person_id: int, limit: int, offset: int = 0) -> list[Row]:
    """Who saw this person's contact data, for what, and when last: at, viewer_id, subject; newest first."""
    return tx.all(
        "SELECT MAX(at) AS at, viewer_id, subject FROM disclosures WHERE person_id = :id"
        " GROUP BY viewer_id, subject ORDER BY MAX(id) DESC LIMIT :limit OFFSET :offset",
        {"id": person_id, "limit": limit, "offset": offset},
    )


def _columns(tx: Transaction, event: Event) -> Values:
    return {
        "at": seconds(event.at),
        "actor_id": event.actor_id,
        "subject": event.subject,
        "event": event.event,
        "before": event.before,
        "after": event.after,
        "detail": tx.vault.seal_maybe("history.detail", event.detail),
    }


def _event(tx: Transaction, row: Row) -> Event:
    detail = tx.vault.open_maybe("history.detail", row["detail"])
    return Event(instant(row["at"]), row["actor_id"], row["subject"], row["event"], row["before"], row["after"], detail)
