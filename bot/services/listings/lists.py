"""Somebody's lists: opened, looked through, turned over. Each tap is judged again by where they are in charge now."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, allowed
from bot.domain.errors import ButtonInvalid, ListingGone, NotAllowed, TextEmpty
from bot.domain.home import Home
from bot.domain.listings import (
    FIELDS,
    FILTERS,
    FIRST,
    LIST,
    PAGE,
    WORDS_AT_MOST,
    Book,
    Choices,
    Crew,
    Filter,
    Listing,
    ListingCard,
    SearchAsked,
    Since,
    Stand,
)
from bot.domain.needs import Urgency
from bot.domain.people import Actor, tidy
from bot.services import people
from bot.services.listings import words as heard
from bot.services.listings.looking import places_of, query_of
from bot.storage import areas, outbox, persons
from bot.storage.database import Transaction
from bot.storage.listings import finding, kept
from bot.storage.listings import query as stored
from bot.storage.listings.books import BOOKS

SEARCH = "listing"


def open_(
    tx: Transaction, actor: Actor, book: Book, stand: str, *, now: datetime, asked: Filter | None = None
) -> ListingCard:
    """A list of what stands so, whatever was looked for in it before."""
    places_of(tx, actor)
    if stand and stand not in _stands(book):
        raise ButtonInvalid
    first = asked or FIRST[book]
    listing = kept.opened(tx, actor.id, book, first, now=now)
    kept.save(tx, listing.looking(replace(first, stand=stand or first.stand)), now=now)
    return _drawn(tx, listing)


def turn(tx: Transaction, actor: Actor, listing_id: int, screen: str, page: int, *, now: datetime) -> ListingCard:
    """Another page of it, its filters, or what can be chosen for one of them."""
    listing = mine(tx, actor, listing_id)
    if screen not in (LIST, FILTERS, *FIELDS[listing.book]):
        raise ButtonInvalid
    kept.save(tx, listing.at(screen, page), now=now)
    return _drawn(tx, listing)


def choose(
    tx: Transaction, actor: Actor, home: Home, listing_id: int, field: str, value: str, *, now: datetime
) -> ListingCard:
    """Only what is so; an empty value leaves everything in again. Of a place with others in it those can be chosen next."""
    listing = mine(tx, actor, listing_id)
    if field not in FIELDS[listing.book] or (value and not _can_be_chosen(tx, actor, home, listing, field, value)):
        raise ButtonInvalid
    chosen = listing.filter.having(field, value or ("0" if field in ("place", "helper") else ""))
    kept.save(tx, listing.looking(chosen), now=now)
    return _drawn(tx, listing)


def _can_be_chosen(tx: Transaction, actor: Actor, home: Home, listing: Listing, field: str, value: str) -> bool:
    if field in ("place", "helper"):
        if not value.isdecimal() or len(value) > 18:
            return False
        if field == "place":
            return allowed(Action.DESK_SEE, actor, areas.line(tx, int(value)))
        return finding.helps_at(tx, int(value), places_of(tx, actor))
    return value in _values(home, listing.book, field)


def clear(tx: Transaction, actor: Actor, listing_id: int, *, now: datetime) -> ListingCard:
    """Everything is in it again."""
    listing = mine(tx, actor, listing_id)
    kept.save(tx, listing.looking(FIRST[listing.book]), now=now)
    return _drawn(tx, listing)


# --- looking for something by writing it ---


def ask_search(tx: Transaction, actor: Actor, home: Home, listing_id: int, *, now: datetime) -> SearchAsked:
    """What is looked for?"""
    mine(tx, actor, listing_id)
    people.ask(tx, actor, home, f"{SEARCH}:{listing_id}", now=now)
    return SearchAsked(listing_id)


def search(tx: Transaction, actor: Actor, home: Home, listing_id: int, said: str, *, now: datetime) -> ListingCard:
    """What was written is looked for: a number, somebody's name, a place, a kind, and in what is left the words."""
    listing = mine(tx, actor, listing_id)
    written = tidy(said)[:WORDS_AT_MOST]
    if not written:
        raise TextEmpty
    found = heard.understood(tx, home, listing.book, places_of(tx, actor), written)
    kept.save(tx, listing.looking(found), now=now)
    people.ask(tx, actor, home, None, now=now)
    return _drawn(tx, listing)


def is_waiting(question: str | None) -> int | None:
    """The list for which something is looked for; None: the question is another one."""
    noun, _, number = (question or "").partition(":")
    return int(number) if noun == SEARCH and number.isdecimal() else None


# --- telephones ---


def uncover(tx: Transaction, actor: Actor, listing_id: int, *, now: datetime) -> ListingCard:
    """The telephones of this page, in this very message and for some minutes."""
    listing = mine(tx, actor, listing_id)
    if listing.book is not Book.UNREACHED:
        raise ButtonInvalid
    if not may_ring_somewhere(actor):
        raise NotAllowed(Action.UNREACHED_RING.value)
    kept.save(tx, listing.uncovered(now), now=now)
    return _drawn(tx, listing)


def may_ring_somewhere(actor: Actor) -> bool:
    """Whether they are in charge of anybody whom they may ring."""
    return any(allowed(Action.UNREACHED_RING, actor, (grant.area_id,)) for grant in actor.grants)


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """The telephones have been shown for long enough."""
    for listing_id in ids:
        listing = kept.find(tx, listing_id)
        if listing is not None and listing.act_at is not None and listing.act_at <= now:
            kept.save(tx, listing.covered(), now=now)
            _drawn(tx, listing)


# --- what can be chosen ---


def choices(tx: Transaction, actor: Actor, home: Home, listing: Listing) -> Choices | None:
    """What can be chosen on the screen of a field; None: it is none."""
    if listing.screen not in FIELDS[listing.book]:
        return None
    if listing.screen == "place":
        return _places(tx, actor, listing)
    if listing.screen == "helper":
        found = finding.helpers(tx, places_of(tx, actor), limit=PAGE + 1, offset=listing.page * PAGE)
        named = tuple((str(one), persons.get(tx, one).name) for one in found[:PAGE])
        return Choices(named, len(found) > PAGE)
    return _paged(tuple((one, "") for one in _values(home, listing.book, listing.screen)), listing.page)


def _places(tx: Transaction, actor: Actor, listing: Listing) -> Choices:
    """The places in the one that is chosen, or where this person is in charge."""
    places, here = places_of(tx, actor), listing.filter.place
    if here:
        below = areas.children(tx, here) or areas.children(tx, areas.get(tx, here).parent_id)
    elif len(places) == 1:
        below = areas.children(tx, places[0]) or [areas.get(tx, places[0])]
    else:
        below = [areas.get(tx, place) for place in places]
    mine = [area for area in below if allowed(Action.DESK_SEE, actor, areas.line(tx, area.id))]
    above = areas.get(tx, here).parent_id if here else None
    up = above if above is not None and allowed(Action.DESK_SEE, actor, areas.line(tx, above)) else None
    return replace(_paged(tuple((str(area.id), area.name) for area in mine), listing.page), up=up)


def _paged(values: tuple[tuple[str, str], ...], page: int) -> Choices:
    shown = values[page * PAGE : (page + 1) * PAGE]
    return Choices(shown, len(values) > (page + 1) * PAGE)


def _values(home: Home, book: Book, field: str) -> tuple[str, ...]:
    values = {
        "stand": _stands(book),
        "kind": tuple(one.code for one in home.catalogue.categories),
        "urgency": tuple(Urgency),
        "since": tuple(Since),
        "skill": home.catalogue.skills,
    }
    return values[field]


def _stands(book: Book) -> tuple[str, ...]:
    return {Book.NEEDS: tuple(Stand), Book.PEOPLE: tuple(Crew)}.get(book, ())


# --- parts ---


def mine(tx: Transaction, actor: Actor, listing_id: int) -> Listing:
    """This person's own list, while they are in charge somewhere; ListingGone, NotAllowed."""
    places_of(tx, actor)
    listing = kept.find(tx, listing_id)
    if listing is None or listing.person_id != actor.id:
        raise ListingGone
    return listing


def count(tx: Transaction, actor: Actor, home: Home, book: Book, stand: str, *, now: datetime) -> int:
    """How many stand so, as far as this person may see them."""
    query = query_of(tx, actor, home, Filter(stand=stand), now=now)
    return stored.count(tx, BOOKS[book], query)


def _drawn(tx: Transaction, listing: Listing) -> ListingCard:
    card = ListingCard(listing.id)
    outbox.touch(tx, card.subject)
    return card
