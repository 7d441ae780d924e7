"""Duty: who answers alerts now, by a weekly rota."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.notices import Notice, Priority
from bot.domain.plans import EVERY_DAY

MORNING, EVENING = 8 * 60, 20 * 60


@dataclass(frozen=True)
class Shift:
    """One piece of the rota: `weekdays` as bits (Monday the lowest), `starts` and `ends` in minutes of the local day.

    `ends` at or below `starts`: over midnight. `rank` is the order among those on the same shift.
    """

    id: int
    area_id: int
    person_id: int
    weekdays: int = EVERY_DAY
    starts: int = MORNING
    ends: int = EVENING
    rank: int = 1

    def covers(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether it is on now."""
        local = now.astimezone(zone)
        minutes = local.hour * 60 + local.minute
        today = bool(self.weekdays >> local.weekday() & 1)
        if self.starts < self.ends:
            return today and self.starts <= minutes < self.ends
        yesterday = bool(self.weekdays >> (local.weekday() - 1) % 7 & 1)
        return (today and minutes >= self.starts) or (yesterday and minutes < self.ends)


@dataclass(frozen=True)
class DutyView:
    """The rota of a place: (shift id, name, starts, ends), and who is on now."""

    place: str
    area_id: int
    rows: tuple[tuple[int, str, int, int], ...]
    on_now: tuple[str, ...]
    helpers: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class DutyList(Notice):
    """Who is on duty here, and when."""

    priority = Priority.ANSWER
    area_id: int


@dataclass(frozen=True)
class DutyHelpers(Notice):
    """Who could be on duty: to choose from."""

    priority = Priority.ANSWER
    area_id: int


@dataclass(frozen=True)
class DutyGiven(Notice):
    """To a volunteer: you are on duty at these times from now on."""

    area_id: int
