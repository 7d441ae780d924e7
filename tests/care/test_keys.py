"""The secret key is changed while the program runs: nobody notices, nothing stays under the old one, and it can be let go of."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import pytest

from bot.backups import back_up, restore
from bot.domain.backups import Unusable
from bot.domain.people import Role
from bot.keys import NotYet, drop_old, rotate
from bot.services.views.knocks import word_of
from bot.storage import checkins, erasures, resealing
from bot.storage.database import Row, Transaction
from bot.storage.resealing import reseal
from bot.storage.tables import Table, tables
from bot.storage.vault import WrongKey, load_keys
from tests.care.enrolled import cared_for
from tests.care.test_guarantees import coordinator
from tests.journeys.conftest import Town
from tests.journeys.test_erasures import forgets_in_english


class PulledOut(Exception):
    """Somebody pulls the plug."""


def unsaid(line: str) -> None:
    """Nobody reads it."""


@asynccontextmanager
async def watched(town: Town) -> AsyncIterator[None]:
    """The running program looks after its keys, as it does every ten seconds."""

    async def look() -> None:
        while True:
            await town.program.keyrings.tick()
            await asyncio.sleep(0.05)

    task = asyncio.create_task(look())
    try:
        yield
    finally:
        task.cancel()


def under(tx: Transaction, key_id: str) -> list[str]:
    """The columns in which something stands under this key."""
    return [
        f"{table.name}.{name}"
        for table in tables()
        for name in table.texts
        for row in tx.all(f'SELECT "{name}" AS value FROM "{table.name}"')
        if row["value"] and f"{key_id}." in row["value"]
    ]


@pytest.mark.usefixtures("alone")
async def test_a_key_is_changed_under_a_running_program_and_the_old_one_let_go_of(town: Town) -> None:
    wang = await coordinator(town)
    zhang = await cared_for(town, wang, "Zhang")
    gone = await town.resident("Zhao", language="en")
    mei = await town.resident("梅")
    number = await town.asks(mei, "灯坏了")
    await forgets_in_english(gone)
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    await zhang.presses("I'm well")
    await town.quiet()
    await town.program.erasures.tick()
    who = await town.person(zhang)
    backup = await back_up(town.settings, town.settings.data / "backups", clock=town.clock)

    def word(tx: Transaction) -> str:
        return word_of(tx, checkins.of_person(tx, who.id, 1)[0])

    told = await town.read(word)
    assert "persons.name" in await town.read(lambda tx: under(tx, "k1"))
    async with watched(town):
        assert await rotate(town.settings, say=unsaid, clock=town.clock) == "k2"
    assert await town.read(lambda tx: under(tx, "k1")) == []
    assert "needs.text" in await town.read(lambda tx: under(tx, "k2"))
    assert (await town.need(number)).text == "灯坏了"
    assert (await town.person(mei)).door is not None
    assert await town.read(word) == told, "whoever was told the word at the door hears the same"
    assert await town.read(lambda tx: erasures.unknown(tx, marks(town))) == set()
    await zhang.sends("What a day")
    await town.asks(mei, "水管漏了", None)

    with pytest.raises(NotYet, match="hang on the old key"):
        await drop_old(town.settings, say=unsaid, clock=town.clock)
    town.clock.advance(timedelta(days=3).total_seconds())
    await town.program.tick()
    await town.program.keyrings.tick()
    await town.quiet()
    assert await drop_old(town.settings, say=unsaid, clock=town.clock) == ["k1"]
    assert [key.id for key in load_keys(town.settings.secret_key_file)[0]] == ["k2"]
    await town.sleeps()
    await town.wakes()
    assert (await town.need(number)).text == "灯坏了"
    assert await town.read(lambda tx: erasures.unknown(tx, marks(town))) != set(), "old marks mean nothing any more"
    assert await town.program.erasures.apply_again(town.program.home, town.clock.now()) == 0
    await town.sleeps()

    # A backup from before opens with the key of that time only.
    with pytest.raises(Unusable, match="another secret key"):
        await restore(town.settings, backup.path, say=unsaid, clock=town.clock)
    path = town.settings.secret_key_file
    dropped = path.with_name(f"{path.name}.dropped")
    path.write_text(dropped.read_text(encoding="utf-8") + path.read_text(encoding="utf-8"), encoding="utf-8")
    await restore(town.settings, backup.path, say=unsaid, clock=town.clock)
    await town.wakes()
    assert (await town.need(number)).text == "灯坏了"
    assert await town.read(lambda tx: erasures.unknown(tx, marks(town))) == set()


def marks(town: Town) -> set[str]:
    """Who is in the log of erasures."""
    return {line.split()[1] for line in town.settings.erasures.read_text(encoding="utf-8").splitlines()}


class Breaks:
    """Seals so many pages anew; then the plug is pulled."""

    def __init__(self, pages: int) -> None:
        self._left = pages

    def __call__(self, tx: Transaction, table: Table, rows: list[Row]) -> int:
        if not self._left:
            raise PulledOut
        self._left -= 1
        return reseal(tx, table, rows)


async def test_wherever_it_is_broken_off_it_goes_on_with_the_same_key(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    number = await town.asks(await town.resident("梅"), "灯坏了")
    await town.sleeps()
    for pages in (0, 5, 40):
        with monkeypatch.context() as patched:
            patched.setattr(resealing, "reseal", Breaks(pages))
            with pytest.raises(PulledOut):
                await rotate(town.settings, say=unsaid, clock=town.clock)
        with pytest.raises(NotYet, match="has not ended"):
            await drop_old(town.settings, say=unsaid, clock=town.clock)
        assert [key.id for key in load_keys(town.settings.secret_key_file)[0]] == ["k1", "k2"]
        await town.wakes()
        assert (await town.need(number)).text == "灯坏了"
        assert (await town.person(wang)).name == "王姐"
        await town.sleeps()
    assert await rotate(town.settings, say=unsaid, clock=town.clock) == "k2"
    await town.wakes()
    assert await town.read(lambda tx: under(tx, "k1")) == []
    async with watched(town):
        assert await rotate(town.settings, say=unsaid, clock=town.clock) == "k3"
    assert await town.read(lambda tx: [*under(tx, "k1"), *under(tx, "k2")]) == []


async def test_nothing_is_sealed_with_a_key_that_a_copy_does_not_hold(town: Town) -> None:
    await town.helper("王姐", Role.COORDINATOR)
    await town.program.keyrings.tick()

    def other(tx: Transaction, keys: str, seals: str) -> None:
        tx.run("DELETE FROM keyrings WHERE copy = 'other machine'")
        values = {"keys": keys, "seals": seals, "at": int(tx.instant())}
        tx.run("INSERT INTO keyrings (copy, keys, seals, at) VALUES ('other machine', :keys, :seals, :at)", values)

    async with watched(town):
        for held in ("k1:abc", "k1:abc,k2:another"):
            await town.write(partial(other, keys=held, seals="k1"))
            with pytest.raises(NotYet, match="other machine"):
                await rotate(town.settings, say=unsaid, clock=town.clock, wait_seconds=1)
            assert await town.read(lambda tx: under(tx, "k2")) == []
        new = load_keys(town.settings.secret_key_file)[0][1]
        await town.write(partial(other, keys=f"k1:abc,k2:{new.fingerprint}", seals="k1"))
        with pytest.raises(NotYet, match="other machine"):
            await rotate(town.settings, say=unsaid, clock=town.clock, wait_seconds=1)
        await town.write(partial(other, keys=f"k1:abc,k2:{new.fingerprint}", seals="k2"))
        assert await rotate(town.settings, say=unsaid, clock=town.clock, wait_seconds=5) == "k2"
    assert await town.read(lambda tx: under(tx, "k1")) == []


async def test_a_program_without_the_new_key_says_so_at_its_start(town: Town) -> None:
    await town.helper("王姐", Role.COORDINATOR)
    await town.sleeps()
    await rotate(town.settings, say=unsaid, clock=town.clock)
    path = town.settings.secret_key_file
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(WrongKey):
        await town.wakes()
    path.write_text(whole, encoding="utf-8")
    await town.wakes()
