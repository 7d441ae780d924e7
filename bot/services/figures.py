"""What a month came to, counted for whoever is in charge."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.domain.access import Action, allowed, require
from bot.domain.errors import ButtonInvalid
from bot.domain.figures import (
    ILL_OR_INJURED,
    MONTHS_BACK,
    DayRow,
    DutyTurn,
    Figures,
    Month,
    MonthPicture,
    MonthTable,
    MonthWorkbook,
    Part,
    RaisedAlert,
    Table,
    Tally,
    spread,
    total,
)
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.storage import areas, drills, figures, history, visits
from bot.storage.database import Transaction
from bot.storage.history import Event

Tallies = dict[tuple[date, int, int], Tally]


def require_see(tx: Transaction, actor: Actor, area_id: int) -> None:
    """NotAllowed unless this person is in charge of the place."""
    require(Action.TODAY_SEE, actor, areas.line(tx, area_id))


def above(tx: Transaction, actor: Actor, area_id: int) -> int | None:
    """The place above this one, if the same person may see that too."""
    parent = areas.get(tx, area_id).parent_id
    return parent if parent is not None and allowed(Action.TODAY_SEE, actor, areas.line(tx, parent)) else None


def this_month(home: Home, now: datetime) -> Month:
    """The month here and now."""
    local = now.astimezone(home.timezone)
    return Month(local.year, local.month)


def today(home: Home, now: datetime) -> date:
    """The day here and now."""
    return now.astimezone(home.timezone).date()


def month_of(number: int, home: Home, now: datetime) -> Month:
    """The month behind 202611; ButtonInvalid for one that is to come, or longer ago than two years."""
    year, month = divmod(number, 100)
    if not 1 <= month <= 12 or not 0 <= Month(year, month).months_to(this_month(home, now)) <= MONTHS_BACK:
        raise ButtonInvalid
    return Month(year, month)


def count(tx: Transaction, home: Home, area_id: int, month: Month, *, now: datetime) -> Figures:
    """The month's figures of a place and all below it."""
    since, until = month.span(home.timezone)
    first, last = month.first().isoformat(), month.after().first().isoformat()
    asked = figures.tallies(tx, area_id, month.days())
    raised = figures.alerts(tx, area_id, since, until)
    told = [one for one in raised if one.told_at is not None]
    return Figures(
        tally=total(asked.values()),
        days=_days(asked),
        alerts=len(raised),
        activations=len(told),
        ill_or_injured=sum(one.outcome in ILL_OR_INJURED for one in told),
        to_human=spread(_known(one.seconds_to(one.taken_at) for one in raised)),
        to_outcome=spread(_known(one.seconds_to(one.ended_at) for one in raised)),
        outcomes=_most(one.outcome and one.outcome.value for one in raised),
        causes=_most(one.cause.value for one in raised),
        reasons=_most(one.reason and one.reason.value for one in raised),
        visits=figures.visits(tx, area_id, first, last),
        duty_hours=_hours(figures.duty_turns(tx, area_id, since, until), min(until, now)),
        parts=_parts(tx, area_id, asked, raised),
        drills=drills.count(tx, area_id, since, until),
        help_minutes=visits.minutes_in(tx, area_id, since, until),
    )


def _days(asked: Tallies) -> tuple[tuple[date, Tally], ...]:
    found: dict[date, Tally] = {}
    for (day, _, _), tally in asked.items():
        found[day] = found.get(day, Tally()) + tally
    return tuple(sorted(found.items()))


def _known(found: Iterable[int | None]) -> list[int]:
    return [one for one in found if one is not None]


def _most(names: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(name for name in names if name).most_common())


def _hours(turns: Iterable[DutyTurn], until: datetime) -> int:
    """Whole hours on duty; whoever is on duty still, until now."""
    return round(sum(((one.until_at or until) - one.from_at).total_seconds() for one in turns) / 3600)


def _parts(tx: Transaction, area_id: int, asked: Tallies, raised: list[RaisedAlert]) -> tuple[Part, ...]:
    """The places right below, each for itself; none where there are not several."""
    child_of = figures.parts_of(tx, area_id)
    tallies: dict[int, Tally] = {}
    for (_, _, part), tally in asked.items():
        tallies[part] = tallies.get(part, Tally()) + tally
    alerts = Counter(child_of.get(one.area_id, area_id) for one in raised)
    found = sorted({*tallies, *alerts})
    if len(found) < 2:
        return ()
    return tuple(Part(one, areas.get(tx, one).name, tallies.get(one, Tally()), alerts[one]) for one in found)


# --- as files ---

Files = tuple[MonthPicture | MonthWorkbook | MonthTable, ...]


def picture(tx: Transaction, actor: Actor, home: Home, area_id: int, number: int, *, now: datetime) -> Files:
    """The month as a picture."""
    _order(tx, actor, home, area_id, number, "picture", now=now)
    return (MonthPicture(area_id, number),)


def workbook(tx: Transaction, actor: Actor, home: Home, area_id: int, number: int, *, now: datetime) -> Files:
    """The month as a workbook."""
    _order(tx, actor, home, area_id, number, "workbook", now=now)
    return (MonthWorkbook(area_id, number),)


def tables(tx: Transaction, actor: Actor, home: Home, area_id: int, number: int, *, now: datetime) -> Files:
    """The month as a file for each table."""
    _order(tx, actor, home, area_id, number, "tables", now=now)
    return tuple(MonthTable(area_id, number, table.value) for table in Table)


def _order(tx: Transaction, actor: Actor, home: Home, area_id: int, number: int, what: str, *, now: datetime) -> None:
    """Whoever is in charge gets it, and that they did is written down."""
    require_see(tx, actor, area_id)
    month_of(number, home, now)
    history.write(tx, Event(now, actor.id, f"month:{area_id}", f"{what} sent", after=str(number)))


def alerts_of(tx: Transaction, home: Home, area_id: int, month: Month) -> tuple[RaisedAlert, ...]:
    """Every alert of the month, with whom its ladder tried."""
    since, until = month.span(home.timezone)
    tried = figures.rungs(tx, area_id, since, until)
    return tuple(
        replace(
            one,
            rungs=tuple(rung for rungs, _ in tried.get(one.id, ()) for rung in rungs.split(",") if rung),
            reached=sum(reached for _, reached in tried.get(one.id, ())),
        )
        for one in figures.alerts(tx, area_id, since, until)
    )


def day_rows(tx: Transaction, area_id: int, month: Month) -> tuple[DayRow, ...]:
    """Each day of each of the places right below on which somebody was asked or visited."""
    first, last = month.first().isoformat(), month.after().first().isoformat()
    visited = figures.visits_by_day(tx, area_id, first, last)
    tallies: dict[tuple[date, int], Tally] = {}
    for (day, _, part), tally in figures.tallies(tx, area_id, month.days()).items():
        tallies[day, part] = tallies.get((day, part), Tally()) + tally
    names = {part: areas.get(tx, part).name for part in {part for _, part in (*tallies, *visited)}}
    return tuple(
        DayRow(day, names[part], tallies.get((day, part), Tally()), *visited.get((day, part), (0, 0)))
        for day, part in sorted({*tallies, *visited})
    )


def places_of(tx: Transaction, area_id: int, named: Iterable[int]) -> tuple[tuple[int, str], ...]:
    """What is written for each of these places: the one right below that it lies in, for a house and a day point at somebody."""
    child_of = figures.parts_of(tx, area_id)
    return tuple((one, areas.get(tx, child_of.get(one, area_id)).name) for one in sorted(set(named)))


def duty_of(tx: Transaction, home: Home, area_id: int, month: Month) -> tuple[DutyTurn, ...]:
    """Every turn on duty of the month."""
    since, until = month.span(home.timezone)
    return tuple(figures.duty_turns(tx, area_id, since, until))
