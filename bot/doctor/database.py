"""The database and what stands in it: version, soundness, clock, what is late, who cannot be reached, copies, backups."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.app import home_of
from bot.clock import SystemClock
from bot.doctor.findings import Finding, judged
from bot.domain.backups import OLD
from bot.domain.bots import BotEntry
from bot.domain.categories import CatalogueBroken
from bot.domain.pulses import GONE
from bot.services import responders
from bot.settings import Settings
from bot.storage import bots, migrate, persons, pulses, soundness
from bot.storage.backups import records
from bot.storage.database import Database, Transaction, open_database
from bot.storage.vault import Vault, load_keys
from scheduler.auditor import Auditor
from scheduler.waiting import sweeps_of

# Times of check-ins are minutes: so many seconds apart nobody notices.
CLOCKS_APART_SECONDS = 5.0
RUNS = "is the program running?"


async def look_at_database(settings: Settings, now: datetime) -> tuple[list[Finding], list[BotEntry]]:
    """What was found, and the further bots that the database knows. DatabaseUnavailable when it cannot be used."""
    async with _database(settings) as database:
        sound = await database.read(lambda tx: soundness.look(tx, server=database.shared))
        found = [_version(sound), judged("soundness", sound.fault is None, sound.fault or "whole", "restore a backup")]
        try:
            behind = await migrate.pending(database)
        except migrate.NewerDatabase:
            later = "made by a later version of the program"
            return [*found, Finding("schema", False, later, "run that version, or restore an older backup")], []
        if behind:
            older = "older than this version"
            return [*found, Finding("schema", False, older, "run `python main.py migrate`")], []
        found.append(Finding("schema", True, migrate.revisions()[-1]))
        found += await database.read(lambda tx: _rows(tx, settings, now))
        return found, await database.read(bots.every)


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    keys, _ = load_keys(settings.secret_key_file)
    database = await open_database(settings.database_url, Vault(keys))
    try:
        yield database
    finally:
        await database.close()


def _version(sound: soundness.Soundness) -> Finding:
    return judged("database", sound.supported, sound.version, f"needs {sound.needs} or newer")


def _rows(tx: Transaction, settings: Settings, now: datetime) -> list[Finding]:
    unreachable, missing = persons.unreachable(tx), responders.unreached_ahead(tx, now=now)
    todo = "ring them, or put somebody else on duty (/duty)"
    return [
        _clock(tx.instant() - SystemClock().now().timestamp()),
        *_late(tx, settings, now),
        Finding("people nothing reaches", True, f"{unreachable}", "ring them" if unreachable else ""),
        judged("next on duty whom nothing reaches", missing == 0, f"{missing}", todo),
        *_copies(pulses.standing(tx)),
        _backups(records.last(tx), settings, now),
    ]


def _clock(apart: float) -> Finding:
    fine = abs(apart) <= CLOCKS_APART_SECONDS
    return judged("clock against the database's", fine, f"{apart:+.1f} s", "let the machines' clocks be set (NTP)")


def _late(tx: Transaction, settings: Settings, now: datetime) -> list[Finding]:
    """Whatever time should have moved on by now, by kind."""
    try:
        home = home_of(settings, settings.bot_id or 0, "")
    except CatalogueBroken:
        return []
    known = [settings.bot_id or 0, *(entry.id for entry in bots.every(tx))]
    auditor = Auditor(
        sweeps_of(home, ready=lambda: True), bots=lambda: known, intake_at=lambda: None, tick_at=lambda: None
    )
    late = auditor.late(tx, now)
    if not late:
        return [Finding("late rows", True, "none")]
    return [Finding("late rows", False, f"{count} of {name}", RUNS) for name, count in sorted(late.items())]


def _copies(standing: list[pulses.Standing]) -> list[Finding]:
    if not any(one.ails != GONE for one in standing):
        return [Finding("copies", False, "none gives a sign of life", "start the program")]
    return [
        judged(
            f"copy {one.copy}",
            one.ails is None,
            f"last pulse {timedelta(seconds=round(one.beat_seconds))} ago" + (f", {one.ails}" if one.ails else ""),
            "see its log, and start it again; one that is not wanted any more is forgotten after a week",
        )
        for one in standing
    ]


def _backups(last: records.Last, settings: Settings, now: datetime) -> Finding:
    """When the last backup was made. One that nobody makes is not in order: a disk that breaks takes everything with it."""
    if last.error is not None:
        return Finding("backups", False, f"the last one failed ({last.error})", "see the log and LINLI_BACKUPS")
    if last.at is None:
        todo = "set LINLI_BACKUPS to a folder on another disk" if settings.backups is None else RUNS
        return Finding("backups", False, "none yet", todo)
    told = f"the last one is of {last.at.astimezone(settings.timezone):%Y-%m-%d %H:%M}"
    return judged("backups", now - last.at <= OLD, told, "set LINLI_BACKUPS, or see why none was made")
