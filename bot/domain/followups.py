"""Looking again: after an alert somebody looks in once more on a later day, and it is not forgotten until they have."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.alerts import AlertDetails, AlertOutcome
from bot.domain.errors import ButtonInvalid, DatesUnclear, FollowUpNotSo
from bot.domain.notices import Card, Notice, Priority
from bot.domain.remarks import Remark

# In minutes of the local day: the card comes; whoever has not looked by then hands it to who is in charge.
MORNING, EVENING = 8 * 60 + 30, 18 * 60
CHOICES, DAYS_AT_MOST = (1, 3, 7), 90
NOTE_LIMIT = 500
MONTH_AND_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")


@dataclass(frozen=True)
class FollowUp:
    """One look more. `told_at`, `handed_at`, `done_at` None: not yet; `done_by` None with `done_at`: it was taken back."""

    id: int
    bot_id: int
    alert_id: int
    person_id: int
    area_id: int
    owner_id: int
    day: date
    made_at: datetime
    told_at: datetime | None = None
    handed_at: datetime | None = None
    done_at: datetime | None = None
    done_by: int | None = None
    note: str | None = None
    act_at: datetime | None = None
    version: int = 0

    def on(self, day: date, zone: ZoneInfo) -> "FollowUp":
        """It is on this day; whoever has it gets its card that morning."""
        if self.done_at is not None:
            raise FollowUpNotSo
        return replace(self, day=day, told_at=None, handed_at=None, act_at=local(day, MORNING, zone))

    def told(self, now: datetime, zone: ZoneInfo) -> "FollowUp":
        """Its owner has the card; they have until the evening, and never less than an hour."""
        until = max(local(self.day, EVENING, zone), now + timedelta(hours=1))
        return replace(self, told_at=self.told_at or now, act_at=until)

    def handed(self, now: datetime, zone: ZoneInfo) -> "FollowUp":
        """Nobody has looked: who is in charge has it now, and reads of it each morning until somebody has."""
        tomorrow = now.astimezone(zone).date() + timedelta(days=1)
        return replace(self, handed_at=self.handed_at or now, act_at=local(tomorrow, MORNING, zone))

    def done(self, by: int, now: datetime) -> "FollowUp":
        """Somebody has looked. FollowUpNotSo when somebody had already."""
        if self.done_at is not None:
            raise FollowUpNotSo
        return replace(self, done_at=now, done_by=by, act_at=None)

    def noted(self, note: str) -> "FollowUp":
        """What they found."""
        return replace(self, note=note)

    def dropped(self, now: datetime) -> "FollowUp":
        """Nobody needs to look any more."""
        return replace(self, done_at=now, act_at=None)


def local(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The instant of a time of a local day."""
    return datetime.combine(day, time(minutes // 60, minutes % 60), zone).astimezone(UTC)


def day_after(now: datetime, days: int, zone: ZoneInfo) -> date:
    """The local date so many days from today; ButtonInvalid for one too far away, or not to come."""
    if not 0 < days <= DAYS_AT_MOST:
        raise ButtonInvalid
    return now.astimezone(zone).date() + timedelta(days=days)


def day_in(words: str, now: datetime, zone: ZoneInfo) -> date:
    """A day as people write it: "12-03", "12月3日"; the next one that comes. DatesUnclear for what is none."""
    today, found = now.astimezone(zone).date(), MONTH_AND_DAY.findall(words)
    if len(found) != 1:
        raise DatesUnclear
    month, day = int(found[0][0]), int(found[0][1])
    for year in (today.year, today.year + 1):
        try:
            chosen = date(year, month, day)
        except ValueError:
            continue
        if today < chosen <= today + timedelta(days=DAYS_AT_MOST):
            return chosen
    raise DatesUnclear


# --- what is seen and said ---


@dataclass(frozen=True)
class FollowUpView:
    """A look more, with names, what was found and what was noted then. `details` only for whoever has it, on a known card.

    `follow_up` None: no day has been chosen. `mine`: the reader may look and say so.
    """

    follow_up: FollowUp | None
    person: str
    place: str
    owner: str
    outcome: AlertOutcome | None
    found_at: datetime | None
    notes: tuple[Remark, ...]
    mine: bool
    now: datetime
    done_by: str | None = None
    hidden: bool = False
    details: AlertDetails | None = None


@dataclass(frozen=True)
class FollowUpLine:
    """One that waits, in one line. `late`: its day is over."""

    person: str
    owner: str
    day: date
    late: bool


@dataclass(frozen=True)
class FollowUpAsked(Notice):
    """To whoever recorded what was found, or is in charge: on which day shall somebody look again?"""

    priority = Priority.ANSWER
    alert_id: int


@dataclass(frozen=True)
class FollowUpDayAsked(Notice):
    """On another day: please write it."""

    priority = Priority.ANSWER
    alert_id: int


@dataclass(frozen=True)
class FollowUpCard(Card):
    """To whoever looks, in the morning: at whom, what was found, and one tap when it is done."""

    priority = Priority.CHECK_IN
    follow_up_id: int

    @property
    def subject(self) -> str:
        """The look that it shows."""
        return f"followup:{self.follow_up_id}"


@dataclass(frozen=True)
class FollowUpNotice(Notice):
    """Something said once about a look."""

    priority = Priority.ANSWER
    follow_up_id: int


class FollowUpMade(FollowUpNotice):
    """It is noted: on that morning the card comes."""


class FollowUpNoteAsked(FollowUpNotice):
    """What did you find?"""
