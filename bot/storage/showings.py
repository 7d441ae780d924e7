"""Who was shown whose contact data, counted: by viewer for limits, by place and day for whoever is in charge."""

from datetime import datetime

from bot.storage.columns import among, seconds
from bot.storage.database import Row, Transaction
from bot.storage.needs import SEEN_BY

# Whom a showing is about lives there, or is cared for there.
PLACE = "COALESCE(p.building_id, (SELECT MAX(c.area_id) FROM plans c WHERE c.person_id = p.id))"
# What is confidential is listed for whoever may see it, and who did not feel safe with whom for nobody.
LISTED = (
    "d.subject NOT LIKE 'unease:%' AND NOT EXISTS (SELECT 1 FROM needs n WHERE n.guarded_by IS NOT NULL"
    " AND n.person_id = d.person_id AND (d.subject = 'need:' || n.id OR EXISTS (SELECT 1 FROM media m"
    f" WHERE m.subject = 'need:' || n.id AND d.subject = 'media:' || m.id)) AND NOT {SEEN_BY})"
)


def people_shown(tx: Transaction, viewer_id: int, since: datetime) -> set[int]:
    """Whose contact data somebody was shown for requests since then, this instant included."""
    rows = tx.all(
        "SELECT DISTINCT person_id FROM disclosures WHERE viewer_id = :viewer_id AND at >= :since"
        " AND subject LIKE 'need:%'",
        {"viewer_id": viewer_id, "since": seconds(since)},
    )
    return {row["person_id"] for row in rows}


def last(tx: Transaction, subject: str, event: str) -> int | None:
    """When this was last written of a subject, in seconds; None: never."""
    row = tx.one(
        "SELECT MAX(at) AS at FROM history WHERE subject = :subject AND event = :event",
        {"subject": subject, "event": event},
    )
    return None if row is None else row["at"]


def of_day(
    tx: Transaction, reader_id: int, area_id: int, since: datetime, until: datetime, *, limit: int, offset: int
) -> list[Row]:
    """Who was shown whose, at a place and below, how often and when last: viewer_id, person_id, number, at."""
    return tx.all(
        "SELECT d.viewer_id, d.person_id, COUNT(*) AS number, MAX(d.at) AS at FROM disclosures d"
        " JOIN persons p ON p.id = d.person_id WHERE d.at >= :since AND d.at < :until"
        f" AND {PLACE} IN (SELECT descendant_id FROM area_tree WHERE ancestor_id = :area_id) AND {LISTED}"
        " GROUP BY d.viewer_id, d.person_id ORDER BY number DESC, at DESC, d.viewer_id, d.person_id"
        " LIMIT :limit OFFSET :offset",
        {
            "reader": reader_id,
            "area_id": area_id,
            "since": seconds(since),
            "until": seconds(until),
            "limit": limit,
            "offset": offset,
        },
    )


def communities(
    tx: Transaction, reader_id: int, places: list[int], since: datetime, *, limit: int, offset: int
) -> list[Row]:
    """The communities at or below these places by name, and how often something was shown there since: id, name, number."""
    named, values = among("place", places)
    below = "SELECT descendant_id FROM area_tree WHERE ancestor_id = a.id"
    return tx.all(
        "SELECT a.id, a.name, (SELECT COUNT(*) FROM disclosures d JOIN persons p ON p.id = d.person_id"
        f" WHERE d.at >= :since AND {PLACE} IN ({below}) AND {LISTED}) AS number"
        " FROM areas a WHERE a.kind = 'community' AND a.id IN"
        f" (SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({named}))"
        " ORDER BY a.name, a.id LIMIT :limit OFFSET :offset",
        {"reader": reader_id, "since": seconds(since), "limit": limit, "offset": offset, **values},
    )
