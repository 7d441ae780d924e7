"""A list as a file: asked for with a tap, made page by page beside everything else, kept sealed until it has been sent."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import ButtonInvalid, ExportNotSo, ExportRuns
from bot.domain.home import Home
from bot.domain.listings import (
    Export,
    ExportCard,
    Form,
    ListingFile,
    Making,
    NeedRow,
    Row,
    UnreachedRow,
)
from bot.domain.people import Actor
from bot.services import telling
from bot.services.listings.lists import mine
from bot.services.listings.looking import covered, placed, query_of
from bot.storage import history, outbox, persons
from bot.storage.database import Transaction
from bot.storage.history import Event
from bot.storage.listings import exports
from bot.storage.listings import query as stored
from bot.storage.listings.books import BOOKS

# The card is drawn again each time so many hundredths more are there.
STEP = 10


@dataclass(frozen=True)
class Page:
    """Some rows of a file. `last` None: there are no further ones; otherwise the next page begins after it."""

    rows: tuple[Row, ...]
    last: int | None


def ask(tx: Transaction, actor: Actor, listing_id: int, form: str, *, now: datetime) -> ExportCard:
    """What the list shows now is to come as a file; ExportRuns while another one is being made for the same person."""
    listing = mine(tx, actor, listing_id)
    if form not in set(Form):
        raise ButtonInvalid
    if exports.running_of(tx, actor.id) is not None:
        raise ExportRuns
    new = Export(0, actor.id, listing.book, Form(form), listing.filter, now)
    made = exports.make(tx, new)
    history.write(tx, Event(now, actor.id, f"list:{listing.book.value}", "export asked", after=form))
    return ExportCard(made.id)


def stop(tx: Transaction, actor: Actor, export_id: int, *, now: datetime) -> ExportCard:
    """It is not needed any more."""
    export = exports.find(tx, export_id)
    if export is None or export.person_id != actor.id:
        raise ExportNotSo
    _save(tx, export.ends(Making.STOPPED))
    exports.clear(tx, export_id)
    return ExportCard(export_id)


# --- making it ---


def take_up(tx: Transaction, *, now: datetime) -> Export | None:
    """The next file to be made, from its beginning; None: none waits. What is tried in vain for ever is given up."""
    export = exports.next_of(tx, now)
    if export is None:
        return None
    exports.clear(tx, export.id)
    taken = export.taken_up(now)
    _save(tx, taken)
    return taken


def counted(tx: Transaction, home: Home, export: Export, *, now: datetime) -> tuple[int, int]:
    """How many rows it will have at most, and the number up to which they go: what comes later is not in it."""
    query = query_of(tx, _reader(tx, export), home, export.filter, now=now)
    return stored.count_all(tx, BOOKS[export.book], query)


def page(tx: Transaction, home: Home, export: Export, *, last: int, top: int, limit: int, now: datetime) -> Page:
    """The next rows, as far as its reader may see them at this moment; NotAllowed when they are in charge no more."""
    actor = _reader(tx, export)
    query = query_of(tx, actor, home, export.filter, now=now)
    found, until = stored.after(tx, BOOKS[export.book], query, last=last, top=top, limit=limit)
    return Page(tuple(placed(tx, [_discreet(tx, actor, row) for row in found])), until)


def _discreet(tx: Transaction, actor: Actor, row: Row) -> Row:
    """Without a telephone that is not theirs to ring, and without the stars for their own help: those both read together."""
    if isinstance(row, UnreachedRow):
        return covered(tx, actor, row)
    if isinstance(row, NeedRow) and row.need.claimed_by == actor.id:
        return replace(row, need=replace(row.need, stars=None))
    return row


def _reader(tx: Transaction, export: Export) -> Actor:
    return persons.actor(tx, persons.get(tx, export.person_id))


def goes_on(tx: Transaction, export_id: int, *, done: int, total: int, now: datetime) -> bool:
    """So many rows are there; False: it was stopped, or nobody waits for it any more."""
    export = exports.find(tx, export_id)
    if export is None or export.state is not Making.MAKING:
        return False
    moved = replace(export, rows_total=total).goes_on(done, now)
    exports.save(tx, moved)
    if moved.percent // STEP != export.percent // STEP:
        outbox.touch(tx, ExportCard(export_id).subject)
    return True


def keep(tx: Transaction, export_id: int, part: int, number: int, piece: bytes) -> None:
    """A piece of the finished file."""
    exports.keep(tx, export_id, part, number, piece)


def finish(tx: Transaction, export_id: int, *, rows: int, parts: int, rung: frozenset[int], now: datetime) -> None:
    """It is there, and is sent; that it was made, and whose telephones are in it, is written down."""
    export = exports.find(tx, export_id)
    if export is None or export.state is not Making.MAKING:
        return
    made = replace(export, rows_total=rows, rows_done=rows, parts=parts)
    _save(tx, made.ends(Making.MADE))
    for part in range(1, parts + 1):
        telling.tell(tx, export.person_id, ListingFile(export_id, part), now=now)
    for person_id in sorted(rung):
        history.disclosed(tx, viewer_id=export.person_id, person_id=person_id, subject=_subject(export), now=now)
    counts = f"{export.form.value}, {rows}"
    history.write(tx, Event(now, export.person_id, _subject(export), "exported", after=counts))


def _subject(export: Export) -> str:
    return f"list:{export.book.value}"


def refuse(tx: Transaction, export_id: int, state: Making) -> None:
    """It will not be made: its reader is in charge no more, or something went wrong on our side."""
    export = exports.find(tx, export_id)
    if export is not None and export.state is Making.MAKING:
        _save(tx, export.ends(state))
        exports.clear(tx, export_id)


def piece(tx: Transaction, export_id: int, part: int, number: int) -> bytes | None:
    """A piece of the finished file; None: that was the last one, or it is not kept any more."""
    return exports.piece(tx, export_id, part, number)


def readable(tx: Transaction, actor: Actor, home: Home, export_id: int, *, now: datetime) -> Export:
    """A finished file, for whoever asked for it and while they are in charge there; ExportNotSo, NotAllowed."""
    export = exports.see(tx, export_id)
    if export is None or export.person_id != actor.id or export.state is not Making.MADE:
        raise ExportNotSo
    query_of(tx, actor, home, export.filter, now=now)
    return export


def telephones_of(rows: tuple[Row, ...]) -> frozenset[int]:
    """Whose telephones are in these rows."""
    return frozenset(row.person_id for row in rows if isinstance(row, UnreachedRow) and row.telephone is not None)


def _save(tx: Transaction, export: Export) -> None:
    exports.save(tx, export)
    outbox.touch(tx, ExportCard(export.id).subject)
