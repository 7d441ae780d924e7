"""SQLite's online backup: a snapshot copied page by page while the program writes, and a file put in another's place."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

from bot.domain.backups import Facts, Kind, Unusable
from bot.storage.backups.files import PART, Halted, chunks_of, put, settle
from bot.storage.database import DatabaseUnavailable
from bot.storage.sqlite import make_folder, trouble

# Pages a step, and how long the disk is left to others between two steps.
PAGES = 256
REST_SECONDS = 0.01
# What SQLite keeps beside a file.
BESIDE = ("", "-wal", "-shm", "-journal")


@contextmanager
def snapshot(path: Path, halt: threading.Event) -> Iterator[tuple[Facts, Iterator[bytes]]]:
    """A copy of the database as it is at this instant; it lies beside the database for as long as it is read."""
    # What is left behind by a kill is found by this name, whatever the database is called.
    copy = path.with_name(f"linli-{token_hex(4)}{PART}")
    try:
        _copy(path, copy, halt)
        yield examine(copy), chunks_of(copy)
    finally:
        remove(copy)


def _copy(path: Path, copy: Path, halt: threading.Event) -> None:
    def step(status: int, remaining: int, total: int) -> None:
        if halt.is_set():
            raise Halted

    put(copy, [])
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=5)) as source,
            closing(sqlite3.connect(copy, isolation_level=None)) as target,
        ):
            # While this one reads, what others write is no part of it: without that every commit would begin it anew.
            source.execute("BEGIN")
            source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
            source.backup(target, pages=PAGES, sleep=REST_SECONDS, progress=step)
            # One file, with nothing beside it.
            target.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise trouble(error) from error


def examine(path: Path) -> Facts:
    """What a file holds, every page of it looked at; Unusable when something is wrong with it."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            wrong = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if wrong != "ok":
                raise Unusable(f"the database in it is damaged: {wrong}")
            listed = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
            names = sorted(name for (name,) in listed.fetchall())
            rows = {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}
            if "alembic_version" not in names:
                raise Unusable("it holds no database of this program")
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise Unusable(f"the database in it is damaged: {error}") from error
    return Facts(Kind.SQLITE, revision[0], rows)


# --- putting back ---


@contextmanager
def tried(path: Path, chunks: Iterable[bytes]) -> Iterator[Path]:
    """The backup as a database of its own beside the present one; removed again, unless it has taken its place."""
    make_folder(str(path))
    new = path.with_name(f"linli-{token_hex(4)}{PART}")
    try:
        put(new, chunks)
        yield new
    finally:
        remove(new)


def swap(new: Path, path: Path, at: datetime) -> Path | None:
    """Put a database in the present one's place; where that lies now (None: there was none).

    At every instant one of the two has the name: a start in between finds a whole database.
    """
    with closing(sqlite3.connect(new, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("PRAGMA journal_mode = DELETE")
    aside = path.with_name(f"{path.name}.before-{at:%Y%m%dT%H%M%SZ}")
    there = path.exists()
    if there:
        _quiet(path, aside)
        aside.hardlink_to(path)
    new.replace(path)
    settle(path.parent)
    return aside if there else None


def _quiet(path: Path, aside: Path) -> None:
    """What was written last goes into the file; where that cannot be, because it is damaged, it goes aside with it."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    for end in BESIDE[1:]:
        beside = path.with_name(path.name + end)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + end))


def remove(path: Path) -> None:
    """A file and what SQLite keeps beside it are gone."""
    for end in BESIDE:
        try:
            path.with_name(path.name + end).unlink(missing_ok=True)
        except OSError as error:
            raise DatabaseUnavailable(f"{path.name} cannot be removed: {error}") from error
