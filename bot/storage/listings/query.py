"""How any list is read: counted no further than anybody turns pages, page by page, or row after row for a file.

A book says in SQL what is in it and for whom; the text is built from its own pieces only, and everything that a person chose
or wrote comes in as a parameter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.listings import COUNTED_AT_MOST, LOOKED_THROUGH, Filter
from bot.domain.listings import Row as Listed
from bot.storage.columns import among, seconds
from bot.storage.database import Row, Transaction

# What leaves few rows, each found by an index of its own.
FEW = ("helper", "name", "number", "since")


@dataclass(frozen=True)
class Query:
    """Who looks, at which places and below, for what. `since` None: from the beginning; `named`: who is called as is asked."""

    reader: int
    places: tuple[int, ...]
    filter: Filter
    now: datetime
    since: datetime | None = None
    named: tuple[int, ...] = ()

    def values(self) -> dict[str, object]:
        """Everything that a condition may speak of."""
        asked = self.filter
        return {
            "reader": self.reader,
            "now": seconds(self.now),
            "since": seconds(self.since),
            "kind": asked.kind,
            "urgency": asked.urgency,
            "helper": asked.helper,
            "skill": asked.skill,
            "number": asked.number,
            **among("place", list(self.places))[1],
            **among("named", list(self.named))[1],
        }

    @property
    def below(self) -> str:
        """The places that are looked at, as a list for `IN (…)`."""
        named = among("place", list(self.places))[0]
        return f"SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({named})"

    def here(self, area: str) -> str:
        """That a row's place is one of them. Where few rows are left, `+ 0` keeps the database from going place by place."""
        few = set(FEW).intersection(self.filter.asked())
        return f"{area} + 0 IN ({self.below})" if few else f"{area} IN ({self.below})"


@dataclass(frozen=True)
class Book:
    """One kind of list: `source` and its `id`, what it reads of each row, in which order, and the row as a value.

    `bare` is the source without what is needed only for a row that is read, `area` its column of the place. `stands` are the
    conditions of what can be listed (and `orders` theirs, where it is not the usual one), `fields` those of what else can be
    chosen; `said` are the sealed columns (with the "table.column" that they are sealed for) in which words are looked for.
    """

    source: str
    bare: str
    id: str
    area: str
    columns: str
    where: str
    stands: Mapping[str, str]
    orders: Mapping[str, str]
    fields: Mapping[str, str]
    said: Mapping[str, str]
    read: Callable[[Transaction, Row], Listed]

    def conditions(self, query: Query) -> str:
        """All that holds for what is listed."""
        asked = query.filter.asked()
        stand = self.stands.get(query.filter.stand) or self.stands[""]
        chosen = [self.fields[name] for name in asked if name in self.fields and name != "since"]
        since = [self.fields["since"]] if query.since is not None else []
        return " AND ".join((self.where, stand, *chosen, *since)).format(
            here=query.here(self.area), below=query.below, named=among("named", list(query.named))[0]
        )

    def order(self, query: Query) -> str:
        """In which order it is listed."""
        return self.orders.get(query.filter.stand) or self.orders[""]


def count(tx: Transaction, book: Book, query: Query, most: int = COUNTED_AT_MOST) -> int:
    """How many are listed, no further than one more than `most`."""
    sql = f"SELECT COUNT(*) AS n FROM (SELECT {book.id} FROM {book.bare} WHERE {book.conditions(query)} LIMIT :most) found"
    row = tx.one(sql, {**query.values(), "most": most + 1})
    return 0 if row is None else int(row["n"])


def count_all(tx: Transaction, book: Book, query: Query) -> tuple[int, int]:
    """How many are listed in all, and the largest number among them."""
    sql = f"SELECT COUNT(*) AS n, MAX({book.id}) AS top FROM {book.bare} WHERE {book.conditions(query)}"
    row = tx.one(sql, query.values())
    return (0, 0) if row is None else (int(row["n"]), int(row["top"] or 0))


def page(tx: Transaction, book: Book, query: Query, *, limit: int, offset: int) -> list[Listed]:
    """A page of it."""
    sql = (
        f"SELECT {book.columns} FROM {book.source} WHERE {book.conditions(query)}"
        f" ORDER BY {book.order(query)} LIMIT :limit OFFSET :offset"
    )
    return [book.read(tx, row) for row in tx.all(sql, {**query.values(), "limit": limit, "offset": offset})]


def after(
    tx: Transaction, book: Book, query: Query, *, last: int, top: int, limit: int
) -> tuple[list[Listed], int | None]:
    """The rows with numbers above `last`, up to `top`; and the last one's number (None: there are no further ones).

    Words are looked for in every one of them.
    """
    sql = (
        f"SELECT {book.columns}, {book.id} AS row_id{_said(book)} FROM {book.source} WHERE {book.conditions(query)}"
        f" AND {book.id} > :last AND {book.id} <= :top ORDER BY {book.id} LIMIT :limit"
    )
    rows = tx.all(sql, {**query.values(), "last": last, "top": top, "limit": limit})
    found = [row for row in rows if not query.filter.words or _says(tx, book, row, query.filter.words)]
    return [book.read(tx, row) for row in found], rows[-1]["row_id"] if len(rows) == limit else None


def search(tx: Transaction, book: Book, query: Query, *, limit: int, offset: int) -> tuple[list[Listed], int, bool]:
    """A page of what holds the words that are looked for, the newest first; how many there are; and False: there are older
    ones that were not opened."""
    sql = (
        f"SELECT {book.id} AS row_id{_said(book)} FROM {book.bare} WHERE {book.conditions(query)}"
        f" ORDER BY {book.id} DESC LIMIT :limit"
    )
    rows = tx.all(sql, {**query.values(), "limit": LOOKED_THROUGH + 1})
    found = [row["row_id"] for row in rows[:LOOKED_THROUGH] if _says(tx, book, row, query.filter.words)]
    shown, values = among("row", found[offset : offset + limit])
    sql = f"SELECT {book.columns} FROM {book.source} WHERE {book.id} IN ({shown}) ORDER BY {book.id} DESC"
    read = [book.read(tx, row) for row in tx.all(sql, {**query.values(), **values})]
    return read, len(found), len(rows) <= LOOKED_THROUGH


def _said(book: Book) -> str:
    return "".join(f", {column} AS said_{place}" for place, column in enumerate(book.said))


def _says(tx: Transaction, book: Book, row: Row, words: str) -> bool:
    """Whether a row's sealed columns hold these words."""
    wanted = words.casefold()
    sealed = ((row[f"said_{place}"], column) for place, column in enumerate(book.said.values()))
    return any(value and wanted in tx.vault.open(column, value).casefold() for value, column in sealed)
