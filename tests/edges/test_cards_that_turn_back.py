"""A card changes and changes back while nobody knows whether the first change was shown: it is drawn again, to be sure."""

import asyncio

import pytest
from telegram.ext import ExtBot

from bot.clock import StillClock
from bot.delivery import Delivery
from bot.storage import leases, outbox
from bot.storage.database import Database, Transaction
from bot.storage.leases import Accepted
from sandbox import Fault, Phone, Sandbox
from tests.edges.conftest import UNLIMITED, Deliver
from tests.edges.stand_ins import BOT_ID, Killed, KilledAt, Speech, show


async def test_after_a_death(
    database: Database, bot: ExtBot[None], clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone
) -> None:
    await database.transaction(lambda tx: show(tx, 1, chat_id=zhang.id, now=clock.now()))
    async with deliver():
        await zhang.reads("lamp 1 is dark")
    speech.colours[1] = "green"
    await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))
    dying = Delivery(database, bot, speech, clock, limits=UNLIMITED, hook=KilledAt("sent"))
    with pytest.raises(Killed):
        await asyncio.wait_for(dying.run(), 20)
    await zhang.reads("lamp 1 is green")
    speech.colours[1] = "dark"
    await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))
    async with deliver():
        await zhang.reads("lamp 1 is dark")


async def test_after_an_answer_that_never_came(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, sandbox: Sandbox, zhang: Phone
) -> None:
    await database.transaction(lambda tx: show(tx, 1, chat_id=zhang.id, now=clock.now()))
    async with deliver() as delivery:
        await zhang.reads("lamp 1 is dark")
        speech.colours[1] = "green"
        sandbox.faults.add(Fault("drop_after", "editMessageText"))
        await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))
        delivery.wake()
        await zhang.reads("lamp 1 is green")
        speech.colours[1] = "dark"
        await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))
        await zhang.reads("lamp 1 is dark")


async def test_after_a_lease_that_ran_out(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> str | None:
        show(tx, 1, chat_id=7, now=clock.now())
        [letter] = leases.lease(tx, bot_id=BOT_ID, holder="one", limit=1, seconds=60)
        leases.settle(tx, [Accepted(letter.id, letter.version, 9, "dark")], holder="one")
        outbox.touch(tx, "lamp:1")
        [letter] = leases.lease(tx, bot_id=BOT_ID, holder="one", limit=1, seconds=-1)
        assert letter.shown == "dark"
        [letter] = leases.lease(tx, bot_id=BOT_ID, holder="two", limit=1, seconds=60)
        return letter.shown

    assert await database.transaction(work) is None
