"""A month counted in the database: every figure is one statement over what was written when it happened."""

from datetime import datetime

from bot.storage.columns import seconds
from bot.storage.database import Transaction

BELOW = "(SELECT descendant_id FROM area_tree WHERE ancestor_id = :area)"


def checkins(tx: Transaction, area_id: int, first: str, last: str) -> dict[str, int]:
    """How many check-ins of these local days (the last one excluded) were on_time, late, missed, not_asked."""
    row = tx.one(
        "SELECT SUM(CASE WHEN state = 'answered' THEN 1 ELSE 0 END) AS on_time,"
        " SUM(CASE WHEN state = 'alert' AND answered_at IS NOT NULL THEN 1 ELSE 0 END) AS late,"
        " SUM(CASE WHEN state = 'alert' AND answered_at IS NULL THEN 1 ELSE 0 END) AS missed,"
        " SUM(CASE WHEN state = 'not_asked' THEN 1 ELSE 0 END) AS not_asked"
        f" FROM checkins WHERE day >= :first AND day < :last AND area_id IN {BELOW}",
        {"area": area_id, "first": first, "last": last},
    )
    return {name: int(value or 0) for name, value in dict(row or {}).items()}


def alerts(tx: Transaction, area_id: int, since: datetime, until: datetime) -> list[dict[str, object]]:
    """Every alert opened then: outcome, reason, opened_at, whether somebody was told, first taken, ended (None: not yet)."""
    rows = tx.all(
        "SELECT a.id, a.outcome, a.reason, a.opened_at,"
        " EXISTS (SELECT 1 FROM alert_people p WHERE p.alert_id = a.id AND p.person_id <> a.person_id) AS told,"
        " (SELECT MIN(h.at) FROM history h WHERE h.subject = 'alert:' || a.id AND h.event = 'taken') AS taken_at,"
        " (SELECT MAX(h.at) FROM history h WHERE h.subject = 'alert:' || a.id AND h.after = 'closed') AS ended_at"
        f" FROM alerts a WHERE a.opened_at >= :since AND a.opened_at < :until AND a.drill = 0 AND a.area_id IN {BELOW}",
        {"area": area_id, "since": seconds(since), "until": seconds(until)},
    )
    return [dict(row) for row in rows]


def visits(tx: Transaction, area_id: int, first: str, last: str) -> dict[str, int]:
    """How many doors were knocked at and telephones rung on these local days, by channel."""
    rows = tx.all(
        "SELECT c.channel, COUNT(*) AS n FROM knocks k JOIN checkins c ON c.id = k.checkin_id"
        " WHERE (k.found IS NOT NULL OR k.tries <> '') AND c.day >= :first AND c.day < :last"
        f" AND c.area_id IN {BELOW} GROUP BY c.channel",
        {"area": area_id, "first": first, "last": last},
    )
    return {row["channel"]: int(row["n"]) for row in rows}
