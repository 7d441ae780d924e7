"""What migrations are written with."""

from typing import Any

import sqlalchemy as sa
from alembic import op

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Column = sa.Column[Any]


def key() -> Column:
    """A row's own number, given by the database."""
    return sa.Column("id", Big, primary_key=True, autoincrement=True)


def number(name: str, *, nullable: bool = False, default: str | None = None, primary_key: bool = False) -> Column:
    """A whole number."""
    server_default = None if default is None else sa.text(default)
    return sa.Column(name, Big, nullable=nullable, server_default=server_default, primary_key=primary_key)


def link(name: str, target: str, *, nullable: bool = False, primary_key: bool = False) -> Column:
    """A reference to the row of another table."""
    return sa.Column(name, Big, sa.ForeignKey(target), nullable=nullable, primary_key=primary_key)


def words(name: str, *, nullable: bool = False, unique: bool | None = None, primary_key: bool = False) -> Column:
    """Text, plain or sealed."""
    return sa.Column(name, sa.Text, nullable=nullable, unique=unique, primary_key=primary_key)


def moment(name: str, *, nullable: bool = False, default: str | None = None) -> Column:
    """An instant of the database's own clock, with fractions of a second."""
    server_default = None if default is None else sa.text(default)
    return sa.Column(name, sa.Double, nullable=nullable, server_default=server_default)


def index(name: str, table: str, columns: list[str], *, where: str | None = None, unique: bool = False) -> None:
    """An index; `where` None: over all rows."""
    condition = None if where is None else sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
