"""Settings: what is not said has a default, a secret may be a file, and all that is wrong is told at once."""

import os
import re
import socket
from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.matching import Pace, Waves
from bot.domain.people import Language
from bot.settings import Settings, SettingsError, known_names, read_settings

TOKEN = "1234567:AAbbCCddEEff-_00112233445566778899"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Mapping[str, str]:
    """An environment without any setting, in an empty folder, which a test may change as it likes."""
    copy = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    monkeypatch.setattr(os, "environ", copy)
    monkeypatch.chdir(tmp_path)
    return copy


def faults_of(*, token_needed: bool = False, **variables: str) -> tuple[str, ...]:
    """What is wrong with these variables."""
    os.environ.update({f"LINLI_{name}": value for name, value in variables.items()})
    with pytest.raises(SettingsError) as caught:
        read_settings(token_needed=token_needed)
    return caught.value.faults


def settings_of(**variables: str) -> Settings:
    """The settings from these variables."""
    os.environ.update({f"LINLI_{name}": value for name, value in variables.items()})
    return read_settings()


def test_nothing_has_to_be_set() -> None:
    settings = read_settings()
    assert settings == Settings(
        database_url="sqlite:///data/linli.sqlite3",
        secret_key_file=Path("data/secret.key"),
        timezone=ZoneInfo("Asia/Shanghai"),
        webhook_secret=settings.webhook_secret,
        copy=socket.gethostname(),
    )
    assert (settings.bot_token, settings.bot_id) == (None, None)


def test_every_setting_can_be_set() -> None:
    settings = settings_of(
        BOT_TOKEN=TOKEN,
        BOT_API_URL="http://127.0.0.1:8081/",
        DATA="/var/lib/linli",
        DATABASE_URL="postgresql://linli@127.0.0.1/linli",
        SECRET_KEY_FILE="/etc/linli/key",
        ERASURES="/srv/linli.erasures",
        BACKUPS="/mnt/backups",
        BACKUP_HOURS="15, 3",
        BACKUP_KEY="sixteen letters!",
        BACKUPS_DAILY="3",
        BACKUPS_WEEKLY="0",
        BACKUPS_MONTHLY="12",
        TIMEZONE="Europe/Vienna",
        LANGUAGE="en",
        WEBHOOK_URL="https://example.org/hook/",
        WEBHOOK_SECRET="abc_DEF-1",
        HTTP="true",
        HTTP_HOST="::",
        HTTP_PORT="8443",
        EMERGENCY_CHATS="12, -1001234567890 7",
        EMERGENCY_NUMBERS="112",
        HEARTBEAT_URL="https://example.org/ping",
        MESSAGES_PER_SECOND="100",
        MESSAGES_PER_SECOND_CHAT="0.5",
        MESSAGES_PER_MINUTE_GROUP="10",
        DELIVERIES_IN_FLIGHT="8",
        SWEEP_SECONDS="2.5",
        COPY="second",
        CARE_WORDS="/etc/linli/words.toml",
        CATEGORIES="/etc/linli/categories.toml",
        VOLUNTEER_RULES="/etc/linli/rules.toml",
        KEEP_LETTERS_DAYS="1",
        KEEP_FAILURES_DAYS="2",
        KEEP_DRAFTS_DAYS="3",
        KEEP_CARDS_DAYS="4",
        KEEP_MEDIA_DAYS="5",
        KEEP_WORDS_MONTHS="6",
        KEEP_SHOWINGS_MONTHS="7",
        WAVES_NOW="10/1/1",
        WAVES_TODAY="4/20/2",
        WAVES_WEEK="3/120/5",
        QUIET_HOURS="21:30-08:00",
        OFFERS_A_DAY="4",
        CLAIMS_AT_ONCE="2",
        SILENT_AFTER="9",
        LOG_LEVEL="debug",
        LOG_FORMAT="json",
        SENTRY_DSN="https://key@example.org/1",
    )
    assert settings == Settings(
        bot_token=TOKEN,
        bot_api_url="http://127.0.0.1:8081",
        data=Path("/var/lib/linli"),
        database_url="postgresql://linli@127.0.0.1/linli",
        secret_key_file=Path("/etc/linli/key"),
        erasures=Path("/srv/linli.erasures"),
        backups=Path("/mnt/backups"),
        backup_hours=(3, 15),
        backup_key="sixteen letters!",
        backups_daily=3,
        backups_weekly=0,
        backups_monthly=12,
        timezone=ZoneInfo("Europe/Vienna"),
        language=Language.ENGLISH,
        webhook_url="https://example.org/hook",
        webhook_secret="abc_DEF-1",
        http=True,
        http_host="::",
        http_port=8443,
        emergency_chats=(12, -1001234567890, 7),
        emergency_numbers="112",
        heartbeat_url="https://example.org/ping",
        messages_per_second=100,
        messages_per_second_chat=0.5,
        messages_per_minute_group=10,
        deliveries_in_flight=8,
        sweep_seconds=2.5,
        copy="second",
        care_words=Path("/etc/linli/words.toml"),
        categories=Path("/etc/linli/categories.toml"),
        volunteer_rules=Path("/etc/linli/rules.toml"),
        keep_letters_days=1,
        keep_failures_days=2,
        keep_drafts_days=3,
        keep_cards_days=4,
        keep_media_days=5,
        keep_words_months=6,
        keep_showings_months=7,
        waves_now=Pace(10, timedelta(minutes=1), 1),
        waves_today=Pace(4, timedelta(minutes=20), 2),
        waves_week=Pace(3, timedelta(minutes=120), 5),
        quiet_hours=(21 * 60 + 30, 8 * 60),
        offers_a_day=4,
        claims_at_once=2,
        silent_after=9,
        log_level="DEBUG",
        log_format="json",
        sentry_dsn="https://key@example.org/1",
    )
    assert settings.bot_id == 1234567


def test_the_data_folder_moves_what_lies_in_it() -> None:
    settings = settings_of(DATA="/srv/linli")
    assert settings.database_url == "sqlite:////srv/linli/linli.sqlite3"
    assert settings.secret_key_file == Path("/srv/linli/secret.key")


def test_a_file_of_settings_is_read_and_the_environment_wins() -> None:
    Path(".env").write_text("# ours\nLINLI_HTTP_PORT=9000\nLINLI_LANGUAGE=en\nLINLI_WEBHOOK_URL=\n", encoding="utf-8")
    settings = settings_of(HTTP_PORT="9001")
    assert (settings.http_port, settings.language, settings.webhook_url) == (9001, Language.ENGLISH, None)


def test_a_secret_may_be_in_a_file() -> None:
    Path("token").write_text(f"{TOKEN}\n", encoding="utf-8")
    assert settings_of(BOT_TOKEN_FILE="token").bot_token == TOKEN


def test_everything_wrong_is_told_at_once_and_no_value_that_may_be_secret() -> None:
    faults = faults_of(
        BOT_TOKEN="geheim",
        BOT_API_URL="127.0.0.1:8081",
        BACKUP_HOURS="3, 24",
        BACKUP_KEY="geheim",
        BACKUPS_DAILY="0",
        DATABASE_URL="mysql://me:geheim@host/name",
        WEBHOOK_SECRET_FILE="missing",
        HEARTBEAT_URL="geheim",
        TIMEZONE="Mars/Olympus",
        LANGUAGE="fr",
        HTTP_PORT="http",
        DELIVERIES_IN_FLIGHT="0",
        EMERGENCY_CHATS="王姐",
        SWEEP_SECONDS="0",
        MESSAGES_PER_SECOND="nan",
        WAVES_TODAY="5/0/3",
        QUIET_HOURS="22-7",
        LOG_LEVEL="loud",
    )
    assert sorted(faults) == [
        "LINLI_BACKUPS_DAILY: must be from 1 to 10000",
        "LINLI_BACKUP_HOURS: must be hours of the day with commas between them, like 3 or 3,15",
        "LINLI_BACKUP_KEY: must have at least 16 characters; `openssl rand -base64 32` makes a good one",
        "LINLI_BOT_API_URL: is no address; write it whole, like https://example.org/linli",
        "LINLI_BOT_TOKEN: is no bot token; copy the whole line that @BotFather gave, like 123456:ABC-DEF",
        "LINLI_DATABASE_URL: must be sqlite:///path/to/file or postgresql://user:password@host/name",
        "LINLI_DELIVERIES_IN_FLIGHT: must be from 1 to 10000",
        "LINLI_EMERGENCY_CHATS: must be numbers of chats with commas between them, like 123456,-1001234567890",
        "LINLI_HEARTBEAT_URL: is no address; write it whole, like https://example.org/linli",
        "LINLI_HTTP_PORT: must be a whole number",
        "LINLI_LANGUAGE: must be zh or en, not 'fr'",
        "LINLI_LOG_LEVEL: must be one of DEBUG, INFO, WARNING, ERROR, not 'loud'",
        "LINLI_MESSAGES_PER_SECOND: must be more than 0",
        "LINLI_QUIET_HOURS: must be hours of the day like 22:00-07:00; 00:00-00:00 for none",
        "LINLI_SWEEP_SECONDS: must be more than 0",
        "LINLI_TIMEZONE: 'Mars/Olympus' is no time zone; write one like Asia/Shanghai",
        "LINLI_WAVES_TODAY: must be people/minutes/wave, like 5/15/3: five at once, after 15 minutes five more,"
        " in groups with wave 3",
        "LINLI_WEBHOOK_SECRET_FILE: this file cannot be read as text",
    ]


def test_without_settings_people_are_asked_by_the_rules_of_the_house() -> None:
    assert settings_of().waves == Waves()


def test_a_token_is_missed_only_where_it_is_needed() -> None:
    read_settings()
    assert faults_of(token_needed=True) == (
        "LINLI_BOT_TOKEN: not set; @BotFather gives one to whoever sends it /newbot",
    )


@pytest.mark.parametrize("variables", [{"BOT_TOKEN": "x"}, {"BOT_TOKEN_FILE": "missing"}])
def test_a_wrong_token_is_not_also_a_missing_one(variables: dict[str, str]) -> None:
    assert len(faults_of(token_needed=True, **variables)) == 1


@pytest.mark.parametrize("value", ["sqlite:///", "sqlite:///:memory:", "linli.sqlite3", "sqlite://linli.sqlite3"])
def test_a_database_is_a_file_or_a_server(value: str) -> None:
    assert len(faults_of(DATABASE_URL=value)) == 1


def test_a_name_that_is_no_setting_is_warned_of_with_the_nearest() -> None:
    settings = settings_of(BOT_TOEKN=TOKEN, BOT_TOKEN_FIEL="x", XYZ="1")
    assert settings.warnings == (
        "LINLI_BOT_TOEKN is no setting; did you mean LINLI_BOT_TOKEN?",
        "LINLI_BOT_TOKEN_FIEL is no setting; did you mean LINLI_BOT_TOKEN_FILE?",
        "LINLI_XYZ is no setting",
    )


def test_no_secret_is_shown() -> None:
    settings = settings_of(
        BOT_TOKEN=TOKEN,
        WEBHOOK_SECRET="geheim1",
        BACKUP_KEY="geheim4" * 3,
        DATABASE_URL="postgresql://me:geheim2@host/name",
        HEARTBEAT_URL="https://example.org/geheim3",
    )
    assert TOKEN not in repr(settings)
    assert "geheim" not in repr(settings)


def test_copies_share_their_webhook_secret_without_being_told() -> None:
    first = settings_of(BOT_TOKEN=TOKEN).webhook_secret
    assert first == read_settings().webhook_secret
    assert first != settings_of(BOT_TOKEN="7654321:other").webhook_secret
    assert TOKEN not in first


def test_the_example_names_every_setting() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:# )?(LINLI_\w+)=", example, re.MULTILINE))
    assert named == known_names()
    assert len(known_names()) == len(fields(Settings)) - 1
