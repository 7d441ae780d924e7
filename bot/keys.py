"""The verb `rotate-key`: a new secret key is brought to every running copy, then used, then everything is sealed anew with it.

Each step can be broken off and is found again: which key is coming and which one seals stands in the database, and every value
says itself with which key it was sealed.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.app import opened_database
from bot.clock import Clock, SystemClock
from bot.settings import Settings
from bot.storage import keyrings, meta, resealing
from bot.storage.database import Database, Transaction
from bot.storage.keyrings import Keyring
from bot.storage.tables import Table
from bot.storage.vault import Key, load_keys, write_keys
from scheduler.erasures import ErasureLog

Said = Callable[[str], None]
MACHINE = SystemClock()
LOOK_SECONDS = 1.0
WAIT_SECONDS = 120.0
# The word at the door is told the day before; it hangs on the older key until these days are over.
DAYS_TOLD_AHEAD = timedelta(days=2)
DROPPED = ".dropped"


class NotYet(Exception):
    """This cannot be done yet, and what is missing: a sentence."""


async def rotate(settings: Settings, *, say: Said, clock: Clock = MACHINE, wait_seconds: float = WAIT_SECONDS) -> str:
    """Everything is sealed with a new key in the end; its id. The program may run meanwhile, in any number of copies.

    NotYet when a copy does not hold the new key after `wait_seconds`: the next run goes on from there.
    """
    async with opened_database(settings, say=say) as database:
        key = await _coming(database, settings.secret_key_file, clock)
        say(f"The new key {key.id} is in {settings.secret_key_file}. Keep a copy of that file.")
        await _until(
            database, lambda ring: ring.fingerprints.get(key.id) == key.fingerprint, f"hold {key.id}", wait_seconds
        )
        await database.transaction(lambda tx: _use(tx, key.id))
        await _until(database, lambda ring: ring.seals == key.id, f"seal with {key.id}", wait_seconds)
        sealed = 0
        # Whoever was writing when the key changed may have written with the old one: until nothing is found any more.
        while found := await seal_anew(database):
            sealed += found
        await database.transaction(lambda tx: meta.drop(tx, meta.COMING))
        say(f"{sealed} values were sealed or hashed anew.")
        return key.id


async def _coming(database: Database, path: Path, clock: Clock) -> Key:
    """The key that is being brought in, made if none is, and in the key file."""
    keys, _ = load_keys(path)
    key_id = await database.transaction(lambda tx: _name(tx, keys))
    for key in keys:
        if key.id == key_id:
            return key
    key = Key.generate(key_id, clock.now().date() + DAYS_TOLD_AHEAD)
    # Behind the others: in a database that knows of no change the first one seals.
    write_keys(path, [*keys, key])
    return key


def _name(tx: Transaction, keys: list[Key]) -> str:
    """The id of the key that is being brought in; noted before it is made, so that a second start goes on with the first's."""
    coming = meta.get(tx, meta.COMING)
    if coming is None:
        numbers = [int(found[1]) for key in keys if (found := re.fullmatch(r"k(\d+)", key.id))]
        coming = f"k{max(numbers, default=0) + 1}"
        meta.put(tx, meta.SEALS, tx.vault.seals)
        meta.put(tx, meta.COMING, coming)
    return coming


def _use(tx: Transaction, key_id: str) -> None:
    meta.put(tx, meta.SEALS, key_id)
    meta.use_key(tx)


async def _until(database: Database, fits: Callable[[Keyring], bool], what: str, wait_seconds: float) -> None:
    """Until every running copy does; NotYet names those that do not."""
    for left in range(int(wait_seconds / LOOK_SECONDS), -1, -1):
        missing = [ring.copy for ring in await database.read(keyrings.living) if not fits(ring)]
        if not missing:
            return
        if left:
            await asyncio.sleep(LOOK_SECONDS)
    raise NotYet(
        f"these copies of the program do not {what} yet: {', '.join(missing)}."
        " Bring the key file to their machines, and run this again"
    )


# --- sealing anew ---


async def seal_anew(database: Database) -> int:
    """Bring everything under the key that seals, in short transactions; how many values there were."""
    sealed = 0
    for table in resealing.texts():
        last: tuple[object, ...] = ()
        while True:
            rows, found = await database.transaction(partial(_page, table=table, last=last))
            sealed += found
            if rows is None:
                break
            last = rows
    for anew in (resealing.rehash, resealing.remark):
        after = 0
        while True:
            after, found = await database.transaction(partial(anew, after=after))
            sealed += found
            if not after:
                break
    return sealed


def _page(tx: Transaction, table: Table, last: tuple[object, ...]) -> tuple[tuple[object, ...] | None, int]:
    """One page: the key of its last row (None: there was none), and how many values were sealed anew."""
    rows = resealing.page(tx, table, last)
    return (table.key(rows[-1]) if rows else None), resealing.reseal(tx, table, rows)


# --- letting go of the old one ---


async def drop_old(settings: Settings, *, say: Said, clock: Clock = MACHINE) -> list[str]:
    """The key file holds the newest key only; the ids of those that went. NotYet when something still hangs on them.

    They are put into a file beside it: a backup of their time opens with them and with nothing else.
    """
    path = settings.secret_key_file
    keys, _ = load_keys(path)
    async with opened_database(settings, say=say) as database:
        seals = await database.read(lambda tx: tx.vault.seals)
        newest = next(key for key in keys if key.id == seals)
        await _free(database, newest, clock)
        # The marks of who was forgotten are in the log by the new key before the old one can be missed.
        await ErasureLog(database, settings.erasures).tick()
    old = [key for key in keys if key.id != seals]
    if old:
        beside = path.with_name(path.name + DROPPED)
        write_keys(beside, [*(load_keys(beside)[0] if beside.exists() else ()), *old])
        write_keys(path, [replace(newest, since=None)])
        say(f"{beside} holds what was dropped: keep it as long as backups from before, somewhere else, then delete it.")
    return [key.id for key in old]


async def _free(database: Database, newest: Key, clock: Clock) -> None:
    """NotYet while anything needs an older key."""
    if await database.read(lambda tx: meta.get(tx, meta.COMING)) is not None:
        raise NotYet("a change of keys was begun and has not ended: run `python main.py rotate-key`")
    if newest.since is not None and clock.now().date() < newest.since:
        raise NotYet(f"the words at the door that were told already hang on the old key: on {newest.since}, not before")
    await _until(database, lambda ring: ring.seals == newest.id, f"seal with {newest.id}", 0)
    if await seal_anew(database):
        raise NotYet("something was still under the old key, and has been sealed anew: run this again")
