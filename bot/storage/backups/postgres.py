"""PostgreSQL's own pg_dump and pg_restore: a dump of one snapshot, and a database that takes another's name."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from secrets import token_hex
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Composed, Identifier, Literal

from bot.domain.backups import Facts, Kind, Unusable
from bot.storage.backups.files import CHUNK_BYTES
from bot.storage.database import DatabaseUnavailable
from bot.storage.postgres import trouble

CONNECT_SECONDS = 5
Connection = psycopg.Connection[tuple[Any, ...]]
# How libpq's words are called in its environment: a password on the command line could be read by everybody on the machine.
VARIABLES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "passfile": "PGPASSFILE",
    "service": "PGSERVICE",
    "options": "PGOPTIONS",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}


class ToolMissing(DatabaseUnavailable):
    """PostgreSQL's own tools are not on this machine."""


class ToolFailed(DatabaseUnavailable):
    """PostgreSQL's own tool ended with an error: its first line."""


@contextmanager
def snapshot(url: str) -> Iterator[tuple[Facts, Iterator[bytes]]]:
    """The database as it is at this instant, as pg_dump writes it; rows are counted in the same snapshot."""
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS, application_name="linli backup") as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
            facts = _facts(connection)
            arguments = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={row[0] if row else ''}")
            with _tool("pg_dump", arguments, url, stdout=subprocess.PIPE) as dump:
                yield facts, iter(partial(_more, dump), b"")
    except psycopg.Error as error:
        raise trouble(error) from error


def _more(dump: subprocess.Popen[bytes]) -> bytes:
    return b"" if dump.stdout is None else dump.stdout.read(CHUNK_BYTES)


def _facts(connection: Connection) -> Facts:
    listed = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    names = [str(name) for (name,) in listed]
    if "alembic_version" not in names:
        raise Unusable("it holds no database of this program")
    counted = {name: _first(connection, SQL("SELECT COUNT(*) FROM {}").format(Identifier(name))) for name in names}
    revision = _first(connection, SQL("SELECT version_num FROM {}").format(Identifier("alembic_version")))
    return Facts(Kind.POSTGRES, revision, {name: int(count) for name, count in counted.items()})


def _first(connection: Connection, query: Composed) -> str:
    row = connection.execute(query).fetchone()
    return "" if row is None else str(row[0])


@contextmanager
def _tool(
    name: str, arguments: Iterable[str], url: str, *, stdin: int | None = None, stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """One of PostgreSQL's tools at work; ToolFailed with what it said if it does not end well."""
    path = shutil.which(name)
    if path is None:
        raise ToolMissing(f"{name} is not on this machine: install PostgreSQL's client (Debian: postgresql-client)")
    words = conninfo_to_dict(url)
    given = {VARIABLES[key]: str(value) for key, value in words.items() if key in VARIABLES and value is not None}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [path, *arguments], env={**os.environ, **given}, stdin=stdin, stdout=stdout, stderr=said
        )
        try:
            yield process
        except BrokenPipeError:
            # It has ended by itself: what it said tells why.
            pass
        except BaseException:
            process.kill()
            raise
        finally:
            _close(process)
        if process.returncode:
            said.seek(0)
            lines = said.read().decode(errors="replace").splitlines() or [f"it ended with {process.returncode}"]
            raise ToolFailed(f"{name}: {lines[0]}")


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
    process.wait()


# --- putting back ---


@contextmanager
def tried(url: str, chunks: Iterable[bytes]) -> Iterator[str]:
    """The backup as a database of its own on the same server: its address. Dropped again, unless it has got the present one's
    name."""
    name = f"{_name(url)}_{token_hex(4)}"
    _make_like(url, name)
    try:
        arguments = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--dbname={name}")
        with _tool("pg_restore", arguments, url, stdin=subprocess.PIPE) as restore:
            if restore.stdin is not None:
                restore.stdin.writelines(chunks)
        yield make_conninfo(url, dbname=name)
    finally:
        with _server(url) as server:
            server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def examine(url: str) -> Facts:
    """What a database holds; Unusable when it is none of this program."""
    with _connected(url) as connection:
        return _facts(connection)


def swap(new: str, url: str, at: datetime) -> str:
    """Give a database the present one's name; what that is called now. Both at once, or neither."""
    present, aside = _name(url), f"{_name(url)}_before_{at:%Y%m%dt%H%M%S}"
    with _server(url) as server, server.transaction():
        for old, name in ((present, aside), (_name(new), present)):
            server.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(old), Identifier(name)))
    return aside


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
def _server(url: str) -> Iterator[Connection]:
    """A connection to the server beside the database itself, which is renamed from there."""
    with _connected(make_conninfo(url, dbname="postgres")) as server:
        yield server


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """A connection whose every statement is a transaction; what goes wrong on it is said in a sentence."""
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS, autocommit=True) as server:
            yield server
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseUnavailable(
            "this role may not make databases: ALTER ROLE … CREATEDB, for as long as it is restored"
        ) from error
    except psycopg.Error as error:
        raise trouble(error) from error


def _name(url: str) -> str:
    return str(conninfo_to_dict(url)["dbname"])
