"""What is in the outbox reaches people: in order, the most urgent first, cards as they are now."""

import asyncio
from collections.abc import Callable

from telegram.ext import ExtBot

from bot.clock import StillClock
from bot.delivery import Delivery
from bot.domain.notices import Priority
from bot.domain.pace import Limits
from bot.sending import Blank
from bot.storage import outbox
from bot.storage.database import Database, Transaction, open_database
from bot.storage.outbox import Saying
from bot.storage.vault import Vault
from bot.texts.message import Key, Menu, Message, Toast
from sandbox import Phone, Sandbox
from tests.edges.conftest import Deliver, neighbour
from tests.edges.stand_ins import BOT_ID, Cry, Points, Speech, Word, letters, say, show


def said(text: str, phone: Phone, clock: StillClock) -> Callable[[Transaction], int]:
    """A transaction that says `text` to somebody."""
    return lambda tx: say(tx, text, chat_id=phone.id, now=clock.now())


async def test_what_is_said_is_read(database: Database, clock: StillClock, deliver: Deliver, zhang: Phone) -> None:
    await database.transaction(said("药买好了", zhang, clock))
    async with deliver():
        message = await zhang.reads("药买好了")
    [letter] = await letters(database)
    assert (letter["send_at"], letter["holder"], letter["message_id"]) == (None, None, message.id)


async def test_what_is_said_later_is_sent_at_once_when_it_is_woken(
    database: Database, clock: StillClock, deliver: Deliver, zhang: Phone
) -> None:
    async with deliver() as delivery:
        for text in ("one", "two", "three"):
            await database.transaction(said(text, zhang, clock))
            delivery.wake()
            await zhang.reads(text)


async def test_what_nobody_wakes_it_for_is_found_anyway(
    database: Database, clock: StillClock, deliver: Deliver, zhang: Phone
) -> None:
    async with deliver():
        await database.transaction(said("found", zhang, clock))
        await zhang.reads("found")


async def test_a_chat_reads_in_order(database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox) -> None:
    phones = [await neighbour(sandbox, name) for name in ("张奶奶", "小李", "王姐")]
    sayings = [Saying(Word(str(turn)), BOT_ID, phone.id, None) for turn in range(15) for phone in phones]
    await database.transaction(lambda tx: outbox.say_many(tx, sayings, now=clock.now()))
    async with deliver():
        for phone in phones:
            await phone.reads("14")
    for phone in phones:
        assert [message.text for message in phone.screen() if not message.mine] == [str(turn) for turn in range(15)]


async def test_what_concerns_life_passes_all_that_waits(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox, zhang: Phone
) -> None:
    phones = [await neighbour(sandbox, str(number)) for number in range(40)]

    def work(tx: Transaction) -> None:
        outbox.say_many(tx, [Saying(Word("x"), BOT_ID, phone.id, None) for phone in phones], now=clock.now())
        outbox.say(tx, Cry("help"), bot_id=BOT_ID, chat_id=zhang.id, person_id=None, now=clock.now())

    await database.transaction(work)
    async with deliver(limits=Limits(bot_per_second=10)):
        await zhang.reads("help")
        assert sandbox.calls_of("sendMessage")[0].chat_id == zhang.id


async def test_telegrams_limits_are_never_met(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox
) -> None:
    phones = [await neighbour(sandbox, str(number)) for number in range(45)]
    sayings = [Saying(Word(str(turn)), BOT_ID, phone.id, None) for turn in range(2) for phone in phones]
    await database.transaction(lambda tx: outbox.say_many(tx, sayings, now=clock.now()))
    sandbox.limits = True
    async with deliver(limits=Limits()):
        for phone in phones:
            await phone.reads("1")
    assert [call for call in sandbox.calls if not call.ok] == []


async def test_an_empty_outbox_asks_telegram_nothing(deliver: Deliver, sandbox: Sandbox, zhang: Phone) -> None:
    before = len(sandbox.calls)
    async with deliver() as delivery:
        delivery.wake()
    assert len(sandbox.calls) == before


async def test_two_copies_say_everything_once(
    database: Database,
    database_url: str,
    vault: Vault,
    bot: ExtBot[None],
    speech: Speech,
    clock: StillClock,
    deliver: Deliver,
    sandbox: Sandbox,
) -> None:
    phones = [await neighbour(sandbox, str(number)) for number in range(25)]
    sayings = [Saying(Word(f"word {turn}."), BOT_ID, phone.id, None) for turn in range(4) for phone in phones]
    await database.transaction(lambda tx: outbox.say_many(tx, sayings, now=clock.now()))
    other = await open_database(database_url, vault)
    async with deliver(holder="one"), deliver(holder="two", database=other):
        for phone in phones:
            await phone.reads("word 3.")
    await other.close()
    assert len(sandbox.calls_of("sendMessage")) == len(sayings)


# --- words ---


async def test_nothing_to_say_is_done(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, sandbox: Sandbox, zhang: Phone
) -> None:
    speech.wording["gone"] = None
    await database.transaction(said("gone", zhang, clock))
    points = Points()
    async with deliver(hook=points):
        await points.reached("settled")
    [letter] = await letters(database)
    assert letter["send_at"] is None
    assert sandbox.calls_of("sendMessage") == []


async def test_keys_of_all_kinds(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone
) -> None:
    speech.wording = {
        "a": Message("<b>inline</b>", rows=((Key("来", "come"),), (Key("看", url="https://t.me/linli_bot"),))),
        "b": Message("big", big_rows=(("我很好",), ("需要帮助",))),
        "c": Message("no keys", big_rows=(), protected=True),
        "d": Message("which door?", asks=True),
    }
    for text in speech.wording:
        await database.transaction(said(text, zhang, clock))
    async with deliver():
        assert (await zhang.reads("inline")).labels == [["来"], ["看"]]
        await zhang.reads("big")
        assert zhang.keyboard() == [["我很好"], ["需要帮助"]] or zhang.keyboard() == []
        assert (await zhang.reads("no keys")).protected
        assert zhang.keyboard() == []
        await zhang.reads("which door?")


async def test_a_menu_is_set_and_taken_away(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, sandbox: Sandbox, zhang: Phone
) -> None:
    speech.wording = {"set": Menu((("need", "求助"), ("mine", "我的"))), "clear": Menu(())}
    points = Points()
    async with deliver(hook=points) as delivery:
        for text in ("set", "clear"):
            await database.transaction(said(text, zhang, clock))
            delivery.wake()
            await points.reached("settled")
    assert [call.ok for call in sandbox.calls_of("setMyCommands") + sandbox.calls_of("deleteMyCommands")] == [
        True,
        True,
    ]


async def test_an_old_message_is_blanked(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone
) -> None:
    async with deliver() as delivery:
        await database.transaction(said("3 号楼 201", zhang, clock))
        delivery.wake()
        old = await zhang.reads("201")
        speech.wording["blank"] = Blank(old.id, "moved below")
        await database.transaction(said("blank", zhang, clock))
        delivery.wake()
        assert (await zhang.reads("moved below")).id == old.id
    assert not zhang.sees("201")


# --- cards ---


async def test_a_card_is_one_message_that_is_edited(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone
) -> None:
    await database.transaction(lambda tx: show(tx, 1, chat_id=zhang.id, now=clock.now()))
    async with deliver() as delivery:
        first = await zhang.reads("lamp 1 is dark")
        speech.colours[1] = "green"
        await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))
        delivery.wake()
        second = await zhang.reads("lamp 1 is green")
    assert first.id == second.id
    assert len([message for message in zhang.screen() if not message.mine]) == 1


async def test_an_unchanged_card_is_not_sent(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox, zhang: Phone
) -> None:
    await database.transaction(lambda tx: show(tx, 1, chat_id=zhang.id, now=clock.now()))
    points = Points()
    async with deliver(hook=points) as delivery:
        await points.reached("settled")
        await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))
        delivery.wake()
        await points.reached("settled")
    assert sandbox.calls_of("editMessageText") == []
    assert [letter["send_at"] for letter in await letters(database)] == [None]


async def test_a_card_that_moved_while_it_was_sent_is_drawn_again(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone
) -> None:
    await database.transaction(lambda tx: show(tx, 1, chat_id=zhang.id, now=clock.now()))
    touched = asyncio.Event()

    async def turn_green() -> None:
        await touched.wait()
        speech.colours[1] = "green"
        await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))

    def hook(point: str) -> None:
        if point == "sending":
            touched.set()

    turning = asyncio.create_task(turn_green())
    async with deliver(hook=hook):
        await zhang.reads("lamp 1 is green")
    await turning


async def test_several_changes_are_one_edit(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, sandbox: Sandbox, zhang: Phone
) -> None:
    await database.transaction(lambda tx: show(tx, 1, chat_id=zhang.id, now=clock.now()))
    async with deliver():
        await zhang.reads("lamp 1")
    for colour in ("red", "yellow", "green"):
        speech.colours[1] = colour
        await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))
    async with deliver():
        await zhang.reads("green")
    assert len(sandbox.calls_of("editMessageText")) == 1


async def test_a_tapped_card_is_edited_where_it_was_tapped(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone
) -> None:
    async with deliver() as delivery:
        await database.transaction(said("an offer", zhang, clock))
        delivery.wake()
        offer = await zhang.reads("an offer")
        await database.transaction(lambda tx: show(tx, 1, chat_id=zhang.id, now=clock.now(), message_id=offer.id))
        delivery.wake()
        assert (await zhang.reads("lamp 1")).id == offer.id


async def test_a_moved_card_comes_as_a_new_message(
    database: Database, clock: StillClock, deliver: Deliver, zhang: Phone
) -> None:
    points = Points()
    letter_id = await database.transaction(lambda tx: show(tx, 1, chat_id=zhang.id, now=clock.now()))
    async with deliver(hook=points) as delivery:
        first = await zhang.reads("lamp 1")
        await points.reached("settled")
        await database.transaction(lambda tx: outbox.move(tx, letter_id))
        delivery.wake()
        assert (await zhang.reads("lamp 1")).id > first.id


# --- toasts, and the end ---


async def test_a_tap_is_answered(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, bot: ExtBot[None], zhang: Phone
) -> None:
    speech.wording["ask"] = Message("well?", rows=((Key("我很好", "well"),),))
    await database.transaction(said("ask", zhang, clock))
    async with deliver() as delivery:
        await zhang.reads("well?")
        pressing = asyncio.create_task(zhang.presses("我很好"))
        updates = await bot.get_updates(timeout=5, allowed_updates=["callback_query"])
        [query] = [update.callback_query for update in updates if update.callback_query]
        await delivery.toast(query.id, Toast("收到", alert=True))
        answered = await pressing
    assert answered is not None
    assert (answered.text, answered.alert) == ("收到", True)


async def test_a_tap_that_cannot_be_answered_disturbs_nobody(deliver: Deliver, sandbox: Sandbox) -> None:
    async with deliver() as delivery:
        await delivery.toast("123456", Toast("too late"))
    assert [call.ok for call in sandbox.calls_of("answerCallbackQuery")] == [False]


async def test_at_the_end_nothing_stays_leased(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox
) -> None:
    phones = [await neighbour(sandbox, str(number)) for number in range(30)]
    sayings = [Saying(Word("x"), BOT_ID, phone.id, None, Priority.REST) for phone in phones]
    await database.transaction(lambda tx: outbox.say_many(tx, sayings, now=clock.now()))
    points = Points()
    async with deliver(hook=points, limits=Limits(bot_per_second=8)):
        await points.reached("sent")
    rows = await letters(database)
    assert {row["holder"] for row in rows} == {None}
    assert len([row for row in rows if row["send_at"] is None]) == len(sandbox.calls_of("sendMessage")) < len(rows)


async def test_intake_waits_until_what_concerns_life_is_said_and_for_nothing_else(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox, zhang: Phone, li: Phone
) -> None:
    crowd = [await neighbour(sandbox, str(number)) for number in range(30)]

    def work(tx: Transaction) -> None:
        outbox.say_many(tx, [Saying(Word("x"), BOT_ID, phone.id, None) for phone in crowd], now=clock.now())
        for phone in (zhang, li):
            outbox.say(tx, Cry("help"), bot_id=BOT_ID, chat_id=phone.id, person_id=None, now=clock.now())

    async with deliver(limits=Limits(bot_per_second=4, reserved=2)) as delivery:
        await database.transaction(work)
        await delivery.urgent_said(60)
        assert {call.chat_id for call in sandbox.calls_of("sendMessage")} >= {zhang.id, li.id}
        assert len(sandbox.calls_of("sendMessage")) < 20, "the others still wait for the pace"
        await database.transaction(
            lambda tx: outbox.say(tx, Cry("2"), bot_id=BOT_ID, chat_id=zhang.id, person_id=None, now=clock.now())
        )
        await asyncio.wait_for(delivery.urgent_said(60), 10)


async def test_a_delivery_that_does_not_run_holds_intake_up_for_a_moment_only(
    database: Database, bot: ExtBot[None], speech: Speech, clock: StillClock
) -> None:
    delivery = Delivery(database, bot, speech, clock)
    await asyncio.wait_for(delivery.urgent_said(0.01), 10)
