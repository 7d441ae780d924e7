"""What is seen of a month."""

from collections.abc import Callable, Mapping

from bot.domain.figures import FiguresView, MonthFigures
from bot.domain.notices import Notice
from bot.services import figures as decisions
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import persons
from bot.storage.database import Transaction


def month(tx: Transaction, notice: MonthFigures, look: Look) -> FiguresView:
    """A month of a place, counted as it stands now, for whoever is in charge now."""
    if look.person_id is None:
        raise LookupError("figures are read by a person")
    decisions.require_see(tx, persons.actor(tx, persons.get(tx, look.person_id)), notice.area_id)
    shown = decisions.month_of(notice.month, look.home, look.now)
    now = decisions.this_month(look.home, look.now)
    counted = decisions.count(tx, look.home, notice.area_id, shown, now=look.now)
    return FiguresView(shown, counted, place_name(tx, notice.area_id), earlier=True, later=shown.number < now.number)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {MonthFigures: month}
