"""What is seen of the duty rota."""

from collections.abc import Callable, Mapping

from bot.domain.duty import DutyGiven, DutyHelpers, DutyList, DutyView
from bot.domain.notices import Notice
from bot.services import duty as decisions
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import duty, persons
from bot.storage.database import Transaction

HELPERS_AT_MOST = 10


def rota(tx: Transaction, notice: DutyList | DutyHelpers, look: Look) -> DutyView:
    """A place's rota, who is on now, and who could be."""
    shifts = duty.of_area(tx, notice.area_id)
    on_now = decisions.on_duty(tx, look.home, notice.area_id, now=look.now)
    could = decisions.could_be(tx, notice.area_id)[:HELPERS_AT_MOST]
    return DutyView(
        place=place_name(tx, notice.area_id),
        area_id=notice.area_id,
        rows=tuple((one.id, persons.get(tx, one.person_id).name, one.starts, one.ends) for one in shifts),
        on_now=tuple(persons.get(tx, one).name for one in on_now),
        helpers=tuple((one, persons.get(tx, one).name) for one in could),
    )


def place(tx: Transaction, notice: DutyGiven, look: Look) -> str:
    """The name of the place."""
    return place_name(tx, notice.area_id)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {DutyList: rota, DutyHelpers: rota, DutyGiven: place}
