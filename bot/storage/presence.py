"""Whether the program runs on a database: whoever replaces or carries it away must be alone with it.

On SQLite a lock on a small file beside it, which the system lets go of when a process ends, however it ends; on PostgreSQL the
server knows who is connected.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage.database import DatabaseUnavailable

RUNS = "the program runs on this database: stop every copy of it first"
# A connection that was just closed is still listed for a moment.
LOOKS, LOOK_SECONDS = 10, 0.2
BUSY = "this database is being restored or moved just now: wait until that has ended"


@contextmanager
def shared(url: str) -> Iterator[None]:
    """The program runs on this database meanwhile; DatabaseUnavailable while somebody is alone with it."""
    with _locked(url, fcntl.LOCK_SH, BUSY):
        yield


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Nobody runs on this database meanwhile; DatabaseUnavailable while somebody does."""
    if not url.startswith("sqlite:///"):
        _nobody_connected(url)
    with _locked(url, fcntl.LOCK_EX, RUNS):
        yield


@contextmanager
def _locked(url: str, kind: int, refusal: str) -> Iterator[None]:
    if not url.startswith("sqlite:///"):
        yield
        return
    path = Path(f"{url.removeprefix('sqlite:///')}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as error:
        raise DatabaseUnavailable(f"{path} cannot be written: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except OSError as error:
            raise DatabaseUnavailable(refusal) from error
        yield


def _nobody_connected(url: str) -> None:
    import psycopg

    from bot.storage import namespace
    from bot.storage.postgres import trouble

    try:
        with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
            connection.execute(namespace.ENTER.encode())
            for _ in range(LOOKS):
                row = connection.execute(
                    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
                    f" AND application_name = {namespace.SIGN} AND pid <> pg_backend_pid()".encode()
                ).fetchone()
                if row is None or not row[0]:
                    return
                time.sleep(LOOK_SECONDS)
    except psycopg.Error as error:
        raise trouble(error) from error
    raise DatabaseUnavailable(RUNS)
