"""Alerts: somebody must look. The ladder of people who are asked, one rung after the other, and how it ends.

The rules are the promise of docs/guarantees.md: each rung is tried, an alert that was taken on and left is raised again, the
ladder never falls silent, and only a named person's outcome (or a late answer that nobody had taken on) ends it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from functools import lru_cache

from bot.domain.errors import AlertNotSo, AlertTaken
from bot.domain.notices import Card, Notice, Priority
from bot.domain.remarks import Remark
from bot.domain.values import changed

# How long a rung's messages may be tried before the ladder's minutes begin without an acceptance.
TRIES_LAST = timedelta(minutes=2)
AGAIN_EVERY_MINUTES = 20
# Taken on without an arrival time, or past it: so long until it is raised again.
SILENT_AFTER = timedelta(minutes=20)
AFTER_ARRIVAL = timedelta(minutes=15)
# A visit that has begun and not ended: after so long whoever went is asked whether they are well, and has so long to say so.
VISIT_LASTS = timedelta(minutes=30)
VISITOR_ANSWERS_WITHIN = timedelta(minutes=10)


class Cause(StrEnum):
    """Why somebody must look."""

    MISSED = "missed"
    UNVISITED = "unvisited"
    UNOPENED = "unopened"
    WORRY = "worry"
    CALL_ME = "call_me"
    HELP = "help"


class Gravity(IntEnum):
    """How grave a cause is: a graver one starts the ladder anew."""

    LOOK = 1
    WORRY = 2
    HELP = 3


GRAVITY: Mapping[Cause, Gravity] = {
    Cause.MISSED: Gravity.LOOK,
    Cause.UNVISITED: Gravity.LOOK,
    Cause.CALL_ME: Gravity.LOOK,
    Cause.UNOPENED: Gravity.LOOK,
    Cause.WORRY: Gravity.WORRY,
    Cause.HELP: Gravity.HELP,
}
# Causes that an "I'm well" of the person themselves settles, as long as nobody has taken the alert on.
SETTLED_BY_ANSWER = frozenset({Cause.MISSED, Cause.UNVISITED, Cause.UNOPENED})


class AlertState(StrEnum):
    """Where an alert stands."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


class AlertOutcome(StrEnum):
    """What was found."""

    WELL_FORGOT = "well_forgot"
    AWAY = "away"
    TELEPHONE = "telephone"
    ILL = "ill"
    FALLEN = "fallen"
    HOSPITAL = "hospital"
    EMERGENCY = "emergency"
    DECEASED = "deceased"
    OTHER = "other"
    ANSWERED_LATE = "answered_late"


class Reason(StrEnum):
    """What was behind a false alarm, so that the next can be avoided."""

    FORGOT = "forgot"
    SLEPT = "slept"
    SILENT = "silent"
    OUT = "out"
    WRONG_KEY = "wrong_key"
    UNCLEAR = "unclear"
    TECHNICAL = "technical"


# After these nothing was wrong: why did it come to an alarm?
FALSE_ALARMS = frozenset({AlertOutcome.WELL_FORGOT, AlertOutcome.AWAY, AlertOutcome.TELEPHONE})
# These reach who is in charge as news, whoever recorded them.
NEWS = frozenset(
    {
        AlertOutcome.ILL,
        AlertOutcome.FALLEN,
        AlertOutcome.HOSPITAL,
        AlertOutcome.EMERGENCY,
        AlertOutcome.DECEASED,
    }
)


class Whom(StrEnum):
    """Who stands on a rung."""

    DUTY = "duty"
    NEIGHBOUR = "neighbour"
    LEADERS = "leaders"
    COORDINATORS = "coordinators"
    CONTACTS = "contacts"
    STREET = "street"


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: `after_minutes` from the alert's opening."""

    after_minutes: int
    whom: Whom


Ladder = tuple[Rung, ...]
DEFAULT_LADDER: Ladder = (
    Rung(0, Whom.DUTY),
    Rung(5, Whom.NEIGHBOUR),
    Rung(15, Whom.COORDINATORS),
    Rung(25, Whom.CONTACTS),
    Rung(40, Whom.STREET),
)


@lru_cache(maxsize=4096)
def ladder_text(ladder: Ladder) -> str:
    """A ladder as it is kept: "0:duty,5:neighbour"."""
    return ",".join(f"{rung.after_minutes}:{rung.whom.value}" for rung in ladder)


@lru_cache(maxsize=4096)
def parse_ladder(text: str) -> Ladder:
    """The ladder behind its text; ValueError for what is none."""
    pairs = (part.split(":") for part in text.split(",") if part)
    return tuple(Rung(int(minutes), Whom(whom)) for minutes, whom in pairs)


@dataclass(frozen=True)
class Alert:
    """One alert as it stands. `rung` is the next to be tried; `ladder` is a copy, so editing a plan changes no running alert.

    `gap_minutes` lie between the rung tried last and the next.
    `taken_by`, `arrives_at`, `outcome`, `act_at` None: nobody, not said, not ended, nothing happens by itself.
    """

    id: int
    bot_id: int
    person_id: int
    area_id: int
    cause: Cause
    state: AlertState
    opened_at: datetime
    ladder: Ladder
    rung: int = 0
    taken_by: int | None = None
    arrives_at: datetime | None = None
    outcome: AlertOutcome | None = None
    remark: str | None = None
    drill: bool = False
    gap_minutes: int = 0
    act_at: datetime | None = None
    version: int = 0
    arrived_at: datetime | None = None
    checked_at: datetime | None = None
    reason: Reason | None = None

    @property
    def gravity(self) -> Gravity:
        """How grave it is."""
        return GRAVITY[self.cause]

    def tried(self, rung: int, now: datetime) -> "Alert":
        """This rung's messages are on their way; the next one is due two minutes after its minutes, or sooner."""
        gap = self._gap(rung)
        act_at = now + timedelta(minutes=gap) + TRIES_LAST
        return changed(self, rung=self._after(rung), gap_minutes=gap, act_at=act_at)

    def unheard(self, now: datetime) -> "Alert":
        """Nobody stood on any rung that was left: it starts again in twenty minutes."""
        return changed(
            self, rung=self._after(len(self.ladder) - 1), act_at=now + timedelta(minutes=AGAIN_EVERY_MINUTES)
        )

    def accepted(self, now: datetime) -> "Alert":
        """Telegram took the last rung's message: from now on the minutes to the next rung count."""
        if self.state is not AlertState.OPEN or self.act_at is None:
            return self
        return replace(self, act_at=min(self.act_at, now + timedelta(minutes=self.gap_minutes)))

    def held(self, pause: timedelta) -> "Alert":
        """The next rung waits so much longer."""
        if self.act_at is None:
            return self
        return changed(
            self, gap_minutes=self.gap_minutes + int(pause.total_seconds() // 60), act_at=self.act_at + pause
        )

    def take(self, person_id: int, now: datetime) -> "Alert":
        """Somebody looks. Tapping twice changes nothing; AlertTaken when another has it, AlertNotSo when it has ended."""
        self._must_run()
        if self.state is AlertState.TAKEN and self.taken_by is not None:
            if self.taken_by == person_id:
                return self
            raise AlertTaken(self.taken_by)
        return replace(self._cleared(), state=AlertState.TAKEN, taken_by=person_id, act_at=now + SILENT_AFTER)

    def arrive(self, at: datetime) -> "Alert":
        """Whoever has it says when they are there."""
        self._must_be_taken()
        return replace(self, arrives_at=at, act_at=at + AFTER_ARRIVAL)

    def there(self, now: datetime) -> "Alert":
        """Whoever has it is there; saying so again, or that they are well, gives the visit as long again."""
        self._must_be_taken()
        return replace(self, arrived_at=self.arrived_at or now, checked_at=None, act_at=now + VISIT_LASTS)

    def checked(self, now: datetime) -> "Alert":
        """The visit lasts long: whoever went is asked whether they are well themselves."""
        return replace(self, checked_at=now, act_at=now + VISITOR_ANSWERS_WITHIN)

    @property
    def visited(self) -> bool:
        """Whether somebody is there who has not been asked yet how they are."""
        return self.arrived_at is not None and self.checked_at is None

    def handed(self, person_id: int, now: datetime) -> "Alert":
        """Another has taken it over."""
        self._must_be_taken()
        return replace(self._cleared(), state=AlertState.TAKEN, taken_by=person_id, act_at=now + SILENT_AFTER)

    def because(self, reason: Reason) -> "Alert":
        """What was behind a false alarm; the last word stands."""
        if self.outcome not in FALSE_ALARMS:
            raise AlertNotSo
        return replace(self, reason=reason)

    def left(self, now: datetime) -> "Alert":
        """Whoever had it gave it back or went silent: raised again from the first rung."""
        self._must_be_taken()
        return self._raised(now)

    def graver(self, cause: Cause, now: datetime) -> "Alert":
        """A graver signal: the ladder starts anew. One that is not graver joins without a change."""
        self._must_run()
        if GRAVITY[cause] <= self.gravity:
            return self
        return replace(self._raised(now), cause=cause)

    def close(self, outcome: AlertOutcome, remark: str | None) -> "Alert":
        """A named person says what they found."""
        self._must_run()
        return replace(self, state=AlertState.CLOSED, outcome=outcome, remark=remark, act_at=None)

    def answered(self) -> "Alert":
        """The person themselves says that they are well: ends a missed check-in that nobody has taken on, nothing else."""
        if self.state is AlertState.OPEN and self.cause in SETTLED_BY_ANSWER:
            return replace(self, state=AlertState.CLOSED, outcome=AlertOutcome.ANSWERED_LATE, act_at=None)
        return self

    def _raised(self, now: datetime) -> "Alert":
        return replace(self._cleared(), state=AlertState.OPEN, rung=0, act_at=now)

    def _cleared(self) -> "Alert":
        """Nobody has it, nobody is on the way."""
        return replace(self, taken_by=None, arrives_at=None, arrived_at=None, checked_at=None)

    def _must_run(self) -> None:
        if self.state is AlertState.CLOSED:
            raise AlertNotSo

    def _must_be_taken(self) -> None:
        if self.state is not AlertState.TAKEN:
            raise AlertNotSo

    def _gap(self, rung: int) -> int:
        """Minutes from a rung to the next; after the last one twenty."""
        if rung + 1 >= len(self.ladder):
            return AGAIN_EVERY_MINUTES
        return self.ladder[rung + 1].after_minutes - self.ladder[rung].after_minutes

    def _after(self, rung: int) -> int:
        """The next rung; after the last one it starts again from the coordinators."""
        if rung + 1 < len(self.ladder):
            return rung + 1
        return next((place for place, rung in enumerate(self.ladder) if rung.whom is Whom.COORDINATORS), 0)


# --- what is seen and said of alerts ---


@dataclass(frozen=True)
class AlertView:
    """An alert with what its reader may see. `details` only for whoever has it: address, telephones, notes, last answers."""

    alert: Alert
    person: str
    place: str
    taker: str | None
    told: tuple[str, ...]
    mine: bool
    in_charge: bool
    now: datetime
    due_at: datetime | None = None
    joined: tuple[str, ...] = ()
    along: bool = False
    offered: str | None = None
    offered_to_me: bool = False
    last: tuple[tuple[datetime, str], ...] = ()
    others: tuple[tuple[int, str], ...] = ()
    details: "AlertDetails | None" = None
    hidden: bool = False
    # What was added: photos and voice notes (number, kind); what was noted; what the person wrote, only for whoever has it.
    sent: tuple[tuple[int, str], ...] = ()
    notes: tuple[Remark, ...] = ()
    said: tuple[Remark, ...] = ()
    wellbeing: tuple[tuple[str, bool, date], ...] = ()
    where_known: bool = False
    where_asked: bool = False


@dataclass(frozen=True)
class AlertDetails:
    """What whoever goes needs. `contacts` are (name, relation, telephone)."""

    door: str | None
    telephone: str | None
    notes: str | None
    contacts: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True)
class AlertCard(Card):
    """To everyone on the ladder: who must be looked after, why, who goes, what was found."""

    priority = Priority.LIFE
    alert_id: int

    @property
    def subject(self) -> str:
        """The alert that it shows."""
        return f"alert:{self.alert_id}"


@dataclass(frozen=True)
class AlertNotice(Notice):
    """Something said once about an alert."""

    priority = Priority.LIFE
    alert_id: int


class AlertRaisedAgain(AlertNotice):
    """To everyone told before: it was taken on and left, or became graver; please look."""


class AlertTakenOn(AlertNotice):
    """To everyone told before: somebody is going."""

    priority = Priority.ANSWER


class AlertAnsweredLate(AlertNotice):
    """To everyone told before: the person has answered themselves."""

    priority = Priority.ANSWER


class AlertStillYours(AlertNotice):
    """To whoever has it: the person has answered; please record what it was."""


class AlertAskOutcome(AlertNotice):
    """To whoever has it: what did you find?"""


@dataclass(frozen=True)
class RungEmpty(Notice):
    """To coordinators: nobody stands on these rungs ("duty,neighbour"), and what that means."""

    priority = Priority.LIFE
    alert_id: int
    whom: str


@dataclass(frozen=True)
class PleaseRing(Card):
    """To who is in charge, or whoever is on it: these contacts have a telephone only; please ring them."""

    priority = Priority.LIFE
    alert_id: int

    @property
    def subject(self) -> str:
        """The alert, so that the telephones are gone when it has ended."""
        return f"alert:{self.alert_id}"


class AlertNews(AlertNotice):
    """To who is in charge, and to everyone told: what was found."""

    priority = Priority.ANSWER


class AlertReasonAsked(AlertNotice):
    """To whoever recorded a false alarm: what was behind it?"""

    priority = Priority.ANSWER


class VisitorAsked(AlertNotice):
    """To whoever went and has not come back: are you well yourself?"""


class VisitorSilent(AlertNotice):
    """To who is in charge: whoever went does not answer."""


@dataclass(frozen=True)
class HelpIsComing(Notice):
    """To the person who asked for help: who has been told, and the public emergency number."""

    priority = Priority.LIFE
    alert_id: int


@dataclass(frozen=True)
class SomebodyComes(Notice):
    """To the person themselves: who is coming, and when."""

    priority = Priority.ANSWER
    alert_id: int
