"""What is seen when somebody without a chat is enrolled."""

from collections.abc import Callable, Mapping

from bot.domain.areas import Area
from bot.domain.enrolments import AskEnrolment, EnrolmentPlace, PlacesView
from bot.domain.notices import Notice
from bot.services import plans
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import areas, persons
from bot.storage.database import Transaction

PAGE = 8


def places(tx: Transaction, notice: EnrolmentPlace, look: Look) -> PlacesView:
    """The places below, or those that the reader coordinates."""
    below = areas.children(tx, notice.area_id) if notice.area_id else _mine(tx, look)
    rows = below[notice.offset : notice.offset + PAGE]
    return PlacesView(
        here=place_name(tx, notice.area_id) if notice.area_id else None,
        rows=tuple((one.id, one.name, bool(areas.children(tx, one.id))) for one in rows),
        area_id=notice.area_id,
        offset=notice.offset,
        has_more=len(below) > notice.offset + PAGE,
    )


def _mine(tx: Transaction, look: Look) -> list[Area]:
    if look.person_id is None:
        raise LookupError("this is read by a person")
    held = plans.in_charge_of(persons.actor(tx, persons.get(tx, look.person_id)))
    # With one place only there is nothing to choose yet.
    return areas.children(tx, held[0]) if len(held) == 1 else [areas.get(tx, one) for one in held]


def place(tx: Transaction, notice: AskEnrolment, look: Look) -> str:
    """Where it is."""
    return place_name(tx, notice.area_id)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {EnrolmentPlace: places, AskEnrolment: place}
