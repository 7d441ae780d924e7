"""Telegram: whether it knows each bot, where it brings what people write, how much waits there, and what time it has."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.branch import WEBHOOK_PATH, make_bot
from bot.clock import SystemClock
from bot.doctor.findings import Finding, judged
from bot.domain.bots import BotEntry
from bot.settings import Settings

# Its Date header has whole seconds, and the way there takes some too.
CLOCKS_APART = timedelta(seconds=10)
MANY_WAIT = 100
LATELY = timedelta(hours=1)
ANSWER_SECONDS = 10.0


async def look_at_bots(settings: Settings, further: Iterable[BotEntry]) -> list[Finding]:
    """The deployment's own bot and those that were added, then the clock."""
    if settings.bot_token is None:
        todo = "@BotFather gives one to whoever sends it /newbot: LINLI_BOT_TOKEN"
        return [Finding("token", False, "none", todo)]
    found = await _bot(settings, settings.bot_token, "token", WEBHOOK_PATH, "see LINLI_BOT_TOKEN")
    for entry in further:
        again = "add it again with its new token: `python main.py bot add`"
        found += await _bot(settings, entry.token, f"token of bot {entry.id}", f"{WEBHOOK_PATH}/{entry.id}", again)
    return [*found, *await _clock(settings)]


async def _bot(settings: Settings, token: str, name: str, path: str, todo: str) -> list[Finding]:
    try:
        async with make_bot(token, settings.bot_api_url) as bot:
            info = await bot.get_webhook_info()
            return [Finding(name, True, f"@{bot.username}"), *_updates(info, settings, path, bot.username)]
    except InvalidToken:
        return [Finding(name, False, "Telegram does not know it", todo)]
    except TelegramError as error:
        return [Finding("Telegram", False, f"cannot be reached ({type(error).__name__})", "see LINLI_BOT_API_URL")]


def _updates(info: WebhookInfo, settings: Settings, path: str, username: str) -> list[Finding]:
    """Where they go, how many wait, and what Telegram complained of lately."""
    wanted = "" if settings.webhook_url is None else settings.webhook_url.rstrip("/") + path
    waiting, name = info.pending_update_count, f"updates of @{username}"
    if info.url != wanted:
        goes = "goes somewhere else" if info.url else "is not set"
        here = "polling is set here, and Telegram has a webhook" if not wanted else f"the webhook {goes}"
        return [Finding(name, False, f"{waiting} wait; {here}", "start the program, it puts that right")]
    found = [judged(name, waiting <= MANY_WAIT, f"{waiting} wait", "is the program running, and does it keep up?")]
    failed = info.last_error_date
    if failed is not None and SystemClock().now() - failed < LATELY:
        seen = (
            f"Telegram could not bring some at {failed.astimezone(settings.timezone):%H:%M} ({info.last_error_message})"
        )
        found.append(Finding(name, False, seen, "see the proxy in front of the program, and its certificate"))
    return found


async def _clock(settings: Settings) -> list[Finding]:
    """The machine's clock against Telegram's; nothing when that does not say what time it is."""
    try:
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.head(settings.bot_api_url) as answer:
            told = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return []
    apart = _aware(told) - SystemClock().now()
    todo = "let the machine's clock be set (NTP)"
    return [
        judged("clock against Telegram's", abs(apart) <= CLOCKS_APART, f"{round(apart.total_seconds()):+d} s", todo)
    ]


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
