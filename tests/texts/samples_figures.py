"""Everything that is said about a month."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.domain.alerts import AlertOutcome, Cause, Reason, Whom
from bot.domain.figures import (
    DayRow,
    DutyTurn,
    ExportView,
    Figures,
    FiguresView,
    Month,
    MonthFigures,
    MonthPicture,
    MonthTable,
    MonthWorkbook,
    Part,
    RaisedAlert,
    Spread,
    Table,
    Tally,
    Visits,
)
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said

MONTH = Month(2026, 3)
QUIET = Figures(Tally(60), (), 0, 0, 0, None, None, (), (), (), Visits(1, 1, 1, 1), 1)


def busy(data: Data) -> Figures:
    """A month with everything in it."""
    outcomes = tuple((outcome.value, at + 1) for at, outcome in enumerate(AlertOutcome))
    causes = tuple((cause.value, at + 1) for at, cause in enumerate(Cause))
    reasons = tuple((reason.value, at + 1) for at, reason in enumerate(Reason))
    took, tally = Spread(3, 12, 240), Tally(59_000, 12, 310, 42, 3, 5, 7)
    days = tuple((day, Tally(1900, 3, 10, at % 4)) for at, day in enumerate(MONTH.days()))
    parts = tuple(Part(number, data.place, tally, 12) for number in range(100, 120))
    visits = Visits(500, 120, 62, 60)
    return Figures(tally, days, 99, 80, 9, took, took, outcomes, causes, reasons, visits, 360, parts, 2, 7300)


def views(data: Data) -> list[FiguresView]:
    """An empty month, a quiet one, a busy one; with and without what lies around it."""
    months = (None, QUIET, busy(data))
    around = ((True, True, 1), (True, False, None), (False, True, None))
    return [FiguresView(MONTH, one, data.place, *beside) for one in months for beside in around]


def months(data: Data) -> Said:
    """Each of them in the chat."""
    return ((MonthFigures(data.number, 202603), view) for view in views(data))


def pictures(data: Data) -> Said:
    """Each of them as a picture."""
    return ((MonthPicture(data.number, 202603), view) for view in views(data))


def exports(data: Data) -> list[ExportView]:
    """A month without anything, and one with every kind of alert."""
    later = NOW + timedelta(minutes=14)
    tried = tuple(whom.value for whom in Whom)
    alerts = tuple(
        RaisedAlert(at, data.number, 1, cause, NOW, NOW, NOW, later, later, later, outcome, reason, tried, 7)
        for at, (cause, outcome, reason) in enumerate(zip(Cause, AlertOutcome, Reason, strict=False))
    )
    bare = RaisedAlert(99, data.number, 2, Cause.HELP, NOW, None, None, None, None, None, None, None)
    days = (DayRow(date(2026, 3, 2), data.place, Tally(9, 1, 2, 3, 4, 5, 6), 7, 8),)
    duty = (DutyTurn(data.number, 1, 1, NOW, later), DutyTurn(data.number, 1, 2, NOW, None))
    places = ((1, data.place), (2, data.place))
    return [
        ExportView(MONTH, data.place, (), (), (), (), NOW),
        ExportView(MONTH, data.place, days, (*alerts, bare), duty, places, later),
    ]


def workbooks(data: Data) -> Said:
    """Each of them as a workbook."""
    return ((MonthWorkbook(data.number, 202603), view) for view in exports(data))


def tables(data: Data) -> Said:
    """Each of them as tables."""
    return ((MonthTable(data.number, 202603, table.value), view) for view in exports(data) for table in Table)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    MonthFigures: months,
    MonthPicture: pictures,
    MonthWorkbook: workbooks,
    MonthTable: tables,
}
FOR_RESIDENTS: tuple[type[Notice], ...] = ()
