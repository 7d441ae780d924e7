"""All settings, read once from the environment and a `.env` file; everything wrong with them is reported at once.

A secret can also come from a file: `LINLI_BOT_TOKEN_FILE=/run/secrets/token` is the same as its content in `LINLI_BOT_TOKEN`.
"""

import difflib
import hashlib
import math
import os
import re
import secrets
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from environs import EnvError, FileAwareEnv
from environs.exceptions import EnvValidationError

from bot.domain.backups import Keep
from bot.domain.floods import Inflow
from bot.domain.matching import Hours, Pace, Waves
from bot.domain.needs import Urgency
from bot.domain.people import Language
from bot.domain.retention import Retention
from bot.domain.showings import Limits
from bot.domain.sources import Network

PREFIX = "LINLI_"
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
# What Telegram allows in X-Telegram-Bot-Api-Secret-Token.
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
FORMS = ("plain", "json")
WAVE = re.compile(r"(\d{1,3})/(\d{1,4})/(\d{1,2})")
HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
RULES = Waves()
# What a thief of a sealed backup has to guess.
PASSPHRASE_AT_LEAST = 16


class SettingsError(Exception):
    """Settings that the program cannot run with: one line for each, naming the variable and what it must be."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every setting, named as its variable is (`bot_token` is LINLI_BOT_TOKEN). Its repr shows no secret.

    `bot_token` None: not given, and not needed by commands that do not speak. `webhook_url` None: updates are polled.
    `webhook_from`: only from these networks are updates taken; empty: from anywhere, by their secret alone.
    `http`: health and figures are served even where updates are polled. `heartbeat_url` None: no outside monitor.
    `log_format` is plain or json; `sentry_dsn` None: errors are reported to nobody.
    `backups` None: none are made by themselves; `backup_key` None: they are not sealed.
    `warnings` are lines to be shown once at start.
    """

    bot_token: str | None = field(default=None, repr=False)
    bot_api_url: str = "https://api.telegram.org"
    data: Path = Path("data")
    database_url: str = field(repr=False)
    secret_key_file: Path
    erasures: Path = Path("data.erasures")
    backups: Path | None = None
    backup_hours: tuple[int, ...] = (3,)
    backup_key: str | None = field(default=None, repr=False)
    backups_daily: int = 7
    backups_weekly: int = 4
    backups_monthly: int = 6
    timezone: ZoneInfo
    language: Language = Language.CHINESE
    webhook_url: str | None = None
    webhook_secret: str = field(repr=False)
    webhook_from: tuple[Network, ...] = ()
    http: bool = False
    http_host: str = "127.0.0.1"
    http_port: int = 8080
    emergency_chats: tuple[int, ...] = ()
    emergency_numbers: str = "120 / 110"
    heartbeat_url: str | None = field(default=None, repr=False)
    messages_per_second: float = 30
    messages_per_second_chat: float = 1
    messages_per_minute_group: float = 20
    deliveries_in_flight: int = 32
    sweep_seconds: float = 1
    copy: str = "main"
    care_words: Path | None = None
    categories: Path | None = None
    volunteer_rules: Path | None = None
    keep_letters_days: int = 7
    keep_failures_days: int = 30
    keep_drafts_days: int = 7
    keep_cards_days: int = 30
    keep_media_days: int = 90
    keep_words_months: int = 12
    keep_showings_months: int = 24
    waves_now: Pace = RULES.paces[Urgency.NOW]
    waves_today: Pace = RULES.paces[Urgency.TODAY]
    waves_week: Pace = RULES.paces[Urgency.WEEK]
    currency: str = "CNY"
    quiet_hours: tuple[int, int] = RULES.quiet
    offers_a_day: int = RULES.offers_a_day
    claims_at_once: int = RULES.claims_at_once
    silent_after: int = RULES.silent_after
    addresses_a_day: int = Limits.a_day
    addresses_an_hour: int = Limits.an_hour
    joins_an_hour: int = Inflow.joins
    posts_an_hour: int = Inflow.posts
    news_an_hour: int = Inflow.news
    log_level: str = "INFO"
    log_format: str = "plain"
    sentry_dsn: str | None = field(default=None, repr=False)
    warnings: tuple[str, ...] = ()

    @property
    def waves(self) -> Waves:
        """The rules for asking volunteers."""
        paces = {Urgency.NOW: self.waves_now, Urgency.TODAY: self.waves_today, Urgency.WEEK: self.waves_week}
        return Waves(paces, self.quiet_hours, self.offers_a_day, self.claims_at_once, self.silent_after)

    @property
    def showings(self) -> Limits:
        """How many neighbours' contact data are shown to one volunteer."""
        return Limits(self.addresses_a_day, self.addresses_an_hour)

    @property
    def inflow(self) -> Inflow:
        """How many an hour are let through at a community."""
        return Inflow(self.joins_an_hour, self.posts_an_hour, self.news_an_hour)

    @property
    def bot_id(self) -> int | None:
        """The bot's number, which its token begins with; None without a token."""
        return int(self.bot_token.split(":")[0]) if self.bot_token else None

    @property
    def secrets(self) -> tuple[str | None, ...]:
        """What no log may show."""
        return self.bot_token, self.webhook_secret, self.backup_key, self.heartbeat_url, self.sentry_dsn

    @property
    def keep_backups(self) -> Keep:
        """How many backups stay."""
        return Keep(self.backups_daily, self.backups_weekly, self.backups_monthly)

    @property
    def kept(self) -> Retention:
        """For how long things are kept that nobody needs any more."""
        return Retention(
            letters_days=self.keep_letters_days,
            failures_days=self.keep_failures_days,
            drafts_days=self.keep_drafts_days,
            cards_days=self.keep_cards_days,
            media_days=self.keep_media_days,
            words_months=self.keep_words_months,
            showings_months=self.keep_showings_months,
        )


def read_settings(*, env_file: Path = Path(".env"), token_needed: bool = False) -> Settings:
    """The settings of this process; SettingsError with every fault at once.

    Variables of the environment win over `env_file`; an empty variable is the same as none.
    """
    env = FileAwareEnv(eager=False, prefix=PREFIX, strip_whitespace=True)
    env.read_env(env_file, recurse=False)
    _forget_empty()
    faults = _unreadable()
    values = _values(env)
    faults += _sealed(env)
    if token_needed and not values["bot_token"] and not any(fault.startswith(f"{PREFIX}BOT_TOKEN") for fault in faults):
        faults.insert(0, f"{PREFIX}BOT_TOKEN: not set; @BotFather gives one to whoever sends it /newbot")
    if faults:
        raise SettingsError(faults)
    return Settings(**values, warnings=tuple(_warnings(os.environ)))


def _values(env: FileAwareEnv) -> dict[str, Any]:
    """Every setting's value; what is wrong waits in `env` until it is sealed."""
    for name, parser in PARSERS.items():
        env.add_parser(name, parser)
    data = env.path("DATA", Path("data"))
    token = env.token("BOT_TOKEN", None)
    return {
        "bot_token": token,
        "bot_api_url": env.address("BOT_API_URL", "https://api.telegram.org"),
        "data": data,
        "database_url": env.database("DATABASE_URL", f"sqlite:///{data}/linli.sqlite3"),
        "secret_key_file": env.path("SECRET_KEY_FILE", Path(f"{data}/secret.key")),
        "erasures": env.path("ERASURES", Path(f"{data}.erasures")),
        **_backups(env),
        "currency": env.currency("CURRENCY", "CNY"),
        "timezone": env.zone("TIMEZONE", "Asia/Shanghai"),
        "language": env.language("LANGUAGE", "zh"),
        "webhook_url": env.address("WEBHOOK_URL", None),
        "webhook_secret": env.header("WEBHOOK_SECRET", _own_secret(token)),
        "webhook_from": env.networks("WEBHOOK_FROM", ""),
        "http": env.bool("HTTP", False),
        "http_host": env.str("HTTP_HOST", "127.0.0.1"),
        "http_port": env.port("HTTP_PORT", 8080),
        "emergency_chats": env.chats("EMERGENCY_CHATS", ""),
        "emergency_numbers": env.str("EMERGENCY_NUMBERS", "120 / 110"),
        "heartbeat_url": env.address("HEARTBEAT_URL", None),
        **_paces(env),
        **_kept(env),
        **_waves(env),
        "addresses_a_day": env.count("ADDRESSES_A_DAY", Limits.a_day),
        "addresses_an_hour": env.count("ADDRESSES_AN_HOUR", Limits.an_hour),
        "joins_an_hour": env.count("JOINS_AN_HOUR", Inflow.joins),
        "posts_an_hour": env.count("POSTS_AN_HOUR", Inflow.posts),
        "news_an_hour": env.count("NEWS_AN_HOUR", Inflow.news),
        "sweep_seconds": env.positive("SWEEP_SECONDS", 1.0),
        "care_words": env.path("CARE_WORDS", None),
        "categories": env.path("CATEGORIES", None),
        "volunteer_rules": env.path("VOLUNTEER_RULES", None),
        "copy": env.str("COPY", socket.gethostname() or "main"),
        "log_level": env.level("LOG_LEVEL", "INFO"),
        "log_format": env.form("LOG_FORMAT", "plain"),
        "sentry_dsn": env.address("SENTRY_DSN", None),
    }


def _paces(env: FileAwareEnv) -> dict[str, Any]:
    """How fast the bot speaks: Telegram's own limits, unless a Bot API server of one's own allows more."""
    return {
        "messages_per_second": env.positive("MESSAGES_PER_SECOND", 30.0),
        "messages_per_second_chat": env.positive("MESSAGES_PER_SECOND_CHAT", 1.0),
        "messages_per_minute_group": env.positive("MESSAGES_PER_MINUTE_GROUP", 20.0),
        "deliveries_in_flight": env.count("DELIVERIES_IN_FLIGHT", 32),
    }


def _backups(env: FileAwareEnv) -> dict[str, Any]:
    """Where backups go, at which hours, sealed with what, and how many stay."""
    return {
        "backups": env.path("BACKUPS", None),
        "backup_hours": env.day_hours("BACKUP_HOURS", "3"),
        "backup_key": env.passphrase("BACKUP_KEY", None),
        "backups_daily": env.count("BACKUPS_DAILY", 7),
        "backups_weekly": env.some("BACKUPS_WEEKLY", 4),
        "backups_monthly": env.some("BACKUPS_MONTHLY", 6),
    }


def _kept(env: FileAwareEnv) -> dict[str, Any]:
    """For how long something is kept that nobody needs any more: whole days, and months of thirty days."""
    defaults = {field.name: field.default for field in fields(Settings) if field.name.startswith("keep_")}
    return {name: env.count(name.upper(), default) for name, default in defaults.items()}


def _waves(env: FileAwareEnv) -> dict[str, Any]:
    """How volunteers are asked: so many at once, after so many minutes the next ones, in groups with that wave."""
    return {
        "waves_now": env.wave("WAVES_NOW", "5/1/1"),
        "waves_today": env.wave("WAVES_TODAY", "5/15/3"),
        "waves_week": env.wave("WAVES_WEEK", "4/90/3"),
        "quiet_hours": env.hours("QUIET_HOURS", "22:00-07:00"),
        "offers_a_day": env.count("OFFERS_A_DAY", RULES.offers_a_day),
        "claims_at_once": env.count("CLAIMS_AT_ONCE", RULES.claims_at_once),
        "silent_after": env.count("SILENT_AFTER", RULES.silent_after),
    }


# --- what a value may be: parsers that say no with EnvError, and never repeat a value that may be secret ---


def _token(value: str | None) -> str | None:
    if value is not None and not TOKEN.fullmatch(value):
        raise EnvError("is no bot token; copy the whole line that @BotFather gave, like 123456:ABC-DEF")
    return value


def _address(value: str | None) -> str | None:
    parts = urlsplit(value) if value else None
    if parts is not None and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise EnvError("is no address; write it whole, like https://example.org/linli")
    return value.rstrip("/") if value else None


def _database(value: str) -> str:
    path = value.removeprefix("sqlite:///")
    is_file = path != value and path not in ("", ":memory:")
    if not is_file and not value.startswith(("postgresql://", "postgres://")):
        raise EnvError("must be sqlite:///path/to/file or postgresql://user:password@host/name")
    return value


def _zone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise EnvError(f"{value!r} is no time zone; write one like Asia/Shanghai") from error


def _currency(value: str) -> str:
    if not re.fullmatch("[A-Z]{3}", value):
        raise EnvError(f"must be three capital letters like CNY or EUR, not {value!r}")
    return value


def _language(value: str) -> Language:
    if value not in set(Language):
        raise EnvError(f"must be {' or '.join(Language)}, not {value!r}")
    return Language(value)


def _header(value: str) -> str:
    if not WEBHOOK_SECRET.fullmatch(value):
        raise EnvError("may hold 1 to 256 characters of A-Z a-z 0-9 _ - (Telegram's rule)")
    return value


def _networks(value: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(word) for word in re.split(r"[\s,]+", value) if word)
    except ValueError as error:
        raise EnvError("must be networks with commas between them, like 149.154.160.0/20,91.108.4.0/22") from error


def _chats(value: str) -> tuple[int, ...]:
    try:
        return tuple(int(word) for word in re.split(r"[\s,]+", value) if word)
    except ValueError as error:
        raise EnvError("must be numbers of chats with commas between them, like 123456,-1001234567890") from error


def _positive(value: str | float) -> float:
    try:
        number = float(value)
    except ValueError as error:
        raise EnvError("must be a number") from error
    if not 0 < number < math.inf:
        raise EnvError("must be more than 0")
    return number


def _count(value: str | int) -> int:
    return _whole(value, 1, 10_000)


def _some(value: str | int) -> int:
    return _whole(value, 0, 1_000)


def _day_hours(value: str) -> tuple[int, ...]:
    words = [word for word in re.split(r"[\s,]+", value) if word]
    if not words or not all(word.isdecimal() and int(word) < 24 for word in words):
        raise EnvError("must be hours of the day with commas between them, like 3 or 3,15")
    return tuple(sorted({int(word) for word in words}))


def _passphrase(value: str | None) -> str | None:
    if value is not None and len(value) < PASSPHRASE_AT_LEAST:
        raise EnvError(
            f"must have at least {PASSPHRASE_AT_LEAST} characters; `openssl rand -base64 32` makes a good one"
        )
    return value


def _port(value: str | int) -> int:
    return _whole(value, 0, 65_535)


def _whole(value: str | int, least: int, most: int) -> int:
    try:
        number = int(value)
    except ValueError as error:
        raise EnvError("must be a whole number") from error
    if not least <= number <= most:
        raise EnvError(f"must be from {least} to {most}")
    return number


def _wave(value: str) -> Pace:
    found = WAVE.fullmatch(value)
    size, minutes, groups_at = (int(part) for part in found.groups()) if found else (0, 0, 0)
    if not (size and minutes and groups_at):
        raise EnvError(
            "must be people/minutes/wave, like 5/15/3: five at once, after 15 minutes five more, in groups with wave 3"
        )
    return Pace(size, timedelta(minutes=minutes), groups_at)


def _hours(value: str) -> Hours:
    found = HOURS.fullmatch(value)
    if found is None:
        raise EnvError("must be hours of the day like 22:00-07:00; 00:00-00:00 for none")
    start_hour, start_minute, end_hour, end_minute = (int(part) for part in found.groups())
    return Hours(start_hour * 60 + start_minute, end_hour * 60 + end_minute)


def _level(value: str) -> str:
    if value.upper() not in LEVELS:
        raise EnvError(f"must be one of {', '.join(LEVELS)}, not {value!r}")
    return value.upper()


def _form(value: str) -> str:
    if value not in FORMS:
        raise EnvError(f"must be {' or '.join(FORMS)}, not {value!r}")
    return value


PARSERS: Mapping[str, Callable[..., Any]] = {
    "token": _token,
    "address": _address,
    "database": _database,
    "zone": _zone,
    "language": _language,
    "currency": _currency,
    "header": _header,
    "chats": _chats,
    "networks": _networks,
    "positive": _positive,
    "count": _count,
    "some": _some,
    "day_hours": _day_hours,
    "passphrase": _passphrase,
    "port": _port,
    "level": _level,
    "form": _form,
    "wave": _wave,
    "hours": _hours,
}


def _own_secret(token: str | None) -> str:
    """A webhook secret that all copies of the program know without being told: they share the bot's token."""
    if token is None:
        return secrets.token_urlsafe(32)
    return hashlib.sha256(f"linli webhook\0{token}".encode()).hexdigest()


# --- the environment itself ---


def known_names() -> frozenset[str]:
    """The name of every variable that the program reads; each may also end in _FILE."""
    return frozenset(f"{PREFIX}{each.name.upper()}" for each in fields(Settings) if each.name != "warnings")


def _forget_empty() -> None:
    """`LINLI_WEBHOOK_URL=` in a file of settings means that there is none."""
    for name in [name for name, value in os.environ.items() if name.startswith(PREFIX) and not value.strip()]:
        del os.environ[name]


def _unreadable() -> list[str]:
    """Variables …_FILE whose file cannot be read, taken out, so that the reading of the others goes on."""
    faults = []
    for name in [f"{name}_FILE" for name in sorted(known_names()) if f"{name}_FILE" in os.environ]:
        try:
            Path(os.environ[name]).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            faults.append(f"{name}: this file cannot be read as text")
            del os.environ[name]
    return faults


def _sealed(env: FileAwareEnv) -> list[str]:
    seal: Callable[[], None] = env.seal
    try:
        seal()
    except EnvValidationError as error:
        messages = error.error_messages
        said = messages if isinstance(messages, Mapping) else {PREFIX: messages}
        return [f"{name}: {message}" for name, found in said.items() for message in found]
    return []


def _warnings(environment: Iterable[str]) -> Iterable[str]:
    """A line for each variable that looks like a setting and is none."""
    known = known_names() | {f"{name}_FILE" for name in known_names()}
    for name in sorted(name for name in environment if name.startswith(PREFIX) and name not in known):
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
        yield f"{name} is no setting" + (f"; did you mean {near[0]}?" if near else "")
