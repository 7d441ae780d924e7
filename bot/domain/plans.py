"""Care plans: who is asked whether they are well, when, by which channel, and how soon silence is an alert.

A slot is local wall time; it becomes an instant for each day anew. A time that the clocks skip moves forward, one that comes
twice is taken the first time (PEP 495: fold=0 does both).
"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.alerts import Ladder
from bot.domain.notices import Card, Notice, Priority

GRACE_MINUTES = 60
NUDGES = (30, 10)
EVERY_DAY, WORKDAYS, WEEKEND = 0b1111111, 0b0011111, 0b1100000
CONSENT_VERSION = 1
# A sign of life so long before the question answers it.
EARLY_MINUTES = 120


# Whoever knocks or rings gets their list so long before the slot.
LIST_MINUTES = 30


class Channel(StrEnum):
    """How somebody is asked."""

    CHAT = "chat"
    CALL = "call"
    KNOCK = "knock"


class PlanState(StrEnum):
    """Where a plan stands."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True)
class Slot:
    """One time of day. `weekdays` is a set of bits, Monday the lowest."""

    minutes: int
    channel: Channel = Channel.CHAT
    weekdays: int = EVERY_DAY

    @property
    def name(self) -> str:
        """ "08:00"."""
        return f"{self.minutes // 60:02}:{self.minutes % 60:02}"

    def on(self, day: date) -> bool:
        """Whether it is asked on that day."""
        return bool(self.weekdays >> day.weekday() & 1)

    def instant(self, day: date, zone: ZoneInfo) -> datetime:
        """The instant of that day's question."""
        local = datetime.combine(day, time(self.minutes // 60, self.minutes % 60), zone)
        return local.astimezone(UTC)


DEFAULT_SLOTS = (Slot(8 * 60), Slot(18 * 60))


def slots_text(slots: tuple[Slot, ...]) -> str:
    """Slots as they are kept: "480:chat:127,1080:chat:127"."""
    return ",".join(f"{slot.minutes}:{slot.channel.value}:{slot.weekdays}" for slot in slots)


@lru_cache(maxsize=4096)
def parse_slots(text: str) -> tuple[Slot, ...]:
    """The slots behind their text; ValueError for what is none."""
    parts = (part.split(":") for part in text.split(",") if part)
    return tuple(Slot(int(minutes), Channel(channel), int(weekdays)) for minutes, channel, weekdays in parts)


@dataclass(frozen=True)
class Occasion:
    """One slot of one local day, and its instant."""

    day: date
    slot: Slot
    at: datetime

    @property
    def opens_at(self) -> datetime:
        """When its check-in is opened: at once in the chat, half an hour ahead where somebody has to go or ring."""
        return self.at if self.slot.channel is Channel.CHAT else self.at - timedelta(minutes=LIST_MINUTES)


@lru_cache(maxsize=4096)
def occasions(slots: tuple[Slot, ...], start: date, zone: ZoneInfo) -> tuple[Occasion, ...]:
    """Every occasion of these slots from the day before `start` to eight days after it, as they open: most plans share theirs."""
    days = (start + timedelta(days=offset) for offset in range(-1, 9))
    listed = (Occasion(day, slot, slot.instant(day, zone)) for day in days for slot in slots if slot.on(day))
    return tuple(sorted(listed, key=_opens_at))


def _opens_at(occasion: Occasion) -> datetime:
    return occasion.opens_at


@dataclass(frozen=True)
class Plan:
    """One person's care plan. `notes` (sealed at rest) help whoever goes; `act_at` is the next question's instant.

    `ladder` empty: the community's holds. A sign of life up to `early_minutes` before a question answers it. `may_enter` says
    whether somebody may come in when they do not answer; None: not asked yet. `neighbour_id` is the neighbour who agreed to
    look, `neighbour_asked` one who was asked and has not answered.
    """

    id: int
    bot_id: int
    person_id: int
    area_id: int
    state: PlanState
    slots: tuple[Slot, ...] = DEFAULT_SLOTS
    grace_minutes: int = GRACE_MINUTES
    nudges: tuple[int, ...] = NUDGES
    ladder: Ladder = ()
    notes: str | None = None
    neighbour_id: int | None = None
    paused_until: datetime | None = None
    pause_reason: str | None = None
    act_at: datetime | None = None
    version: int = 0
    early_minutes: int = EARLY_MINUTES
    may_enter: bool | None = None
    neighbour_asked: int | None = None

    def next_after(self, instant: datetime, zone: ZoneInfo) -> Occasion | None:
        """The first slot that opens after an instant; None when there is none in the next eight days."""
        listed = self._occasions(instant, zone)
        place = bisect_right(listed, instant, key=_opens_at)
        return listed[place] if place < len(listed) else None

    def _occasions(self, instant: datetime, zone: ZoneInfo) -> tuple[Occasion, ...]:
        """Every slot from the day before an instant to eight days after it."""
        return occasions(self.slots, instant.astimezone(zone).date(), zone)

    def due_occasions(self, now: datetime, zone: ZoneInfo) -> list[Occasion]:
        """Every slot that opened from `act_at` up to now, oldest first: more than one after the program was down."""
        found: list[Occasion] = []
        if self.act_at is None:
            return found
        after = self.act_at - timedelta(seconds=1)
        while (coming := self.next_after(after, zone)) is not None and coming.opens_at <= now and len(found) < 60:
            after = coming.opens_at
            # A question in the chat and a later visit may open at one instant.
            found += [one for one in self._occasions(after, zone) if one.opens_at == after]
        return found

    def asks_at(self, zone: ZoneInfo) -> datetime | None:
        """When the next question is asked; None: nothing will happen by itself."""
        coming = None if self.act_at is None else self.next_after(self.act_at - timedelta(seconds=1), zone)
        return coming.at if coming else self.act_at

    def activate(self, now: datetime, zone: ZoneInfo) -> "Plan":
        """Questions begin with the next slot; a visit whose list is made already is put onto it."""
        coming = [one.opens_at for one in self._occasions(now, zone) if one.at > now]
        act_at = min(coming, default=None)
        return replace(self, state=PlanState.ACTIVE, paused_until=None, pause_reason=None, act_at=act_at)

    def pause(self, until: datetime, reason: str) -> "Plan":
        """Nobody is asked until then."""
        return replace(self, state=PlanState.PAUSED, paused_until=until, pause_reason=reason, act_at=until)

    def end(self) -> "Plan":
        """Nobody is asked any more."""
        return replace(self, state=PlanState.ENDED, act_at=None)


# --- what is seen and said of plans ---


@dataclass(frozen=True)
class PlanView:
    """A plan with names. `contacts` are (name, relation); `last` are (when, state) of the last check-ins, newest first."""

    plan: Plan
    person: str
    place: str
    about_me: bool
    contacts: tuple[tuple[str, str], ...]
    last: tuple[tuple[datetime, str], ...]
    now: datetime
    # Whether one more question is asked each morning, and the last answers to it: (topic, good, day).
    second: bool = False
    wellbeing: tuple[tuple[str, bool, date], ...] = ()
    # Since when they are in hospital, or home from it; None: they are not, or that is long ago.
    hospital_since: datetime | None = None
    home_since: datetime | None = None
    # Which of the last check-ins family has answered: (when it was asked, name, relation).
    proxies: tuple[tuple[datetime, str, str], ...] = ()
    # Contacts who do not want to be told: (name, relation, why).
    silent: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class PlansView:
    """A page of people where the reader is in charge: (number of the plan or the person, name, the plan's state)."""

    rows: tuple[tuple[int, str, PlanState], ...]
    offset: int
    has_more: bool
    # The places that the reader coordinates: (number, name).
    places: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class CareList(Notice):
    """Who is cared for here."""

    priority = Priority.ANSWER
    offset: int = 0


@dataclass(frozen=True)
class CareCandidates(Notice):
    """Residents who have no plan yet, to choose from."""

    priority = Priority.ANSWER
    offset: int = 0


@dataclass(frozen=True)
class PlanCard(Card):
    """To a coordinator: one care plan, with what can be changed."""

    priority = Priority.ANSWER
    plan_id: int

    @property
    def subject(self) -> str:
        """The plan that it shows."""
        return f"plan:{self.plan_id}"


@dataclass(frozen=True)
class ConsentCard(Card):
    """To a resident: would you like to be asked twice a day whether you are well?"""

    priority = Priority.ANSWER
    plan_id: int

    @property
    def subject(self) -> str:
        """The plan that it asks about."""
        return f"plan:{self.plan_id}"


@dataclass(frozen=True)
class PlanStarted(Notice):
    """To the coordinator who proposed it, and to the resident: it begins."""

    plan_id: int


@dataclass(frozen=True)
class PlanDeclined(Notice):
    """To the coordinator who proposed it: the resident would rather not."""

    plan_id: int


@dataclass(frozen=True)
class AskContactOf(Notice):
    """Who is to be told when this person does not answer?"""

    priority = Priority.ANSWER
    plan_id: int


@dataclass(frozen=True)
class AskNotesOf(Notice):
    """What helps whoever goes?"""

    priority = Priority.ANSWER
    plan_id: int
