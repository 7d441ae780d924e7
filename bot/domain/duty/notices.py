"""What is said of the duty rota, and what its cards show."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.duty.rota import Hours, Leave, Planned
from bot.domain.duty.watch import Watch
from bot.domain.notices import Card, Notice, Priority


@dataclass(frozen=True)
class AreaNotice(Notice):
    """Something said to whoever just asked about the rota of a place."""

    priority = Priority.ANSWER
    area_id: int


@dataclass(frozen=True)
class DutyList(AreaNotice):
    """Who is on duty here, a week from `week` weeks on."""

    week: int = 0


@dataclass(frozen=True)
class DutyHelpers(AreaNotice):
    """Who could be on duty on this line? From `offset` on. `hours` 0: each week; else on that day at those hours."""

    line: int = 1
    offset: int = 0
    hours: int = 0


@dataclass(frozen=True)
class DutyHours(AreaNotice):
    """When is this person on duty? Hours first, then weekdays; `single` 1: one weekday each."""

    person_id: int
    line: int
    hours: int = 0
    single: int = 0


@dataclass(frozen=True)
class DutyShifts(AreaNotice):
    """The weekly shifts, to be ended or put in another order. From `offset` on."""

    offset: int = 0


@dataclass(frozen=True)
class DutyDay(AreaNotice):
    """One day, to be made different. Its keys from `offset` on."""

    day: str
    offset: int = 0


@dataclass(frozen=True)
class DutyDays(AreaNotice):
    """Which day is different? From so many days ahead on."""

    offset: int = 0


@dataclass(frozen=True)
class DutyExtra(AreaNotice):
    """Somebody more on one day: at which hours?"""

    day: str


class DutyAskHours(AreaNotice):
    """From when to when? Please write it."""


class DutyCovered(AreaNotice):
    """Which hours of the day must be covered?"""


class DutyGiven(AreaNotice):
    """To a volunteer: you are on duty at these times from now on."""

    priority = Priority.REST


class DutyBell(AreaNotice):
    """To somebody on duty, once: how the bot rings through a silenced telephone."""

    priority = Priority.REST


@dataclass(frozen=True)
class DutyMine(Notice):
    """My own turns, and what I can do about them."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class DutyLeaveAsked(Notice):
    """From when to when are you away?"""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class DutyGaps(Notice):
    """To who is in charge: nobody is on duty at these hours of these days (":"-separated dates)."""

    priority = Priority.CHECK_IN
    area_id: int
    days: str


@dataclass(frozen=True)
class DutyAway(Notice):
    """To who is in charge: somebody is away from one day to another."""

    priority = Priority.CHECK_IN
    area_id: int
    person_id: int
    first: str
    last: str


@dataclass(frozen=True)
class DutyWanted(Notice):
    """To volunteers: who can be on duty then? `instead_of` 0: nobody is planned."""

    priority = Priority.OFFER
    area_id: int
    hours: int
    instead_of: int = 0

    @property
    def piece(self) -> Planned:
        """The piece of the rota that is asked for."""
        return Hours.of(self.hours).piece()


@dataclass(frozen=True)
class WatchCard(Card):
    """To whoever's turn it is: please say that you are there; and how it stands."""

    priority = Priority.CHECK_IN
    watch_id: int

    @property
    def subject(self) -> str:
        """The watch that it shows."""
        return f"watch:{self.watch_id}"


@dataclass(frozen=True)
class WatchPassed(Notice):
    """To who is in charge: somebody did not answer at the beginning of their duty; who was asked next."""

    priority = Priority.CHECK_IN
    watch_id: int
    person_id: int


@dataclass(frozen=True)
class WatchEmpty(Notice):
    """To who is in charge: nobody is on duty now; alerts go to the next rungs at once."""

    priority = Priority.LIFE
    watch_id: int


# --- what is seen ---


@dataclass(frozen=True)
class DutyView:
    """The rota of a place, a week of it. `names` are everybody's in it; `could` are (number, name) of a page of helpers.

    `in_charge`: the reader plans it. `hours` must be covered; `gaps` are (day, starts, ends). `took`: what a question about a day
    has become: the name of who does it (None: nobody yet).
    """

    area_id: int
    place: str
    now: datetime
    in_charge: bool
    on_now: tuple[str, ...] = ()
    week: int = 0
    planned: tuple[Planned, ...] = ()
    gaps: tuple[tuple[date, int, int], ...] = ()
    shifts: tuple[tuple[int, str, int, int, int, int], ...] = ()
    lines: int = 1
    hours: tuple[int, int] = (0, 0)
    could: tuple[tuple[int, str], ...] = ()
    has_more: bool = False
    names: tuple[tuple[int, str], ...] = ()
    took: str | None = None
    changed: bool = False
    # Who has not said that their telephone rings; the usual hours for somebody more on a day; whether the reader may be on duty.
    silent: tuple[str, ...] = ()
    extra: tuple[Hours, ...] = ()
    may_take: bool = True

    def name(self, person_id: int) -> str:
        """What somebody is called."""
        return dict(self.names).get(person_id, "—")


@dataclass(frozen=True)
class MineView:
    """The reader's own turns by place: (area id, place, turns), and when they are away."""

    person_id: int
    turns: tuple[tuple[int, str, tuple[Planned, ...]], ...]
    leaves: tuple[Leave, ...]
    now: datetime


@dataclass(frozen=True)
class WatchView:
    """A watch with names. `mine`: the reader has it or is asked; `alerts` and `lists` are open where it is."""

    watch: Watch
    place: str
    holder: str | None
    person: str | None
    reader_id: int | None
    alerts: int
    lists: int
    now: datetime
