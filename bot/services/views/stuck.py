"""Whom a row concerns that cannot be moved on."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.stuck import Stuck, StuckView
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import persons, stuck
from bot.storage.database import Transaction


def concerned(tx: Transaction, notice: Stuck, look: Look) -> StuckView:
    """The person and the place."""
    found = stuck.concerned(tx, notice.kind, notice.number)
    if found is None:
        return StuckView(None, None)
    person_id = found["person_id"]
    person = None if person_id is None else persons.get(tx, person_id).name
    return StuckView(person, place_name(tx, found["area_id"]))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {Stuck: concerned}
