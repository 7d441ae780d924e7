"""A month as tables: days by place, alerts, turns on duty. People stand in them by number, never by name."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.alerts import Whom
from bot.domain.figures import (
    DayRow,
    DutyTurn,
    ExportView,
    MonthTable,
    MonthWorkbook,
    RaisedAlert,
    Sheet,
    Table,
    Workbook,
)
from bot.texts.alerts import cause_label, outcome_name, reason_name
from bot.texts.figures.parts import month_name
from bot.texts.message import Document
from bot.texts.words import Html, Words, plain


def workbook(notice: MonthWorkbook, view: ExportView, words: Words) -> Document:
    """All tables in one file."""
    caption = words.say(
        "📗 {month} in {place}. People stand in it by number, not by name.",
        month=month_name(view.month, words),
        place=view.place,
    )
    book = Workbook(tuple(_sheet(table, view, words) for table in Table))
    return Document(caption, name=f"{_stem(view)}.xlsx", paper=book)


def table(notice: MonthTable, view: ExportView, words: Words) -> Document:
    """One table in one file."""
    which = Table(notice.table)
    caption = words.say(
        "📄 {table}, {month} in {place}. People stand in it by number, not by name.",
        table=table_name(which, words),
        month=month_name(view.month, words),
        place=view.place,
    )
    return Document(caption, name=f"{_stem(view)}-{which.value}.csv", paper=_sheet(which, view, words))


def _stem(view: ExportView) -> str:
    return f"{view.month.year}-{view.month.month:02}"


def table_name(which: Table, words: Words) -> Html:
    """What a table is called."""
    names = {
        Table.DAYS: words.say("Days"),
        Table.ALERTS: words.say("Alerts"),
        Table.DUTY: words.say("Duty"),
    }
    return names[which]


def _sheet(which: Table, view: ExportView, words: Words) -> Sheet:
    makers = {Table.DAYS: _days, Table.ALERTS: _alerts, Table.DUTY: _duty}
    return makers[which](view, words)


def _headed(*words: Html) -> tuple[str, ...]:
    return tuple(plain(word) for word in words)


def _days(view: ExportView, words: Words) -> Sheet:
    header = _headed(
        words.say("Day"),
        words.say("Place"),
        words.say("Asked"),
        words.say("Answered in time"),
        words.say("of these: asked for somebody"),
        words.say("Late"),
        words.say("Missed"),
        words.say("Waiting to be heard"),
        words.say("Not answered yet"),
        words.say("Not asked"),
        words.say("Doors knocked at"),
        words.say("People rung"),
    )
    return Sheet(plain(table_name(Table.DAYS, words)), header, tuple(_day(row) for row in view.days))


def _day(row: DayRow) -> tuple[str | int, ...]:
    tally = row.tally
    counted = (tally.asked, tally.in_time, tally.calling, tally.late, tally.missed, tally.unheard, tally.waiting)
    return (row.day.isoformat(), row.place, *counted, tally.not_asked, row.knocked, row.rung)


def _alerts(view: ExportView, words: Words) -> Sheet:
    header = _headed(
        words.say("Alert"),
        words.say("Place"),
        words.say("Person's number"),
        words.say("Why"),
        words.say("Due"),
        words.say("Opened"),
        words.say("First told"),
        words.say("Somebody went"),
        words.say("There"),
        words.say("Ended"),
        words.say("Minutes until somebody went"),
        words.say("Minutes until it was known"),
        words.say("Who was asked, in order"),
        words.say("People reached"),
        words.say("What was found"),
        words.say("Behind the false alarm"),
    )
    places = dict(view.places)
    rows = tuple(_alert(one, places, words) for one in view.alerts)
    return Sheet(plain(table_name(Table.ALERTS, words)), header, rows)


def _alert(one: RaisedAlert, places: Mapping[int, str], words: Words) -> tuple[str | int | None, ...]:
    moments = (one.due_at, one.opened_at, one.told_at, one.taken_at, one.arrived_at, one.ended_at)
    return (
        one.id,
        places.get(one.area_id, ""),
        one.person_id,
        plain(cause_label(one.cause, words)),
        *(_moment(at, words) for at in moments),
        _minutes(one.seconds_to(one.taken_at)),
        _minutes(one.seconds_to(one.ended_at)),
        " → ".join(plain(_whom(rung, words)) for rung in one.rungs),
        one.reached,
        plain(outcome_name(one.outcome, words)) if one.outcome else None,
        plain(reason_name(one.reason, words)) if one.reason else None,
    )


def _whom(rung: str, words: Words) -> str:
    """Who stands on a rung, as the printed sheet names them."""
    names: Mapping[str, Html] = {
        Whom.DUTY: words.say("whoever is on duty"),
        Whom.NEIGHBOUR: words.say("the chosen neighbour"),
        Whom.LEADERS: words.say("the team leaders"),
        Whom.COORDINATORS: words.say("the coordinators"),
        Whom.CONTACTS: words.say("the emergency contacts"),
        Whom.STREET: words.say("the street's coordinators"),
    }
    return names.get(rung, rung)


def _duty(view: ExportView, words: Words) -> Sheet:
    header = _headed(
        words.say("Place"),
        words.say("Line"),
        words.say("Person's number"),
        words.say("From"),
        words.say("Until"),
        words.say("Hours"),
    )
    places = dict(view.places)
    rows = tuple(_turn(one, places, view.now, words) for one in view.duty)
    return Sheet(plain(table_name(Table.DUTY, words)), header, rows)


def _turn(
    one: DutyTurn, places: Mapping[int, str], now: datetime, words: Words
) -> tuple[str | int | float | None, ...]:
    hours = ((one.until_at or now) - one.from_at).total_seconds() / 3600
    named = (places.get(one.area_id, ""), one.line, one.person_id)
    return (*named, _moment(one.from_at, words), _moment(one.until_at, words), round(hours, 2))


def _moment(at: datetime | None, words: Words) -> str | None:
    """A moment here, as programs and people read it."""
    return None if at is None else at.astimezone(words.home.timezone).strftime("%Y-%m-%d %H:%M")


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else round(seconds / 60)
