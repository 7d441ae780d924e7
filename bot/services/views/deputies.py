"""What is seen of somebody who is away, and of who stands in."""

from collections.abc import Callable, Mapping

from bot.domain.deputies import DeputyAsked, DeputyOver, DeputyStands, DeputyView
from bot.domain.notices import Notice
from bot.services import deputies as cases
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import deputies, persons
from bot.storage.database import Transaction

NAMES_AT_MOST = 5


def mine(tx: Transaction, notice: DeputyAsked | DeputyOver, look: Look) -> DeputyView:
    """The reader's own: who would stand in, place by place."""
    if look.person_id is None:
        raise LookupError("this is read by a person")
    return of(tx, look.person_id, look)


def of(tx: Transaction, person_id: int, look: Look) -> DeputyView:
    """Somebody who coordinates: whether they are away, and who stands in."""
    actor = persons.actor(tx, persons.get(tx, person_id))
    leave = deputies.of(tx, person_id)
    places = tuple((place_name(tx, place), _names(tx, person_id, place)) for place in cases.places_of(actor))
    return DeputyView(actor.person.name, None if leave is None else leave.until_at, places, look.now)


def _names(tx: Transaction, person_id: int, place: int) -> tuple[str, ...]:
    return tuple(persons.get(tx, one).name for one in cases.others(tx, person_id, place)[:NAMES_AT_MOST])


def stands(tx: Transaction, notice: DeputyStands, look: Look) -> DeputyView:
    """Who is away from the place where the reader stands in."""
    leave = deputies.of(tx, notice.person_id)
    until = None if leave is None else leave.until_at
    return DeputyView(persons.get(tx, notice.person_id).name, until, ((place_name(tx, notice.area_id), ()),), look.now)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {DeputyAsked: mine, DeputyOver: mine, DeputyStands: stands}
