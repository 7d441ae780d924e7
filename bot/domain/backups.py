"""Backups: what comes with one, which are kept, and what is said when one fails or was put back."""

import json
from collections.abc import Callable, Hashable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.notices import Notice, Priority

# What this program writes; a file of a later format is left alone.
FORMAT = 1
# An alert out of a backup goes on after so long: whoever is in charge hears first that it may have ended.
ALERTS_REST = timedelta(minutes=10)
# For requests out of a backup nobody new is asked for so long: some of them are settled.
NEEDS_REST = timedelta(hours=1)
# A backup that failed is tried again after so long; one that was begun and never ended, after so long.
TRIED_AGAIN = timedelta(hours=1)
GIVEN_UP = timedelta(hours=6)
# The doctor calls a last backup old after so long: a day, and time to make it.
OLD = timedelta(hours=26)


class Kind(StrEnum):
    """Which database a backup is of."""

    SQLITE = "sqlite"
    POSTGRES = "postgresql"


class Unusable(Exception):
    """This backup cannot be used, and why: a sentence for whoever typed its name."""


@dataclass(frozen=True)
class Facts:
    """What a copied database holds: its schema's revision, and how many rows each table has."""

    kind: Kind
    revision: str
    rows: dict[str, int]


@dataclass(frozen=True)
class Manifest:
    """What stands beside a backup. `sha256` is of the file as it lies there; `sealed`: it opens with the backup key only."""

    facts: Facts
    taken_at: datetime
    sha256: str
    size_bytes: int
    sealed: bool
    format: int = FORMAT

    def text(self) -> str:
        """As it is written."""
        return json.dumps({**asdict(self), "taken_at": self.taken_at.isoformat()}, indent=1) + "\n"

    @staticmethod
    def parse(text: str) -> "Manifest":
        """As it was written; Unusable when it is none, or a later program's."""
        try:
            read = json.loads(text)
            if read["format"] > FORMAT:
                raise Unusable("it was made by a later version of the program: restore it with that one")
            facts = Facts(Kind(read["facts"]["kind"]), str(read["facts"]["revision"]), dict(read["facts"]["rows"]))
            taken_at = datetime.fromisoformat(read["taken_at"])
            return Manifest(facts, taken_at, str(read["sha256"]), int(read["size_bytes"]), bool(read["sealed"]))
        except (ValueError, KeyError, TypeError) as error:
            raise Unusable("what stands beside it (.json) is no manifest of a backup") from error


# --- when one is due, and which are kept ---


def slot_before(now: datetime, hours: Iterable[int], zone: ZoneInfo) -> datetime:
    """The last instant up to now at which a backup was due: whole local hours, every day."""
    today = now.astimezone(zone).date()
    slots = (
        datetime.combine(today - timedelta(days=back), time(hour), zone).astimezone(now.tzinfo)
        for back in (0, 1)
        for hour in hours
    )
    return max(slot for slot in slots if slot <= now)


@dataclass(frozen=True)
class Keep:
    """How many are kept: the last one of so many days, weeks and months in which there was one."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 6


def kept(taken: Iterable[datetime], keep: Keep, zone: ZoneInfo) -> set[datetime]:
    """Which of these stay; the newest always does."""
    newest_first = sorted(set(taken), reverse=True)
    spans: tuple[tuple[int, Callable[[date], Hashable]], ...] = (
        (keep.daily, lambda day: day),
        (keep.weekly, lambda day: day.isocalendar()[:2]),
        (keep.monthly, lambda day: (day.year, day.month)),
    )
    stay = set(newest_first[:1])
    for many, span_of in spans:
        # Walking from old to new leaves the last one of each span.
        last_of = {span_of(at.astimezone(zone).date()): at for at in reversed(newest_first)}
        stay |= set(sorted(last_of.values(), reverse=True)[:many])
    return stay


# --- what is said ---


class Why(StrEnum):
    """Why a backup failed."""

    FULL = "full"
    FOLDER = "folder"
    TOOL = "tool"
    DATABASE = "database"


@dataclass(frozen=True)
class BackupFailed(Notice):
    """To administrators, once until one succeeds: no backup could be made. `why` is one of Why."""

    priority = Priority.ANSWER
    why: str


@dataclass(frozen=True)
class PutBack(Notice):
    """To who is in charge of a place: everything after `taken_at` is lost, and this is what to look at by hand.

    The instants are seconds since the epoch. Of `questions` to so many people nothing is known, the first of them asked at
    `first`, the last at `last` (0: there are none). `alerts` and `needs` had not ended; `letters` are not sent.
    """

    priority = Priority.LIFE
    area_id: int
    taken_at: int
    at: int
    questions: int
    people: int
    first: int
    last: int
    alerts: int
    needs: int
    letters: int
    needs_rest_until: int


@dataclass(frozen=True)
class AlertPutBack(Notice):
    """To who is in charge: this alert was open in the backup of `taken_at`; is it still so? It goes on at `goes_on_at`."""

    priority = Priority.LIFE
    alert_id: int
    taken_at: int
    goes_on_at: int
