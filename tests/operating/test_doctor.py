"""`main.py doctor`: what is wrong is found, each with what to do, and a script can tell by how it ends."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from click.testing import CliRunner

from bot.branch import make_bot
from bot.doctor import Finding, examine
from bot.domain.people import Role
from bot.storage import migrate, pulses
from bot.storage.backups import records
from bot.storage.database import Transaction
from main import cli
from tests.care.shifts import planned_in_chinese
from tests.journeys.conftest import Town


async def found(town: Town, name: str) -> list[Finding]:
    """What the doctor says of one thing."""
    return [one for one in await examine(town.settings, clock=town.clock) if one.name == name]


async def mend(town: Town) -> dict[str, str]:
    """What is to be mended, by name."""
    return {one.name: one.line for one in await examine(town.settings, clock=town.clock) if not one.fine}


def in_order(town: Town) -> None:
    """A deployment to which nothing is lacking."""
    folder = town.settings.data / "backups"
    town.settings = replace(
        town.settings, emergency_chats=(1,), heartbeat_url="https://example.org/ping", backups=folder
    )


async def test_where_all_is_in_order_nothing_is_to_be_mended(town: Town) -> None:
    in_order(town)
    await town.program.watchdog.tick()
    now = town.clock.now()
    await town.write(lambda tx: records.made_by_hand(tx, "main", "x", now, now))
    assert await mend(town) == {}
    names = {one.name for one in await examine(town.settings, clock=town.clock)}
    assert {"token", "schema", "soundness", "late rows", "clock against Telegram's", "disk of the backups"} <= names


async def test_what_is_lacking_is_said_with_what_to_do(town: Town) -> None:
    wrong = await mend(town)
    assert wrong["copies"] == "MEND copies: none gives a sign of life: start the program"
    assert wrong["backups"] == "MEND backups: none yet: set LINLI_BACKUPS to a folder on another disk"
    lacking = [one.todo for one in await examine(town.settings, clock=town.clock) if one.name == "settings"]
    assert lacking == ["set LINLI_EMERGENCY_CHATS", "set LINLI_HEARTBEAT_URL"]


async def test_a_token_a_webhook_and_what_waits_are_looked_at_for_each_bot(town: Town) -> None:
    town.settings = replace(town.settings, webhook_url="http://127.0.0.1:1/linli")
    name = f"updates of @{town.program.home.bot_username}"
    (wrong,) = await found(town, name)
    assert wrong.line.endswith("the webhook is not set: start the program, it puts that right")
    await town.sleeps()
    bot = make_bot(town.sandbox.token, town.sandbox.url)
    await bot.initialize()
    await bot.set_webhook("http://127.0.0.1:1/linli/telegram")
    (fine,) = await found(town, name)
    assert (fine.fine, fine.text) == (True, "0 wait")
    town.settings = replace(town.settings, webhook_url=None)
    (wrong,) = await found(town, name)
    assert "polling is set here, and Telegram has a webhook" in wrong.text
    await bot.delete_webhook()
    await bot.shutdown()
    town.settings = replace(town.settings, bot_token="1234567:AAbbCCddEEff-_00112233445566778899")
    (wrong,) = await found(town, "token")
    assert wrong.line == "MEND token: Telegram does not know it: see LINLI_BOT_TOKEN"
    town.settings = replace(town.settings, bot_token=town.sandbox.token)
    await town.wakes()


async def test_late_rows_copies_in_trouble_and_who_cannot_be_reached_are_counted(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了，请帮我看看")
    await planned_in_chinese(town, wang, "小李")
    await town.passes()
    await li.blocks()
    await town.quiet()
    await town.write(lambda tx: spoil(tx, number, town))
    wrong = await mend(town)
    assert wrong["late rows"] == "MEND late rows: 1 of needs: is the program running?"
    assert wrong["copy two"].startswith("MEND copy two: last pulse 0:00:00 ago, ticks: see its log")
    assert wrong["copy three"].startswith("MEND copy three: last pulse 0:02:00 ago, gone")
    assert wrong["next on duty whom nothing reaches"].endswith("1: ring them, or put somebody else on duty (/duty)")
    (unreachable,) = await found(town, "people nothing reaches")
    assert unreachable.line == "ok   people nothing reaches: 1: ring them"


def spoil(tx: Transaction, number: int, town: Town) -> None:
    """A need that is long late, a copy whose ticks are silent, and one that is gone."""
    late = int(town.clock.now().timestamp()) - 600
    tx.run("UPDATE needs SET act_at = :at WHERE id = :id", {"at": late, "id": number})
    for copy, ails in (("two", "ticks"), ("three", None)):
        pulses.beat(tx, copy, intake_at=None, tick_at=town.clock.now(), ails=ails)
    tx.run("UPDATE pulses SET beat_at = beat_at - 120 WHERE copy = 'three'")


async def test_a_database_of_a_later_version_is_recognised(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(migrate, "revisions", lambda: ["0001_floor"])
        (wrong,) = await found(town, "schema")
    assert "made by a later version" in wrong.text


def test_a_script_reads_it_and_can_tell_by_how_it_ends(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    with suppress(KeyError):
        monkeypatch.delenv("LINLI_BOT_TOKEN")
    monkeypatch.setenv("LINLI_DATA", str(tmp_path))
    monkeypatch.setenv("LINLI_HTTTP", "x")
    result = CliRunner().invoke(cli, ["doctor", "--json"])
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["fine"] is False
    by_name = {one["name"]: one for one in told["findings"]}
    assert by_name["schema"]["todo"] == "run `python main.py migrate`"
    assert by_name["token"] == {
        "name": "token",
        "fine": False,
        "text": "none",
        "todo": "@BotFather gives one to whoever sends it /newbot: LINLI_BOT_TOKEN",
    }
    assert "LINLI_HTTTP is no setting; did you mean LINLI_HTTP?" in {one["text"] for one in told["findings"]}
    assert CliRunner().invoke(cli, ["doctor"]).exit_code == 1
    monkeypatch.setenv("LINLI_HTTP_PORT", "x")
    assert CliRunner().invoke(cli, ["doctor"]).exit_code == 2
