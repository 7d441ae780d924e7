"""What the schema is written with."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Text, text

metadata = MetaData()
Big = BigInteger().with_variant(Integer, "sqlite")


def key() -> Column[int]:
    """A row's own number, given by the database."""
    return Column("id", Big, primary_key=True, autoincrement=True)


def link(name: str, target: str, *, nullable: bool = False, doc: str = "") -> Column[int]:
    """A reference to the row of another table."""
    return Column(name, Big, ForeignKey(target), nullable=nullable, doc=doc)


def number(name: str, *, nullable: bool = False, default: str | None = None, doc: str = "") -> Column[int]:
    """A whole number."""
    return Column(name, Big, nullable=nullable, server_default=None if default is None else text(default), doc=doc)


def words(name: str, *, nullable: bool = False, doc: str = "") -> Column[str]:
    """Text, plain or sealed."""
    return Column(name, Text, nullable=nullable, doc=doc)


def due(table: str) -> Index:
    """Finds the rows whose time has come: those with `act_at`, and no others."""
    return where(f"{table}_act", "act_at", condition="act_at IS NOT NULL")


def where(name: str, *columns: str, condition: str, unique: bool = False) -> Index:
    """An index over those rows only for which the condition holds."""
    return Index(name, *columns, unique=unique, sqlite_where=text(condition), postgresql_where=text(condition))
