"""What a reader finds in a list: never more than where they are in charge, and nothing confidential that is not theirs to see."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, allowed
from bot.domain.errors import NotAllowed
from bot.domain.home import Home
from bot.domain.listings import (
    COUNTED_AT_MOST,
    LOOKED_THROUGH,
    PAGE,
    TELEPHONES,
    Book,
    Filter,
    Listing,
    ListingView,
    NeedRow,
    PersonRow,
    Row,
    UnreachedRow,
    since_when,
)
from bot.domain.people import Actor
from bot.services.plans import in_charge_of
from bot.storage import areas, persons
from bot.storage.database import Transaction
from bot.storage.listings import finding
from bot.storage.listings import query as stored
from bot.storage.listings.books import BOOKS
from bot.storage.listings.query import Query


def places_of(tx: Transaction, actor: Actor, place: int = 0) -> tuple[int, ...]:
    """Where this person is in charge; with `place` that one, if it lies there. NotAllowed for anybody else."""
    places = tuple(in_charge_of(actor))
    if not places or (place and not allowed(Action.DESK_SEE, actor, areas.line(tx, place))):
        raise NotAllowed(Action.DESK_SEE.value)
    return (place,) if place else places


def query_of(tx: Transaction, actor: Actor, home: Home, asked: Filter, *, now: datetime) -> Query:
    """What this person looks for, where they may."""
    since = since_when(asked.since, now, home.timezone)
    places = places_of(tx, actor, asked.place)
    named = finding.people_called(tx, asked.name, places_of(tx, actor)) if asked.name else []
    return Query(actor.id, places, asked, now, since, tuple(named))


def look(tx: Transaction, actor: Actor, home: Home, listing: Listing, *, now: datetime) -> ListingView:
    """The page that is shown of a list."""
    query, book = query_of(tx, actor, home, listing.filter, now=now), BOOKS[listing.book]
    offset = listing.page * PAGE
    if listing.filter.words:
        rows, total, complete = stored.search(tx, book, query, limit=PAGE + 1, offset=offset)
    else:
        rows = stored.page(tx, book, query, limit=PAGE + 1, offset=offset)
        total, complete = stored.count(tx, book, query), True
    return ListingView(
        listing,
        tuple(placed(tx, rows[:PAGE])),
        min(total, COUNTED_AT_MOST),
        more=total > COUNTED_AT_MOST,
        has_next=len(rows) > PAGE,
        searched=None if complete else LOOKED_THROUGH,
        now=now,
    )


def placed(tx: Transaction, rows: list[Row]) -> list[Row]:
    """The rows with the names of their places."""
    names = finding.places_named(tx, [place for row in rows if (place := _area_of(row)) is not None])
    return [replace(row, place=names.get(_area_of(row) or 0, "")) for row in rows]


def _area_of(row: Row) -> int | None:
    match row:
        case NeedRow():
            return row.need.area_id
        case PersonRow():
            return row.volunteer.area_id
        case UnreachedRow():
            return row.place_id


def may_ring(tx: Transaction, actor: Actor, row: UnreachedRow) -> bool:
    """Whether this reader may see somebody's telephone: it is theirs to ring them."""
    places = [grant.area_id for grant in persons.actor(tx, persons.get(tx, row.person_id)).grants]
    if row.place_id is not None:
        places.append(row.place_id)
    return any(allowed(Action.UNREACHED_RING, actor, areas.line(tx, place)) for place in places)


def covered(tx: Transaction, actor: Actor, row: UnreachedRow) -> UnreachedRow:
    """The same without the telephone, unless this reader may see it."""
    return row if may_ring(tx, actor, row) else replace(row, telephone=None)


def shows_telephones(listing: Listing, message_id: int | None) -> bool:
    """Whether the telephones are asked for, and stand in a message that can be blanked for certain."""
    return listing.book is Book.UNREACHED and listing.screen == TELEPHONES and message_id is not None
