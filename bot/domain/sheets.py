"""The day's sheet on paper: whom to look after, for when the program or Telegram is down."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.alerts import Ladder
from bot.domain.notices import Notice, Priority
from bot.domain.plans import Plan

# When the sheet is sent, in minutes of the local day: before the first round.
SHEET_AT = 6 * 60 + 30
# So many people fill one sheet; a larger place gets several.
PEOPLE_AT_MOST = 200


def next_sheet(now: datetime, zone: ZoneInfo) -> datetime:
    """The next morning at which a sheet is due."""
    today = now.astimezone(zone).date()
    mornings = (
        datetime.combine(today + timedelta(days=days), time(SHEET_AT // 60, SHEET_AT % 60), zone).astimezone(UTC)
        for days in (0, 1)
    )
    return next(at for at in mornings if at > now)


@dataclass(frozen=True)
class Paper:
    """A table to be printed, in words already: `widths` are the columns' shares of the page."""

    language: str
    title: str
    notes: tuple[str, ...]
    widths: tuple[int, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class SheetPerson:
    """One person on the sheet. `contacts` are (name, relation, telephone)."""

    plan: Plan
    name: str
    place: str
    door: str | None
    telephone: str | None
    neighbour: str | None
    contacts: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True)
class SheetView:
    """The sheet of one place. `duty` are whoever is on duty and whoever is in charge: (name, telephone)."""

    place: str
    page: int
    people: tuple[SheetPerson, ...]
    duty: tuple[tuple[str, str | None], ...]
    coordinators: tuple[tuple[str, str | None], ...]
    now: datetime
    # What holds for everybody there who has none of their own.
    ladder: Ladder = ()


@dataclass(frozen=True)
class RoundsSheet(Notice):
    """To coordinators only: the day's sheet of a place, as a document."""

    priority = Priority.CHECK_IN
    area_id: int
    page: int = 0
