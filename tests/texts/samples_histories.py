"""Everything that is said of a person's history."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.domain.absences import Absence, AbsenceReason
from bot.domain.alerts import DEFAULT_LADDER, Alert, AlertOutcome, AlertState, Cause, Reason
from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInState
from bot.domain.figures import Month
from bot.domain.histories import (
    Chapter,
    DayGlance,
    HistoryList,
    HistoryView,
    PastAlert,
    PastCheckIn,
    PersonHistory,
    Sign,
    sign_of,
)
from bot.domain.notices import Notice
from bot.domain.plans import Channel, PlanState, PlansView
from bot.domain.wellbeing import Topic
from tests.texts.readers import NOW, Data, Said

MONTH = Month(2026, 3)


def checkin(state: CheckInState, channel: Channel, answer: CheckInAnswer | None) -> CheckIn:
    """One of a person's check-ins."""
    due = NOW + timedelta(hours=1)
    at = due + timedelta(minutes=12) if state is CheckInState.ALERT else NOW + timedelta(minutes=5)
    asked = CheckIn(1, 1, 7, 1, date(2026, 3, 2), 480, channel, state, NOW, due, ())
    return asked if answer is None else CheckIn(**{**vars(asked), "answer": answer, "answered_at": at})


def pages(data: Data) -> Said:
    """Each chapter with nothing in it, and with everything."""
    plain = HistoryView(data.resident, data.place, 0, False, MONTH, NOW)
    for chapter in Chapter:
        yield PersonHistory(data.number, chapter, 0), plain
    yield from ((PersonHistory(data.number, chapter, 2), view) for chapter, view in full(data))


def full(data: Data) -> list[tuple[Chapter, HistoryView]]:
    """Each chapter as long as it gets."""
    about = (data.resident, data.place, 2, True, MONTH, NOW)
    days = tuple(DayGlance(day, tuple(Sign)) for day in reversed(MONTH.days()))
    said = [checkin(CheckInState.ANSWERED, Channel.CHAT, answer) for answer in CheckInAnswer]
    open_ = [checkin(state, Channel.KNOCK, None) for state in CheckInState if state is not CheckInState.ANSWERED]
    late = checkin(CheckInState.ALERT, Channel.CALL, CheckInAnswer.WELL)
    asked = tuple(PastCheckIn(one, sign_of(one, unheard=True), data.helper) for one in (*said, *open_, late))
    later = NOW + timedelta(minutes=14)
    alerts = tuple(
        PastAlert(alert(data, cause, outcome, reason), data.helper, later, data.owner, later)
        for cause, outcome, reason in zip(Cause, AlertOutcome, Reason, strict=False)
    )[:4]
    running = PastAlert(alert(data, Cause.HELP, None, None), None, None, None, None)
    wellbeing = tuple((topic.value, good, date(2026, 3, 2)) for topic in Topic for good in (True, False))
    absences = tuple(Absence(1, 1, 7, 1, reason, 2, NOW, later, ended_at=later) for reason in AbsenceReason)
    away = Absence(1, 1, 7, 1, AbsenceReason.FAMILY, 2, NOW, later)
    return [
        (Chapter.MONTH, HistoryView(*about, days=days)),
        (Chapter.CHECK_INS, HistoryView(*about, checkins=asked)),
        (Chapter.ALERTS, HistoryView(*about, alerts=(*alerts, running))),
        (Chapter.REST, HistoryView(*about, wellbeing=wellbeing, absences=(*absences, away))),
    ]


def alert(data: Data, cause: Cause, outcome: AlertOutcome | None, reason: Reason | None) -> Alert:
    """One alert, ended so; None: still open."""
    state = AlertState.OPEN if outcome is None else AlertState.CLOSED
    remark = None if outcome is None else data.text
    made = Alert(1, 1, 7, 1, cause, state, NOW, DEFAULT_LADDER, outcome=outcome, remark=remark)
    return Alert(**{**vars(made), "reason": reason})


def lists(data: Data) -> Said:
    """Nobody, and more than one page."""
    rows = tuple((number, data.resident, PlanState.ACTIVE) for number in range(1, 9))
    yield HistoryList(), PlansView((), 0, False)
    yield HistoryList(), PlansView(rows, 0, True)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {PersonHistory: pages, HistoryList: lists}
