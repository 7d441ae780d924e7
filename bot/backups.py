"""The verbs `backup` and `restore`: a copy made while the program runs, and one put back after it was tried in every way."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock import Clock, SystemClock
from bot.domain.backups import Facts, Kind, Unusable
from bot.services import backups as cases
from bot.settings import Settings
from bot.storage import meta, migrate, presence
from bot.storage.backups import copies, files, records, sqlite
from bot.storage.backups.files import Backup
from bot.storage.database import DatabaseUnavailable, Transaction, open_database
from bot.storage.vault import Vault, WrongKey, load_keys

Said = Callable[[str], None]
SQLITE = "sqlite:///"
MACHINE = SystemClock()


async def back_up(settings: Settings, folder: Path, *, clock: Clock = MACHINE) -> Backup:
    """Copy the database into a folder, and note that there is a backup; BackupImpossible when that cannot be."""
    keys, _ = load_keys(settings.secret_key_file)
    database, now = await open_database(settings.database_url, Vault(keys)), clock.now()
    try:
        made = await asyncio.to_thread(
            copies.take, settings.database_url, folder, at=now, passphrase=settings.backup_key
        )
        if not await migrate.pending(database):
            name = made.path.name
            await database.transaction(lambda tx: records.made_by_hand(tx, settings.copy, name, now, clock.now()))
        return made
    finally:
        await database.close()


@dataclass(frozen=True)
class Restored:
    """What was put back. `aside` is where the database lies that was there before; None: there was none."""

    backup: Backup
    aside: str | None
    lost: cases.Lost


async def restore(settings: Settings, path: Path, *, say: Said, clock: Clock = MACHINE) -> Restored:
    """Put a backup in the database's place, after everything about it was tried; Unusable says what is wrong with it.

    DatabaseUnavailable while the program runs. Nothing of the present database is touched before the last step.
    """
    backup = files.find(path)
    _fits(backup, settings)
    keys, _ = load_keys(settings.secret_key_file)
    with presence.alone(settings.database_url):
        say(f"Reading {path.name}: taken {backup.manifest.taken_at:%Y-%m-%d %H:%M} UTC.")
        with _told():
            return await _put_back(settings, backup, Vault(keys), clock.now(), say)


@contextmanager
def _told() -> Iterator[None]:
    """What the disk refuses is said in a sentence."""
    try:
        yield
    except OSError as error:
        raise DatabaseUnavailable(f"{error.filename or 'the disk'}: {error.strerror}") from error


async def _put_back(settings: Settings, backup: Backup, vault: Vault, now: datetime, say: Said) -> Restored:
    async with _tried(settings, backup, now) as (url, swap):
        say("It is whole. Bringing it to this version, and settling what time has passed.")
        lost = await _settled(url, vault, backup, settings, now)
        return Restored(backup, await asyncio.to_thread(swap), lost)


def _fits(backup: Backup, settings: Settings) -> None:
    kind = Kind.SQLITE if settings.database_url.startswith(SQLITE) else Kind.POSTGRES
    if backup.manifest.facts.kind is not kind:
        raise Unusable(
            f"it is a backup of {backup.manifest.facts.kind.value}, and LINLI_DATABASE_URL names {kind.value}:"
            " restore it there, and use `main.py move`"
        )
    if backup.manifest.facts.revision not in migrate.revisions():
        raise Unusable("it was made by a later version of the program: restore it with that one")


@asynccontextmanager
async def _tried(
    settings: Settings, backup: Backup, now: datetime
) -> AsyncIterator[tuple[str, Callable[[], str | None]]]:
    """The backup as a database of its own, with as many rows as were written; and what puts it in the present one's place."""
    chunks = files.read(backup, settings.backup_key)
    if settings.database_url.startswith(SQLITE):
        present = Path(settings.database_url.removeprefix(SQLITE))
        with sqlite.tried(present, chunks) as new:
            _same(await asyncio.to_thread(sqlite.examine, new), backup.manifest.facts)
            yield f"{SQLITE}{new}", lambda: _named(sqlite.swap(new, present, now))
        return
    from bot.storage.backups import restoring

    with restoring.tried(settings.database_url, chunks) as url:
        _same(await asyncio.to_thread(restoring.examine, url), backup.manifest.facts)
        yield url, lambda: restoring.swap(url, settings.database_url, now)


def _named(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _same(found: Facts, written: Facts) -> None:
    if found != written:
        differing = sorted({*found.rows.items()} ^ {*written.rows.items()})
        raise Unusable(f"it does not hold what its manifest says: {', '.join(name for name, _ in differing[:3])}")


async def _settled(url: str, vault: Vault, backup: Backup, settings: Settings, now: datetime) -> cases.Lost:
    await asyncio.to_thread(migrate.upgrade, url)
    database = await open_database(url, vault)

    def settle(tx: Transaction) -> cases.Lost:
        try:
            meta.check_key(tx)
        except WrongKey as error:
            raise Unusable(
                "it was written with another secret key: put the one of that time at LINLI_SECRET_KEY_FILE"
            ) from error
        return cases.put_back(tx, backup.manifest.taken_at, settings.timezone, now=now)

    try:
        return await database.transaction(settle)
    finally:
        await database.close()
