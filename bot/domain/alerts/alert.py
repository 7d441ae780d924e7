"""Alerts: somebody must look. The ladder of people who are asked, one rung after the other, and how it ends.

The rules are the promise of docs/guarantees.md: each rung is tried, an alert that was taken on and left is raised again, the
ladder never falls silent, and only a named person's outcome (or a late answer that nobody had taken on) ends it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from bot.domain.alerts.ladder import Ladder, Whom
from bot.domain.errors import AlertNotSo, AlertTaken
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
    UNREACHED = "unreached"
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
    Cause.UNREACHED: Gravity.WORRY,
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
# These reach who is in charge as news, whoever recorded them; of a death they hear by a farewell.
NEWS = frozenset(
    {
        AlertOutcome.ILL,
        AlertOutcome.FALLEN,
        AlertOutcome.HOSPITAL,
        AlertOutcome.EMERGENCY,
    }
)


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

    def corrected(self, outcome: AlertOutcome) -> "Alert":
        """What was recorded was a mistake. AlertNotSo while it runs."""
        if self.state is not AlertState.CLOSED:
            raise AlertNotSo
        return replace(self, outcome=outcome, reason=None)

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
