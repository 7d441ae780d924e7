"""Backups as files: sealed, whole, and made while others write."""

import asyncio
import io
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.domain.backups import Facts, Keep, Kind, Unusable, Why
from bot.storage import meta, presence
from bot.storage.backups import copies, files, records, sealing, sqlite
from bot.storage.database import Database, DatabaseUnavailable, Transaction, open_database
from bot.storage.vault import Vault

PASSPHRASE = "a passphrase for tests"
AT = datetime(2026, 3, 2, 3, tzinfo=UTC)
FACTS = Facts(Kind.SQLITE, "0001_floor", {})
SEVERAL = sealing.PIECE_BYTES * 2 + 17


def left_in(folder: Path) -> list[str]:
    """What was begun and not ended."""
    return [path.name for path in folder.glob("*.part*")]


def unsealed(sealed: bytes, passphrase: str = PASSPHRASE) -> bytes:
    """What was sealed."""
    return b"".join(sealing.opened(io.BytesIO(sealed), passphrase))


@pytest.mark.parametrize("size", [0, 1, sealing.PIECE_BYTES - 1, sealing.PIECE_BYTES, SEVERAL])
def test_what_was_sealed_opens(size: int) -> None:
    words = bytes(number % 251 for number in range(size))
    assert unsealed(b"".join(sealing.sealed([words[:1000], words[1000:]], PASSPHRASE))) == words


def test_a_piece_that_is_missing_moved_or_repeated_opens_nothing() -> None:
    words = bytes(number % 251 for number in range(SEVERAL))
    sealed = b"".join(sealing.sealed([words], PASSPHRASE))
    head, body = sealed[: sealing.HEAD_BYTES], sealed[sealing.HEAD_BYTES :]
    size = sealing.PIECE_BYTES + sealing.TAG_BYTES
    first, second, third = body[:size], body[size : 2 * size], body[2 * size :]
    for other in (first + second, second + first + third, first + first + third, first + third, first + second[:-1]):
        with pytest.raises(Unusable, match=r"cut off or changed|another one"):
            unsealed(head + other)
    with pytest.raises(Unusable, match="LINLI_BACKUP_KEY"):
        unsealed(sealed, "another passphrase")
    with pytest.raises(Unusable, match="no sealed backup"):
        unsealed(sealed[:20])


SEALED = b"".join(sealing.sealed([b"words" * 100], PASSPHRASE))


@settings(max_examples=15, deadline=None)
@given(some.integers(len(sealing.MAGIC), len(SEALED) - 1), some.integers(0, 7))
def test_no_bit_of_it_can_be_changed(place: int, bit: int) -> None:
    changed = bytearray(SEALED)
    changed[place] ^= 1 << bit
    with pytest.raises(Unusable):
        unsealed(bytes(changed))


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def breaks() -> bytes:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        files.put(tmp_path / "name", (breaks() for _ in range(1)))
    assert list(tmp_path.iterdir()) == []


def test_what_a_kill_left_behind_is_gone_a_day_later(tmp_path: Path) -> None:
    for name in (
        "linli-1.part",
        "linli-2.part-wal",
        "linli-20260302T030000Z.sqlite3.part",
        "linli-20260302T030000Z.sqlite3",
    ):
        (tmp_path / name).touch()
    at = datetime.fromtimestamp((tmp_path / "linli-1.part").stat().st_mtime, UTC)
    files.clear(tmp_path, at + timedelta(hours=23))
    assert len(list(tmp_path.iterdir())) == 4, "somebody may be at it"
    files.clear(tmp_path, at + timedelta(hours=25))
    assert [path.name for path in tmp_path.iterdir()] == ["linli-20260302T030000Z.sqlite3"]


def test_a_file_that_was_changed_is_no_backup(tmp_path: Path) -> None:
    halt = threading.Event()
    made = files.write(tmp_path, FACTS, [b"words"], at=AT, passphrase=None, halt=halt)
    assert files.find(made.path) == made
    made.path.write_bytes(b"sword")
    with pytest.raises(Unusable, match="SHA-256"):
        files.find(made.path)
    made.path.with_name(f"{made.path.name}.json").unlink()
    with pytest.raises(Unusable, match="manifest is missing"):
        files.find(made.path)
    assert files.newest(tmp_path) is None


def test_rotation_removes_what_is_kept_no_longer_and_touches_nothing_else(tmp_path: Path) -> None:
    for days in range(30):
        files.write(
            tmp_path, FACTS, [b"words"], at=AT - timedelta(days=days), passphrase=PASSPHRASE, halt=threading.Event()
        )
    (tmp_path / "linli-notes.txt").touch()
    files.rotate(tmp_path, Keep(3, 0, 0), ZoneInfo("UTC"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *(f"linli-20260{day}T030000Z.sqlite3.sealed{end}" for day in (228, 301, 302) for end in ("", ".json")),
        "linli-notes.txt",
    ]


class Writer:
    """Somebody who writes two rows a transaction all the time. `waited`: for how many seconds at most."""

    def __init__(self, database: Database) -> None:
        self._database, self._stopped, self._warm = database, False, asyncio.Event()
        self.waited = 0.0

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Meanwhile they write; they have begun already."""
        task = asyncio.create_task(self._write())
        await self._warm.wait()
        yield
        self._stopped = True
        await task

    async def _write(self) -> None:
        number = 0
        while not self._stopped:
            began = time.monotonic()
            number += 1
            await self._database.transaction(partial(self._two, number))
            self.waited = max(self.waited, time.monotonic() - began)
            if number == 20:
                self._warm.set()

    def _two(self, number: int, tx: Transaction) -> None:
        tx.run("INSERT INTO updates (bot_id, update_id, at) VALUES (1, :n, 1)", {"n": number})
        tx.run("INSERT INTO failures (at, place, subject, error) VALUES (1, 'update', :n, 'x')", {"n": str(number)})


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
async def test_a_backup_is_of_one_instant_while_others_write(
    database: Database, database_url: str, tmp_path: Path, passphrase: str | None
) -> None:
    await database.transaction(meta.check_key)
    writer = Writer(database)
    async with writer.at_work():
        made = await asyncio.to_thread(copies.take, database_url, tmp_path / "backups", at=AT, passphrase=passphrase)
    rows = made.manifest.facts.rows
    # Both or neither of what one transaction wrote.
    assert rows["failures"] == rows["updates"] >= 20
    assert writer.waited < 2, "the writer waits for no backup"
    assert files.find(made.path) == made
    content = made.path.read_bytes()
    assert content.startswith(sealing.MAGIC) == bool(passphrase)
    assert left_in(tmp_path) == []


async def test_a_backup_that_cannot_be_written_says_why(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(copies.BackupImpossible) as error:
        await asyncio.to_thread(copies.take, database_url, tmp_path / "file", at=AT, passphrase=None)
    assert error.value.why is Why.FOLDER


async def test_a_machine_without_pg_dump_says_so(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = request.getfixturevalue("postgres_server")
    url = server.url(request.getfixturevalue("postgres_used").name)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(copies.BackupImpossible, match="postgresql-client") as error:
        await asyncio.to_thread(copies.take, url, tmp_path, at=AT, passphrase=None)
    assert error.value.why is Why.TOOL


async def test_a_program_that_stops_does_not_wait_for_its_backup(database_url: str, tmp_path: Path) -> None:
    halt = threading.Event()
    halt.set()
    with pytest.raises(files.Halted):
        await asyncio.to_thread(copies.take, database_url, tmp_path / "backups", at=AT, passphrase=None, halt=halt)
    assert left_in(tmp_path) == left_in(tmp_path / "backups") == []


async def test_one_copy_makes_what_is_due_and_another_goes_on_when_it_failed(database: Database) -> None:
    async def claims(copy: str, at: datetime) -> bool:
        return await database.transaction(lambda tx: records.claim(tx, AT, copy, at))

    assert [await claims("a", AT), await claims("b", AT)] == [True, False]
    assert await database.transaction(lambda tx: records.failed(tx, AT, "full"))
    assert [await claims("b", AT + timedelta(minutes=59)), await claims("b", AT + timedelta(hours=1))] == [False, True]
    assert not await database.transaction(lambda tx: records.failed(tx, AT, "full")), "that is known already"
    assert (await database.read(records.last)).error == "full"
    assert await claims("b", AT + timedelta(hours=2))
    await database.transaction(lambda tx: records.made(tx, AT, "linli", AT + timedelta(hours=2)))
    assert await database.read(records.last) == records.Last(AT + timedelta(hours=2), None)
    assert not await claims("a", AT + timedelta(days=1))


async def test_whoever_replaces_a_database_is_alone_with_it(database_url: str, vault: Vault) -> None:
    database = await open_database(database_url, vault)
    with presence.shared(database_url), presence.shared(database_url):
        with pytest.raises(DatabaseUnavailable, match="stop every copy"), presence.alone(database_url):
            pass
        await database.close()
    with presence.alone(database_url):
        pass


def test_a_restore_keeps_the_start_of_a_program_waiting(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/linli.sqlite3"
    with presence.alone(url), pytest.raises(DatabaseUnavailable, match="restored or moved"), presence.shared(url):
        pass


def test_a_damaged_copy_is_found_out(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "damaged.sqlite3"
    content = bytearray(sqlite_template.read_bytes())
    content[4096 * 3 : 4096 * 5] = bytes(4096 * 2)
    path.write_bytes(content)
    with pytest.raises(Unusable, match="damaged"):
        sqlite.examine(path)
