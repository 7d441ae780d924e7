"""Whoever steals the database's file, a dump or a backup, or reads the log, finds no name, no door, no telephone and no word."""

import asyncio
import logging
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.storage import plans
from bot.storage.backups import copies
from bot.storage.database import Transaction
from tests.care.enrolled import cared_for
from tests.care.test_relatives import contact
from tests.care.test_remarks import knows
from tests.journeys.conftest import Town

SECRETS = ("张奶奶", "小李", "2单元301", "13800138000", "灯坏了", "还是不亮")


def everything_in(tx: Transaction) -> str:
    """Every value of every table, as a dump would show it."""
    tables = [row["name"] for row in tx.all("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")]
    return "\n".join(str(dict(row)) for table in tables for row in tx.all(f"SELECT * FROM {table}"))


def dumped(database_url: str) -> bytes:
    """What PostgreSQL's own dump shows of the database."""
    tool = shutil.which("pg_dump")
    assert tool is not None
    return subprocess.run([tool, "--inserts", database_url], check=True, capture_output=True).stdout


def written_by(database_url: str) -> bytes:
    """SQLite's file and what waits beside it."""
    path = Path(database_url.removeprefix("sqlite:///"))
    return b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))


async def test_neither_file_nor_log_shows_anybody(
    town: Town, kind: str, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await zhang.sends("家里的灯坏了")
    await zhang.reads("这样写对吗")
    await zhang.presses("发出去")
    await zhang.reads("门牌")
    await zhang.sends("2单元301 13800138000")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("2单元301")
    await li.presses("办完了")
    await li.reads("怎么样")
    await li.presses("办好了")
    await zhang.reads("可以吗")
    await zhang.presses("不对")
    await zhang.reads("写")
    await zhang.sends("还是不亮")
    await town.quiet()
    kept = written_by(database_url) if kind == "sqlite" else (await town.read(everything_in)).encode()
    assert b"outbox" in kept or b"OfferCard" in kept
    found = [secret for secret in SECRETS if secret.encode() in kept or secret.encode("unicode_escape") in kept]
    assert found == []
    assert [secret for secret in SECRETS if secret in caplog.text] == []
    await town.blameless()


# What is said in a day of care: names of the person, of family and helpers, doors, telephones, notes, and words of every kind.
SAID = (
    *("Old Zhang Guizhen", "Daughter Chen", "the lamp in the kitchen", "unit 7, door 903", "13811112222"),
    *("behind the green door", "sat on the floor and was cold", "key with the neighbour", "my knee hurts so much"),
)


async def test_a_day_of_care_shows_nobody_in_file_dump_or_backup(
    town: Town, kind: str, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Old Zhang Guizhen")
    await contact(town, wang, "Daughter Chen, daughter, +8613811112222")
    await town.quiet()
    who = await town.person(zhang)

    def noted(tx: Transaction) -> None:
        plan = plans.of_person(tx, who.id)
        assert plan is not None
        assert plans.save(tx, plan, replace(plan, notes="key with the neighbour"))

    await town.write(noted)
    await zhang.sends("please mend the lamp in the kitchen")
    await town.quiet()
    await zhang.sends("help me, I fell, behind the green door")
    await wang.reads("asks for help")
    await town.quiet()
    await wang.presses("I'll look")
    await wang.reads("You are going")
    await wang.presses("Record what I found")
    await wang.reads("What did you find")
    await wang.presses("Had fallen")
    await wang.reads("Ended")
    await town.quiet()
    await wang.sends("sat on the floor and was cold")
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    await zhang.sends("my knee hurts so much")
    await town.quiet()
    await knows(town, zhang, door="unit 7, door 903", telephone="+8613811112222")
    kept = written_by(database_url) if kind == "sqlite" else await asyncio.to_thread(dumped, database_url)
    backup = await asyncio.to_thread(
        copies.take, database_url, town.settings.data / "backups", at=town.clock.now(), passphrase=None
    )
    if kind == "sqlite":
        kept += await asyncio.to_thread(backup.path.read_bytes)
    assert b"CheckInAsked" in kept, "this is what it looks like"
    assert [words for words in SAID if words.encode() in kept or words.encode("unicode_escape") in kept] == []
    assert [words for words in SAID if words in caplog.text] == []
    for name in ("persons", "contacts", "alerts", "checkins", "history"):
        assert backup.manifest.facts.rows[name], name
