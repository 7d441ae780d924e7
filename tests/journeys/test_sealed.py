"""Whoever steals the database's file, or reads the log, finds no name, no door, no telephone and no word of a need."""

import logging
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.storage.database import Transaction
from tests.journeys.conftest import Town

SECRETS = ("张奶奶", "小李", "2单元301", "13800138000", "灯坏了", "还是不亮")


def everything_in(tx: Transaction) -> str:
    """Every value of every table, as a dump would show it."""
    tables = [row["name"] for row in tx.all("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")]
    return "\n".join(str(dict(row)) for table in tables for row in tx.all(f"SELECT * FROM {table}"))


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
