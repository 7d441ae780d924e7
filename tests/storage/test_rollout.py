"""A new version may run beside an old one: migrations only add, so what the old one writes fits into the new schema."""

from itertools import pairwise
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import BigInteger, Connection, Double, Integer, Table, inspect
from sqlalchemy.schema import MetaData

from bot.storage.migrate import MIGRATIONS, revisions
from tests.storage.test_migrations import connected

# The first version that ever served a community: before it nothing ran that could still be running.
FIRST_IN_SERVICE = "0014_waves"
IN_SERVICE = revisions()[revisions().index(FIRST_IN_SERVICE) :]


def bring(connection: Connection, revision: str) -> MetaData:
    """The database at one of its versions; its tables as the database itself tells them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    found = MetaData()
    found.reflect(connection)
    return found


@pytest.mark.parametrize(("old", "new"), list(pairwise(IN_SERVICE)))
def test_each_migration_only_adds(tmp_path: Path, old: str, new: str) -> None:
    with connected(f"sqlite:///{tmp_path}/linli.sqlite3") as connection:
        before, after = bring(connection, old), bring(connection, new)
    for table in before.tables.values():
        assert table.name in after.tables, f"{new} takes the table {table.name} away from an older copy"
        _only_added(table, after.tables[table.name], new)


def _only_added(before: Table, after: Table, revision: str) -> None:
    kept = {column.name: column for column in after.columns}
    for column in before.columns:
        assert column.name in kept, f"{revision} takes {before.name}.{column.name} away"
        assert kept[column.name].nullable or not column.nullable, (
            f"{revision} makes {before.name}.{column.name} compulsory"
        )
    for name in kept.keys() - {column.name for column in before.columns}:
        new = kept[name]
        assert new.nullable or new.server_default is not None, f"an older copy does not know {before.name}.{name}"
    uniques = {tuple(index["column_names"]) for index in _unique(after)} - {
        tuple(index["column_names"]) for index in _unique(before)
    }
    for columns in uniques:
        new_ones = kept.keys() - {column.name for column in before.columns}
        assert new_ones & set(columns), f"{revision} forbids in {before.name} what an older copy writes"


def _unique(table: Table) -> list[dict[str, list[str]]]:
    return [{"column_names": [column.name for column in index.columns]} for index in table.indexes if index.unique]


def test_what_the_version_before_writes_fits_into_this_one(empty_url: str) -> None:
    """Every table is written with the columns that the version before knew, and nothing else."""
    with connected(empty_url) as connection:
        before = bring(connection, IN_SERVICE[-2])
        bring(connection, IN_SERVICE[-1])
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        written = [table for table in before.tables.values() if table.name != "alembic_version"]
        for table in written:
            connection.execute(table.insert().values(_row(table)))
        counted = {
            table.name: connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table.name}").scalar() for table in written
        }
        known = set(inspect(connection).get_table_names())
    assert set(counted.values()) == {1}
    assert {table.name for table in written} <= known


def _row(table: Table) -> dict[str, object]:
    """A row as an older copy writes it: every column that it knows and that has no value of its own."""
    return {
        column.name: 1 if isinstance(column.type, BigInteger | Integer | Double) else "x"
        for column in table.columns
        if column.server_default is None
    }
