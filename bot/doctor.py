"""What `main.py doctor` looks at: each finding says whether it is in order, and if not, what to do."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import InvalidToken, TelegramError

from bot.app import catalogue_of, own_bot
from bot.branch import WEBHOOK_PATH, Bot
from bot.clock import SystemClock
from bot.domain.backups import OLD
from bot.domain.categories import CatalogueBroken
from bot.settings import Settings
from bot.storage import migrate, needs, outbox, persons
from bot.storage.backups import records
from bot.storage.database import Database, DatabaseUnavailable, Transaction, open_database
from bot.storage.vault import Vault, load_keys

ENOUGH_DISK_BYTES = 500 * 1024 * 1024
LATE = timedelta(seconds=60)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    fine: bool
    text: str


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything; whatever cannot be looked at is a finding too."""
    findings = [_disk(settings), _erasures(settings), *_categories(settings)]
    try:
        async with _database(settings) as database:
            findings += await _look_at(database, settings)
    except DatabaseUnavailable as error:
        findings.append(Finding("database", False, f"cannot be used ({error}); see LINLI_DATABASE_URL"))
    return findings + await _telegram(settings)


def _disk(settings: Settings) -> Finding:
    folder = settings.data if settings.data.exists() else settings.data.absolute().parent
    free = shutil.disk_usage(folder).free
    text = f"{free // 1024**2} MB free"
    return Finding("disk", free > ENOUGH_DISK_BYTES, text if free > ENOUGH_DISK_BYTES else f"{text}: make room")


def _categories(settings: Settings) -> list[Finding]:
    try:
        found = catalogue_of(settings)
    except CatalogueBroken as error:
        return [Finding("categories", False, fault) for fault in error.faults]
    return [Finding("categories", True, f"{len(found.categories)}")]


def _erasures(settings: Settings) -> Finding:
    """Who was forgotten must be written down outside the database, or a restored backup brings them back."""
    path = settings.erasures
    place = path if path.exists() else path.absolute().parent
    if os.access(place, os.W_OK):
        return Finding("log of erasures", True, f"{path}: keep it out of backups, and take it along when you move")
    return Finding("log of erasures", False, f"{path} cannot be written; see LINLI_ERASURES")


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    keys, _ = load_keys(settings.secret_key_file)
    database = await open_database(settings.database_url, Vault(keys))
    try:
        yield database
    finally:
        await database.close()


async def _look_at(database: Database, settings: Settings) -> list[Finding]:
    if await migrate.pending(database):
        return [Finding("database", False, "older than this version: run `python main.py migrate`")]
    bot_id = settings.bot_id or 0
    backups = await database.read(lambda tx: _backups(records.last(tx), settings))
    return [Finding("database", True, "up to date"), backups, *await database.read(lambda tx: _rows(tx, bot_id))]


def _backups(last: records.Last, settings: Settings) -> Finding:
    """When the last backup was made. One that nobody makes is not in order: a disk that breaks takes everything with it."""
    if last.error is not None:
        return Finding("backups", False, f"the last one failed ({last.error}): see the log and LINLI_BACKUPS")
    if last.at is None:
        todo = (
            "set LINLI_BACKUPS to a folder on another disk" if settings.backups is None else "is the program running?"
        )
        return Finding("backups", False, f"none yet: {todo}")
    fresh = SystemClock().now() - last.at <= OLD
    told = f"the last one is of {last.at.astimezone(settings.timezone):%Y-%m-%d %H:%M}"
    return Finding("backups", fresh, told if fresh else f"{told}: set LINLI_BACKUPS, or see why none was made")


def _rows(tx: Transaction, bot_id: int) -> list[Finding]:
    late = needs.late(tx, SystemClock().now() - LATE)
    letters = outbox.late(tx, bot_id=bot_id, seconds=LATE.total_seconds())
    unreachable = persons.unreachable(tx)
    return [
        Finding(
            "needs that time should have moved on", late == 0, f"{late}" + (": is the program running?" if late else "")
        ),
        Finding("urgent messages late", letters == 0, f"{letters}" + (": is the program running?" if letters else "")),
        Finding("people nothing reaches", True, f"{unreachable}" + (": ring them" if unreachable else "")),
    ]


async def _telegram(settings: Settings) -> list[Finding]:
    if settings.bot_token is None:
        return [Finding("token", False, "none; @BotFather gives one to whoever sends it /newbot: LINLI_BOT_TOKEN")]
    bot = own_bot(settings)
    try:
        async with bot:
            return [Finding("token", True, f"@{bot.username}"), await _webhook(bot, settings)]
    except InvalidToken:
        return [Finding("token", False, "Telegram does not know it: see LINLI_BOT_TOKEN")]
    except TelegramError as error:
        return [Finding("Telegram", False, f"cannot be reached ({type(error).__name__}): see LINLI_BOT_API_URL")]


async def _webhook(bot: Bot, settings: Settings) -> Finding:
    info = await bot.get_webhook_info()
    wanted = "" if settings.webhook_url is None else settings.webhook_url.rstrip("/") + WEBHOOK_PATH
    text = f"{info.pending_update_count} updates wait"
    if info.url == wanted:
        return Finding("updates", True, text)
    return Finding("updates", False, f"{text}; the webhook is not as set here: start the program, it puts that right")
