"""What is seen on a desk: counted as it stands, for its owner alone."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.desks import Desk, DeskHours, DeskView, HoursView
from bot.domain.errors import NotAllowed
from bot.domain.listings import Book, Crew, Stand
from bot.domain.notices import Notice
from bot.domain.people import Actor, Role
from bot.services import deputies as leaves
from bot.services.listings import lists
from bot.services.listings.looking import places_of
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import deputies, digests, floods, persons
from bot.storage.database import Transaction

PLACES_AT_MOST = 4


def desk(tx: Transaction, notice: Desk, look: Look) -> DeskView:
    """What waits for the reader."""
    reader = _owner(tx, notice.person_id, look)

    def needs(stand: Stand) -> int:
        return lists.count(tx, reader, look.home, Book.NEEDS, stand.value, now=look.now)

    def people(crew: Crew) -> int:
        return lists.count(tx, reader, look.home, Book.PEOPLE, crew.value, now=look.now)

    leave = deputies.of(tx, reader.id)
    return DeskView(
        places=tuple(place_name(tx, place) for place in places_of(tx, reader)[:PLACES_AT_MOST]),
        applied=people(Crew.APPLIED),
        renewals=people(Crew.RENEWAL),
        open=needs(Stand.OPEN),
        late=needs(Stand.LATE),
        overdue=needs(Stand.OVERDUE),
        disputed=needs(Stand.DISPUTED),
        held=needs(Stand.HELD),
        unreached=lists.count(tx, reader, look.home, Book.UNREACHED, "", now=look.now),
        hours=_hours(tx, reader),
        away_until=None if leave is None else leave.until_at,
        away=tuple(_others_away(tx, reader)),
        coordinates=bool(leaves.places_of(reader)),
        now=look.now,
        floods=tuple(floods.queues(tx, list(places_of(tx, reader)))),
    )


def _others_away(tx: Transaction, reader: Actor) -> list[tuple[str, datetime]]:
    people = {one for place in places_of(tx, reader) for one in persons.holding(tx, Role.COORDINATOR, place)}
    found = [deputies.of(tx, one) for one in sorted(deputies.away(tx, people - {reader.id}))]
    return [(persons.get(tx, one.person_id).name, one.until_at) for one in found if one is not None]


def hours(tx: Transaction, notice: DeskHours, look: Look) -> HoursView:
    """When the reader's news comes."""
    reader = _owner(tx, notice.person_id, look)
    return HoursView(_hours(tx, reader), places_of(tx, reader)[0])


def _hours(tx: Transaction, reader: Actor) -> tuple[int, ...] | None:
    return digests.hours_of(tx, reader.id) if digests.wants(tx, reader.id) else None


def _owner(tx: Transaction, person_id: int, look: Look) -> Actor:
    if look.person_id != person_id:
        raise NotAllowed("see somebody else's desk")
    reader = persons.actor(tx, persons.get(tx, person_id))
    places_of(tx, reader)
    return reader


VIEWS: Mapping[type[Notice], Callable[..., object]] = {Desk: desk, DeskHours: hours}
