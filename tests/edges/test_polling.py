"""Polling: every update is handled exactly once, and acknowledged only after its commit."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import ExtBot

from bot.clock import StillClock
from bot.intake import Polling
from bot.intake.handling import BackOff, Incoming, read
from bot.storage import updates
from bot.storage.database import Database, DatabaseUnavailable, Transaction
from bot.texts.message import Toast
from bot.transport import AiohttpRequest
from sandbox import Fault, Phone, Sandbox
from tests.edges.stand_ins import Echo, Killed, KilledAt, Points, Troubled, letters, recorded

Poll = Callable[..., AbstractAsyncContextManager[Polling]]


class Speaker:
    """Keeps what it is told."""

    def __init__(self, bot: ExtBot[None]) -> None:
        self._bot = bot
        self.woken = 0

    def wake(self) -> None:
        self.woken += 1

    async def urgent_said(self, seconds: float) -> None:
        self.woken += 1

    async def toast(self, callback_query_id: str, toast: Toast) -> None:
        await self._bot.answer_callback_query(callback_query_id, text=toast.text)


@pytest.fixture
def speaker(bot: ExtBot[None]) -> Speaker:
    """Answers taps, and counts how often it was woken."""
    return Speaker(bot)


@pytest.fixture
def poll(database: Database, bot: ExtBot[None], echo: Echo, speaker: Speaker, clock: StillClock) -> Poll:
    """Polls while a `with` lasts, and lets it end in order."""

    @asynccontextmanager
    async def running(**options: Any) -> AsyncIterator[Polling]:
        polling = Polling(options.pop("database", database), bot, echo, speaker, clock, poll_seconds=5, **options)
        task = asyncio.create_task(polling.run())
        try:
            yield polling
        finally:
            polling.stop()
            await task

    return running


async def said(database: Database) -> list[str]:
    """What the echo put into the outbox, in order."""
    return [row["data"] for row in await letters(database)]


def words(*texts: str) -> list[str]:
    return [f'{{"text":"{text}"}}' for text in texts]


async def test_every_message_has_its_effect_once_and_in_order(
    database: Database, poll: Poll, sandbox: Sandbox, speaker: Speaker, clock: StillClock
) -> None:
    zhang = sandbox.phone("zhang")
    for number in range(250):
        await zhang.sends(f"{number}")
    points = Points()
    async with poll(hook=points) as polling:
        for _ in range(3):
            await points.reached("acknowledging")
    assert await said(database) == words(*(str(number) for number in range(250)))
    heard = polling.heard.at()
    assert heard is not None
    assert timedelta() <= clock.now() - heard < timedelta(seconds=60)
    assert speaker.woken >= 3


async def test_an_update_that_comes_twice_has_one_effect(database: Database, poll: Poll, sandbox: Sandbox) -> None:
    zhang = sandbox.phone("zhang")
    sandbox.faults.add(Fault("duplicate_update"))
    points = Points()
    async with poll(hook=points):
        await zhang.sends("once")
        await points.reached("acknowledging")
        await points.reached("acknowledging")
    assert await said(database) == words("once")


async def test_nothing_is_acknowledged_before_it_is_committed(
    database: Database, poll: Poll, sandbox: Sandbox, echo: Echo
) -> None:
    zhang = sandbox.phone("zhang")
    await zhang.sends("hello")
    troubled = Troubled(database)
    troubled.before = [DatabaseUnavailable("locked")] * 3
    points = Points()
    async with poll(hook=points, database=troubled):
        await points.reached("received")
        assert not any(call.parameters.get("offset") for call in sandbox.calls_of("getUpdates"))
        await points.reached("acknowledging")
    assert await said(database) == words("hello")
    assert len(echo.handled) == 1


async def test_a_commit_of_which_nobody_knows_is_repeated_without_harm(
    database: Database, poll: Poll, sandbox: Sandbox
) -> None:
    zhang = sandbox.phone("zhang")
    await zhang.sends("hello")
    troubled = Troubled(database)
    troubled.after = [DatabaseUnavailable("was it committed?")]
    points = Points()
    async with poll(hook=points, database=troubled):
        await points.reached("acknowledging")
    assert await said(database) == words("hello")


async def test_an_unsettled_dispatch_makes_the_batch_wait(
    database: Database, poll: Poll, sandbox: Sandbox, echo: Echo
) -> None:
    zhang = sandbox.phone("zhang")
    for text in ("one", "two"):
        await zhang.sends(text)
    faults = [DatabaseUnavailable("locked")]

    def fail(update: Update) -> None:
        if update.effective_message is not None and update.effective_message.text == "two" and faults:
            raise faults.pop()

    echo.failing = fail
    points = Points()
    async with poll(hook=points):
        await points.reached("acknowledging")
    assert await said(database) == words("one", "two")


async def test_a_tap_is_answered_after_its_commit(
    database: Database, poll: Poll, bot: ExtBot[None], zhang: Phone
) -> None:
    markup = {"inline_keyboard": [[{"text": "我很好", "callback_data": "well"}]]}
    await bot.send_message(zhang.id, "well?", api_kwargs={"reply_markup": markup})
    async with poll():
        toast = await zhang.presses("我很好")
    assert toast is not None
    assert toast.text == "tapped well"


@pytest.mark.parametrize("fault", ["500", "502", "429", "drop_after"])
async def test_trouble_at_telegram_passes(
    database: Database, poll: Poll, sandbox: Sandbox, zhang: Phone, fault: str
) -> None:
    sandbox.faults.add(Fault(fault, "getUpdates", times=2, retry_after=1))
    points = Points()
    async with poll(hook=points):
        await points.reached("acknowledging")
    assert await said(database) == words("/start")


async def test_a_webhook_that_was_left_is_taken_away(
    database: Database, poll: Poll, sandbox: Sandbox, bot: ExtBot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.polling.CONFLICT_SECONDS", 0.0)
    await bot.set_webhook("http://127.0.0.1:9/hook")
    zhang = sandbox.phone("zhang")
    points = Points()
    async with poll(hook=points):
        await zhang.sends("hello")
        await points.reached("acknowledging")
    assert [call.ok for call in sandbox.calls_of("deleteWebhook")] == [True]


async def test_a_wrong_token_ends_it_with_a_clear_word(
    database: Database, sandbox: Sandbox, echo: Echo, speaker: Speaker, clock: StillClock
) -> None:
    request = AiohttpRequest()
    stranger: ExtBot[None] = ExtBot("1:wrong", base_url=f"{sandbox.url}/bot", request=request)
    await request.initialize()
    with pytest.raises(InvalidToken, match="LINLI_BOT_TOKEN"):
        await Polling(database, stranger, echo, speaker, clock).run()
    await request.shutdown()


async def test_the_updates_wanted_are_named_each_time(poll: Poll, sandbox: Sandbox, zhang: Phone) -> None:
    points = Points()
    async with poll(hook=points):
        await points.reached("acknowledging")
    wanted = [call.parameters["allowed_updates"] for call in sandbox.calls_of("getUpdates")]
    assert all("chat_member" in str(names) and "callback_query" in str(names) for names in wanted)


@pytest.mark.parametrize("point", ["received", "handled", "acknowledging"])
async def test_nothing_is_lost_or_doubled_wherever_it_dies(
    database: Database,
    poll: Poll,
    bot: ExtBot[None],
    echo: Echo,
    speaker: Speaker,
    clock: StillClock,
    sandbox: Sandbox,
    point: str,
) -> None:
    zhang = sandbox.phone("zhang")
    for number in range(5):
        await zhang.sends(f"{number}")
    with pytest.raises(Killed):
        await Polling(database, bot, echo, speaker, clock, hook=KilledAt(point)).run()
    points = Points()
    async with poll(hook=points):
        await points.reached("acknowledging")
    assert await said(database) == words(*(str(number) for number in range(5)))


async def test_it_ends_while_the_database_is_in_trouble(database: Database, poll: Poll, sandbox: Sandbox) -> None:
    zhang = sandbox.phone("zhang")
    await zhang.sends("hello")
    troubled = Troubled(database)
    troubled.before = [DatabaseUnavailable("locked")] * 1000
    points = Points()
    async with poll(hook=points, database=troubled):
        await points.reached("received")
    async with poll(hook=points):
        await points.reached("acknowledging")
    assert await said(database) == words("hello")


# --- updates that cannot be read ---


@pytest.mark.parametrize(
    "raw", [[], None, 5, {}, {"update_id": "x"}, {"update_id": True}, {"update_id": 2**63}, {"message": {}}]
)
def test_what_is_no_update_is_refused(bot: ExtBot[None], raw: object) -> None:
    with pytest.raises(ValueError, match="not an update"):
        read(raw, bot)


async def test_an_update_that_cannot_be_read_is_kept_and_not_asked_for_again(
    database: Database, poll: Poll, bot: ExtBot[None], sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    zhang = sandbox.phone("zhang")
    for text in ("good", "bad", "good again"):
        await zhang.sends(text)

    def unreadable(raw: Any, bot: ExtBot[None]) -> Incoming:
        return read({**raw, "message": {}} if raw["message"]["text"] == "bad" else raw, bot)

    monkeypatch.setattr("bot.intake.handling.read", unreadable)
    points = Points()
    async with poll(hook=points):
        await points.reached("acknowledging")
    assert await said(database) == words("good", "good again")
    [(subject, error)] = await recorded(database)
    assert subject.startswith("update:")
    assert "bad" not in error


async def test_what_is_no_update_keeps_no_other_waiting(
    database: Database, poll: Poll, bot: ExtBot[None], sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    zhang = sandbox.phone("zhang")
    for text in ("good", "none", "good again"):
        await zhang.sends(text)

    def none(raw: Any, bot: ExtBot[None]) -> Incoming:
        return read(None if raw["message"]["text"] == "none" else raw, bot)

    monkeypatch.setattr("bot.intake.handling.read", none)
    points = Points()
    async with poll(hook=points):
        await points.reached("acknowledging")
    assert await said(database) == words("good", "good again")


# --- order, whatever arrives together ---


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(senders=st.lists(st.integers(0, 6), min_size=1, max_size=60), trouble=st.lists(st.booleans(), max_size=4))
async def test_each_person_is_heard_in_order(
    database: Database, poll: Poll, sandbox: Sandbox, senders: list[int], trouble: list[bool]
) -> None:
    await database.transaction(lambda tx: tx.run("DELETE FROM outbox"))
    people = [sandbox.phone(f"p{number}") for number in range(7)]
    for number, sender in enumerate(senders):
        await people[sender].sends(f"{number}")
    troubled = Troubled(database)
    troubled.before = [DatabaseUnavailable("locked") if bad else None for bad in trouble]
    points = Points()
    async with poll(hook=points, database=troubled):
        # What the example before left unacknowledged may come once more, and fill a batch of its own.
        while len(rows := await letters(database)) < len(senders):
            await points.reached("acknowledging")
    for sender, phone in enumerate(people):
        mine = [row["data"] for row in rows if row["chat_id"] == phone.id]
        assert mine == words(*(str(number) for number, other in enumerate(senders) if other == sender))


# --- what is noted ---


async def test_an_update_is_noted_once(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> list[bool]:
        return [updates.note(tx, 1, number, clock.now()) for number in (7, 7, 8)]

    assert await database.transaction(work) == [True, False, True]


async def test_two_copies_note_an_update_once(database: Database, clock: StillClock) -> None:
    notes = (database.transaction(lambda tx: updates.note(tx, 1, 7, clock.now())) for _ in range(8))
    assert sorted(await asyncio.gather(*notes)) == [False] * 7 + [True]


def test_waiting_grows_and_starts_anew() -> None:
    back_off = BackOff()
    waits = [back_off.seconds() for _ in range(12)]
    assert 0.15 <= waits[0] <= 0.2
    assert all(7.5 <= wait <= 10.0 for wait in waits[7:])
    back_off.passed()
    assert back_off.seconds() <= 0.2


async def test_whoever_cries_for_help_is_handled_before_all_who_wrote_earlier(
    database: Database, poll: Poll, sandbox: Sandbox
) -> None:
    crowd = [sandbox.phone(f"neighbour {number}") for number in range(5)]
    zhang = sandbox.phone("zhang")
    for number in range(60):
        await crowd[number % 5].sends(f"{number}")
    for text in ("before", "sos", "after"):
        await zhang.sends(text)
    points, troubled = Points(), Troubled(database)
    # The rest cannot be written at first: that changes nothing for whoever came first.
    troubled.before = [None, DatabaseUnavailable("locked")]
    async with poll(hook=points, database=troubled):
        await points.reached("acknowledging")
    found = await said(database)
    assert found[:3] == words("before", "sos", "after"), "in their own order"
    assert sorted(found[3:]) == sorted(words(*(str(number) for number in range(60))))
    assert len(found) == 63, "each once"
