"""A file that is not whole any more, or may not be used, is told in one line with what to do."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import opened_database
from bot.settings import Settings, read_settings
from bot.storage.backups import copies
from bot.storage.database import DatabaseUnavailable
from bot.storage.sqlite import trouble
from tests.storage.test_backups import AT

ROOT = Path(__file__).parents[2]
PAGE = 4096


def cut_off(path: Path) -> None:
    """The second half is missing."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zeroed(path: Path) -> None:
    """Two pages in the middle are empty."""
    content = bytearray(path.read_bytes())
    content[PAGE * 3 : PAGE * 5] = bytes(PAGE * 2)
    path.write_bytes(content)


def no_database(path: Path) -> None:
    """Something else has this name."""
    path.write_text("Dear diary, " * 500, encoding="utf-8")


def beginning_gone(path: Path) -> None:
    """The first page is empty."""
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])


@pytest.fixture
async def settings(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A deployment on SQLite that was started once."""
    monkeypatch.setenv("LINLI_DATA", str(tmp_path))
    monkeypatch.setenv("LINLI_BACKUPS", str(tmp_path / "backups"))
    read = read_settings(env_file=tmp_path / "none")
    async with opened_database(read):
        pass
    return read


def path_of(settings: Settings) -> Path:
    """The database's file."""
    return Path(settings.database_url.removeprefix("sqlite:///"))


@pytest.mark.parametrize("damage", [cut_off, zeroed, no_database, beginning_gone])
async def test_a_damaged_file_is_told_at_the_start_with_the_backup_to_put_back(
    settings: Settings, damage: Callable[[Path], None]
) -> None:
    assert settings.backups is not None
    made = await asyncio.to_thread(copies.take, settings.database_url, settings.backups, at=AT, passphrase=None)
    damage(path_of(settings))
    with pytest.raises(DatabaseUnavailable) as error:
        async with opened_database(settings):
            pass
    assert "damaged" in str(error.value)
    assert str(error.value).endswith(f"put the last backup back: python main.py restore {made.path}")
    assert "\n" not in str(error.value)


async def test_without_a_backup_it_says_so(settings: Settings) -> None:
    cut_off(path_of(settings))
    with pytest.raises(DatabaseUnavailable, match="there is none in"):
        async with opened_database(settings):
            pass


async def told_by(verb: str, settings: Settings, **more: str) -> tuple[int | None, str]:
    """How the command line ends, and what it says."""
    environment = {**os.environ, "LINLI_DATA": str(settings.data), **more}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(ROOT / "main.py"), verb),
        cwd=settings.data,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def test_the_command_line_says_each_in_one_line_and_ends_with_three(settings: Settings) -> None:
    path = path_of(settings)
    whole = path.read_bytes()
    zeroed(path)
    ended, said = await told_by("migrate", settings)
    assert (ended, said.count("\n")) == (3, 1)
    assert said.startswith("Error: the database cannot be used: the file is damaged")
    path.write_bytes(whole)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        ended, said = await told_by("migrate", settings)
    assert (ended, said.count("\n")) == (3, 1)
    assert "another program holds the file" in said

    (settings.data / "other.key").write_text("k1 " + "A" * 43 + "=", encoding="utf-8")
    ended, said = await told_by("migrate", settings, LINLI_SECRET_KEY_FILE=str(settings.data / "other.key"))
    assert (ended, said.count("\n")) == (3, 1)
    assert "another secret key" in said

    ended, said = await told_by("migrate", settings, LINLI_DATABASE_URL=f"sqlite:///{path}/linli.sqlite3")
    assert (ended, said.count("\n")) == (3, 1)
    assert "no folder for the database" in said

    ended, said = await told_by("migrate", settings, LINLI_DATABASE_URL=f"sqlite:///{settings.data}")
    assert (ended, said.count("\n")) == (3, 1)
    assert "may not be opened" in said

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")
    ended, said = await told_by("migrate", settings)
    assert (ended, said.count("\n")) == (3, 1)
    assert "start that version" in said


def test_a_file_that_may_not_be_written_says_what_is_missing(settings: Settings) -> None:
    with closing(sqlite3.connect(f"file:{path_of(settings)}?mode=ro", uri=True)) as connection:
        with pytest.raises(sqlite3.OperationalError) as error:
            connection.execute("DELETE FROM meta")
        assert "give this user the right" in str(trouble(error.value))
