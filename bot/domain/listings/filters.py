"""What a list of whoever is in charge shows, and by what it is looked through."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

# So many of the newest are opened when words are looked for: they are sealed, and no index knows them.
LOOKED_THROUGH = 2000
# Nobody turns so many pages; what is beyond this is counted as "more than".
COUNTED_AT_MOST = 1000
WORDS_AT_MOST = 60


class Book(StrEnum):
    """Of what a list is."""

    NEEDS = "needs"
    PEOPLE = "people"
    UNREACHED = "unreached"


class Stand(StrEnum):
    """Which needs are listed."""

    RUNNING = "running"
    OPEN = "open"
    LATE = "late"
    HELD = "held"
    CLAIMED = "claimed"
    OVERDUE = "overdue"
    DONE = "done"
    DISPUTED = "disputed"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    ALL = "all"


class Crew(StrEnum):
    """Which volunteers are listed."""

    NOW = "now"
    APPLIED = "applied"
    ACTIVE = "active"
    RENEWAL = "renewal"
    SUSPENDED = "suspended"
    UNREACHED = "unreached"
    DECLINED = "declined"
    ENDED = "ended"


class Since(StrEnum):
    """Since when what is listed was asked for."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"


DAYS: Mapping[Since, int] = {Since.TODAY: 0, Since.WEEK: 6, Since.MONTH: 29}
# What can be chosen in each list, in the order in which it is asked.
FIELDS: Mapping[Book, tuple[str, ...]] = {
    Book.NEEDS: ("stand", "kind", "urgency", "place", "since", "helper"),
    Book.PEOPLE: ("stand", "skill", "place"),
    Book.UNREACHED: ("place",),
}
# What is found by writing it.
WRITTEN = ("number", "name", "words")


@dataclass(frozen=True)
class Filter:
    """What is looked for; empty and 0 leave everything in. `stand` is of `Stand` or `Crew`, `since` of `Since`.

    `place` and `helper` are numbers, `number` that of a need or a volunteer; `name` is somebody's whole name, `words` are
    looked for in what was written.
    """

    stand: str = ""
    kind: str = ""
    urgency: str = ""
    place: int = 0
    since: str = ""
    helper: int = 0
    skill: str = ""
    number: int = 0
    name: str = ""
    words: str = ""

    def having(self, field: str, value: str) -> "Filter":
        """The same, looking for this too."""
        chosen: Any = int(value) if isinstance(getattr(self, field), int) else value
        return replace(self, **{field: chosen})

    def data(self) -> str:
        """As it is kept: what is looked for, and nothing else."""
        return json.dumps({name: value for name, value in asdict(self).items() if value}, ensure_ascii=False)

    @staticmethod
    def parse(data: str) -> "Filter":
        """As it was kept; what this version does not know is left out."""
        known = {field.name for field in fields(Filter)}
        return Filter(**{name: value for name, value in json.loads(data).items() if name in known})

    def asked(self) -> tuple[str, ...]:
        """The fields that leave something out."""
        return tuple(name for name, value in asdict(self).items() if value)


def since_when(since: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """From when on: the midnight that began today, or so many days before; None: from the beginning."""
    days = DAYS.get(Since(since)) if since in set(Since) else None
    if days is None:
        return None
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return (today - timedelta(days=days)).replace(fold=0)
