"""A list as somebody left it, and the files that are made of one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import ExportNotSo
from bot.domain.listings.filters import Book, Filter, Stand

PAGE = 8
# Telephones are covered again after so long: a card lies open on a table.
SHOWN_FOR = timedelta(minutes=10)
# A file that nobody has taken up for so long was being made by a copy that is gone.
TAKEN_FOR = timedelta(seconds=60)
TRIES = 5
LIST, TELEPHONES, FILTERS = "list", "telephones", "filters"
FIRST: Mapping[Book, Filter] = {
    Book.NEEDS: Filter(stand=Stand.RUNNING.value),
    Book.PEOPLE: Filter(),
    Book.UNREACHED: Filter(),
}


@dataclass(frozen=True)
class Listing:
    """Somebody's list. `screen` is what the card shows: the list, telephones, the filters, or a field that is being chosen.

    `act_at`: when telephones are covered again; None: none are shown.
    """

    id: int
    person_id: int
    book: Book
    filter: Filter
    screen: str = LIST
    page: int = 0
    act_at: datetime | None = None

    def looking(self, found: Filter) -> "Listing":
        """The list of what is looked for, from its first page on."""
        return replace(self, filter=found, screen=LIST, page=0, act_at=None)

    def at(self, screen: str, page: int) -> "Listing":
        """Another screen of the same."""
        return replace(self, screen=screen, page=max(0, page), act_at=None)

    def uncovered(self, now: datetime) -> "Listing":
        """The telephones of this page, for some minutes."""
        return replace(self, screen=TELEPHONES, act_at=now + SHOWN_FOR)

    def covered(self) -> "Listing":
        """Without telephones."""
        return replace(self, screen=LIST if self.screen == TELEPHONES else self.screen, act_at=None)


class Form(StrEnum):
    """As what a list is exported."""

    CSV = "csv"
    XLSX = "xlsx"


class Making(StrEnum):
    """How far a file has come."""

    MAKING = "making"
    MADE = "made"
    STOPPED = "stopped"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True)
class Export:
    """A file that is made of a list. `parts`: in how many it came; `act_at` None: nothing more is to be done."""

    id: int
    person_id: int
    book: Book
    form: Form
    filter: Filter
    asked_at: datetime
    state: Making = Making.MAKING
    rows_total: int = 0
    rows_done: int = 0
    parts: int = 0
    tries: int = 0
    act_at: datetime | None = None

    @property
    def percent(self) -> int:
        """How much of it is there, in hundredths."""
        return min(99, self.rows_done * 100 // self.rows_total) if self.rows_total else 0

    def taken_up(self, now: datetime) -> "Export":
        """It is begun (again), from its first row: what it shows is one moment's, and no half of a file is kept."""
        self._must_run()
        given_up = self.tries >= TRIES
        state, act_at = (Making.FAILED, None) if given_up else (Making.MAKING, now + TAKEN_FOR)
        return replace(self, state=state, rows_done=0, tries=self.tries + 1, act_at=act_at)

    def goes_on(self, done: int, now: datetime) -> "Export":
        """So many rows are there."""
        self._must_run()
        return replace(self, rows_done=done, act_at=now + TAKEN_FOR)

    def ends(self, state: Making) -> "Export":
        """Nothing more is done about it."""
        self._must_run()
        return replace(self, state=state, act_at=None)

    def _must_run(self) -> None:
        if self.state is not Making.MAKING:
            raise ExportNotSo
