"""PostgreSQL's own tools at work, and what their command lines need to know."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from psycopg.conninfo import conninfo_to_dict

from bot.storage.backups.files import CHUNK_BYTES
from bot.storage.database import DatabaseUnavailable

DUMPED = ("--format=custom", "--no-owner", "--no-privileges")
RESTORED = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
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
def tool(
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


def more(dump: subprocess.Popen[bytes]) -> bytes:
    """The next piece of what a tool writes; empty: that was all."""
    return b"" if dump.stdout is None else dump.stdout.read(CHUNK_BYTES)


def exactly(schema: str) -> str:
    """A pattern of PostgreSQL's tools that is this name and no other."""
    doubled = schema.replace('"', '""')
    return f'"{doubled}"'
