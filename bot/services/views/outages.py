"""Who was not asked while nobody was heard, and who has been asked since."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.outages import OutageOver, OutageView
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import outages, persons
from bot.storage.database import Transaction

NAMES_AT_MOST = 16


def over(tx: Transaction, notice: OutageOver, look: Look) -> OutageView:
    """The outage as this community had it. LookupError when it is forgotten."""
    outage = outages.find(tx, notice.outage_id)
    if outage is None:
        raise LookupError(f"outage {notice.outage_id}")
    missed = outages.not_asked(tx, outage, notice.area_id)
    asked = outages.asked_since(tx, outage, notice.area_id)
    return OutageView(
        place_name(tx, notice.area_id),
        outage.since,
        outage.until,
        look.now,
        _names(tx, missed),
        len(missed),
        _names(tx, asked),
        len(asked),
    )


def _names(tx: Transaction, people: list[int]) -> tuple[str, ...]:
    return tuple(persons.get(tx, person_id).name for person_id in people[:NAMES_AT_MOST])


VIEWS: Mapping[type[Notice], Callable[..., object]] = {OutageOver: over}
