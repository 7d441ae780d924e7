"""Whatever Telegram answers, and whatever goes wrong on our side: the letter meets its fate and the others go on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.clock import StillClock
from bot.domain.notices import Priority
from bot.domain.pace import Limits
from bot.sending import Blank, Fate, Verdict, Words, judge
from bot.settling import After, Item, outcome_of
from bot.storage import leases, outbox
from bot.storage.database import Database, DatabaseUnavailable, Transaction
from bot.storage.leases import Accepted, Dead, Lost, PutOff
from bot.storage.outbox import Letter
from bot.texts.message import Key, Message
from sandbox import Fault, Phone, Sandbox
from tests.edges.conftest import Deliver, neighbour
from tests.edges.stand_ins import BOT_ID, Cry, Points, Speech, Troubled, Word, letters, recorded, say, show


def said(text: str, chat_id: int, clock: StillClock, priority: Priority | None = None) -> Callable[[Transaction], int]:
    return lambda tx: say(tx, text, chat_id=chat_id, now=clock.now(), priority=priority)


def texts(phone: Phone) -> list[str]:
    return [message.text for message in phone.screen() if not message.mine]


# --- trouble that passes ---


async def test_a_refused_chat_waits_and_others_do_not(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox, zhang: Phone, li: Phone
) -> None:
    sandbox.faults.add(Fault("429", "sendMessage", chat_id=zhang.id, retry_after=1))
    for text in ("one", "two"):
        await database.transaction(said(text, zhang.id, clock))
    await database.transaction(said("hello", li.id, clock))
    async with deliver():
        await li.reads("hello")
        assert texts(zhang) == []
        await zhang.reads("two")
    assert texts(zhang) == ["one", "two"]
    assert all(letter["send_at"] is None for letter in await letters(database))


@pytest.mark.parametrize("fault", ["500", "502"])
async def test_a_server_in_trouble_is_tried_again(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox, zhang: Phone, fault: str
) -> None:
    sandbox.faults.add(Fault(fault, "sendMessage", times=2))
    for text in ("one", "two"):
        await database.transaction(said(text, zhang.id, clock))
    async with deliver():
        await zhang.reads("two")
    assert texts(zhang) == ["one", "two"]


async def test_while_the_network_is_down_one_letter_tries_it(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox
) -> None:
    phones = [await neighbour(sandbox, str(number)) for number in range(20)]
    for phone in phones:
        await database.transaction(said("hello", phone.id, clock))
    sandbox.faults.add(Fault("502", "sendMessage", times=6))
    async with deliver(concurrency=4):
        for phone in phones:
            await phone.reads("hello")
    failed = [call for call in sandbox.calls_of("sendMessage") if not call.ok]
    # Four were on their way together, then one at a time.
    assert len(failed) == 6
    assert [call.chat_id for call in failed[:4]] == [phone.id for phone in phones[:4]]


async def test_a_dropped_answer_repeats_the_message_and_loses_none(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox, zhang: Phone
) -> None:
    sandbox.faults.add(Fault("drop_after", "sendMessage"))
    for text in ("one", "two"):
        await database.transaction(said(text, zhang.id, clock))
    async with deliver():
        await zhang.reads("two")
    assert texts(zhang) == ["one", "one", "two"]


async def test_an_answer_that_does_not_come_repeats_the_message_in_order(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox, zhang: Phone, li: Phone
) -> None:
    sandbox.faults.add(Fault("timeout", "sendMessage", chat_id=zhang.id))
    for text in ("one", "two"):
        await database.transaction(said(text, zhang.id, clock))
    await database.transaction(said("hello", li.id, clock))
    async with deliver():
        await li.reads("hello")
        await zhang.reads("two")
    assert texts(zhang) == ["one", "one", "two"]


async def test_an_edit_whose_answer_was_lost_is_done_when_repeated(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, sandbox: Sandbox, zhang: Phone
) -> None:
    await database.transaction(lambda tx: show(tx, 1, chat_id=zhang.id, now=clock.now()))
    async with deliver():
        await zhang.reads("lamp 1")
    speech.colours[1] = "green"
    sandbox.faults.add(Fault("drop_after", "editMessageText"))
    await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))
    points = Points()
    async with deliver(hook=points):
        for _ in range(2):
            await points.reached("settled")
    assert [call.error for call in sandbox.calls_of("editMessageText")][1:] != [None]
    [letter] = await letters(database)
    assert (letter["send_at"], letter["attempts"]) == (None, 0)


# --- people who cannot be reached ---


async def test_whoever_blocked_the_bot_is_unreachable(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone, li: Phone
) -> None:
    await zhang.blocks()
    letter_id = await database.transaction(said("hello", zhang.id, clock))
    await database.transaction(said("hello", li.id, clock))
    async with deliver():
        await li.reads("hello")
    assert speech.undelivered == [letter_id]
    assert [(row["dead_at"] is None, row["send_at"]) for row in await letters(database)] == [
        (False, None),
        (True, None),
    ]


async def test_a_chat_that_does_not_exist_is_unreachable(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech
) -> None:
    letter_id = await database.transaction(said("hello", 424242, clock))
    points = Points()
    async with deliver(hook=points):
        await points.reached("settled")
    assert speech.undelivered == [letter_id]


async def test_a_consequence_that_fails_is_met_again(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone
) -> None:
    await zhang.blocks()
    speech.failing_consequence = ValueError("what follows cannot be done")
    letter_id = await database.transaction(said("hello", zhang.id, clock))
    points = Points()
    async with deliver(hook=points):
        await points.reached("settled")
    [letter] = await letters(database)
    assert (letter["dead_at"], letter["attempts"], letter["holder"]) == (None, 1, None)
    [(subject, error)] = await recorded(database)
    assert subject == f"letter:{letter_id}"
    assert error.startswith("ValueError at tests/edges/stand_ins.py")


async def test_what_concerns_life_is_told_of_when_it_is_accepted(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone, li: Phone
) -> None:
    letter_id = await database.transaction(said("help", zhang.id, clock, Priority.LIFE))
    await database.transaction(said("hello", li.id, clock))
    async with deliver():
        await zhang.reads("help")
        await li.reads("hello")
    assert speech.accepted_letters == [letter_id]


async def test_an_acceptance_whose_consequence_fails_stops_nobody(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone, li: Phone
) -> None:
    speech.failing_consequence = ValueError("what follows cannot be done")
    letter_id = await database.transaction(said("help", zhang.id, clock, Priority.LIFE))
    await database.transaction(said("hello", li.id, clock))
    async with deliver():
        await zhang.reads("help")
        await li.reads("hello")
    help_letter, hello = await letters(database)
    assert (help_letter["attempts"], help_letter["send_at"] is None, hello["send_at"]) == (1, False, None)
    assert [subject for subject, _ in await recorded(database)] == [f"letter:{letter_id}"]


async def test_a_group_that_became_a_supergroup_gets_its_letters(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, sandbox: Sandbox, zhang: Phone
) -> None:
    group = sandbox.group("阳光社区", members=[zhang], type="group")
    await zhang.adds_bot(group)
    await database.transaction(lambda tx: show(tx, 1, chat_id=group.id, now=clock.now()))
    async with deliver():
        await zhang.reads("lamp 1", chat=group)
    old = group.id
    await group.upgrades()
    speech.colours[1] = "green"
    await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))
    async with deliver():
        await zhang.reads("lamp 1 is green", chat=group)
    assert speech.moved == [(old, group.id)]
    assert [letter["chat_id"] for letter in await letters(database)] == [group.id]


async def test_a_card_whose_message_is_gone_comes_afresh(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, bot: ExtBot[None], zhang: Phone
) -> None:
    await database.transaction(lambda tx: show(tx, 1, chat_id=zhang.id, now=clock.now()))
    async with deliver():
        first = await zhang.reads("lamp 1")
    await bot.delete_message(zhang.id, first.id)
    speech.colours[1] = "green"
    await database.transaction(lambda tx: outbox.touch(tx, "lamp:1"))
    async with deliver():
        assert (await zhang.reads("lamp 1 is green")).id > first.id


async def test_blanking_a_message_that_is_gone_is_done(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone
) -> None:
    speech.wording["blank"] = Blank(999, "…")
    await database.transaction(said("blank", zhang.id, clock))
    points = Points()
    async with deliver(hook=points):
        await points.reached("settled")
    assert [(letter["send_at"], letter["error"]) for letter in await letters(database)] == [(None, None)]


# --- our own mistakes ---


@pytest.mark.parametrize(
    ("wrong", "read", "labels"),
    [
        (Message("<b>wrong & broken", rows=((Key("来", "come"),),)), "wrong & broken", [["来"]]),
        (Message("fine <b>text</b> &amp; more", rows=((Key("来", "c" * 65),),)), "fine text & more", []),
        (Message("长" * 5000), "长" * 4096, []),
        (Message("  "), "…", []),
    ],
)
async def test_what_telegram_finds_fault_with_is_said_as_plain_text(
    database: Database,
    clock: StillClock,
    deliver: Deliver,
    speech: Speech,
    zhang: Phone,
    wrong: Message,
    read: str,
    labels: list[list[str]],
) -> None:
    speech.wording["wrong"] = wrong
    letter_id = await database.transaction(said("wrong", zhang.id, clock))
    async with deliver():
        assert (await zhang.reads(read)).labels == labels
    [letter] = await letters(database)
    assert (letter["send_at"], letter["dead_at"]) == (None, None)
    [(subject, error)] = await recorded(database)
    assert subject == f"letter:{letter_id}"
    assert error.startswith("BadRequest")
    assert "broken" not in error
    assert speech.defects == []


async def test_a_mistake_in_what_concerns_life_is_told(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone
) -> None:
    speech.wording["wrong"] = Message("<b>wrong")
    cry = Cry("wrong")
    letter_id = await database.transaction(
        lambda tx: outbox.say(tx, cry, bot_id=BOT_ID, chat_id=zhang.id, person_id=None, now=clock.now())
    )
    async with deliver():
        await zhang.reads("wrong")
    assert speech.defects == [letter_id]


@pytest.mark.parametrize("text", ["no words", "unseen"])
async def test_one_text_that_cannot_be_made_stops_no_other(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone, li: Phone, text: str
) -> None:
    def look(tx: Transaction, letter: Letter) -> None:
        if letter.notice == Word("unseen"):
            raise KeyError("nothing to see")

    speech.looking = look
    letter_id = await database.transaction(said(text, zhang.id, clock, Priority.LIFE))
    for phone in (zhang, li):
        await database.transaction(said("fine", phone.id, clock))
    async with deliver():
        await li.reads("fine")
        await zhang.reads("fine")
    broken, *fine = await letters(database)
    assert (broken["attempts"], broken["holder"], broken["send_at"] is None) == (1, None, False)
    assert [letter["send_at"] for letter in fine] == [None, None]
    assert [subject for subject, _ in await recorded(database)] == [f"letter:{letter_id}"]
    assert speech.defects == [letter_id]


async def test_a_wrong_statement_while_looking_stops_no_other(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone, li: Phone
) -> None:
    def wrong(tx: Transaction, letter: Letter) -> None:
        if letter.chat_id == zhang.id:
            tx.run("SELECT nothing FROM nowhere")

    speech.looking = wrong
    for phone in (zhang, li):
        await database.transaction(said("fine", phone.id, clock))
    async with deliver():
        await li.reads("fine")
    assert len(await recorded(database)) == 1


async def test_a_notice_of_another_version_waits_for_it(
    database: Database, clock: StillClock, deliver: Deliver, zhang: Phone, li: Phone
) -> None:
    def work(tx: Transaction) -> None:
        say(tx, "later", chat_id=zhang.id, now=clock.now())
        tx.run("UPDATE outbox SET kind = 'Tomorrow'")
        say(tx, "now", chat_id=li.id, now=clock.now())

    await database.transaction(work)
    async with deliver():
        await li.reads("now")
    unknown, _ = await letters(database)
    assert (unknown["attempts"], unknown["dead_at"], unknown["send_at"] is None) == (1, None, False)


def test_what_is_refused_twice_is_dead() -> None:
    item = an_item(Message("x"), refusal="BadRequest: first")
    outcome = outcome_of(item, Verdict(Fate.DEFECT, error="BadRequest: second"))
    assert outcome.mark == Dead(item.letter.id, "BadRequest: second")
    assert (outcome.after, outcome.error) == (After.DEFECT, "BadRequest: second")


@pytest.mark.parametrize(
    ("words", "message_id", "mark"),
    [
        (Message("x"), 5, Lost(1)),
        (Blank(3, "…"), 5, Accepted(1, 0)),
        (Blank(3, "…"), None, Accepted(1, 0)),
    ],
)
def test_only_a_card_comes_afresh(words: Words, message_id: int | None, mark: object) -> None:
    assert outcome_of(an_item(words, message_id=message_id), Verdict(Fate.GONE)).mark == mark


@pytest.mark.parametrize(
    ("priority", "attempts", "seconds"),
    [(0, 0, 1), (0, 1, 2), (0, 9, 5), (4, 0, 1), (4, 3, 8), (4, 9, 30), (4, 10_000, 30)],
)
@pytest.mark.parametrize("fate", [Fate.DOWN, Fate.UNKNOWN])
def test_retries_slow_down_and_what_concerns_life_less(
    fate: Fate, priority: int, attempts: int, seconds: float
) -> None:
    item = an_item(Message("x"))
    letter = replace(item.letter, priority=priority, attempts=attempts)
    mark = outcome_of(replace(item, letter=letter), Verdict(fate, error="why")).mark
    assert mark == PutOff(1, seconds, "why", chat_waits=True)


def an_item(words: Words, *, refusal: str | None = None, message_id: int | None = None) -> Item:
    clock: Any = StillClock
    letter = Letter(1, BOT_ID, 2, None, 4, Word("x"), None, message_id, None, 0, 0, None, clock)
    return Item(letter, words, 0.0, None, refusal)


# --- a database in trouble ---


async def test_a_database_in_trouble_delays_and_loses_nothing(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox, zhang: Phone
) -> None:
    troubled = Troubled(database)
    trouble = DatabaseUnavailable("locked")
    troubled.before = [trouble, None, trouble, trouble, None]
    for text in ("one", "two"):
        await database.transaction(said(text, zhang.id, clock))
    async with deliver(database=troubled):
        await zhang.reads("two")
    assert texts(zhang) == ["one", "two"]
    assert [letter["send_at"] for letter in await letters(database)] == [None, None]


async def test_a_lease_of_which_nobody_knows_is_taken_back(
    database: Database, clock: StillClock, deliver: Deliver, zhang: Phone
) -> None:
    troubled = Troubled(database)
    troubled.after = [DatabaseUnavailable("was it committed?")]
    await database.transaction(said("hello", zhang.id, clock))
    async with deliver(database=troubled):
        await zhang.reads("hello")
    assert texts(zhang) == ["hello"]


async def test_a_mark_of_which_nobody_knows_is_made_again(
    database: Database, clock: StillClock, deliver: Deliver, zhang: Phone
) -> None:
    troubled = Troubled(database)
    troubled.after = [None, DatabaseUnavailable("was it committed?")]
    for text in ("one", "two", "three"):
        await database.transaction(said(text, zhang.id, clock))
    async with deliver(database=troubled):
        await zhang.reads("three")
    assert texts(zhang) == ["one", "two", "three"]


async def test_what_followed_from_a_mark_follows_once(
    database: Database, clock: StillClock, deliver: Deliver, speech: Speech, zhang: Phone, li: Phone
) -> None:
    troubled = Troubled(database)
    troubled.after = [None, DatabaseUnavailable("was it committed?")]
    await zhang.blocks()
    letter_id = await database.transaction(said("hello", zhang.id, clock))
    points = Points()
    async with deliver(database=troubled, hook=points) as delivery:
        await points.reached("settled")
        await database.transaction(said("goes on", li.id, clock))
        delivery.wake()
        await li.reads("goes on")
    assert speech.undelivered == [letter_id]


async def test_any_other_error_of_the_database_is_survived_too(
    database: Database, clock: StillClock, deliver: Deliver, zhang: Phone
) -> None:
    troubled = Troubled(database)
    troubled.before = [RuntimeError("a wrong statement")]
    await database.transaction(said("hello", zhang.id, clock))
    async with deliver(database=troubled):
        await zhang.reads("hello")


async def test_a_chat_that_must_wait_long_lets_its_letter_go(
    database: Database, clock: StillClock, deliver: Deliver, sandbox: Sandbox, zhang: Phone, li: Phone
) -> None:
    limits = Limits(bot_per_second=30, chat_per_second=0.1, chat_burst=1)
    for text in ("one", "two"):
        await database.transaction(said(text, zhang.id, clock))
    points = Points()
    async with deliver(hook=points, limits=limits):
        await zhang.reads("one")
        await points.reached("settled")
        await points.reached("leased")
        await points.reached("settled")
    waiting = (await letters(database))[1]
    assert (waiting["holder"], waiting["attempts"]) == (leases.CHAT_WAITS, 0)


# --- topics of groups ---

SHUT = (
    *("message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"),
    *("not enough rights to create a topic", "the chat is not a forum"),
)


@pytest.mark.parametrize("words", SHUT)
def test_a_topic_that_takes_nothing_sends_a_card_elsewhere_and_gives_up_the_rest(words: str) -> None:
    verdict = judge(BadRequest(words))
    assert verdict.fate is Fate.CLOSED
    card = an_item(Message("x", thread=7), message_id=4)
    card = replace(card, letter=replace(card.letter, subject="need:1"))
    moved = outcome_of(card, verdict)
    assert (moved.mark, moved.after, moved.thread) == (Lost(card.letter.id), After.CLOSED, 7)
    for other in (an_item(Message("x", thread=7), message_id=None), replace(card, words=Message("x"))):
        given_up = outcome_of(other, verdict)
        assert isinstance(given_up.mark, Dead), "what belongs nowhere else would come for ever"
        assert given_up.after is After.CLOSED
