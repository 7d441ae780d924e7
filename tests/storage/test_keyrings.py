"""Everything that is sealed is found by the schema, and brought under a new key while others write."""

import asyncio
import re
import sys
from functools import partial
from pathlib import Path

import pytest

from bot.keys import seal_anew
from bot.storage import keyrings, meta, persons, resealing
from bot.storage.database import Database, Transaction, open_database
from bot.storage.schema import metadata
from bot.storage.tables import tables
from bot.storage.vault import Key, Vault

ROOT = Path(__file__).parents[2]
OLD, NEW = Key("k1", b"1" * 32), Key("k2", b"2" * 32)
SEALED_UNDER = re.compile(r"vault\.(?:seal|open)(?:_maybe)?\(\s*\"([a-z_]+\.[a-z_]+)\"")
HASHED_UNDER = re.compile(r"vault\.hash(?:es)?\(\s*\"([a-z_]+\.[a-z_]+)\"")


def columns_said_to_be(word: str) -> set[str]:
    """The columns of which the schema says so."""
    return {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if re.match(rf"{word}\b", column.doc or "")
    }


def named(pattern: re.Pattern[str]) -> set[str]:
    """Under which names the program seals, or hashes."""
    return {name for path in (ROOT / "bot").rglob("*.py") for name in pattern.findall(path.read_text(encoding="utf-8"))}


def test_a_sealed_value_is_bound_to_the_column_in_which_it_stands() -> None:
    """It is opened by the name of its place when it is sealed anew: under another name it would not open."""
    places = {f"{table.name}.{name}" for table in tables() for name in table.texts}
    assert named(SEALED_UNDER) - places == set()
    assert columns_said_to_be("sealed") - {"persons.name"} <= places
    unsaid = named(SEALED_UNDER) - columns_said_to_be("sealed") - {"meta.value"}
    assert unsaid == set(), "the schema says of each of its columns whether it is sealed"


def test_every_keyed_hash_that_is_kept_is_hashed_anew() -> None:
    kept = {"persons.name", "persons.telephone", "erasures.mark"}
    # Made whenever it is read and kept nowhere: with another key the words at a door are others.
    made = {"visits.word"}
    assert named(HASHED_UNDER) - made == kept, (
        "resealing.rehash and remark know of these: add the new one there, and here"
    )


async def test_whoever_writes_while_everything_is_sealed_anew_loses_nothing(database_url: str) -> None:
    held = [OLD, NEW]
    vault = Vault(held, reread=lambda: held)
    database = await open_database(database_url, vault)
    try:
        await database.transaction(_move_in)
        vault.use("k2")
        written = {number: f"+86{number:011d}" for number in range(1, 701)}
        busy = asyncio.create_task(_write(database, written))
        sealed = 0
        while found := await seal_anew(database):
            sealed += found
        await busy
        assert sealed > 700
        await database.read(partial(_everybody_has, written=written))
        held = [NEW]
        vault.refresh()
        await database.read(partial(_everybody_has, written=written))
        rows = await database.read(lambda tx: tx.all("SELECT name, telephone FROM persons"))
        assert {value.split(".")[0] for row in rows for value in dict(row).values()} == {"k2"}
    finally:
        await database.close()


def _move_in(tx: Transaction) -> None:
    for number in range(1, 701):
        values = {
            "name": tx.vault.seal("persons.name", f"Zhang {number}"),
            "name_hash": persons.name_hash(tx, f"Zhang {number}"),
            "telephone": tx.vault.seal("persons.telephone", f"+86{number:011d}"),
            "hash": tx.vault.hash("persons.telephone", f"+86{number:011d}"),
        }
        tx.run(
            "INSERT INTO persons (name, name_hash, language, telephone, telephone_hash, created_at)"
            " VALUES (:name, :name_hash, 'zh', :telephone, :hash, 1)",
            values,
        )


async def _write(database: Database, written: dict[int, str]) -> None:
    """Every seventh changes their telephone meanwhile."""
    for number in range(1, 701, 7):
        written[number] = f"+49{number:09d}"
        await database.transaction(partial(_change, number=number, telephone=written[number]))


def _change(tx: Transaction, number: int, telephone: str) -> None:
    values = {
        "id": number,
        "telephone": tx.vault.seal("persons.telephone", telephone),
        "hash": tx.vault.hash("persons.telephone", telephone),
    }
    tx.run("UPDATE persons SET telephone = :telephone, telephone_hash = :hash WHERE id = :id", values)


def _everybody_has(tx: Transaction, written: dict[int, str]) -> None:
    for number, telephone in written.items():
        assert [person.id for person in persons.with_telephone(tx, telephone)] == [number]
        found = tx.one("SELECT name_hash FROM persons WHERE id = :id", {"id": number})
        assert found is not None
        assert found["name_hash"] in persons.name_hashes(tx, f"zhang{number}")


async def test_somebody_is_found_by_telephone_under_either_key(database_url: str) -> None:
    vault = Vault([OLD, NEW])
    database = await open_database(database_url, vault)
    try:
        await database.transaction(_move_in)
        vault.use("k2")
        await database.read(partial(_everybody_has, written={1: "+8600000000001", 700: "+8600000000700"}))
    finally:
        await database.close()


async def test_what_only_looks_sealed_is_left_as_it_is(database: Database) -> None:
    looks = "test." + "A" * 64

    def work(tx: Transaction) -> int:
        tx.run(
            "INSERT INTO failures (at, place, subject, error) VALUES (1, 'update', :subject, 'x')", {"subject": looks}
        )
        table = next(table for table in tables() if table.name == "failures")
        return resealing.reseal(tx, table, resealing.page(tx, table, ()))

    assert await database.transaction(work) == 0
    assert await database.read(lambda tx: tx.all("SELECT subject FROM failures")) is not None


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_copy_that_ended_is_waited_for_no_longer(database: Database) -> None:
    await database.transaction(lambda tx: keyrings.follow(tx, "a"))
    await database.transaction(lambda tx: keyrings.follow(tx, "b"))
    assert [ring.copy for ring in await database.read(keyrings.living)] == ["a", "b"]
    await database.transaction(lambda tx: keyrings.leave(tx, "a"))
    await database.transaction(lambda tx: tx.run("UPDATE keyrings SET at = at - 100"))
    assert await database.read(keyrings.living) == []


async def test_a_copy_without_the_key_in_use_says_what_it_has(database_url: str) -> None:
    database = await open_database(database_url, Vault([OLD]))
    try:
        await database.transaction(lambda tx: meta.put(tx, meta.SEALS, "k2"))
        assert not await database.transaction(lambda tx: keyrings.follow(tx, "a"))
        assert await database.read(keyrings.living) == [keyrings.Keyring("a", {"k1": OLD.fingerprint}, "k1")]
    finally:
        await database.close()


async def test_a_start_does_not_read_the_schema() -> None:
    program = "import sys, bot.app\nassert 'sqlalchemy' not in sys.modules, sorted(sys.modules)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, cwd=ROOT)
    assert await process.wait() == 0
