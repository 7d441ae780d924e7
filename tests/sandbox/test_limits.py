"""Telegram's limits, switched on: 30 a second a bot, a burst of 3 a chat and then one a second, 20 a minute a group."""

import pytest

from sandbox import Phone, Sandbox
from sandbox.limits import Limits
from tests.sandbox.conftest import Ask


def test_a_chat_has_a_burst_of_three_and_then_one_a_second() -> None:
    limits = Limits()
    assert [limits.wait(1, 7, group=False, now=100.0) for _ in range(4)] == [0, 0, 0, 1]
    assert limits.wait(1, 7, group=False, now=100.9) == 1
    assert limits.wait(1, 7, group=False, now=101.0) == 0
    assert limits.wait(1, 7, group=False, now=101.0) == 1
    assert limits.wait(1, 8, group=False, now=101.0) == 0
    assert limits.wait(2, 7, group=False, now=101.0) == 0


def test_a_bot_has_thirty_in_any_second() -> None:
    limits = Limits()
    assert [limits.wait(1, chat, group=False, now=100 + chat / 100) for chat in range(30)] == [0] * 30
    assert limits.wait(1, 99, group=False, now=100.999) == 1
    assert limits.wait(1, 99, group=False, now=101.0) == 0
    assert limits.wait(1, 98, group=False, now=101.0) == 1


def test_a_group_has_twenty_a_minute() -> None:
    limits = Limits()
    assert [limits.wait(1, -5, group=True, now=float(second)) for second in range(20)] == [0] * 20
    assert limits.wait(1, -5, group=True, now=20.0) == 40
    assert limits.wait(1, -5, group=True, now=60.0) == 0


def test_an_album_counts_as_many() -> None:
    limits = Limits()
    assert limits.wait(1, 7, group=False, now=100.0, messages=10) == 0
    assert limits.wait(1, 7, group=False, now=100.0) == 8


async def test_edits_count_and_taps_do_not(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    sandbox.limits = True
    sent = [await ask("sendMessage", chat_id=zhang.id, text=str(number)) for number in range(2)]
    number = sent[0]["result"]["message_id"]
    assert (await ask("editMessageText", chat_id=zhang.id, message_id=number, text="x"))["ok"]
    answer = await ask("sendMessage", chat_id=zhang.id, text="y")
    assert answer["error_code"] == 429
    assert answer["description"] == f"Too Many Requests: retry after {answer['parameters']['retry_after']}"
    assert (await ask("sendChatAction", chat_id=zhang.id, action="typing"))["ok"]
    sandbox.limits = False
    assert (await ask("sendMessage", chat_id=zhang.id, text="y"))["ok"]


@pytest.mark.parametrize("limits", [True, False])
def test_limits_can_be_on_from_the_start(limits: bool) -> None:
    assert Sandbox(limits=limits).limits is limits
