"""A person's history: how they answered, what alerts there were and who went, how they were, when they were away."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from bot.domain.absences import Absence
from bot.domain.alerts import Alert
from bot.domain.checkins import FINE, CheckIn, CheckInAnswer, CheckInState
from bot.domain.figures import Month
from bot.domain.notices import Card, Notice, Priority
from bot.domain.plans import Channel, PlansView

# So far back may be turned.
PAGES_AT_MOST = 500


class Chapter(IntEnum):
    """What of a history is shown."""

    MONTH = 0
    CHECK_INS = 1
    ALERTS = 2
    REST = 3


class Sign(StrEnum):
    """What became of one check-in, at a glance."""

    CHAT = "chat"
    CALL = "call"
    KNOCK = "knock"
    LATE = "late"
    MISSED = "missed"
    UNHEARD = "unheard"
    CALLING = "calling"
    WAITING = "waiting"
    EXCUSED = "excused"
    NOT_ASKED = "not_asked"
    ALERT = "alert"
    AWAY = "away"


ANSWERED = {Channel.CHAT: Sign.CHAT, Channel.CALL: Sign.CALL, Channel.KNOCK: Sign.KNOCK}
OTHERS = {
    CheckInState.ASKED: Sign.WAITING,
    CheckInState.EXCUSED: Sign.EXCUSED,
    CheckInState.NOT_ASKED: Sign.NOT_ASKED,
}


def sign_of(checkin: CheckIn, *, unheard: bool) -> Sign:
    """What became of it; `unheard`: it was answered with something that nobody has opened yet."""
    if unheard and checkin.answer is CheckInAnswer.SIGN:
        return Sign.UNHEARD
    if checkin.state is CheckInState.ALERT:
        return Sign.MISSED if checkin.answered_at is None else Sign.LATE
    if checkin.state is CheckInState.ANSWERED:
        return ANSWERED[checkin.channel] if checkin.answer in FINE else Sign.CALLING
    return OTHERS[checkin.state]


@dataclass(frozen=True)
class DayGlance:
    """One day: the signs of its check-ins, in their order, then those of alerts and absences."""

    day: date
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class PastCheckIn:
    """A check-in with who answered it: None the person themselves, or nobody."""

    checkin: CheckIn
    sign: Sign
    by: str | None


@dataclass(frozen=True)
class PastAlert:
    """An alert with who went first and who recorded what it was. None: nobody, or it has not happened."""

    alert: Alert
    taker: str | None
    taken_at: datetime | None
    closer: str | None
    ended_at: datetime | None


@dataclass(frozen=True)
class HistoryView:
    """One page of a person's history. `page` 0 is the newest; `month` is the one at a glance."""

    person: str
    place: str
    page: int
    has_more: bool
    month: Month
    now: datetime
    days: tuple[DayGlance, ...] = ()
    checkins: tuple[PastCheckIn, ...] = ()
    alerts: tuple[PastAlert, ...] = ()
    wellbeing: tuple[tuple[str, bool, date], ...] = ()
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True)
class PersonHistory(Card):
    """To a coordinator: a chapter of one person's history, and which page of it."""

    priority = Priority.ANSWER
    plan_id: int
    chapter: int
    page: int

    @property
    def subject(self) -> str:
        """The person's plan: every page is shown in the same message."""
        return f"history:{self.plan_id}"


@dataclass(frozen=True)
class HistoryList(Notice):
    """Whose history?"""

    priority = Priority.ANSWER
    offset: int = 0


HistoriesView = PlansView
