"""What is seen of lists, and of the files made of them. A telephone that is shown is written down."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.errors import NotAllowed
from bot.domain.listings import (
    ExportCard,
    ExportState,
    FileView,
    Filter,
    Listing,
    ListingCard,
    ListingFile,
    ListingView,
    Row,
    SearchAsked,
    UnreachedRow,
)
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.services.listings import files, lists, looking
from bot.services.views.look import Look
from bot.storage import areas, history, persons
from bot.storage.database import Transaction
from bot.storage.listings import exports, kept


def listing(tx: Transaction, notice: ListingCard, look: Look) -> ListingView:
    """The reader's own list, with what they may see now."""
    reader, found = _reader(tx, look), kept.see(tx, notice.listing_id)
    if found is None or found.person_id != reader.id:
        return ListingView(None, now=look.now)
    asked = _within(tx, reader, found)
    view = looking.look(tx, reader, look.home, asked, now=look.now)
    return replace(
        view,
        rows=tuple(_rung(tx, reader, asked, row, look) for row in view.rows),
        named=named(tx, asked.filter),
        telephones=lists.may_ring_somewhere(reader),
        choices=lists.choices(tx, reader, look.home, asked),
    )


def _within(tx: Transaction, reader: Actor, found: Listing) -> Listing:
    """A place where somebody is in charge no more leaves their filter."""
    try:
        looking.places_of(tx, reader, found.filter.place)
    except NotAllowed:
        return replace(found, filter=replace(found.filter, place=0))
    return found


def _rung(tx: Transaction, reader: Actor, asked: Listing, row: Row, look: Look) -> Row:
    if not isinstance(row, UnreachedRow):
        return row
    shown = looking.covered(tx, reader, row)
    if shown.telephone is None or not looking.shows_telephones(asked, look.message_id):
        return replace(shown, telephone=None)
    history.disclosed(
        tx, viewer_id=reader.id, person_id=row.person_id, subject=f"list:{asked.book.value}", now=look.now
    )
    return shown


def named(tx: Transaction, asked: Filter) -> Mapping[str, str]:
    """The numbers in a filter by name."""
    place = {"place": areas.get(tx, asked.place).name} if asked.place else {}
    helper = {"helper": persons.get(tx, asked.helper).name} if asked.helper else {}
    return {**place, **helper}


def search(tx: Transaction, notice: SearchAsked, look: Look) -> ListingView:
    """In which list something is looked for."""
    return ListingView(kept.see(tx, notice.listing_id), now=look.now)


def export(tx: Transaction, notice: ExportCard, look: Look) -> ExportState:
    """How much of the reader's file is there."""
    found = exports.see(tx, notice.export_id)
    return ExportState(found if found is not None and found.person_id == look.person_id else None, look.now)


def file(tx: Transaction, notice: ListingFile, look: Look) -> FileView:
    """A part of the finished file, for whoever asked for it and may still read it."""
    found = files.readable(tx, _reader(tx, look), look.home, notice.export_id, now=look.now)
    return FileView(found, notice.part, found.asked_at, named(tx, found.filter))


def _reader(tx: Transaction, look: Look) -> Actor:
    if look.person_id is None:
        raise LookupError("a list is read by a person")
    return persons.actor(tx, persons.get(tx, look.person_id))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    ListingCard: listing,
    SearchAsked: search,
    ExportCard: export,
    ListingFile: file,
}
