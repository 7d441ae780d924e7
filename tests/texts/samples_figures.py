"""Everything that is said about a month."""

from collections.abc import Callable, Mapping

from bot.domain.alerts import AlertOutcome, Reason
from bot.domain.figures import Figures, FiguresView, Month, MonthFigures, Spread
from bot.domain.notices import Notice
from tests.texts.readers import Data, Said


def months(data: Data) -> Said:
    """An empty month, a quiet one, a busy one."""
    month, notice = Month(2026, 3), MonthFigures(data.number, 202603)
    quiet = Figures(60, 0, 0, 0, 0, 0, 0, None, None, (), (), 1, 1, 1)
    outcomes = tuple((outcome.value, at + 1) for at, outcome in enumerate(AlertOutcome))
    reasons = tuple((reason.value, at + 1) for at, reason in enumerate(Reason))
    took = Spread(3, 12, 240)
    busy = Figures(59_000, 310, 42, 7, 99, 80, 9, took, took, outcomes, reasons, 500, 120, 360, 2)
    for figures in (None, quiet, busy):
        for later in (True, False):
            yield notice, FiguresView(month, figures, data.place, True, later)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {MonthFigures: months}
FOR_RESIDENTS: tuple[type[Notice], ...] = ()
