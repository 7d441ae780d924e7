"""Logs say what they are about and never a secret; errors are reported without anything that anybody said."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner
from telegram.error import NetworkError

from bot import logs, reporting
from bot.domain.people import Role
from bot.services import drafts
from main import cli
from tests.journeys.conftest import Town

TOKEN = "1234567:AAbbCCddEEff-_00112233445566778899"
OTHER = "7654321:ZZbbCCddEEff-_00112233445566778899"
URL = f"https://api.telegram.org/bot{TOKEN}/sendMessage"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What stands in the log, as JSON lines."""
    stream, root = io.StringIO(), logging.getLogger()
    before = root.level
    handler = logs.configure("DEBUG", as_json=True, secrets=["a heartbeat's address"], stream=stream)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """The log, line by line."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


async def test_a_story_with_errors_leaves_no_token_and_nobodys_words_in_the_log(
    town: Town, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = town.sandbox.token
    await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")

    said_by = "13800138000"

    def breaks(*given: object, **more: object) -> None:
        raise RuntimeError(f"https://api.telegram.org/bot{token}/getFile refused: {said_by}")

    with monkeypatch.context() as broken:
        broken.setattr(drafts, "post", breaks)
        await zhang.sends("灯坏了，请帮我看看")
        await zhang.reads("这样写对吗")
        await zhang.presses("发出去")
        await town.quiet()
        logging.getLogger("aiohttp.client").error("GET %s failed", URL.replace(TOKEN, token))
        try:
            breaks()
        except RuntimeError:
            logging.getLogger("asyncio").exception("Task exception was never retrieved")
    said = written.getvalue()
    assert token not in said
    assert token.split(":")[1] not in said
    failed = [line for line in lines(written) if line["event"].startswith("update ") and line["level"] == "error"]
    assert failed, "the failure itself is there"
    assert failed[0]["update"]
    assert failed[0]["person"] == (await town.person(zhang)).id
    of_ours = [line for line in lines(written) if line["logger"].startswith(("bot", "scheduler"))]
    assert not [word for word in ("灯坏了", "张奶奶", said_by) if word in json.dumps(of_ours, ensure_ascii=False)]
    assert "灯坏了" not in said, "whatever our libraries say"
    await town.write(lambda tx: tx.run("DELETE FROM failures"))


@pytest.mark.parametrize("as_json", [True, False], ids=["json", "plain"])
def test_whatever_looks_like_a_token_or_is_a_secret_is_masked(as_json: bool) -> None:
    stream = io.StringIO()
    handler = logs.configure("INFO", as_json=as_json, secrets=["geheim und lang", None, ""], stream=stream)
    log = logging.getLogger("tests")
    try:
        log.warning("asking %s, geheim und lang, bot%s", URL, OTHER.replace(":", "%3A"))
        log.warning("postgresql://linli:hunter2hunter2@host/linli")
        try:
            raise NetworkError(URL)
        except NetworkError as error:
            log.error("failed: %s", error, exc_info=True)
    finally:
        logging.getLogger().removeHandler(handler)
    said = stream.getvalue()
    assert "asking https://api.telegram.org/bot***/sendMessage, ***, bot***" in said
    assert "postgresql://linli:***@host/linli" in said
    assert "NetworkError" in said
    assert [secret for secret in (TOKEN, OTHER.split(":")[1], "geheim", "hunter2") if secret in said] == []


def test_what_is_reported_of_an_error_says_where_and_nothing_that_anybody_said() -> None:
    event = {
        "event_id": "1",
        "level": "error",
        "logentry": {"message": "update %s failed", "formatted": f"update 5 failed at {URL}", "params": ["张奶奶"]},
        "exception": {
            "values": [
                {
                    "type": "RuntimeError",
                    "value": "张奶奶 13800138000",
                    "stacktrace": {"frames": [{"function": "claim", "lineno": 3, "vars": {"name": "张奶奶"}}]},
                }
            ]
        },
        "request": {"data": "灯坏了"},
        "user": {"id": 5},
        "breadcrumbs": {"values": [{"message": "灯坏了"}]},
        "extra": {"sys.argv": ["x"]},
        "server_name": "one",
    }
    kept = reporting.scrubbed(event, logs.Mask(), {"update": 5, "person": 7, "alert": None})
    said = json.dumps(kept, ensure_ascii=False)
    assert not [word for word in ("张奶奶", "13800138000", "灯坏了", TOKEN, "person", "sys.argv") if word in said]
    assert kept["logentry"] == {"message": "update 5 failed at https://api.telegram.org/bot***/sendMessage"}
    assert kept["exception"]["values"][0]["stacktrace"]["frames"] == [{"function": "claim", "lineno": 3}]
    assert kept["tags"] == {"update": "5"}


def test_reporting_without_its_package_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    monkeypatch.setenv("LINLI_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("LINLI_SENTRY_DSN", "https://key@example.org/1")
    result = CliRunner().invoke(cli, ["run"])
    assert result.exit_code == 2
    assert "LINLI_SENTRY_DSN is set, but what reports errors is not installed" in result.output
    assert "https://key@" not in result.output
