"""Backups as files in a folder: written under a temporary name, flushed, renamed; each with its manifest beside it."""

import hashlib
import os
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.backups import Facts, Keep, Kind, Manifest, Unusable, kept
from bot.storage.backups import sealing

ENDS = {Kind.SQLITE: ".sqlite3", Kind.POSTGRES: ".pgdump"}
SEALED = ".sealed"
MANIFEST = ".json"
PART = ".part"
CHUNK_BYTES = 1024 * 1024
LEFT_SECONDS = 86_400
NAME = re.compile(r"linli-(\d{8}T\d{6})Z\.(sqlite3|pgdump)(\.sealed)?")


class Halted(Exception):
    """The program stops: a backup that is being made is given up."""


@dataclass(frozen=True)
class Backup:
    """One backup in a folder."""

    path: Path
    manifest: Manifest


def write(
    folder: Path, facts: Facts, chunks: Iterable[bytes], *, at: datetime, passphrase: str | None, halt: threading.Event
) -> Backup:
    """Put a copied database into a folder; OSError when that cannot be, Halted when `halt` is set meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"linli-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{ENDS[facts.kind]}{SEALED if passphrase else ''}"
    written = chunks if passphrase is None else sealing.sealed(chunks, passphrase)
    digest, size = hashlib.sha256(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for chunk in written:
            if halt.is_set():
                raise Halted
            digest.update(chunk)
            size += len(chunk)
            yield chunk

    put(folder / name, counted())
    manifest = Manifest(facts, at, digest.hexdigest(), size, passphrase is not None)
    put(folder / f"{name}{MANIFEST}", [manifest.text().encode()])
    return Backup(folder / name, manifest)


def put(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file whole or not at all, so that it is there after a power cut; nobody else may read it."""
    part = path.with_name(path.name + PART)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    settle(path.parent)


def clear(folder: Path, at: datetime) -> None:
    """What a program that was killed had begun more than a day before is gone."""
    for path in folder.glob(f"linli*{PART}*"):
        if at.timestamp() - path.stat().st_mtime > LEFT_SECONDS:
            path.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """The names in a folder stand on the disk too."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def chunks_of(path: Path) -> Iterator[bytes]:
    """A file, piece by piece."""
    with path.open("rb") as file:
        yield from iter(lambda: file.read(CHUNK_BYTES), b"")


# --- reading ---


def find(path: Path) -> Backup:
    """The backup in this file, as its manifest says it is; Unusable when the file is not what was written."""
    beside = path.with_name(path.name + MANIFEST)
    if not path.is_file():
        raise Unusable("there is no such file")
    if not beside.is_file():
        raise Unusable(f"its manifest is missing: {beside.name} belongs beside it")
    manifest = Manifest.parse(beside.read_text(encoding="utf-8", errors="replace"))
    digest = hashlib.sha256()
    for chunk in chunks_of(path):
        digest.update(chunk)
    if digest.hexdigest() != manifest.sha256:
        raise Unusable("it is not the file that was written (its SHA-256 is another): it was cut off or changed")
    return Backup(path, manifest)


def read(backup: Backup, passphrase: str | None) -> Iterator[bytes]:
    """What was copied, opened if it is sealed; Unusable when it does not open."""
    if not backup.manifest.sealed:
        yield from chunks_of(backup.path)
        return
    if passphrase is None:
        raise Unusable("it is sealed: LINLI_BACKUP_KEY must be what it was when the backup was made")
    with backup.path.open("rb") as file:
        yield from sealing.opened(file, passphrase)


# --- a folder of them ---


def listed(folder: Path) -> dict[datetime, Path]:
    """The finished backups of a folder, by when they were taken."""
    found: dict[datetime, Path] = {}
    for path in sorted(folder.glob("linli-*")) if folder.is_dir() else ():
        named = NAME.fullmatch(path.name)
        if named and path.with_name(path.name + MANIFEST).is_file():
            found[datetime.strptime(named[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)] = path
    return found


def newest(folder: Path | None) -> Path | None:
    """The backup taken last; None: there is none."""
    found = {} if folder is None else listed(folder)
    return found[max(found)] if found else None


def rotate(folder: Path, keep: Keep, zone: ZoneInfo) -> list[Path]:
    """Remove the backups that are kept no longer; which."""
    found = listed(folder)
    stay = kept(found, keep, zone)
    gone = [path for at, path in found.items() if at not in stay]
    for path in gone:
        # The manifest goes first: what has none is no backup.
        path.with_name(path.name + MANIFEST).unlink(missing_ok=True)
        path.unlink(missing_ok=True)
    return gone
