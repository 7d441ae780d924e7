"""Brings a database to the newest schema: asked by plain SQL at every start, done by Alembic only when there is something to do.

Alembic and SQLAlchemy are imported inside the one function that needs them: they cost more than half a second, which a
start that finds its database up to date does not have to pay.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.storage.database import Database, DatabaseUnavailable, Transaction

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# What an error of a driver means, as the seam tells it: the database is in trouble, or a statement is wrong.
Trouble = Callable[[Any], Exception]

MIGRATIONS = Path(__file__).parent / "migrations"
# Any number will do, as long as it is always the same: copies that start together wait for each other on it.
LOCK = 5_461_203_117
PATIENCE_SECONDS = 60


class NewerDatabase(Exception):
    """This database was made by a newer version of the program; an older one must not touch it."""


def revisions() -> list[str]:
    """Every migration that this program knows, oldest first. A migration is named as its file is."""
    return sorted(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


async def pending(database: Database) -> bool:
    """Whether this database has to be migrated before it can be used; NewerDatabase when it is ahead of this program."""
    present = await database.read(_present)
    if present is not None and present not in revisions():
        raise NewerDatabase(f"the database is at {present}, which this version of the program does not know")
    return present != revisions()[-1]


def _present(tx: Transaction) -> str | None:
    if not tx.has_table("alembic_version"):
        return None
    row = tx.one("SELECT version_num FROM alembic_version")
    return None if row is None else str(row["version_num"])


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database behind `url` to the newest schema (or only to a `revision`), in one transaction; copies that start
    together do it once.

    Takes a second or more and blocks: run it in a thread of its own. DatabaseUnavailable if the database cannot be used.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic reads "%" as the start of a substitution; a folder's name may hold one.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with _one_at_a_time(url) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@contextmanager
def _one_at_a_time(url: str) -> "Iterator[Connection]":
    from sqlalchemy.exc import DBAPIError

    engine, trouble = _sqlite(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else _postgres(url)
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise trouble(error.orig) from error
    finally:
        engine.dispose()


def _sqlite(path: str) -> "tuple[Engine, Trouble]":
    from sqlalchemy import Connection, create_engine, event

    from bot.storage.sqlite import make_folder, trouble

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE_SECONDS)
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    def begin(connection: Connection) -> None:
        # The write lock is taken before Alembic looks which version is there, so that nobody can be in between.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    make_folder(path)
    engine = create_engine("sqlite://", creator=connect)
    event.listen(engine, "begin", begin)
    return engine, trouble


def _postgres(url: str) -> "tuple[Engine, Trouble]":
    import psycopg
    from sqlalchemy import create_engine, event

    from bot.storage import namespace
    from bot.storage.postgres import trouble

    def connect() -> "psycopg.Connection[Any]":
        connection = psycopg.connect(url, connect_timeout=5)
        connection.execute(namespace.ENTER.encode())
        connection.commit()
        return connection

    engine = create_engine("postgresql+psycopg://", creator=connect)
    event.listen(engine, "begin", _alone_in_its_schema)
    return engine, trouble


def _alone_in_its_schema(connection: "Connection") -> None:
    """Nobody else brings this schema to its newest tables meanwhile; it is made if it is not there."""
    from bot.storage import namespace

    here = namespace.HERE
    lock = f"CASE {here} WHEN '{namespace.FIRST}' THEN {LOCK} ELSE hashtextextended({here}, {LOCK}) END"
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({lock})")
    missing = connection.exec_driver_sql(f"SELECT {here} WHERE current_schema() IS NULL").scalar()
    if missing is not None:
        _make_schema(connection, str(missing))


def _make_schema(connection: "Connection", name: str) -> None:
    from sqlalchemy.exc import DBAPIError

    from bot.storage import namespace

    if not namespace.PLAIN.fullmatch(name):
        raise DatabaseUnavailable(
            f"there is no schema to live in, and {name} is none that can be made: set search_path to one plain name"
        )
    try:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    except DBAPIError as error:
        raise DatabaseUnavailable(
            f"there is no schema {name}, and this role may not make it: CREATE SCHEMA {name} AUTHORIZATION …"
        ) from error
