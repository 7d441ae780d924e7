"""A community moves from SQLite to PostgreSQL: whole, compared row by row, resumed wherever it was broken off."""

import asyncio
import random
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import opened_database
from bot.backups import back_up, restore
from bot.domain.people import Role
from bot.moving import come_back, opened_move
from bot.storage import meta
from bot.storage.database import Database, DatabaseUnavailable, open_database
from bot.storage.moving import CannotMove, counts
from bot.storage.vault import Vault, load_keys
from sandbox import Phone
from tests.care.enrolled import cared_for
from tests.care.test_guarantees import alerts, coordinator, states
from tests.conftest import PostgresServer
from tests.journeys.conftest import Town

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120
OLD_UPDATE = "INSERT INTO updates (bot_id, update_id, at) VALUES (1, :id, 0)"


class PulledOut(Exception):
    """Somebody pulls the plug."""


def nothing(rows: int) -> None:
    """Nobody looks at the bar."""


@pytest.fixture
def target(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    name = postgres_server.make()
    yield postgres_server.url(name)
    postgres_server.drop(name)


async def lived_in(town: Town) -> tuple[Phone, Phone, Phone]:
    """Somebody in charge, a helper and somebody who is cared for, with a need, an alert and a question answered."""
    wang = await coordinator(town)
    li = await town.helper("小李")
    zhang = await cared_for(town, wang, "Zhang")
    mei = await town.resident("梅")
    await town.asks(mei, "灯坏了")
    await li.reads("灯坏了")
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    await town.passes(minutes=61)
    await wang.reads("Zhang has not answered")
    await town.quiet()
    return wang, li, zhang


async def whole_move(town: Town, target: str) -> None:
    """From its beginning, or from where it was broken off, to its end."""
    async with opened_move(town.settings, target) as move:
        await move.carry(nothing)
        await move.check(nothing)
        await move.arrive()


async def test_a_community_lives_on_in_the_new_place_and_the_old_one_says_where(target: str, town: Town) -> None:
    wang, li, zhang = await lived_in(town)
    with pytest.raises(DatabaseUnavailable, match="stop every copy"):
        await whole_move(town, target)
    await town.sleeps()
    await whole_move(town, target)
    with pytest.raises(DatabaseUnavailable, match=r"was moved to postgresql://"):
        await town.wakes()
    here, there = town.settings, replace(town.settings, database_url=target)
    town.settings = there
    await town.wakes()
    assert await alerts(town) == [("missed", "open")]
    await zhang.presses("I'm well")
    await wang.reads("is well")
    await li.presses("我来帮忙")
    await li.reads("2单元301")
    await town.asks(await town.resident("陈"), "水管漏了")
    await town.passes(hours=13)
    await zhang.reads("Good morning")
    assert await states(town) == ["alert", "asked"], "new rows have new numbers"
    await town.sleeps()

    town.settings = here
    with pytest.raises(CannotMove, match="not empty"):
        await whole_move(town, target)
    with pytest.raises(DatabaseUnavailable, match=r"was moved to postgresql://"):
        await town.wakes()
    assert [await come_back(here), await come_back(here)] == [True, False]
    await town.wakes()
    await town.quiet()


async def test_wherever_it_is_broken_off_it_goes_on_and_every_row_is_there_once(target: str, town: Town) -> None:
    await lived_in(town)
    await town.sleeps()
    broken = 0
    for step in (1, 1, 2, 3, 5, 8, 13):
        async with opened_move(town.settings, target) as move:
            try:
                await move.carry(pulls_out_after(step))
            except PulledOut:
                broken += 1
        for settings in (town.settings, replace(town.settings, database_url=target)):
            with pytest.raises(DatabaseUnavailable, match="begun"):
                async with opened_database(settings):
                    pass
    assert broken >= 5
    async with opened_move(town.settings, target) as move:
        await move.carry(nothing)
        with pytest.raises(PulledOut):
            await move.check(pulls_out_after(3))
    # Everything is there, and the source knows it, but the target does not yet.
    async with opened_move(town.settings, target) as move:
        await move.carry(nothing)
        await move.check(nothing)
        await move._source.transaction(meta.left)
    await whole_move(town, target)
    assert await counted(town, town.settings.database_url) == await counted(town, target)
    town.settings = replace(town.settings, database_url=target)
    await town.wakes()


MOVE_SEED = 20260302
# After these the source knows that it was left, or everything is there, and the last step is missing.
LAST_STEPS = ("finish:behind:1", "differing:before:9", "left:behind:1", "arrive:before:1", "arrive:behind:1")


async def test_killed_at_any_batch_a_move_goes_on_and_every_row_is_there_once(target: str, town: Town) -> None:
    await lived_in(town)
    # More than a page of the largest tables.
    await town.write(lambda tx: tx.many(OLD_UPDATE, [{"id": -number} for number in range(1, 1800)]))
    await town.sleeps()
    dice = random.Random(MOVE_SEED)
    batches = [f"put:{dice.choice(('before', 'behind'))}:{dice.randint(1, 4)}" for _ in range(4)]
    traps = [*batches, *LAST_STEPS]
    mover = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.care.mover", target, *traps), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await asyncio.wait_for(mover.communicate(), PATIENCE_SECONDS)
    assert [int(code) for code in said.split()] == [-signal.SIGKILL] * len(traps) + [0]
    assert await counted(town, town.settings.database_url) == await counted(town, target)
    assert await links(town, target) > 0, "foreign keys hold again"
    town.settings = replace(town.settings, database_url=target)
    await town.wakes()
    await town.asks(await town.resident("陈"), "水管漏了")
    await town.quiet()


async def links(town: Town, url: str) -> int:
    """How many foreign keys a PostgreSQL database has."""
    database = await opened(town, url)
    row = await database.read(lambda tx: tx.one("SELECT COUNT(*) AS n FROM pg_constraint WHERE contype = 'f'"))
    await database.close()
    return int(row["n"]) if row else 0


def pulls_out_after(steps: int) -> Callable[[int], None]:
    """The plug is pulled after so many batches."""
    left = iter(range(steps))

    def step(rows: int) -> None:
        if next(left, None) is None:
            raise PulledOut

    return step


async def counted(town: Town, url: str) -> dict[str, int]:
    """How many rows each table has."""
    database = await opened(town, url)
    try:
        return await database.read(counts)
    finally:
        await database.close()


async def opened(town: Town, url: str) -> Database:
    """A database with the town's key."""
    return await open_database(url, Vault(load_keys(town.settings.secret_key_file)[0]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE persons SET version = version + 1 WHERE id = 1", "persons is not the same on both sides: 1"),
        ("DELETE FROM history WHERE id = 1", "history is not the same on both sides: 1"),
        ("INSERT INTO updates (bot_id, update_id, at) VALUES (5, 5, 5)", "rows that the source does not"),
    ],
)
async def test_a_row_that_is_not_the_same_is_found(target: str, town: Town, change: str, said: str) -> None:
    await town.helper("王姐", Role.COORDINATOR)
    await town.sleeps()
    async with opened_move(town.settings, target) as move:
        await move.carry(nothing)
        database = await opened(town, target)
        await database.transaction(lambda tx: tx.run(change))
        await database.close()
        with pytest.raises(CannotMove, match=said):
            await move.check(nothing)
    await come_back(town.settings)
    await town.wakes()


async def test_a_place_that_does_not_fit_is_refused_and_nothing_has_happened(target: str, town: Town) -> None:
    await town.sleeps()
    for to in ("sqlite:///other.sqlite3", "mysql://host/name"):
        with pytest.raises(CannotMove, match="from SQLite"):
            await whole_move(town, to)
    async with opened_database(replace(town.settings, database_url=target)):
        pass
    with pytest.raises(CannotMove, match="not empty"):
        await whole_move(town, target)
    await town.wakes()


async def test_a_backup_of_a_place_that_was_left_is_lived_in_again(target: str, town: Town) -> None:
    await town.sleeps()
    await whole_move(town, target)
    backup = await back_up(town.settings, town.settings.data / "backups", clock=town.clock)
    await restore(town.settings, backup.path, say=lambda line: None, clock=town.clock)
    await town.wakes()
