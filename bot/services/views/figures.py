"""What is seen of a month."""

from collections.abc import Callable, Mapping

from bot.domain.figures import (
    MONTHS_BACK,
    ExportView,
    FiguresView,
    Month,
    MonthFigures,
    MonthPicture,
    MonthTable,
    MonthWorkbook,
)
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.services import figures as decisions
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import persons
from bot.storage.database import Transaction


def month(tx: Transaction, notice: MonthFigures | MonthPicture, look: Look) -> FiguresView:
    """A month of a place, counted as it stands now, for whoever is in charge now."""
    reader, shown = _reader(tx, notice, look)
    back = shown.months_to(decisions.this_month(look.home, look.now))
    return FiguresView(
        month=shown,
        figures=decisions.count(tx, look.home, notice.area_id, shown, now=look.now),
        place=place_name(tx, notice.area_id),
        earlier=back < MONTHS_BACK,
        later=back > 0,
        above=decisions.above(tx, reader, notice.area_id),
    )


def export(tx: Transaction, notice: MonthWorkbook | MonthTable, look: Look) -> ExportView:
    """Everything that is exported of a month, for whoever is in charge now."""
    _, shown = _reader(tx, notice, look)
    alerts = decisions.alerts_of(tx, look.home, notice.area_id, shown)
    duty = decisions.duty_of(tx, look.home, notice.area_id, shown)
    named = [*(one.area_id for one in alerts), *(one.area_id for one in duty)]
    return ExportView(
        month=shown,
        place=place_name(tx, notice.area_id),
        days=decisions.day_rows(tx, notice.area_id, shown),
        alerts=alerts,
        duty=duty,
        places=decisions.places_of(tx, notice.area_id, named),
        now=look.now,
    )


def _reader(
    tx: Transaction, notice: MonthFigures | MonthPicture | MonthWorkbook | MonthTable, look: Look
) -> tuple[Actor, Month]:
    if look.person_id is None:
        raise LookupError("figures are read by a person")
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    decisions.require_see(tx, reader, notice.area_id)
    return reader, decisions.month_of(notice.month, look.home, look.now)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    MonthFigures: month,
    MonthPicture: month,
    MonthWorkbook: export,
    MonthTable: export,
}
