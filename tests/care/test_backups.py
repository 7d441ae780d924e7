"""A backup is put back a day later: nothing is said again, nobody is asked what is stale, and coordinators hear what is lost."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from bot.app import backups_of
from bot.backups import back_up, restore
from bot.clock import SystemClock
from bot.doctor import examine
from bot.domain.backups import Unusable
from bot.domain.notices import Apology
from bot.domain.people import Role
from bot.storage import erasures, migrate, outbox
from bot.storage.backups import records
from bot.storage.backups.files import Backup, listed
from bot.storage.database import DatabaseUnavailable, Transaction, open_database
from bot.storage.vault import Key, Vault, load_keys
from sandbox import Phone
from scheduler.backups import Backups
from tests.care.enrolled import cared_for
from tests.care.test_guarantees import alerts, coordinator, states
from tests.conftest import PostgresServer
from tests.journeys.conftest import Town, told
from tests.journeys.test_erasures import forgets_in_english

PASSPHRASE = "a passphrase for tests"


@pytest.fixture(params=[None, PASSPHRASE], ids=["plain", "sealed"])
def passphrase(request: pytest.FixtureRequest, town: Town) -> str | None:
    """The backup key."""
    town.settings = replace(town.settings, backup_key=request.param)
    return town.settings.backup_key


@pytest.fixture(autouse=True)
def tidied(kind: str, alone: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """Databases that were put aside on the server go."""
    yield
    if kind == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        name = request.getfixturevalue("postgres_used").name
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}\\_%"])
            for (one,) in rows.fetchall():
                connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(one)))


async def put_back(town: Town, backup: Backup) -> str | None:
    """The backup takes the database's place; where that lies now."""
    return (await restore(town.settings, backup.path, say=lambda line: None, clock=town.clock)).aside


async def still_there(town: Town, aside: str) -> bool:
    """Whether what was put aside knows of the morning that the backup does not know."""
    present = town.settings.database_url
    url = f"sqlite:///{aside}" if present.startswith("sqlite") else f"{present.rpartition('/')[0]}/{aside}"
    database = await open_database(url, Vault(load_keys(town.settings.secret_key_file)[0]))
    try:
        return len(await database.read(lambda tx: tx.all("SELECT 1 FROM checkins WHERE day = '2026-03-03'"))) == 2
    finally:
        await database.close()


def folder(town: Town) -> Path:
    """Where backups go."""
    return town.settings.data / "backups"


def waits(tx: Transaction, town: Town, user_id: int, person_id: int) -> None:
    """A letter that is not sent yet."""
    bot_id = town.program.home.bot_id
    letter = outbox.say(tx, Apology(), bot_id=bot_id, chat_id=user_id, person_id=person_id, now=town.clock.now())
    tx.run("UPDATE outbox SET send_at = :at WHERE id = :id", {"at": tx.instant() + 86_400, "id": letter})


def said_to(phone: Phone, since: int) -> str:
    """Everything that the bot has said since."""
    return "\n".join(shown.text for shown in phone.screen()[since:] if not shown.mine)


async def test_a_backup_is_put_back_and_nothing_is_said_again_or_asked_stale(
    town: Town, passphrase: str | None
) -> None:
    wang = await coordinator(town)
    zhang, chen = await cared_for(town, wang, "Zhang"), await cared_for(town, wang, "Chen")
    zhao = await town.resident("Zhao", language="en")
    await town.passes(hours=9)  # 18:00
    await zhang.reads("Good evening")
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    await town.passes(minutes=61)
    await wang.reads("Chen has not answered")
    await town.quiet()
    who, gone = await town.person(zhang), await town.person(zhao)
    await town.write(lambda tx: waits(tx, town, zhang.id, who.id))
    backup = await back_up(town.settings, folder(town), clock=town.clock)
    assert backup.manifest.sealed == bool(passphrase)
    assert (await town.read(records.last)).at == backup.manifest.taken_at
    await town.write(lambda tx: outbox.withdraw(tx, who.id))

    # What the backup does not know: the alert was seen to, somebody was forgotten, and a morning was answered.
    await wang.presses("I'll look")
    await wang.reads("You are going")
    await wang.presses("Record what I found")
    await wang.reads("What did you find")
    await wang.presses("Had fallen")
    await wang.reads("Ended")
    await forgets_in_english(zhao)
    await town.quiet()
    await town.program.erasures.tick()
    assert await town.read(lambda tx: erasures.is_forgotten(tx, gone.id))
    await town.passes(hours=12, minutes=59)  # 08:00
    for phone in (zhang, chen):
        await phone.reads("Good morning")
        await phone.presses("I'm well")
        await phone.reads("Take care")
    await town.quiet()
    with pytest.raises(DatabaseUnavailable, match="stop every copy"):
        await put_back(town, backup)
    await town.sleeps()

    town.clock.advance(95 * 60)  # 09:35
    await zhang.sends("The lamp is broken")
    screens = {phone.name: len(phone.screen()) for phone in (zhang, chen, wang)}
    aside = await put_back(town, backup)
    assert aside is not None
    assert await still_there(town, aside), "the database that was there is kept"
    await town.wakes()
    await wang.reads("It was put back from a backup")
    await town.quiet()
    heard = said_to(wang, screens["Wang"])
    assert "yesterday 19:01" in heard
    assert "2 people count as not asked, from today 08:00 to today 08:00" in heard
    assert "1 alert was open then" in heard
    assert "1 message that waited then is not sent any more" in heard
    assert "The alert about Chen comes from a backup of yesterday 19:01. Is it still so?" in heard
    assert "was not asked on" not in heard, "that is told once"
    assert sorted(await states(town)) == ["alert", "answered", "not_asked", "not_asked"]
    assert said_to(chen, screens["Chen"]) == ""
    assert "The lamp is broken" in said_to(zhang, screens["Zhang"]), "what still waited is handled"
    assert said_to(zhang, screens["Zhang"]).count("The lamp is broken") == 1
    assert "Good" not in said_to(zhang, screens["Zhang"])
    assert await town.read(lambda tx: erasures.is_forgotten(tx, gone.id)), "the log of erasures is applied"
    assert [state for _, state in await alerts(town)] == ["open"]

    # It goes on only when there was time to say whether it is still so.
    rung = await town.read(lambda tx: tx.one("SELECT rung FROM alerts"))
    await town.passes(minutes=9)
    assert await town.read(lambda tx: tx.one("SELECT rung FROM alerts")) == rung
    await wang.presses("I'll look")
    await wang.reads("You are going")
    await wang.presses("Record what I found")
    await wang.reads("What did you find")
    await wang.presses("Had fallen")
    await wang.reads("Ended")
    await town.passes(hours=9)  # 18:44
    for phone in (zhang, chen):
        await phone.reads("Good evening")


async def test_a_backup_of_an_older_version_is_brought_to_this_one(
    town: Town, kind: str, empty_url: str, passphrase: str | None
) -> None:
    await town.helper("王姐", Role.ADMINISTRATOR)
    await town.sleeps()
    old = migrate.revisions()[-2]
    database = await older(town, empty_url, old)
    backup = await back_up(replace(town.settings, database_url=database), folder(town), clock=town.clock)
    assert backup.manifest.facts.revision == old
    await put_back(town, backup)
    await town.wakes()
    assert await town.read(lambda tx: tx.one("SELECT name FROM persons")) is None, "it was empty then"
    assert not await migrate.pending(town.program.database)


async def older(town: Town, url: str, revision: str) -> str:
    """An empty database of an older version, sealed with the town's key; its address."""
    if url.startswith("sqlite:///"):
        url = f"sqlite:///{town.settings.data}/older.sqlite3"
    await asyncio.to_thread(migrate.upgrade, url, revision)
    return url


async def test_what_cannot_be_put_back_is_said_and_the_database_stays(
    town: Town, passphrase: str | None, kind: str
) -> None:
    wang = await town.helper("王姐", Role.ADMINISTRATOR)
    backup = await back_up(town.settings, folder(town), clock=town.clock)
    await town.sleeps()
    present = town.settings
    if passphrase:
        for other, words in ((None, "it is sealed"), ("another passphrase", "another one")):
            town.settings = replace(present, backup_key=other)
            with pytest.raises(Unusable, match=words):
                await put_back(town, backup)
    town.settings = replace(present, database_url="postgresql://nowhere/x" if kind == "sqlite" else "sqlite:///x")
    with pytest.raises(Unusable, match=r"main\.py move"):
        await put_back(town, backup)
    key_file = town.settings.data / "other.key"
    key_file.write_text(Key.generate("k1").line(), encoding="utf-8")
    town.settings = replace(present, secret_key_file=key_file)
    with pytest.raises(Unusable, match="another secret key"):
        await put_back(town, backup)
    town.settings = present
    beside = backup.path.with_name(f"{backup.path.name}.json")
    manifest = beside.read_text(encoding="utf-8")
    beside.write_text(manifest.replace('"persons": 1', '"persons": 2'), encoding="utf-8")
    with pytest.raises(Unusable, match="not hold what its manifest says: persons"):
        await put_back(town, backup)
    beside.write_text(manifest.replace(migrate.revisions()[-1], "9999_from_the_future"), encoding="utf-8")
    with pytest.raises(Unusable, match="later version"):
        await put_back(town, backup)
    await town.wakes()
    assert (await town.person(wang)).name == "王姐"
    await wang.sends("/help")
    await town.quiet()
    assert not told(wang, "备份")


async def test_a_backup_is_made_each_night_and_one_that_fails_is_told_once(town: Town) -> None:
    wang = await town.helper("王姐", Role.ADMINISTRATOR)
    li = await town.helper("小李", Role.COORDINATOR)
    backups = by_itself(town, folder(town))
    await backups.tick()
    await backups.tick()
    assert len(listed(folder(town))) == 1, "the one of this night, though the program was started after it"
    for _ in range(9):
        town.clock.advance(86_400)
        await backups.tick()
    assert len(listed(folder(town))) == 3, "more are not kept"
    nowhere = town.settings.data / "file"
    nowhere.touch()
    broken = by_itself(town, nowhere)
    for _ in range(3):
        town.clock.advance(86_400)
        await broken.tick()
        await town.quiet()
    assert sum("备份没有做成" in shown.text for shown in wang.screen()) == 1
    assert not told(li, "备份")
    assert (await town.read(records.last)).error == "folder"
    town.clock.advance(3600)
    await backups.tick()
    assert (await town.read(records.last)).error is None
    town.clock.advance(86_400)
    await broken.tick()
    await town.quiet()
    assert sum("备份没有做成" in shown.text for shown in wang.screen()) == 2


async def test_the_doctor_says_how_old_the_last_backup_is(town: Town) -> None:
    async def said() -> tuple[bool, str]:
        one = next(one for one in await examine(town.settings) if one.name == "backups")
        return one.fine, f"{one.text}: {one.todo}"

    assert await said() == (False, "none yet: set LINLI_BACKUPS to a folder on another disk")
    await back_up(town.settings, folder(town), clock=town.clock)
    fine, text = await said()
    assert (fine, text[:42]) == (False, "the last one is of 2026-03-02 09:00: set L"), "that was long ago"
    await back_up(town.settings, folder(town))
    assert (await said())[0]
    slot = town.clock.now()
    await town.write(lambda tx: records.claim(tx, slot, "main", SystemClock().now()))
    await town.write(lambda tx: records.failed(tx, slot, "full"))
    assert await said() == (False, "the last one failed (full): see the log and LINLI_BACKUPS")


def by_itself(town: Town, place: Path) -> Backups:
    """What makes backups at three in the morning, and keeps three."""
    return backups_of(
        replace(town.settings, backups=place, backups_daily=3, backups_weekly=0, backups_monthly=0),
        town.program.database,
        town.clock,
    )
