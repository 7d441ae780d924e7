"""A PostgreSQL database, or its one schema where others share it, as pg_dump writes it from one snapshot."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from bot.domain.backups import Facts, Kind, Unusable
from bot.storage import namespace
from bot.storage.backups import tools
from bot.storage.postgres import trouble

CONNECT_SECONDS = 5
Connection = psycopg.Connection[tuple[Any, ...]]


@contextmanager
def snapshot(url: str) -> Iterator[tuple[Facts, Iterator[bytes]]]:
    """The database as it is at this instant, as pg_dump writes it; rows are counted in the same snapshot."""
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS, application_name="linli backup") as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            connection.execute(namespace.ENTER.encode())
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
            found = facts(connection)
            arguments = (*tools.DUMPED, f"--snapshot={row[0] if row else ''}", *map(_left_out, others(connection)))
            with tools.tool("pg_dump", arguments, url, stdout=subprocess.PIPE) as dump:
                yield found, iter(partial(tools.more, dump), b"")
    except psycopg.Error as error:
        raise trouble(error) from error


def facts(connection: Connection) -> Facts:
    """What the schema that this connection has entered holds; Unusable when it is none of this program."""
    listed = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
    names = [str(name) for (name,) in listed.fetchall()]
    if "alembic_version" not in names:
        raise Unusable("it holds no database of this program")
    counted = {name: _first(connection, SQL("SELECT COUNT(*) FROM {}").format(Identifier(name))) for name in names}
    revision = _first(connection, SQL("SELECT version_num FROM {}").format(Identifier("alembic_version")))
    return Facts(Kind.POSTGRES, revision, {name: int(count) for name, count in counted.items()})


def others(connection: Connection) -> list[str]:
    """The schemas of this database beside this one and PostgreSQL's own: other districts', or anybody's. An empty `public`
    is nobody's."""
    rows = connection.execute(
        f"SELECT nspname FROM pg_namespace AS other WHERE quote_ident(nspname) <> {namespace.HERE}"
        r" AND nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'"
        f" AND (nspname <> '{namespace.FIRST}' OR EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = other.oid))".encode()
    )
    return [str(name) for (name,) in rows.fetchall()]


def _left_out(schema: str) -> str:
    # Named by what stays away: pg_dump writes PostgreSQL's first schema so that it can be restored only where it is not chosen.
    return f"--exclude-schema={tools.exactly(schema)}"


def _first(connection: Connection, query: Composed) -> str:
    row = connection.execute(query).fetchone()
    return "" if row is None else str(row[0])
