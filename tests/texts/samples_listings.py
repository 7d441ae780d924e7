"""Everything that is shown of lists and their files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain.listings import (
    COUNTED_AT_MOST,
    FIELDS,
    FILTERS,
    FIRST,
    LIST,
    LOOKED_THROUGH,
    TELEPHONES,
    Book,
    Choices,
    Crew,
    Export,
    ExportCard,
    ExportState,
    FileView,
    Filter,
    Form,
    Listing,
    ListingCard,
    ListingFile,
    ListingView,
    Making,
    NeedRow,
    PersonRow,
    Row,
    SearchAsked,
    Since,
    Stand,
    UnreachedRow,
)
from bot.domain.needs import Need, State, Urgency
from bot.domain.notices import Notice
from bot.domain.volunteers import Standing, Volunteer
from tests.texts.readers import HOME, NOW, Data, Said

PAGE = 8


def rows(book: Book, data: Data) -> Iterator[Row]:
    """A row in every state, each of another number."""
    for number, row in enumerate(_rows(book, data)):
        if isinstance(row, NeedRow):
            yield replace(row, need=replace(row.need, id=data.number - number))
        elif isinstance(row, PersonRow):
            yield replace(row, volunteer=replace(row.volunteer, id=data.number - number))
        else:
            yield row


def _rows(book: Book, data: Data) -> Iterator[Row]:
    since = NOW - timedelta(days=3)
    if book is Book.NEEDS:
        for state in State:
            need = Need(data.number, 1, 1, 1, HOME.catalogue.categories[0].code, Urgency.NOW, data.text, state, NOW)
            yield NeedRow(need, data.place, data.resident, data.helper, held=state is State.OPEN)
            yield NeedRow(need, data.place, data.resident, None)
    elif book is Book.PEOPLE:
        for standing in (one for one in Standing if one is not Standing.WRITING):
            for reached in (True, False):
                one = Volunteer(data.number, 1, 1, standing)
                yield PersonRow(one, data.resident, data.place, HOME.catalogue.skills, reached)
    else:
        for telephone in (data.telephone, None):
            yield UnreachedRow(1, data.resident, data.place, 1, since, telephone, True, telephone is None, 2)
        yield UnreachedRow(1, data.resident, "", None, since, None, False, False, 0)


def filters(book: Book, data: Data) -> Iterator[Filter]:
    """Nothing chosen, everything chosen."""
    yield FIRST[book]
    skill, kind = HOME.catalogue.skills[0], HOME.catalogue.categories[0].code
    if book is Book.NEEDS:
        for stand in Stand:
            for since in Since:
                yield Filter(stand=stand.value, since=since.value)
        yield Filter("all", kind, "now", 1, "month", 1, "", data.number, data.resident, data.text[:60])
    elif book is Book.PEOPLE:
        for crew in Crew:
            yield Filter(stand=crew.value, place=1, skill=skill, name=data.resident)


def listings(data: Data) -> Said:
    """Every list: empty, a page, looked through, being chosen from."""
    yield ListingCard(data.number), ListingView(None, now=NOW)
    named = {"place": data.place, "helper": data.helper}
    for book in Book:
        for asked in filters(book, data):
            listing = Listing(data.number, 1, book, asked)
            yield ListingCard(data.number), ListingView(listing, named=named, now=NOW)
        shown = tuple(rows(book, data))
        for at in range(0, len(shown), PAGE):
            for screen in (LIST, TELEPHONES):
                turned = replace(listing, screen=screen, page=1)
                view = ListingView(turned, shown[at : at + PAGE], COUNTED_AT_MOST, True, True, named, now=NOW)
                yield ListingCard(data.number), replace(view, telephones=True)
                yield ListingCard(data.number), replace(view, searched=LOOKED_THROUGH, total=1, more=False)
        yield from choosing(book, listing, data)


def choosing(book: Book, listing: Listing, data: Data) -> Said:
    """The filters, and what can be chosen for each."""
    named = {"place": data.place, "helper": data.helper}
    yield ListingCard(data.number), ListingView(replace(listing, screen=FILTERS), named=named, now=NOW)
    values = {
        "stand": tuple(Stand) if book is Book.NEEDS else tuple(Crew),
        "kind": tuple(one.code for one in HOME.catalogue.categories),
        "urgency": tuple(Urgency),
        "since": tuple(Since),
        "skill": HOME.catalogue.skills,
    }
    for field in FIELDS[book]:
        places = tuple((str(data.number - at), data.place) for at in range(PAGE))
        choices = tuple((value, "") for value in values[field]) if field in values else places
        view = Choices(choices, True, data.number - PAGE if field == "place" else None)
        turned = replace(listing, screen=field, page=1)
        yield ListingCard(data.number), ListingView(turned, named=named, choices=view, now=NOW)


def searches(data: Data) -> Said:
    """In each list."""
    for book in Book:
        yield SearchAsked(data.number), ListingView(Listing(data.number, 1, book, Filter()), now=NOW)


def exports(data: Data) -> Iterator[Export]:
    """A file of each list, in every state."""
    for book in Book:
        for state in Making:
            made = Export(data.number, 1, book, Form.XLSX, FIRST[book], NOW, state, 100_000, 41_234, 3)
            yield made
            yield replace(made, rows_done=1, rows_total=0, parts=1, form=Form.CSV)


def export_cards(data: Data) -> Said:
    """How far it has come."""
    yield ExportCard(data.number), ExportState(None, NOW)
    for export in exports(data):
        yield ExportCard(data.number), ExportState(export, NOW)


def export_files(data: Data) -> Said:
    """One part, and several."""
    named = {"place": data.place, "helper": data.helper}
    for export in exports(data):
        long = Filter("all", "", "now", 1, "month", 1, "", data.number, data.resident, data.text[:60])
        filled = replace(export, filter=long) if export.book is Book.NEEDS else export
        yield ListingFile(data.number, 1), FileView(filled, 1, NOW, named)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    ListingCard: listings,
    SearchAsked: searches,
    ExportCard: export_cards,
    ListingFile: export_files,
}
FOR_RESIDENTS: tuple[type[Notice], ...] = ()
