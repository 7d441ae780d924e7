"""A database for one run, made and dropped by it, and a window on it through which the model reads plain rows."""

import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier

from tests.crash.mishaps import FULL, RESTART, WAYS
from tests.crash.servers import Server, may_mount, own_server, programs, small_disk

SERVER_URL = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
KINDS = ("sqlite", "postgres")
DISK_MEGABYTES = 48
Row = Mapping[str, Any]


class Window:
    """Reads the run's database beside the program, in plain SQL, past all of the program's own code."""

    def __init__(self, url: str) -> None:
        self.url = url

    def rows(self, sql: str) -> list[Row]:
        """Every row of a question."""
        return self._sqlite(sql) if self.url.startswith("sqlite:///") else self._postgres(sql)

    def number(self, sql: str) -> int:
        """A question whose answer is one number named n."""
        return int(self.rows(sql)[0]["n"])

    def deadlocks(self) -> int:
        """How often PostgreSQL had to take a transaction back because two waited for each other; SQLite never has to."""
        if self.url.startswith("sqlite:///"):
            return 0
        return self.number("SELECT deadlocks AS n FROM pg_stat_database WHERE datname = current_database()")

    def _sqlite(self, sql: str) -> list[Row]:
        connection = sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=10)
        try:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql)]
        finally:
            connection.close()

    def _postgres(self, sql: str) -> list[Row]:
        with psycopg.connect(self.url, row_factory=dict_row, connect_timeout=5) as connection:
            return list(connection.execute(sql.encode()))


def possible(kinds: Sequence[str], database: str) -> tuple[str, ...]:
    """Those of these mishaps that can be had on this machine: not everybody may start a server or make a disk."""
    lacking: set[str] = set()
    if database == "postgres" and programs() is None:
        lacking |= {RESTART, FULL}
    if not may_mount():
        lacking.add(FULL)
    return tuple(kind for kind in kinds if kind not in lacking and database in WAYS[kind])


@dataclass(frozen=True)
class Place:
    """Where a run's database is. `server` None: somebody else's, or none; `disk` None: one that nobody may fill."""

    window: Window
    server: Server | None = None
    disk: Path | None = None

    @property
    def url(self) -> str:
        """Its address, past all lines."""
        return self.window.url

    @property
    def path(self) -> Path | None:
        """Its file; None: a server has it."""
        return Path(self.url.removeprefix("sqlite:///")) if self.url.startswith("sqlite:///") else None


@contextmanager
def database(kind: str, folder: Path, *, own: bool = False) -> Iterator[Place]:
    """A new empty database of this kind while it lasts; psycopg.OperationalError where no PostgreSQL answers.

    `own`: on a server and a disk of its own, so that both can come to harm; NoServer where there is no such server.
    """
    with ExitStack() as stack:
        if kind == "sqlite":
            disk = folder / "disk"
            disk.mkdir()
            if own and may_mount():
                stack.enter_context(small_disk(disk, DISK_MEGABYTES))
                yield Place(Window(f"sqlite:///{disk}/linli.sqlite3"), disk=disk)
            else:
                yield Place(Window(f"sqlite:///{disk}/linli.sqlite3"))
        elif own:
            server = stack.enter_context(own_server())
            window = stack.enter_context(_on_server(server.url))
            yield Place(window, server, server.disk if may_mount() else None)
        else:
            yield Place(stack.enter_context(_on_server(SERVER_URL)))


@contextmanager
def _on_server(url: str) -> Iterator[Window]:
    name = f"linli_crash_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as server:
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    try:
        yield Window(_url(url, name))
    finally:
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as server:
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def _url(server: str, name: str) -> str:
    parts = {key: str(value) for key, value in conninfo_to_dict(server).items() if value is not None}
    user, password = parts.get("user", ""), parts.get("password")
    login = f"{user}:{password}" if password else user
    return f"postgresql://{login}@{parts.get('host', '127.0.0.1')}:{parts.get('port', '5432')}/{name}"
