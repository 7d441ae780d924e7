"""A list on a card: what is in it, what is looked for, and the keys to turn it over."""

from bot.domain.listings import (
    FIELDS,
    FILTERS,
    FIRST,
    LIST,
    TELEPHONES,
    Book,
    Choices,
    ExportCard,
    ExportState,
    FileView,
    Form,
    Kept,
    Listing,
    ListingCard,
    ListingFile,
    ListingView,
    Making,
    NeedRow,
    PersonRow,
    Row,
    SearchAsked,
    UnreachedRow,
)
from bot.texts.listings import parts
from bot.texts.listings.buttons import (
    ClearList,
    ExportList,
    FilterList,
    SearchList,
    StopExport,
    TurnList,
    UncoverList,
)
from bot.texts.message import Document, Key, Message, Rows
from bot.texts.needs.buttons import Show
from bot.texts.volunteers.buttons import ShowVolunteer
from bot.texts.words import Html, Words, bold, lines, paragraphs


def listing_card(card: ListingCard, view: ListingView, words: Words) -> Message:
    """The list, its filters, or what can be chosen for one."""
    listing = view.listing
    if listing is None:
        return Message(words.say("This list is closed. /desk opens it anew."))
    head = lines(
        bold(parts.book_name(listing.book, words)),
        words.say("🔎 {what}", what=parts.filter_line(listing.book, listing.filter, view.named or {}, words)),
    )
    if listing.screen == FILTERS:
        return Message(lines(head, words.say("What should be in it?")), _filters(listing, view, words), protected=True)
    if view.choices is not None:
        asked = parts.field_name(listing.screen, words)
        return Message(lines(head, bold(asked)), _chosen(listing, view.choices, words), protected=True)
    return Message(
        paragraphs(lines(head, _total(view, words)), _lines(view, words)), _keys(view, words), protected=True
    )


# --- the list ---


def _total(view: ListingView, words: Words) -> Html:
    """How many, and, of words, how far they were looked for."""
    counted = (
        words.say("More than {number}.", number=f"{view.total:,}")
        if view.more
        else words.count("{number} in all.", "{number} in all.", view.total)
    )
    if view.searched is None:
        return counted
    far = words.say(
        "What people wrote is sealed, so I looked through the newest {number} only. A place or a time reaches further back.",
        number=f"{view.searched:,}",
    )
    return lines(counted, far)


def _lines(view: ListingView, words: Words) -> Html | None:
    """Whoever is to be rung stands in the text: a telephone belongs on no key."""
    rung = [row for row in view.rows if isinstance(row, UnreachedRow)]
    if not view.rows:
        return words.say("Nothing here.")
    if not rung or view.now is None:
        return None
    return lines(*(parts.unreached_line(row, view.now, words) for row in rung))


def _keys(view: ListingView, words: Words) -> Rows:
    listing = view.listing
    if listing is None:
        return ()
    rows = [(key,) for key in (_row(row, words) for row in view.rows) if key is not None]
    return (*rows, *_turning(view, listing, words), *_telephones(view, listing, words), *_tools(view, listing, words))


def _row(row: Row, words: Words) -> Key | None:
    """A row as a key, where a tap shows more of it."""
    match row:
        case NeedRow():
            return Key(parts.need_line(row, words), Show(row.need.id).code)
        case PersonRow():
            return Key(parts.person_line(row, words), ShowVolunteer(row.volunteer.id).code)
        case UnreachedRow():
            return None


def _turning(view: ListingView, listing: Listing, words: Words) -> Rows:
    back = Key(words.say("←"), TurnList(listing.id, LIST, listing.page - 1).code)
    further = Key(words.say("More →"), TurnList(listing.id, LIST, listing.page + 1).code)
    keys = (*((back,) if listing.page else ()), *((further,) if view.has_next else ()))
    return (keys,) if keys else ()


def _telephones(view: ListingView, listing: Listing, words: Words) -> Rows:
    if listing.book is not Book.UNREACHED or not view.telephones or not view.rows:
        return ()
    if listing.screen == TELEPHONES:
        return ((Key(words.say("🙈 Cover the telephones"), TurnList(listing.id, LIST, listing.page).code),),)
    return ((Key(words.say("📞 Show the telephones"), UncoverList(listing.id).code),),)


def _tools(view: ListingView, listing: Listing, words: Words) -> Rows:
    """Looking for something, and the list as a file."""
    look = (
        Key(words.say("🔎 Look for"), SearchList(listing.id).code),
        Key(words.say("⚙️ Choose"), TurnList(listing.id, FILTERS, 0).code),
    )
    changed = listing.filter != FIRST[listing.book]
    clear = ((Key(words.say("↺ All again"), ClearList(listing.id).code),),) if changed else ()
    files = (
        Key(words.say("📄 As a plain table"), ExportList(listing.id, Form.CSV.value).code),
        Key(words.say("📗 As a workbook"), ExportList(listing.id, Form.XLSX.value).code),
    )
    return (look, *clear, files) if view.rows else (look, *clear)


# --- what can be chosen ---


def _filters(listing: Listing, view: ListingView, words: Words) -> Rows:
    keys = [
        (Key(_field(listing, view, field, words), TurnList(listing.id, field, 0).code),)
        for field in FIELDS[listing.book]
    ]
    return (*keys, (Key(words.say("← Back to the list"), TurnList(listing.id, LIST, 0).code),))


def _field(listing: Listing, view: ListingView, field: str, words: Words) -> Html:
    value = str(getattr(listing.filter, field) or "")
    name = (view.named or {}).get(field) or (value and parts.value_name(listing.book, field, value, words))
    return words.say("{field}: {value}", field=parts.field_name(field, words), value=name or words.say("all"))


def _chosen(listing: Listing, choices: Choices, words: Words) -> Rows:
    field = listing.screen
    keys = [
        (
            Key(
                name or parts.value_name(listing.book, field, value, words),
                FilterList(listing.id, field, value).code,
            ),
        )
        for value, name in choices.values
    ]
    if choices.up is not None:
        keys.append((Key(words.say("↑ The place around it"), FilterList(listing.id, field, str(choices.up)).code),))
    turning = (
        *((Key(words.say("←"), TurnList(listing.id, field, listing.page - 1).code),) if listing.page else ()),
        *((Key(words.say("More →"), TurnList(listing.id, field, listing.page + 1).code),) if choices.has_more else ()),
    )
    leave = (
        Key(words.say("All"), FilterList(listing.id, field, "").code),
        Key(words.say("← Back"), TurnList(listing.id, FILTERS, 0).code),
    )
    return (*keys, *((turning,) if turning else ()), leave)


def search_asked(notice: SearchAsked, view: ListingView, words: Words) -> Message:
    """What can be written."""
    asked = bold(words.say("What are you looking for?"))
    needs = view.listing is None or view.listing.book is Book.NEEDS
    how = (
        words.say("A number, somebody's whole name, a place, a kind, or words: #12, Granny Zhang, House 3, lamp")
        if needs
        else words.say("Somebody's name, or a place.")
    )
    return Message(lines(asked, how), asks=True)


# --- files ---


def export_card(card: ExportCard, view: ExportState, words: Words) -> Message:
    """How much of it is there."""
    export = view.export
    if export is None:
        return Message(words.say("This file is not kept any more. /desk begins another."))
    name = parts.book_name(export.book, words)
    match export.state:
        case Making.MAKING:
            said = words.say("{name}: the file is being made… {percent} %", name=name, percent=export.percent)
            return Message(said, ((Key(words.say("⏹ Stop"), StopExport(export.id).code),),))
        case Making.MADE:
            rows = words.count("{number} row", "{number} rows", export.rows_done)
            return Message(words.say("✅ {name}: the file is ready, {rows}.", name=name, rows=rows))
        case Making.STOPPED:
            return Message(words.say("⏹ {name}: stopped. Nothing is kept of it.", name=name))
        case Making.REFUSED:
            return Message(words.say("{name}: you are not in charge there any more, so no file is made.", name=name))
        case Making.FAILED:
            return Message(
                words.say("⚠️ {name}: the file could not be made; our mistake. /desk begins another.", name=name)
            )


def listing_file(notice: ListingFile, view: FileView, words: Words) -> Document:
    """The file, with what is in it."""
    export = view.export
    head = words.say(
        "{name} · {what}",
        name=bold(parts.book_name(export.book, words)),
        what=parts.filter_line(export.book, export.filter, view.named, words),
    )
    part = words.say("Part {part} of {parts}.", part=view.part, parts=export.parts) if export.parts > 1 else None
    handle = words.say("People stand in it by name: please keep it to yourself, and delete it when it has served.")
    day = view.made_at.astimezone(words.home.timezone).strftime("%Y-%m-%d")
    number = f"-{view.part}" if export.parts > 1 else ""
    return Document(
        lines(head, part, handle),
        protected=True,
        name=f"{export.book.value}-{day}{number}.{export.form.value}",
        paper=Kept(export.id, view.part),
    )
