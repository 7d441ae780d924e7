"""Farewells: somebody has died. What was queued for and about them is taken back gently, and a mistake can be mended."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import FarewellNotSo
from bot.domain.notices import Card, Notice, Priority

# A mistake can be mended the same day; late in the evening at least so long.
MEND_AT_LEAST = timedelta(hours=6)
# Whoever writes from their telephone is heard of so often at most.
HEARD_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Farewell:
    """One farewell. `plan_id`, `alert_id` None: there was none; `checkins` are missed ones that were excused with it.

    `undone_at` None: it stands; `act_at` None: it cannot be taken back any more.
    """

    id: int
    person_id: int
    area_id: int
    plan_id: int | None
    alert_id: int | None
    by_id: int
    at: datetime
    until_at: datetime
    checkins: tuple[int, ...] = ()
    undone_at: datetime | None = None
    undone_by: int | None = None
    act_at: datetime | None = None
    version: int = 0

    def mendable(self, now: datetime) -> bool:
        """Whether it can still be taken back."""
        return self.undone_at is None and now < self.until_at

    def undone(self, by: int, now: datetime) -> "Farewell":
        """It was a mistake. FarewellNotSo when it was taken back already, or that time is over."""
        if not self.mendable(now):
            raise FarewellNotSo
        return replace(self, undone_at=now, undone_by=by, act_at=None)

    def settled(self) -> "Farewell":
        """The time in which it could be taken back is over."""
        return replace(self, act_at=None)


def mend_until(now: datetime, zone: ZoneInfo) -> datetime:
    """The end of the day, and never less than six hours."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return max(datetime.combine(tomorrow, time(), zone).astimezone(UTC), now + MEND_AT_LEAST)


# --- what is seen and said ---


@dataclass(frozen=True)
class FarewellView:
    """A farewell with names. `contacts` are (name, relation, telephone), for who is in charge, on that day only.

    `needs` is how many requests of theirs still wait to be closed; `may_mend`: the reader may take it back now.
    """

    farewell: Farewell | None
    person: str
    by: str
    may_mend: bool
    undone_by: str | None = None
    contacts: tuple[tuple[str, str, str | None], ...] = ()
    needs: int = 0
    alert_id: int | None = None


@dataclass(frozen=True)
class FarewellAsked(Notice):
    """To whoever says that somebody has died: is it so?"""

    priority = Priority.ANSWER
    person_id: int


@dataclass(frozen=True)
class FarewellCard(Card):
    """To who is in charge: who has died, what was taken back, what is left to do."""

    priority = Priority.ANSWER
    farewell_id: int

    @property
    def subject(self) -> str:
        """The farewell that it shows."""
        return f"farewell:{self.farewell_id}"


@dataclass(frozen=True)
class FarewellNotice(Notice):
    """Something said once about a farewell."""

    priority = Priority.ANSWER
    farewell_id: int


class FarewellTold(FarewellNotice):
    """To companions: one quiet sentence."""


class FarewellUndone(FarewellNotice):
    """To everyone who was told: it was a mistake."""


class FarewellOutcomeAsked(FarewellNotice):
    """To whoever took it back: what was it instead?"""


class FarewellHeard(FarewellNotice):
    """To who is in charge: somebody has written from their telephone."""

    priority = Priority.LIFE


class FarewellQuiet(FarewellNotice):
    """To whoever has written from their telephone: a human hears of it."""
