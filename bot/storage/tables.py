"""Every table of the schema, for what has to reach all of them: carrying a community elsewhere, sealing everything anew."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Double, Integer, LargeBinary, Text
from sqlalchemy import Table as SchemaTable

from bot.storage.database import Row
from bot.storage.schema import metadata

Value = Callable[[Any], object]


@dataclass(frozen=True)
class Table:
    """One table: its columns, each with what makes its values the same on both databases, and the keys that rows are known by."""

    name: str
    columns: Mapping[str, Value]
    keys: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns that hold text, plain or sealed."""
        return tuple(name for name, even in self.columns.items() if even is str)

    @property
    def listed(self) -> str:
        """Its columns, for a statement."""
        return ", ".join(f'"{name}"' for name in self.columns)

    @property
    def key_listed(self) -> str:
        """Its keys, for a statement."""
        return ", ".join(f'"{name}"' for name in self.keys)

    def even(self, row: Row) -> dict[str, object]:
        """A row as both databases hold it; ValueError or TypeError when a value is none of its column's."""
        return {name: None if row[name] is None else even(row[name]) for name, even in self.columns.items()}

    def key(self, row: Row) -> tuple[Any, ...]:
        """By what this row is known."""
        return tuple(row[name] for name in self.keys)

    def after(self, last: tuple[Any, ...]) -> tuple[str, dict[str, Any]]:
        """The condition for the rows behind the one of this key, and its values; all rows for the empty key."""
        values = {f"after{number}": value for number, value in enumerate(last)}
        places = ", ".join(f":{name}" for name in values)
        return (f"({self.key_listed}) > ({places})" if last else "1 = 1"), values


@cache
def tables() -> tuple[Table, ...]:
    """Every table of the schema; what others refer to comes first."""
    return tuple(_table(table) for table in metadata.sorted_tables)


def _table(table: SchemaTable) -> Table:
    columns = {column.name: _even(column.type) for column in table.columns}
    return Table(table.name, columns, tuple(column.name for column in table.primary_key.columns))


def _even(kind: object) -> Value:
    """What both databases mean by a value of this type: SQLite keeps what it is given, PostgreSQL what the column says."""
    for known, even in ((BigInteger, _whole), (Integer, _whole), (Double, float), (Text, str), (LargeBinary, bytes)):
        if isinstance(kind, known):
            return even
    raise TypeError(f"nothing is said of columns of the type {kind}")


def _whole(value: Any) -> int:
    if int(value) != value:
        raise ValueError("no whole number")
    return int(value)
