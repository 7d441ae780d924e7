"""Migrations build exactly what the schema file says, once, whoever starts at the same time."""

import asyncio
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url

from bot.storage import schema
from bot.storage.database import Database, DatabaseUnavailable, open_database
from bot.storage.migrate import NewerDatabase, pending, revisions, upgrade
from bot.storage.vault import Vault
from tests.conftest import PostgresServer

ROOT = Path(__file__).parents[2]
# Everything that PostgreSQL knows of a table: columns with types and defaults, constraints, indexes with their conditions.
CATALOGUE = (
    "SELECT 'column', table_name, column_name, ordinal_position::text, data_type, is_nullable, column_default"
    " FROM information_schema.columns WHERE table_schema = 'public'"
    " UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '', '' FROM pg_indexes WHERE schemaname = 'public'"
    " UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', ''"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3, 4"
)


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """SQLAlchemy's connection to a database, for Alembic's own comparison."""
    address = make_url(url)
    driver = "postgresql+psycopg" if address.drivername == "postgresql" else address.drivername
    engine: Engine = create_engine(address.set(drivername=driver))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def shape(connection: Connection) -> list[tuple[object, ...]]:
    """Everything that the database itself says of its tables, but for Alembic's own."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    else:
        rows = connection.exec_driver_sql(CATALOGUE)
    return [tuple(_even(cell) for cell in row) for row in rows if "alembic_version" not in row]


def _even(cell: object) -> object:
    return re.sub(r"\s+", " ", cell) if isinstance(cell, str) else cell


def test_migrations_are_what_the_schema_file_says_by_alembics_comparison(database_url: str) -> None:
    with connected(database_url) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "target_metadata": schema.metadata}
        )
        assert compare_metadata(context, schema.metadata) == []


def test_migrations_are_what_the_schema_file_says_to_the_last_index(database_url: str, empty_directly: str) -> None:
    with connected(empty_directly) as connection:
        schema.metadata.create_all(connection)
        wanted = shape(connection)
    with connected(database_url) as connection:
        assert shape(connection) == wanted
    assert len(wanted) > 40


@pytest.fixture
def empty_directly(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a second, empty database of the same kind."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path}/direct.sqlite3"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.make()
    yield server.url(name)
    server.drop(name)


async def test_an_empty_database_is_pending_until_it_is_migrated(empty_url: str, vault: Vault) -> None:
    database = await open_database(empty_url, vault)
    assert await pending(database)
    await asyncio.to_thread(upgrade, empty_url)
    assert not await pending(database)
    await asyncio.to_thread(upgrade, empty_url)
    assert not await pending(database)
    await database.close()


async def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    await database.transaction(lambda tx: tx.run("UPDATE alembic_version SET version_num = '9999_from_the_future'"))
    with pytest.raises(NewerDatabase, match="9999_from_the_future"):
        await pending(database)


async def test_copies_that_start_together_migrate_once(empty_url: str, vault: Vault) -> None:
    program = f"from bot.storage.migrate import upgrade; upgrade({empty_url!r})"
    copies = [
        await asyncio.create_subprocess_exec(sys.executable, "-W", "error", "-c", program, cwd=ROOT) for _ in range(3)
    ]
    assert [await copy.wait() for copy in copies] == [0, 0, 0]
    database = await open_database(empty_url, vault)
    assert not await pending(database)
    await database.close()


async def test_asking_does_not_load_what_migrating_needs(database_url: str) -> None:
    program = (
        "import asyncio, sys\n"
        "from bot.storage.database import open_database\n"
        "from bot.storage.migrate import pending\n"
        "from bot.storage.vault import Key, Vault\n"
        "async def main():\n"
        f"    database = await open_database({database_url!r}, Vault([Key.generate('k')]))\n"
        "    await pending(database)\n"
        "    await database.close()\n"
        "asyncio.run(main())\n"
        "sys.exit('sqlalchemy' in sys.modules or 'alembic' in sys.modules)\n"
    )
    started = await asyncio.create_subprocess_exec(sys.executable, "-c", program, cwd=ROOT)
    assert await started.wait() == 0


def test_a_database_that_cannot_be_reached_is_said_to_be_unavailable(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(DatabaseUnavailable):
        upgrade(f"sqlite:///{tmp_path}/folder")
    with pytest.raises(DatabaseUnavailable):
        upgrade("postgresql://nobody@127.0.0.1:1/nothing")


def test_a_migration_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    with connected(empty_url) as connection:
        connection.exec_driver_sql("CREATE TABLE pulses (it_was_here_before BIGINT)")
        before = shape(connection)
    with pytest.raises((sqlite3.Error, psycopg.Error), match="pulses"):
        upgrade(empty_url)
    with connected(empty_url) as connection:
        assert shape(connection) == before


def test_migrations_are_numbered_one_after_the_other() -> None:
    assert [int(name[:4]) for name in revisions()] == list(range(1, len(revisions()) + 1))
