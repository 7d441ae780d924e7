"""What stands in the table of a place: for whoever is in charge of it, and each person's showing is written down."""

from collections.abc import Callable, Mapping

from bot.domain.access import Action, require
from bot.domain.notices import Notice
from bot.domain.rosters import Roster, RosterView
from bot.services import rosters
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import areas, history, persons
from bot.storage.database import Transaction


def roster(tx: Transaction, notice: Roster, look: Look) -> RosterView:
    """Everybody; NotAllowed for whoever is no longer in charge, to whom nothing is sent."""
    if look.person_id is None:
        raise LookupError("a table is read by a person")
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    require(Action.ROSTER_EXPORT, reader, areas.line(tx, notice.area_id))
    rows = []
    for plan, row in rosters.rows_of(tx, notice.area_id):
        subject = f"area:{notice.area_id}"
        history.disclosed(tx, viewer_id=reader.id, person_id=plan.person_id, subject=subject, now=look.now)
        rows.append(row)
    return RosterView(place_name(tx, notice.area_id), tuple(rows), look.now)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {Roster: roster}
