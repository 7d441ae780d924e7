"""A need goes round where numbers are fifteen digits long: so a distributed PostgreSQL may give them (docs/scale.md)."""

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from bot.domain.people import Role
from tests.care.enrolled import cared_for
from tests.care.test_guarantees import coordinator
from tests.conftest import PostgresServer
from tests.journeys.conftest import Town

# The first number that Citus's second node gives: its nodes share out the sixty-four bits by their upper sixteen.
FAR = 2 * 2**48 + 1


@pytest.fixture
def kind() -> str:
    """SQLite gives the next free number and knows no nodes."""
    return "postgres"


@pytest.fixture
def database_url(database_url: str, postgres_server: PostgresServer) -> str:
    """The same, with every row numbered from far away; the next test begins with one again."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        for (name,) in connection.execute(
            "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()"
        ).fetchall():
            connection.execute(SQL("ALTER SEQUENCE {} RESTART WITH {}").format(Identifier(name), FAR))
    return database_url


async def test_far_numbers_fit_into_every_button_and_card_on_the_way(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await zhang.sends("家里的灯坏了，麻烦谁来看看")
    await zhang.reads("维修")
    await zhang.presses("发出去")
    await zhang.reads("门牌")
    await zhang.sends("2单元301 13800138000")
    await zhang.reads("已经发出")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("2单元301")
    await li.presses("30")
    await zhang.reads("09:30")
    await li.presses("办完了")
    await li.reads("怎么样")
    await li.presses("办好了")
    await zhang.reads("可以吗")
    await zhang.presses("都好")
    await zhang.reads("怎么样")
    await zhang.presses("⭐⭐⭐⭐⭐")
    await zhang.reads("谢谢")
    assert (await town.read(lambda tx: tx.all("SELECT id FROM needs")))[0]["id"] == FAR


async def test_a_missed_check_in_with_far_numbers_is_looked_after(town: Town) -> None:
    wang = await coordinator(town)
    await town.helper("小李", Role.COORDINATOR)
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)  # 18:00
    await zhang.reads("Good evening")
    await town.passes(minutes=61)
    await wang.reads("Zhang has not answered")
    await wang.presses("I'll look")
    await wang.reads("You are going")
    assert (await town.read(lambda tx: tx.all("SELECT id FROM alerts")))[0]["id"] == FAR
