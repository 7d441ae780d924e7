"""Two districts in one PostgreSQL database, a schema each: copies of one name are killed, one is restored, neither notices."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.app import opened_database
from bot.backups import back_up, restore
from bot.domain.backups import Unusable
from bot.settings import Settings
from bot.storage.backups.files import Backup
from bot.storage.database import DatabaseUnavailable, open_database
from bot.storage.vault import Vault, load_keys
from sandbox import Phone, Sandbox
from sandbox.accounts import BotAccount
from tests.city.clock import SharedClock
from tests.city.morning import Copies, environment_of, polled
from tests.conftest import PostgresServer, within
from tests.journeys.conftest import town_settings

COPIES = ("one", "two")


@dataclass(frozen=True)
class District:
    """One district: its bot, its settings, and its copies of the program."""

    sandbox: Sandbox
    bot: BotAccount
    settings: Settings
    copies: Copies

    def phone(self, name: str) -> Phone:
        """Somebody's telephone, opened at this district's bot."""
        world = self.sandbox.world
        return Phone(world, world.people[self.sandbox.phone(name).id], self.bot)

    async def joins(self, name: str) -> Phone:
        """Somebody begins here, and is answered."""
        phone = self.phone(name)
        await phone.sends("/start")
        await phone.reads("您好")
        return phone

    async def starts(self) -> None:
        """Every copy runs; the first of them polls."""
        since = asyncio.get_running_loop().time()
        await self.copies.start(COPIES[0])
        await polled(self.sandbox, {self.bot.id}, since)
        for name in COPIES[1:]:
            await self.copies.start(name)
        async with asyncio.timeout(60):
            while True:
                if await self.known("SELECT copy AS found FROM pulses WHERE tick_at IS NOT NULL") == {*COPIES}:
                    return
                await asyncio.sleep(0.05)

    async def known(self, sql: str) -> set[object]:
        """What this district's database says."""
        keys, _ = load_keys(self.settings.secret_key_file)
        database = await open_database(self.settings.database_url, Vault(keys))
        try:
            return {row["found"] for row in await database.read(lambda tx: tx.all(sql))}
        finally:
            await database.close()

    async def people(self) -> set[object]:
        """Whose chats this district knows."""
        return await self.known("SELECT user_id AS found FROM accounts")

    async def put_back(self, backup: Backup) -> str | None:
        """A backup takes the place of what is there."""
        return (await restore(self.settings, backup.path, say=lambda line: None)).aside


@asynccontextmanager
async def district(
    sandbox: Sandbox, bot: BotAccount, url: str, folder: Path, base: Settings
) -> AsyncIterator[District]:
    """A district in which nothing runs yet."""
    settings = replace(
        base,
        bot_token=bot.token,
        database_url=url,
        data=folder,
        secret_key_file=folder / "secret.key",
        erasures=Path(f"{folder}.erasures"),
    )
    environment = environment_of(sandbox, folder, url) | {"LINLI_BOT_TOKEN": bot.token}
    copies = Copies(environment, folder, folder.parent / "clock")
    try:
        yield District(sandbox, bot, settings, copies)
    except BaseException:
        print(copies.last_words())
        raise
    finally:
        await copies.stop()


@pytest.fixture
async def east_and_west(
    postgres_server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[District, District]]:
    """Two districts with a bot each, in one database."""
    clock = SharedClock(tmp_path / "clock")
    (tmp_path / "clock").write_text("0.0", encoding="utf-8")
    sandbox = Sandbox(clock=clock)
    await sandbox.start()
    name = postgres_server.make()
    url = postgres_server.url(name)
    for folder in ("east", "west"):
        (tmp_path / folder).mkdir()
    base = town_settings(sandbox, url, tmp_path, monkeypatch)
    second = sandbox.world.add_bot("west_linli_bot", "西区邻里")
    first = next(bot for bot in sandbox.world.bots.values() if bot.token == sandbox.token)
    async with (
        district(sandbox, first, within(url, "east"), tmp_path / "east", base) as east,
        district(sandbox, second, within(url, "west"), tmp_path / "west", base) as west,
    ):
        yield east, west
    await asyncio.shield(sandbox.stop())
    postgres_server.drop(name)


async def test_two_districts_share_a_database_and_nothing_else(east_and_west: tuple[District, District]) -> None:
    east, west = east_and_west
    await asyncio.gather(east.starts(), west.starts())
    zhang, li = await east.joins("张奶奶"), await west.joins("小李")

    # The copies of each district that poll and speak are killed; the others of the same names are not.
    for one, neighbour in ((east, zhang), (west, li)):
        await one.copies.kill("one")
        await neighbour.sends("/help")
        await neighbour.reads("/need")
    assert (await east.people(), await west.people()) == ({zhang.id}, {li.id})

    # Each is put back without the other: what it takes is its own, and what it leaves is somebody else's.
    backup = await back_up(east.settings, east.settings.data / "backups")
    chen, wang = await east.joins("老陈"), await west.joins("王姐")
    with pytest.raises(DatabaseUnavailable, match="stop every copy"):
        await east.put_back(backup)
    assert await east.copies.stop() == [0]
    aside = await east.put_back(backup)
    assert aside is not None
    assert aside.startswith("east_before_")
    assert (await east.people(), await west.people()) == ({zhang.id}, {li.id, wang.id})
    set_aside = District(east.sandbox, east.bot, replace(east.settings, database_url=_beside(east, aside)), east.copies)
    assert await set_aside.people() == {zhang.id, chen.id}
    await west.phone("小李").sends("/help")
    await east.starts()
    await zhang.sends("/help")
    await zhang.reads("/need")
    assert await west.copies.stop() == [0]


def _beside(one: District, schema: str) -> str:
    return within(one.settings.database_url.partition("?")[0], schema)


async def test_a_backup_of_the_whole_database_of_one_community_is_put_into_a_district_and_the_reverse(
    east_and_west: tuple[District, District], postgres_server: PostgresServer
) -> None:
    east, west = east_and_west
    await east.starts()
    zhang = await east.joins("张奶奶")
    await east.copies.stop()
    backup = await back_up(east.settings, east.settings.data / "backups")

    # It moves into a database of its own, where it is the only one, and lives in PostgreSQL's first schema.
    alone = postgres_server.make()
    house = District(
        east.sandbox, east.bot, replace(east.settings, database_url=postgres_server.url(alone)), east.copies
    )
    aside = await house.put_back(backup)
    try:
        assert aside is not None
        assert await house.people() == {zhang.id}
        again = await back_up(house.settings, house.settings.data / "backups")

        # Another district, with another key, cannot be made of it; with that key it can, and there was nothing to put aside.
        async with opened_database(west.settings):
            pass
        with pytest.raises(Unusable, match="another secret key"):
            await west.put_back(again)
        stranger = District(
            west.sandbox,
            west.bot,
            replace(east.settings, database_url=_beside(west, "north")),
            west.copies,
        )
        assert await stranger.put_back(again) is None
        assert await stranger.people() == {zhang.id}
        assert await west.people() == set()
    finally:
        for name in (alone, aside):
            postgres_server.drop(str(name))
