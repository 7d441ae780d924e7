"""What every test may ask for: a migrated database of either kind, a vault, and a clock that stands still."""

import asyncio
import os
import secrets
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import hypothesis
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Composed, Identifier, Literal

from bot.clock import StillClock
from bot.storage.database import Database, open_database
from bot.storage.migrate import upgrade
from bot.storage.postgres import PostgresTransaction
from bot.storage.sqlite import SqliteTransaction
from bot.storage.vault import Key, Vault
from tests.storage.own_schema import asked_by_the_program, judge

SERVER_URL = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
VERSIONS = "alembic_version"
ROOM = 2 * 1024**3
ANY_ROW = SQL("true")
# What a sequence says of itself once somebody took a number or set it.
BEGUN = SQL("is_called OR last_value <> 1")
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


def _in_memory() -> None:
    """Keep what tests write in memory, where the machine has room: much of their time was waiting for the disk."""
    memory = Path("/dev", "shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= ROOM:
        os.environ.setdefault("TMPDIR", str(memory))
        tempfile.tempdir = None


_in_memory()
# How long one example takes says how busy the machine is, and nothing about us.
hypothesis.settings.register_profile("linli", deadline=None)
hypothesis.settings.load_profile("linli")


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Let fixtures live in the loop of the test that asks for them, without being warned that this is the default."""
    warnings.filterwarnings("ignore", message=".*asyncio_default_fixture_loop_scope")


class PostgresServer:
    """A running PostgreSQL on which databases are made for one test and dropped after it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._admin = psycopg.connect(url, autocommit=True, connect_timeout=5)

    def make(self, *, template: str = "template0") -> str:
        """Make a database like `template`; its name."""
        name = f"linli_test_{secrets.token_hex(6)}"
        self._admin.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
        # No test cuts the power of the machine, and half of a test's time would be waiting for its disk.
        self._admin.execute(SQL("ALTER DATABASE {} SET synchronous_commit TO off").format(Identifier(name)))
        return name

    def url(self, name: str) -> str:
        """The address of the database `name` on this server."""
        parts = {key: quote(str(value), safe="") for key, value in conninfo_to_dict(self._url).items() if value}
        login = ":".join(parts.pop(key) for key in ("user", "password") if key in parts)
        place = f"{parts.pop('host', '127.0.0.1')}:{parts.pop('port', '5432')}"
        parts.pop("dbname", None)
        return (
            f"postgresql://{login}@{place}/{name}?{'&'.join(f'{key}={value}' for key, value in parts.items())}".rstrip(
                "?"
            )
        )

    def drop(self, name: str) -> None:
        """Drop the database `name`, whoever is still connected to it."""
        self._admin.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def close(self) -> None:
        """Let go of the server."""
        self._admin.close()


def _which_are_full(tables: Sequence[str], rule: SQL = ANY_ROW) -> Composed:
    """A question for those of these tables (or sequences) that hold a row of which the rule is true."""
    asked = SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {} WHERE {})")
    return SQL(" UNION ALL ").join(asked.format(Literal(one), Identifier(one), rule) for one in sorted(tables))


def within(url: str, schema: str) -> str:
    """The same database, in this schema of it."""
    spelled = schema.replace(" ", "\\ ")
    return f"{url}{'&' if '?' in url else '?'}options={quote(f'-csearch_path={spelled}', safe='')}"


def tables_of(connection: psycopg.Connection[tuple[str]]) -> frozenset[str]:
    """The names of a database's tables, and the version that it says it is."""
    rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    names = frozenset(row[0] for row in rows)
    if VERSIONS not in names:
        return names
    return names | {
        f"{VERSIONS} {row[0]}" for row in connection.execute("SELECT version_num FROM alembic_version").fetchall()
    }


class UsedAgain:
    """One database that serves test after test, emptied in between; replaced when a test has changed its tables.

    Its connection stays: a new one first learns every table anew, which took longer than emptying them.
    """

    def __init__(self, server: PostgresServer, template: str) -> None:
        self._server, self._template = server, template
        self._make()
        self._tables = tables_of(self._connection)

    def _make(self) -> None:
        self.name = self._server.make(template=self._template)
        self._connect()

    def _connect(self) -> None:
        self._connection = psycopg.connect(self._server.url(self.name), autocommit=True)

    def empty(self) -> None:
        """Nothing of the last test stays."""
        try:
            self._connection.execute("SELECT 1")
        except psycopg.OperationalError:
            # A test let nobody stay connected.
            self._connect()
        self._connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [self.name],
        )
        if tables_of(self._connection) == self._tables:
            self._delete()
        else:
            self.drop()
            self._make()

    def _delete(self) -> None:
        """Far quicker than a new database: foreign keys are not asked, numbers start anew, and what is empty is left alone."""
        ask = self._connection.execute
        # As the sequences say themselves: the list of them shows nothing of one that a restore has set and nobody used since.
        numbered = ask("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'").fetchall()
        used = ask(_which_are_full([one for (one,) in numbered], BEGUN)).fetchall()
        full = ask(_which_are_full([one for one in self._tables if VERSIONS not in one])).fetchall()
        emptied = [SQL("DELETE FROM {}").format(Identifier(one)) for (one,) in full]
        anew = [SQL("ALTER SEQUENCE {} RESTART").format(Identifier(one)) for (one,) in used]
        # In one go, which is one transaction and one way there and back.
        ask(SQL("; ").join([SQL("SET session_replication_role = replica"), *emptied, *anew]))

    def leave(self) -> None:
        """Let go of it for a test that lets nobody else be connected."""
        self._connection.close()

    def drop(self) -> None:
        """It is needed no more."""
        self.leave()
        self._server.drop(self.name)


@dataclass(frozen=True)
class Judged:
    """The program's statements of a test that reach past the schema in which it lives, each with why."""

    offences: list[tuple[str, str]] = field(default_factory=list)

    def hear(self, sql: str) -> None:
        """A statement is about to run."""
        why = judge(sql)
        if why is not None and asked_by_the_program():
            self.offences.append((sql, why))


@pytest.fixture(scope="session")
def seam() -> Iterator[Judged]:
    """Every statement goes past here, whichever database it runs on."""
    heard, patched = Judged(), pytest.MonkeyPatch()

    def listen_in(kind: type[PostgresTransaction | SqliteTransaction]) -> None:
        execute, many = kind._execute, kind.many

        def executed(self: Any, sql: str, values: Any, take: Callable[[Any], Any]) -> Any:
            heard.hear(sql)
            return execute(self, sql, values, take)

        def executed_many(self: Any, sql: str, rows: Sequence[Any]) -> None:
            heard.hear(sql)
            many(self, sql, rows)

        patched.setattr(kind, "_execute", executed)
        patched.setattr(kind, "many", executed_many)

    listen_in(PostgresTransaction)
    listen_in(SqliteTransaction)
    yield heard
    patched.undo()


@pytest.fixture(autouse=True)
def judged(seam: Judged) -> Iterator[Judged]:
    """No statement of the program that a test runs reaches past the program's schema."""
    seam.offences.clear()
    yield seam
    assert seam.offences == []


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The PostgreSQL of the tests; without one they are skipped, and fail where CI=true promises one."""
    try:
        server = PostgresServer(SERVER_URL)
    except psycopg.OperationalError:
        word = "no PostgreSQL answers where TEST_POSTGRES_URL (or 127.0.0.1:5432) says: its tests did not run"
        if os.environ.get("CI") == "true":
            pytest.fail(word)
        pytest.skip(word)
    yield server
    server.close()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a migrated, empty PostgreSQL database that others are copied from."""
    name = postgres_server.make()
    upgrade(postgres_server.url(name))
    yield name
    postgres_server.drop(name)


@pytest.fixture(scope="session")
def postgres_used(postgres_server: PostgresServer, postgres_template: str) -> Iterator[UsedAgain]:
    """The migrated database that tests on PostgreSQL take turns with."""
    used = UsedAgain(postgres_server, postgres_template)
    yield used
    used.drop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file that others are copied from."""
    path = tmp_path_factory.mktemp("template") / "linli.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on: it runs once on each."""
    return str(request.param)


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which nothing is yet, not even tables."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path}/linli.sqlite3"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.make()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without a row in it."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "linli.sqlite3")
        yield f"sqlite:///{tmp_path}/linli.sqlite3"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    used: UsedAgain = request.getfixturevalue("postgres_used")
    yield server.url(used.name)
    used.empty()


@pytest.fixture
def alone(kind: str, database_url: str, request: pytest.FixtureRequest) -> None:
    """Nobody but the program is connected to the database, as a restore asks."""
    if kind == "postgres":
        request.getfixturevalue("postgres_used").leave()


@pytest.fixture
async def database(database_url: str, vault: Vault) -> AsyncIterator[Database]:
    """An open database, migrated and without a row in it."""
    opened = await open_database(database_url, vault)
    yield opened
    await asyncio.shield(opened.close())


@pytest.fixture(scope="session")
def key() -> Key:
    """The secret key of the tests: for key files of programs that they start."""
    return Key.generate("test")


@pytest.fixture(scope="session")
def vault(key: Key) -> Vault:
    """Seals and opens with the tests' key."""
    return Vault([key])


@pytest.fixture
def clock() -> StillClock:
    """A clock that stands at nine in the morning of 2 March 2026 in Shanghai, until it is moved."""
    return StillClock(MORNING)
