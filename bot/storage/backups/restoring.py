"""A backup of PostgreSQL put back: tried in a database of its own, and only then given the present one's name.

Where the program has a database to itself one database takes the other's name, which is done at once, however large it is.
Where other districts share it, only this one's schema is replaced: it is carried over from the database in which it was tried.
"""

import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from secrets import token_hex

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier, Literal

from bot.domain.backups import Facts, Unusable
from bot.storage import namespace
from bot.storage.backups import postgres, tools
from bot.storage.database import DatabaseUnavailable
from bot.storage.postgres import trouble


@contextmanager
def tried(url: str, chunks: Iterable[bytes]) -> Iterator[str]:
    """The backup as a database of its own on the same server: its address. Dropped again, unless it has got the present one's
    name."""
    name = f"{_name(url)}_{token_hex(4)}"
    _make_like(url, name)
    try:
        with tools.tool("pg_restore", (*tools.RESTORED, f"--dbname={name}"), url, stdin=subprocess.PIPE) as restore:
            if restore.stdin is not None:
                restore.stdin.writelines(chunks)
        with _connected(url) as present:
            here = _here(present)
        tried_in = make_conninfo(url, dbname=name)
        with _connected(tried_in) as server:
            _take_name(server, here)
        # The schema may be set for a role or a database, which this one is not: here it is said again.
        yield _within(tried_in, here)
    finally:
        with _server(url) as server:
            server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def examine(url: str) -> Facts:
    """What a database holds; Unusable when it is none of this program."""
    with _connected(url) as connection:
        return postgres.facts(connection)


def swap(new: str, url: str, at: datetime) -> str | None:
    """Put what was tried in the present one's place, at once or not at all; what that is called now.

    None: nothing was there.
    """
    with _connected(url) as present:
        here, shared = _here(present), bool(postgres.others(present))
    # A database that chooses its schema by a setting of its own would lose that with its name.
    if here == namespace.FIRST and not shared:
        return _swap_databases(new, url, at)
    return _swap_schemas(new, url, here, at)


def _swap_databases(new: str, url: str, at: datetime) -> str:
    present, aside = _name(url), f"{_name(url)}_before_{at:%Y%m%dt%H%M%S}"
    with _server(url) as server, server.transaction():
        for old, name in ((present, aside), (_name(new), present)):
            server.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(old), Identifier(name)))
    return aside


def _swap_schemas(new: str, url: str, here: str, at: datetime) -> str | None:
    arrived, aside = f"{here[:40]}_{token_hex(4)}", f"{here[:40]}_before_{at:%Y%m%dt%H%M%S}"
    with _connected(new) as server:
        server.execute(SQL("ALTER SCHEMA {} RENAME TO {}").format(Identifier(here), Identifier(arrived)))
    try:
        _carry(new, url, arrived)
        return _change_places(url, here, arrived, aside)
    except BaseException:
        with suppress(DatabaseUnavailable), _connected(url) as server:
            server.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(arrived)))
        raise


def _carry(new: str, url: str, schema: str) -> None:
    """One schema from the database in which it was tried into the present one, without a file between."""
    with (
        tools.tool(
            "pg_dump", (*tools.DUMPED, f"--schema={tools.exactly(schema)}"), new, stdout=subprocess.PIPE
        ) as dump,
        tools.tool("pg_restore", (*tools.RESTORED, f"--dbname={_name(url)}"), url, stdin=subprocess.PIPE) as restore,
    ):
        if restore.stdin is not None:
            restore.stdin.writelines(iter(partial(tools.more, dump), b""))


def _change_places(url: str, here: str, arrived: str, aside: str) -> str | None:
    with _connected(url) as server, server.transaction():
        there = _is_there(server, here)
        for old, name in [(here, aside)] * there + [(arrived, here)]:
            server.execute(SQL("ALTER SCHEMA {} RENAME TO {}").format(Identifier(old), Identifier(name)))
    return aside if there else None


def _is_there(server: postgres.Connection, schema: str) -> bool:
    return server.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema]).fetchone() is not None


def _take_name(server: postgres.Connection, here: str) -> None:
    """What was restored is called what the present one is, wherever the backup was made; Unusable when it is not one schema."""
    rows = server.execute(
        "SELECT schemaname FROM pg_tables WHERE tablename = 'alembic_version' ORDER BY schemaname"
    ).fetchall()
    if len(rows) != 1:
        raise Unusable("it holds no database of this program" if not rows else "it holds more than one district")
    if rows[0][0] == here:
        return
    server.execute(SQL("DROP SCHEMA IF EXISTS {}").format(Identifier(here)))
    server.execute(SQL("ALTER SCHEMA {} RENAME TO {}").format(Identifier(rows[0][0]), Identifier(here)))


def _here(server: postgres.Connection) -> str:
    """The schema that this connection has entered."""
    row = server.execute(f"SELECT (parse_ident({namespace.HERE}))[1]".encode()).fetchone()
    return str(row[0]) if row else ""


def _within(url: str, schema: str) -> str:
    """The same address, in this schema whatever else is set."""
    said = conninfo_to_dict(url).get("options") or ""
    spelled = re.sub(r"([\\ ])", r"\\\1", tools.exactly(schema))
    return make_conninfo(url, options=f"{said} -csearch_path={spelled}".strip())


def _make_like(url: str, name: str) -> None:
    """An empty database with the letters and the order of the present one."""
    with _connected(url) as server:
        row = server.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        encoding, collate, ctype = row or ("UTF8", "C", "C")
        server.execute(
            SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}").format(
                Identifier(name), Literal(encoding), Literal(collate), Literal(ctype)
            )
        )


@contextmanager
def _server(url: str) -> Iterator[postgres.Connection]:
    """A connection to the server beside the database itself, which is renamed from there."""
    with _connected(make_conninfo(url, dbname="postgres")) as server:
        yield server


@contextmanager
def _connected(url: str) -> Iterator[postgres.Connection]:
    """A connection whose every statement is a transaction; what goes wrong on it is said in a sentence."""
    try:
        with psycopg.connect(url, connect_timeout=postgres.CONNECT_SECONDS, autocommit=True) as server:
            server.execute(namespace.ENTER.encode())
            yield server
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseUnavailable(
            "this role may not make databases: ALTER ROLE … CREATEDB, for as long as it is restored"
        ) from error
    except psycopg.Error as error:
        raise trouble(error) from error


def _name(url: str) -> str:
    return str(conninfo_to_dict(url)["dbname"])
