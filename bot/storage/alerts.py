"""Alerts in the database, and whom each has told."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from bot.domain.alerts import Alert, AlertOutcome, AlertState, Cause, Reason, Whom, ladder_text, parse_ladder
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction, Values

TELL = (
    "INSERT INTO alert_people (alert_id, person_id, told_at, rung) VALUES (:alert_id, :person_id, :now, :rung)"
    " ON CONFLICT DO NOTHING"
)
INSERT = (
    "INSERT INTO alerts (bot_id, person_id, area_id, cause, state, opened_at, ladder, rung, gap_minutes, drill, act_at,"
    " version) VALUES (:bot_id, :person_id, :area_id, :cause, :state, :opened_at, :ladder, :rung, :gap_minutes, :drill,"
    " :act_at, :version) ON CONFLICT DO NOTHING"
)
UPDATE = (
    "UPDATE alerts SET cause = :cause, state = :state, rung = :rung, gap_minutes = :gap_minutes, taken_by = :taken_by,"
    " arrives_at = :arrives_at, outcome = :outcome, remark = :remark, closed_by = COALESCE(:closed_by, closed_by),"
    " act_at = :act_at, arrived_at = :arrived_at, checked_at = :checked_at, reason = :reason,"
    " version = version + 1 WHERE id = :id AND version = :version"
)


def raise_(tx: Transaction, alert: Alert) -> Alert | None:
    """Write a new alert; it comes back with its number. None: this person has one open already."""
    row = tx.one(f"{INSERT} RETURNING *", _new_columns(tx, alert))
    return None if row is None else _alert(tx, row)


def raise_many(tx: Transaction, new: list[Alert]) -> dict[int, int]:
    """Write many new alerts as one batch; a person who has one open keeps that. The numbers of those written, by person.

    They may have climbed already. Somebody else's INSERT may have been waited for: what is ours is known by the batch's own
    first version, which no other row has.
    """
    mark = -1 - secrets.randbelow(2**40)
    tx.many(INSERT, [{**_new_columns(tx, alert), "version": mark} for alert in new])
    places, values = among("person", sorted({alert.person_id for alert in new}))
    rows = tx.all(
        f"SELECT id, person_id FROM alerts WHERE person_id IN ({places}) AND state <> 'closed' AND version = :mark ORDER BY id",
        {**values, "mark": mark},
    )
    return {row["person_id"]: row["id"] for row in rows}


def open_among(tx: Transaction, person_ids: Iterable[int]) -> list[Alert]:
    """The alerts about these people that have not ended, locked."""
    places, values = among("person", sorted(set(person_ids)))
    rows = tx.all(
        f"SELECT * FROM alerts WHERE person_id IN ({places}) AND state <> 'closed' ORDER BY id FOR NO KEY UPDATE",
        values,
    )
    return [_alert(tx, row) for row in rows]


def save(tx: Transaction, old: Alert, new: Alert, *, closed_by: int | None = None) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    return tx.run(UPDATE, _columns(tx, new, old, closed_by)) == 1


def find(tx: Transaction, alert_id: int) -> Alert | None:
    """One alert, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM alerts WHERE id = :id FOR NO KEY UPDATE", {"id": alert_id})
    return None if row is None else _alert(tx, row)


def see(tx: Transaction, alert_id: int) -> Alert | None:
    """One alert as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM alerts WHERE id = :id", {"id": alert_id})
    return None if row is None else _alert(tx, row)


def open_for(tx: Transaction, person_id: int) -> Alert | None:
    """The alert about this person that has not ended, locked; None: none."""
    row = tx.one(
        "SELECT * FROM alerts WHERE person_id = :id AND state <> 'closed' FOR NO KEY UPDATE", {"id": person_id}
    )
    return None if row is None else _alert(tx, row)


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Whose ladder goes on now, the longest waiting first."""
    rows = tx.all(
        "SELECT id FROM alerts WHERE act_at <= :now ORDER BY act_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, alert_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE alerts SET act_at = :until WHERE id = :id", {"id": alert_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM alerts WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM alerts WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def running(tx: Transaction, area_ids: list[int]) -> list[Alert]:
    """Alerts at these areas or below that have not ended, oldest first."""
    places, values = among("area", area_ids)
    rows = tx.all(
        "SELECT * FROM alerts WHERE state <> 'closed' AND area_id IN"
        f" (SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({places})) ORDER BY id",
        values,
    )
    return [_alert(tx, row) for row in rows]


# --- whom it told ---


def tell(tx: Transaction, alert_id: int, person_id: int, whom: Whom, now: datetime) -> None:
    """Write down that somebody was told, and as whom."""
    tell_many(tx, [(alert_id, person_id, whom)], now=now)


def tell_many(tx: Transaction, told: Iterable[tuple[int, int, Whom]], *, now: datetime) -> None:
    """The same for many (alert, person, as whom), as one batch."""
    rows = [{"alert_id": alert, "person_id": one, "now": seconds(now), "rung": whom.value} for alert, one, whom in told]
    tx.many(TELL, rows)


def told(tx: Transaction, alert_id: int) -> list[int]:
    """Everyone who was told, in that order."""
    rows = tx.all(
        "SELECT person_id FROM alert_people WHERE alert_id = :id ORDER BY told_at, person_id", {"id": alert_id}
    )
    return [row["person_id"] for row in rows]


def told_as(tx: Transaction, alert_id: int) -> dict[int, Whom]:
    """Everyone who was told, in that order, and as whom."""
    rows = tx.all(
        "SELECT person_id, rung FROM alert_people WHERE alert_id = :id ORDER BY told_at, person_id", {"id": alert_id}
    )
    return {row["person_id"]: Whom(row["rung"]) for row in rows}


# --- who goes along, and who is asked to take it over ---


def running_with(tx: Transaction, person_id: int) -> list[int]:
    """The alerts that have not ended and that this person was told of, has, or is asked to take over."""
    rows = tx.all(
        "SELECT a.id FROM alerts a WHERE a.state <> 'closed' AND (a.taken_by = :id"
        " OR EXISTS (SELECT 1 FROM alert_people p WHERE p.alert_id = a.id AND p.person_id = :id)"
        " OR EXISTS (SELECT 1 FROM alert_offers o WHERE o.alert_id = a.id AND o.person_id = :id)) ORDER BY a.id",
        {"id": person_id},
    )
    return [row["id"] for row in rows]


def untell(tx: Transaction, alert_id: int, person_id: int) -> None:
    """They are on it no more, nor asked to take it over; whom somebody chose as neighbour or contact is told as that."""
    values = {"alert_id": alert_id, "id": person_id}
    tx.run(
        "DELETE FROM alert_people WHERE alert_id = :alert_id AND person_id = :id AND rung NOT IN ('neighbour', 'contacts')",
        values,
    )
    tx.run("UPDATE alert_people SET joined_at = NULL WHERE alert_id = :alert_id AND person_id = :id", values)
    tx.run("DELETE FROM alert_offers WHERE alert_id = :alert_id AND person_id = :id", values)


def join(tx: Transaction, alert_id: int, person_id: int, now: datetime) -> None:
    """Somebody who was told goes along."""
    tx.run(
        "UPDATE alert_people SET joined_at = :now WHERE alert_id = :id AND person_id = :person_id",
        {"id": alert_id, "person_id": person_id, "now": seconds(now)},
    )


def leave(tx: Transaction, alert_id: int, person_id: int) -> bool:
    """Somebody does not go along after all; False when they did not."""
    values = {"id": alert_id, "person_id": person_id}
    return (
        tx.run(
            "UPDATE alert_people SET joined_at = NULL WHERE alert_id = :id AND person_id = :person_id"
            " AND joined_at IS NOT NULL",
            values,
        )
        == 1
    )


def leave_all(tx: Transaction, alert_id: int) -> None:
    """Nobody goes along any more: nobody goes."""
    tx.run("UPDATE alert_people SET joined_at = NULL WHERE alert_id = :id AND joined_at IS NOT NULL", {"id": alert_id})


def joined(tx: Transaction, alert_id: int) -> list[int]:
    """Who goes along, the first first."""
    rows = tx.all(
        "SELECT person_id FROM alert_people WHERE alert_id = :id AND joined_at IS NOT NULL ORDER BY joined_at, person_id",
        {"id": alert_id},
    )
    return [row["person_id"] for row in rows]


def offer(tx: Transaction, alert_id: int, person_id: int, now: datetime) -> None:
    """Somebody is asked to take it over; a later question replaces an earlier one."""
    tx.run(
        "INSERT INTO alert_offers (alert_id, person_id, at) VALUES (:id, :person_id, :now)"
        " ON CONFLICT (alert_id) DO UPDATE SET person_id = excluded.person_id, at = excluded.at",
        {"id": alert_id, "person_id": person_id, "now": seconds(now)},
    )


def offered(tx: Transaction, alert_id: int) -> int | None:
    """Who is asked to take it over; None: nobody."""
    row = tx.one("SELECT person_id FROM alert_offers WHERE alert_id = :id", {"id": alert_id})
    return None if row is None else row["person_id"]


def settle_offer(tx: Transaction, alert_id: int) -> None:
    """Nobody is asked to take it over any more."""
    tx.run("DELETE FROM alert_offers WHERE alert_id = :id", {"id": alert_id})


def _new_columns(tx: Transaction, alert: Alert) -> Values:
    return {
        **_columns(tx, alert, alert, None),
        "bot_id": alert.bot_id,
        "person_id": alert.person_id,
        "area_id": alert.area_id,
        "opened_at": seconds(alert.opened_at),
        "ladder": ladder_text(alert.ladder),
        "drill": int(alert.drill),
    }


def _columns(tx: Transaction, alert: Alert, old: Alert, closed_by: int | None) -> Values:
    return {
        "id": alert.id,
        "version": old.version,
        "cause": alert.cause.value,
        "state": alert.state.value,
        "rung": alert.rung,
        "gap_minutes": alert.gap_minutes,
        "taken_by": alert.taken_by,
        "arrives_at": seconds(alert.arrives_at),
        "outcome": alert.outcome and alert.outcome.value,
        "remark": tx.vault.seal_maybe("alerts.remark", alert.remark),
        "closed_by": closed_by,
        "act_at": seconds(alert.act_at),
        "arrived_at": seconds(alert.arrived_at),
        "checked_at": seconds(alert.checked_at),
        "reason": alert.reason and alert.reason.value,
    }


def _alert(tx: Transaction, row: Row) -> Alert:
    return Alert(
        id=row["id"],
        bot_id=row["bot_id"],
        person_id=row["person_id"],
        area_id=row["area_id"],
        cause=Cause(row["cause"]),
        state=AlertState(row["state"]),
        opened_at=instant(row["opened_at"]),
        ladder=parse_ladder(row["ladder"]),
        rung=row["rung"],
        gap_minutes=row["gap_minutes"],
        taken_by=row["taken_by"],
        arrives_at=instant(row["arrives_at"]),
        outcome=row["outcome"] and AlertOutcome(row["outcome"]),
        remark=tx.vault.open_maybe("alerts.remark", row["remark"]),
        drill=bool(row["drill"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
        arrived_at=instant(row["arrived_at"]),
        checked_at=instant(row["checked_at"]),
        reason=row["reason"] and Reason(row["reason"]),
    )
