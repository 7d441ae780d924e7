"""What somebody writes to look for something is understood as what it is: a number, a name, a place, a kind, else as words."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.home import Home
from bot.domain.listings import FIRST, Book, Filter, Stand
from bot.domain.people import Language
from bot.storage.database import Transaction
from bot.storage.listings import finding

NUMBER = re.compile(r"#?(\d{1,15})")


def understood(tx: Transaction, home: Home, book: Book, places: Sequence[int], written: str) -> Filter:
    """What to look for: all of it as one thing, or each word by itself; what is none of these are words to look for.

    A number is looked for wherever it stands; everything else among whatever has ended too.
    """
    number = NUMBER.fullmatch(written)
    if number is not None:
        return Filter(number=int(number[1]))
    start = replace(FIRST[book], stand=_all(book))
    whole = _one(tx, home, book, places, start, written)
    if whole is not None:
        return whole
    left: list[str] = []
    for part in written.split():
        found = _one(tx, home, book, places, start, part)
        left += [] if found else [part]
        start = found or start
    return replace(start, words=" ".join(left))


def _all(book: Book) -> str:
    return {Book.NEEDS: Stand.ALL.value, Book.PEOPLE: ""}.get(book, "")


def _one(tx: Transaction, home: Home, book: Book, places: Sequence[int], found: Filter, part: str) -> Filter | None:
    """The filter with this as a kind, a place or a name; None: it is none of them."""
    kind = _kind(home, part)
    if kind is not None and book is Book.NEEDS:
        return replace(found, kind=kind)
    place = finding.place_called(tx, part, places)
    if place is not None:
        return replace(found, place=place)
    if finding.people_called(tx, part, places):
        return replace(found, name=part)
    return None


def _kind(home: Home, part: str) -> str | None:
    asked = part.casefold()
    for category in home.catalogue.categories:
        if asked in {category.name(language).casefold() for language in Language}:
            return category.code
    return None
