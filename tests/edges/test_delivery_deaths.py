"""The delivery dies at each of its points and is started again: nothing is lost, and no lease has to run out first."""

import asyncio

import pytest
from telegram.ext import ExtBot

from bot.clock import StillClock
from bot.delivery import Delivery
from bot.storage import outbox
from bot.storage.database import Database, Hook
from bot.storage.outbox import Saying
from sandbox import Phone, Sandbox
from tests.edges.conftest import UNLIMITED, Deliver, neighbour
from tests.edges.stand_ins import BOT_ID, Killed, KilledAt, Speech, Word, letters, show

POINTS = ("leased", "sending", "sent", "settled")


async def dies(database: Database, bot: ExtBot[None], speech: Speech, clock: StillClock, hook: Hook) -> None:
    """Run a delivery until its hook kills it."""
    delivery = Delivery(database, bot, speech, clock, limits=UNLIMITED, hook=hook)
    with pytest.raises(Killed):
        await asyncio.wait_for(delivery.run(), 20)


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("time", [1, 2, 3])
async def test_nothing_is_lost_wherever_it_dies(
    database: Database,
    bot: ExtBot[None],
    speech: Speech,
    clock: StillClock,
    deliver: Deliver,
    sandbox: Sandbox,
    point: str,
    time: int,
) -> None:
    phones = [await neighbour(sandbox, name) for name in ("张奶奶", "小李", "王姐")]
    sayings = [Saying(Word(f"word {turn}."), BOT_ID, phone.id, None) for turn in range(4) for phone in phones]
    await database.transaction(lambda tx: outbox.say_many(tx, sayings, now=clock.now()))
    await dies(database, bot, speech, clock, KilledAt(point, time))
    async with deliver():
        for phone in phones:
            await phone.reads("word 3.")
    for phone in phones:
        seen = [message.text for message in phone.screen() if not message.mine]
        # Each word at least once; a repeated one stands where it belongs.
        assert sorted(set(seen)) == [f"word {turn}." for turn in range(4)]
        assert seen == sorted(seen)
    assert all(letter["send_at"] is None for letter in await letters(database))


@pytest.mark.parametrize("point", POINTS)
async def test_a_card_ends_as_it_is_wherever_it_dies(
    database: Database,
    bot: ExtBot[None],
    speech: Speech,
    clock: StillClock,
    deliver: Deliver,
    zhang: Phone,
    point: str,
) -> None:
    await database.transaction(lambda tx: show(tx, 1, chat_id=zhang.id, now=clock.now()))
    async with deliver():
        await zhang.reads("lamp 1 is dark")
    speech.colours[1] = "green"
    await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))
    await dies(database, bot, speech, clock, KilledAt(point))
    speech.colours[1] = "red"
    await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))
    async with deliver():
        await zhang.reads("lamp 1 is red")
    assert [message.text for message in zhang.screen() if not message.mine] == ["lamp 1 is red"]


async def test_a_repeated_start_and_death_loses_nothing(
    database: Database, bot: ExtBot[None], speech: Speech, clock: StillClock, deliver: Deliver, zhang: Phone
) -> None:
    sayings = [Saying(Word(f"word {turn}."), BOT_ID, zhang.id, None) for turn in range(len(POINTS) + 1)]
    await database.transaction(lambda tx: outbox.say_many(tx, sayings, now=clock.now()))
    for point in POINTS:
        await dies(database, bot, speech, clock, KilledAt(point))
    async with deliver():
        await zhang.reads(f"word {len(POINTS)}.")
    seen = {message.text for message in zhang.screen() if not message.mine}
    assert seen == {f"word {turn}." for turn in range(len(POINTS) + 1)}
