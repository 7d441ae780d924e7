"""A backup of either database, whatever it takes."""

import errno
import logging
import threading
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.backups import Keep, Why
from bot.storage.backups import files, sqlite
from bot.storage.backups.files import Backup

LOG = logging.getLogger(__name__)


class BackupImpossible(Exception):
    """No backup could be made: `why` for whoever is told, the message for whoever mends it."""

    def __init__(self, why: Why, text: str) -> None:
        super().__init__(text)
        self.why = why


def take(
    url: str, folder: Path, *, at: datetime, passphrase: str | None, halt: threading.Event | None = None
) -> Backup:
    """Copy the database behind `url` into a folder, while it is used; it blocks: run it in a thread of its own.

    BackupImpossible when that cannot be; Halted when `halt` is set meanwhile. Nothing half-made is left.
    """
    halt = halt or threading.Event()
    try:
        return _take(url, folder, at, passphrase, halt)
    except files.Halted:
        raise
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise BackupImpossible(Why.FULL if full else Why.FOLDER, f"{folder}: {error.strerror or error}") from error
    except Exception as error:
        raise BackupImpossible(_why(error), str(error)) from error


def _why(error: Exception) -> Why:
    if type(error).__name__.startswith("Tool"):
        return Why.TOOL
    # The copy lies beside the database while it is made.
    return Why.FULL if "SQLITE_FULL" in str(error) else Why.DATABASE


def _take(url: str, folder: Path, at: datetime, passphrase: str | None, halt: threading.Event) -> Backup:
    files.clear(folder, at)
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        files.clear(path.parent, at)
        copied = sqlite.snapshot(path, halt)
    else:
        # Its library is loaded only where it is used.
        from bot.storage.backups import postgres

        copied = postgres.snapshot(url)
    with copied as (facts, chunks):
        return files.write(folder, facts, chunks, at=at, passphrase=passphrase, halt=halt)


def rotate(folder: Path, keep: Keep, zone: ZoneInfo) -> None:
    """Remove the backups that are kept no longer."""
    for path in files.rotate(folder, keep, zone):
        LOG.info("backup %s is kept no longer", path.name)
