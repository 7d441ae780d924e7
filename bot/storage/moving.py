"""A database carried from SQLite to PostgreSQL: every table of the schema, row by row, and every row looked at again.

How far it has come is written in the target with each batch, so that a move goes on where it was broken off.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.storage import meta
from bot.storage.database import Transaction
from bot.storage.tables import Table, tables

PAGE = 500
Record = dict[str, object]
# A foreign key: of which table, its name, its definition.
Link = tuple[str, str, str]


class CannotMove(Exception):
    """The community cannot be carried there, and why: a sentence."""


# --- how far it has come ---


@dataclass(frozen=True)
class Progress:
    """How far a move has come. `table` None: nothing was carried yet; `last` is the key of the last row carried of it.

    `source` is a number that the source was given; `links` are to be made again at the end; `whole`: they are, all is carried.
    """

    source: str
    table: str | None = None
    last: tuple[Any, ...] = ()
    links: tuple[Link, ...] = ()
    whole: bool = False


def progress(tx: Transaction) -> Progress | None:
    """How far a move into this database has come; None: there was none, or it has ended."""
    value = meta.get(tx, meta.ARRIVING)
    if value is None:
        return None
    read = json.loads(value)
    links = tuple((table, name, words) for table, name, words in read["links"])
    return Progress(read["source"], read["table"], tuple(read["last"]), links, read["whole"])


def note(tx: Transaction, now: Progress) -> Progress:
    """Write down how far it has come, in the transaction that carried it."""
    meta.put(tx, meta.ARRIVING, json.dumps(asdict(now)))
    return now


def begin(tx: Transaction, source: str) -> Progress:
    """A move into this database begins; CannotMove when something is in it."""
    if any(tx.one(f'SELECT 1 AS one FROM "{table.name}" LIMIT 1') for table in tables()):
        raise CannotMove("the target is not empty: give an empty database, or the one into which this move was begun")
    return note(tx, Progress(source, links=_take_links_off(tx)))


def finish(tx: Transaction, now: Progress) -> Progress:
    """Everything is carried: the foreign keys hold again, and numbers go on behind the highest."""
    for place, name, words in now.links:
        tx.run(f"ALTER TABLE {place} ADD CONSTRAINT {name} {words}")
    _number_on(tx)
    return note(tx, replace(now, links=(), whole=True))


def place(tx: Transaction) -> str:
    """In which schema of its database the target lives."""
    row = tx.one("SELECT current_schema() AS name")
    return str(row["name"]) if row else ""


def arrive(tx: Transaction) -> None:
    """The move has ended: the program may start here."""
    meta.drop(tx, meta.ARRIVING)


# --- carrying ---


def page(tx: Transaction, table: Table, last: tuple[Any, ...]) -> list[Record]:
    """Rows of the source behind this key, in the order of their keys; CannotMove for a row that no PostgreSQL would hold."""
    after, values = table.after(last)
    rows = tx.all(
        f'SELECT {table.listed} FROM "{table.name}" WHERE {after} AND {_ours(table)} ORDER BY {table.key_listed} LIMIT :limit',
        {**values, "limit": PAGE},
    )
    try:
        return [table.even(row) for row in rows]
    except (ValueError, TypeError) as error:
        raise CannotMove(f"{table.name} holds a value that its column cannot hold, behind the row {last}") from error


def put(tx: Transaction, table: Table, rows: list[Record], now: Progress) -> None:
    """Write these rows into the target, and how far it has come with them."""
    places = ", ".join(f":{name}" for name in table.columns)
    tx.many(f'INSERT INTO "{table.name}" ({table.listed}) VALUES ({places})', rows)
    note(tx, now)


def counts(tx: Transaction) -> dict[str, int]:
    """How many rows each table has."""
    return {table.name: _count(tx, table) for table in tables()}


def _count(tx: Transaction, table: Table) -> int:
    row = tx.one(f'SELECT COUNT(*) AS n FROM "{table.name}" WHERE {_ours(table)}')
    return int(row["n"]) if row else 0


def _ours(table: Table) -> str:
    # The marks of the move itself belong to one of the two databases only.
    return f"name NOT IN ('{meta.MOVED}', '{meta.ARRIVING}')" if table.name == "meta" else "1 = 1"


# --- looking again ---


def differing(tx: Transaction, table: Table, rows: list[Record]) -> list[str]:
    """The keys of those of these rows that the target does not hold as they are."""
    there = _hashes(table, _same(tx, table, rows))
    here = _hashes(table, rows)
    return [", ".join(map(str, key)) for key, value in here.items() if there.get(key) != value]


def _hashes(table: Table, rows: list[Record]) -> Mapping[tuple[Any, ...], str]:
    return {table.key(row): hashlib.sha256(repr(list(row.values())).encode()).hexdigest() for row in rows}


def _same(tx: Transaction, table: Table, rows: list[Record]) -> list[Record]:
    """The target's rows with the keys of these."""
    places: list[str] = []
    values: dict[str, Any] = {}
    for number, row in enumerate(rows):
        named = {f"k{number}_{place}": value for place, value in enumerate(table.key(row))}
        places.append(f"({', '.join(f':{name}' for name in named)})")
        values |= named
    found = tx.all(
        f'SELECT {table.listed} FROM "{table.name}" WHERE ({table.key_listed}) IN ({", ".join(places)})', values
    )
    return [table.even(row) for row in found]


# --- foreign keys and numbers, PostgreSQL's own ---


def _take_links_off(tx: Transaction) -> tuple[Link, ...]:
    """A row may refer to one that comes later: foreign keys are taken off until all are there."""
    rows = tx.all(
        "SELECT conrelid::regclass::text AS place, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS words"
        " FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname"
    )
    for row in rows:
        tx.run(f"ALTER TABLE {row['place']} DROP CONSTRAINT {row['name']}")
    return tuple((row["place"], row["name"], row["words"]) for row in rows)


def _number_on(tx: Transaction) -> None:
    rows = tx.all(
        "SELECT table_name AS place, column_name AS name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL"
    )
    for row in rows:
        highest = f'SELECT COALESCE(MAX("{row["name"]}"), 0) + 1 FROM "{row["place"]}"'
        tx.all(f"SELECT setval(pg_get_serial_sequence(:place, :name), ({highest}), false)", dict(row))
