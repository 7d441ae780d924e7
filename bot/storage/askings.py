"""Whom a surge reaches, each a row of their own: told once, asked once a day, and nobody stopped by somebody else's fault."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction


@dataclass(frozen=True)
class Asking:
    """One person in one surge. `told_at` None: they have not been told; `from_day`, `day` None: no day waits to be asked."""

    id: int
    surge_id: int
    plan_id: int
    person_id: int
    told_at: datetime | None
    from_day: date | None
    day: date | None

    @property
    def days(self) -> list[date]:
        """The days that wait: one, or several after an outage."""
        if self.day is None or self.from_day is None:
            return []
        return [self.from_day + timedelta(days=at) for at in range((self.day - self.from_day).days + 1)]


def put(tx: Transaction, surge_id: int, people: Iterable[Row], day: date | None, now: datetime) -> None:
    """These people (plan_id, person_id) are told, or asked for this day, now; a day that still waits is not forgotten for it."""
    rows = [
        {
            "surge_id": surge_id,
            "plan_id": one["plan_id"],
            "person_id": one["person_id"],
            "day": day and day.isoformat(),
            "now": seconds(now),
        }
        for one in people
    ]
    tx.many(
        "INSERT INTO askings (surge_id, plan_id, person_id, from_day, day, act_at)"
        " VALUES (:surge_id, :plan_id, :person_id, :day, :day, :now)"
        " ON CONFLICT (surge_id, person_id) DO UPDATE SET plan_id = excluded.plan_id,"
        " from_day = COALESCE(askings.from_day, excluded.from_day), day = COALESCE(excluded.day, askings.day),"
        " act_at = excluded.act_at",
        rows,
    )


def get_many(tx: Transaction, ids: list[int]) -> list[Asking]:
    """Many of them, in the order of their numbers."""
    places, values = among("id", ids)
    rows = tx.all(f"SELECT * FROM askings WHERE id IN ({places}) ORDER BY id", values)
    return [
        Asking(
            row["id"],
            row["surge_id"],
            row["plan_id"],
            row["person_id"],
            instant(row["told_at"]),
            _date(row["from_day"]),
            _date(row["day"]),
        )
        for row in rows
    ]


def settle(tx: Transaction, ids: Iterable[int]) -> None:
    """Everything that waited for these has been done."""
    tx.many(
        "UPDATE askings SET from_day = NULL, day = NULL, act_at = NULL WHERE id = :id", [{"id": one} for one in ids]
    )


def told(tx: Transaction, ids: Iterable[int], now: datetime) -> None:
    """These have been told, and are not told again."""
    tx.many("UPDATE askings SET told_at = :now WHERE id = :id", [{"id": one, "now": seconds(now)} for one in ids])


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Who is to be told or asked now, the longest waiting first."""
    rows = tx.all(
        "SELECT id FROM askings WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, asking_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE askings SET act_at = :until WHERE id = :id", {"id": asking_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM askings WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM askings WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
