"""A backup of yesterday is put back: what happened since is forgotten, and nothing of it is done again."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier, Placeholder

from tests.care.enrolled import cared_for
from tests.care.test_guarantees import alerts, coordinator, states
from tests.journeys.conftest import Town, told

PutBack = Callable[[], None]
Tables = Mapping[str, list[dict[str, object]]]


def backup(url: str, folder: Path) -> PutBack:
    """Everything as it stands now, kept while the program sleeps; what puts it back."""
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        shutil.copy(path, folder / "backup.sqlite3")
        return lambda: _put_back_file(folder / "backup.sqlite3", path)
    kept = _rows(url)
    return lambda: _put_back_rows(url, kept)


def _put_back_file(backup: Path, path: Path) -> None:
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    shutil.copy(backup, path)


def _rows(url: str) -> Tables:
    with psycopg.connect(url, row_factory=dict_row) as connection:
        listed = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        names = [row["tablename"] for row in listed if row["tablename"] != "alembic_version"]
        return {name: connection.execute(SQL("SELECT * FROM {}").format(Identifier(name))).fetchall() for name in names}


def _put_back_rows(url: str, kept: Tables) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        for name, rows in kept.items():
            connection.execute(SQL("DELETE FROM {}").format(Identifier(name)))
            for row in rows:
                columns, values = SQL(", ").join(map(Identifier, row)), SQL(", ").join(map(Placeholder, row))
                connection.execute(
                    SQL("INSERT INTO {} ({}) VALUES ({})").format(Identifier(name), columns, values), row
                )


async def test_a_backup_that_is_put_back_replays_no_alert_and_asks_nothing_stale(
    town: Town, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    wang = await coordinator(town)
    zhang, chen = await cared_for(town, wang, "Zhang"), await cared_for(town, wang, "Chen")
    await town.passes(hours=9)  # 18:00
    for phone in (zhang, chen):
        await phone.reads("Good evening")
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    await town.quiet()
    await town.sleeps()
    put_back = backup(database_url, tmp_path_factory.mktemp("backup"))

    # What the backup does not know: an answer, a miss, an alert that somebody saw to.
    await town.wakes()
    await chen.presses("I'm well")
    await chen.reads("Take care")
    await town.passes(hours=14)  # 08:00
    await chen.reads("Good morning")
    await chen.presses("I'm well")
    await chen.reads("Take care")
    await town.passes(hours=1)
    await wang.reads("Zhang has not answered")
    await wang.presses("I'll look")
    await wang.reads("You are going")
    await wang.presses("Record what I found")
    await wang.reads("What did you find")
    await wang.presses("Had fallen")
    await wang.reads("Ended")
    await town.quiet()
    await town.sleeps()

    put_back()
    said = {phone.name: len(phone.screen()) for phone in (zhang, chen, wang)}
    town.clock.advance(35 * 60)  # 09:35
    await town.wakes()
    # Of whoever was waited for nothing is known: they are asked once, as one asks at this hour.
    await chen.reads("Good morning")
    await town.passes()
    assert len(zhang.screen()) == said["Zhang"], (
        "whoever had answered is asked nothing: not the evening, not the morning"
    )
    assert [shown.text for shown in wang.screen()[said["Wang"] :] if "not answered" in shown.text] == []
    assert await alerts(town) == []
    assert told(wang, "The program was down")
    assert ["Good morning" in shown.text for shown in chen.screen()[said["Chen"] :]] == [True]
    await chen.presses("I'm well")
    await chen.reads("Take care")
    await town.passes(minutes=30)
    assert await alerts(town) == []
    await town.passes(hours=8)  # 18:05
    for phone in (zhang, chen):
        await phone.reads("Good evening")
    assert sorted(await states(town)) == ["answered", "answered", "asked", "asked", "not_asked", "not_asked"]
