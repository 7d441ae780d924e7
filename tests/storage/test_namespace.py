"""Districts in one PostgreSQL database, a schema each: whatever the database shares between schemas is told apart."""

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from bot.storage import meta, migrate, moving, presence, soundness
from bot.storage.backups import copies, files, records, restoring
from bot.storage.database import Database, DatabaseUnavailable, Transaction, open_database
from bot.storage.schema import metadata
from bot.storage.vault import Vault
from tests.conftest import PostgresServer, within
from tests.storage.works import names, on_postgres, putting

PATIENCE_SECONDS = 30
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Quarters:
    """One database on a server. `east` and `west` are addresses of two schemas in it that are not there yet."""

    server: PostgresServer
    name: str

    @property
    def url(self) -> str:
        """The database, whatever schema that is."""
        return self.server.url(self.name)

    @property
    def east(self) -> str:
        """One district."""
        return within(self.url, "east")

    @property
    def west(self) -> str:
        """The other one."""
        return within(self.url, "west")

    def ask(self, sql: str) -> dict[str, int]:
        """What the whole database says past the program: names with their numbers."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            answer = connection.execute(sql.encode())
            return {str(row[0]): int(row[1]) for row in answer.fetchall()} if answer.description else {}


@pytest.fixture
def quarters(postgres_server: PostgresServer) -> Iterator[Quarters]:
    """A database of its own for one test."""
    name = postgres_server.make()
    yield Quarters(postgres_server, name)
    postgres_server.drop(name)


@pytest.fixture
async def both(quarters: Quarters, vault: Vault) -> AsyncIterator[tuple[Database, Database]]:
    """Both districts, migrated and opened."""
    for url in (quarters.east, quarters.west):
        await asyncio.to_thread(migrate.upgrade, url)
    async with AsyncExitStack() as stack:
        opened = [await open_database(url, vault) for url in (quarters.east, quarters.west)]
        for database in opened:
            stack.push_async_callback(database.close)
        yield opened[0], opened[1]


async def migrated(url: str) -> int:
    """A process of its own migrates it, as copies that start together do; what it ended with."""
    code = "import sys; from bot.storage.migrate import upgrade; upgrade(sys.argv[1])"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, url)
    return await process.wait()


def number_of_next_area(tx: Transaction) -> int:
    """The number that a new place would get; nothing is kept of it."""
    row = tx.one("SELECT nextval(pg_get_serial_sequence('areas', 'id')) AS number")
    assert row is not None
    return int(row["number"])


# --- in which schema ---


async def test_the_first_migration_makes_the_schema_and_its_tables_there_and_nowhere_else(quarters: Quarters) -> None:
    assert await asyncio.gather(*(migrated(url) for url in (quarters.east, quarters.west) * 2)) == [0, 0, 0, 0]
    found = quarters.ask(
        "SELECT schemaname, COUNT(*) FROM pg_tables WHERE schemaname !~ '^(pg_|information)' GROUP BY 1"
    )
    every = len(metadata.tables) + 1
    assert found == {"east": every, "west": every}, "every table of the schema file, and Alembic's own"


async def test_what_one_district_keeps_the_other_does_not_see(both: tuple[Database, Database]) -> None:
    east, west = both
    await east.transaction(putting("only here"))
    assert await east.read(lambda tx: meta.get(tx, "only here")) is not None
    assert await west.read(lambda tx: meta.get(tx, "only here")) is None


@pytest.mark.parametrize(
    "words", ["ALTER DATABASE {} SET search_path TO east", "ALTER ROLE {} SET search_path TO east"]
)
async def test_a_setting_of_the_database_or_the_role_is_as_good_as_one_in_the_address(
    quarters: Quarters, vault: Vault, words: str
) -> None:
    await asyncio.to_thread(migrate.upgrade, quarters.east)
    role = f"linli_test_{secrets.token_hex(4)}"
    quarters.ask(f"CREATE ROLE {role} LOGIN SUPERUSER")
    try:
        quarters.ask(words.format(quarters.name if "DATABASE" in words else role))
        database = await open_database(quarters.url.replace("://postgres@", f"://{role}@"), vault)
        assert not await migrate.pending(database)
        await database.close()
    finally:
        quarters.ask(f"DROP ROLE {role}")


async def test_a_table_that_is_missing_is_not_found_in_another_schema_of_the_path(
    quarters: Quarters, vault: Vault
) -> None:
    await asyncio.to_thread(migrate.upgrade, quarters.west)
    quarters.ask("CREATE SCHEMA east")
    database = await open_database(within(quarters.url, "east,west"), vault)
    assert await migrate.pending(database)
    with pytest.raises(psycopg.errors.UndefinedTable):
        await database.read(lambda tx: tx.all("SELECT * FROM meta"))
    await database.close()


async def test_a_schema_that_nobody_can_make_is_said_in_a_sentence(quarters: Quarters) -> None:
    with pytest.raises(DatabaseUnavailable, match="set search_path to one plain name"):
        await asyncio.to_thread(migrate.upgrade, within(quarters.url, "nobody,no_one"))
    role = f"linli_test_{secrets.token_hex(4)}"
    quarters.ask(f"CREATE ROLE {role} LOGIN")
    try:
        with pytest.raises(DatabaseUnavailable, match="may not make it: CREATE SCHEMA east"):
            await asyncio.to_thread(migrate.upgrade, quarters.east.replace("://postgres@", f"://{role}@"))
    finally:
        quarters.ask(f"DROP ROLE {role}")


async def test_a_district_with_a_role_of_its_own_reads_no_other_and_puts_its_own_backup_back(
    quarters: Quarters, vault: Vault, tmp_path: Path
) -> None:
    """As docs/operate.md says to set it up: a role, a schema that is the role's, and no word of it in the address."""
    await asyncio.to_thread(migrate.upgrade, quarters.west)
    role = f"linli_test_{secrets.token_hex(4)}"
    for statement in (
        f"CREATE ROLE {role} LOGIN CREATEDB",
        f"GRANT CREATE ON DATABASE {quarters.name} TO {role}",
        f"CREATE SCHEMA {role} AUTHORIZATION {role}",
        f"ALTER ROLE {role} SET search_path TO {role}",
    ):
        quarters.ask(statement)
    url = quarters.url.replace("://postgres@", f"://{role}@")
    try:
        await asyncio.to_thread(migrate.upgrade, url)
        database = await open_database(url, vault)
        await database.transaction(putting("of the day before"))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await database.read(lambda tx: tx.all("SELECT * FROM west.persons"))
        made = await asyncio.to_thread(copies.take, url, tmp_path, at=AT, passphrase=None)
        await database.transaction(putting("of today"))
        await database.close()

        with restoring.tried(url, files.read(made, None)) as tried:
            assert restoring.examine(tried) == made.manifest.facts
            aside = await asyncio.to_thread(restoring.swap, tried, url, AT)
        assert aside == f"{role}_before_20260302t010000"
        database = await open_database(url, vault)
        assert await database.read(names) == ["of the day before"]
        await database.close()
        left = "SELECT nspname, 1 FROM pg_namespace WHERE nspname !~ '^(pg_|information|public)'"
        assert set(quarters.ask(left)) == {"west", role, aside}
    finally:
        quarters.ask(f"DROP OWNED BY {role} CASCADE")
        quarters.ask(f"DROP ROLE {role}")


async def test_a_restore_that_breaks_off_leaves_the_district_as_it_was(
    both: tuple[Database, Database], quarters: Quarters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    east, _ = both
    await east.transaction(putting("of the day before"))
    made = await asyncio.to_thread(copies.take, quarters.east, tmp_path, at=AT, passphrase=None)
    await east.transaction(putting("of today"))
    monkeypatch.setattr(restoring, "_change_places", _breaks_off)
    with pytest.raises(ZeroDivisionError), restoring.tried(quarters.east, files.read(made, None)) as tried:
        restoring.swap(tried, quarters.east, AT)
    assert await east.read(names) == ["of the day before", "of today"]
    left = "SELECT nspname, 1 FROM pg_namespace WHERE nspname !~ '^(pg_|information|public)'"
    assert set(quarters.ask(left)) == {"east", "west"}
    assert not quarters.ask(f"SELECT datname, 1 FROM pg_database WHERE datname LIKE '{quarters.name}\\_%'")


def _breaks_off(*_: object) -> str:
    raise ZeroDivisionError


# --- what the database shares ---


async def test_what_one_copy_has_in_its_district_a_copy_of_another_has_too(
    both: tuple[Database, Database], quarters: Quarters, vault: Vault
) -> None:
    east, west = both
    neighbour = await open_database(quarters.east, vault)
    held = [await database.hold("polling 7") for database in (east, west)]
    assert None not in held
    assert await neighbour.hold("polling 7") is None
    for hold in held:
        assert hold is not None
        await hold.let_go()
    await neighbour.close()


@on_postgres
async def test_a_copy_of_an_earlier_version_and_this_one_know_of_each_other_in_the_first_schema(
    database: Database, database_url: str
) -> None:
    """They ran before there were districts: `public`, and names without a schema."""
    with psycopg.connect(database_url, autocommit=True) as earlier:
        taken = earlier.execute("SELECT pg_try_advisory_lock(hashtextextended('polling 7', 0))").fetchone()
        assert taken == (True,)
        assert await database.hold("polling 7") is None
        earlier.execute("LISTEN linli")
        await database.call("news")
        said = await asyncio.to_thread(lambda: next(iter(earlier.notifies(timeout=PATIENCE_SECONDS, stop_after=1))))
        assert said.payload == "news"


async def test_a_word_is_heard_in_its_own_district_only(both: tuple[Database, Database]) -> None:
    east, west = both
    heard: dict[str, asyncio.Queue[str]] = {"east": asyncio.Queue(), "west": asyncio.Queue()}
    ears = [
        asyncio.create_task(database.listen(heard[name].put_nowait)) for name, database in zip(heard, both, strict=True)
    ]
    async with asyncio.timeout(PATIENCE_SECONDS):
        for name, database in zip(heard, both, strict=True):
            # Until it is heard: whoever has only begun to listen hears nothing yet.
            while heard[name].empty():
                await database.call("a sign")
                await asyncio.sleep(0.02)
        await east.call("from the east")
        await west.call("from the west")
        words = {name: await _after_the_signs(queue) for name, queue in heard.items()}
    assert words == {"east": "from the east", "west": "from the west"}
    for ear in ears:
        ear.cancel()
    await asyncio.gather(*ears, return_exceptions=True)


async def _after_the_signs(queue: "asyncio.Queue[str]") -> str:
    while (said := await queue.get()) == "a sign":
        pass
    return said


async def test_one_district_is_restored_while_another_runs(both: tuple[Database, Database], quarters: Quarters) -> None:
    east, _ = both
    await east.close()
    with presence.alone(quarters.east):
        pass
    with pytest.raises(DatabaseUnavailable, match="stop every copy"), presence.alone(quarters.west):
        pass


async def test_numbers_are_left_out_in_the_district_that_was_restored_and_in_no_other(
    both: tuple[Database, Database],
) -> None:
    east, west = both
    await east.transaction(records.skip_numbers)
    assert await east.transaction(number_of_next_area) == records.GAP + 1
    assert await west.transaction(number_of_next_area) == 1


async def test_a_move_takes_only_its_own_foreign_keys_off_and_makes_them_again(
    both: tuple[Database, Database], quarters: Quarters
) -> None:
    links = SQL("SELECT connamespace::regnamespace::text, COUNT(*) FROM pg_constraint WHERE contype = 'f' GROUP BY 1")
    before = quarters.ask(links.as_string())
    assert before["east"] == before["west"]
    begun = await both[0].transaction(lambda tx: moving.begin(tx, "7"))
    assert quarters.ask(links.as_string()) == {"west": before["west"]}
    await both[0].transaction(lambda tx: moving.finish(tx, begun))
    assert quarters.ask(links.as_string()) == before
    assert await both[0].read(moving.place) == "east"


async def test_the_doctor_says_in_which_schema_it_looked(both: tuple[Database, Database]) -> None:
    sound = await both[1].read(lambda tx: soundness.look(tx, server=True))
    assert sound.version.endswith("schema west")


async def test_a_name_that_needs_quotes_is_a_schema_like_any_other(quarters: Quarters, vault: Vault) -> None:
    quarters.ask(SQL("CREATE SCHEMA {}").format(Identifier("Da'xing 区")).as_string())
    url = within(quarters.url, '"Da\'xing 区"')
    await asyncio.to_thread(migrate.upgrade, url)
    database = await open_database(url, vault)
    hold = await database.hold("polling 7")
    assert hold is not None
    await hold.let_go()
    await database.call("news")
    with pytest.raises(DatabaseUnavailable, match="stop every copy"), presence.alone(url):
        pass
    await database.close()
