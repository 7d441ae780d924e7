"""A card that is called into a message which waits to be blanked: the card stays, and nothing wipes it afterwards."""

import pytest

from bot.domain.people import Role
from bot.storage.database import Row, Transaction
from sandbox import Fault, Phone, Shown
from tests.journeys.conftest import Town


async def claimed(town: Town) -> tuple[int, Phone]:
    """A need, and who has it."""
    li = await town.helper("小李", Role.VOLUNTEER)
    zhang = await town.resident("张奶奶")
    need_id = await town.asks(zhang, "灯坏了")
    await li.presses("我来帮忙")
    await li.sends("/mine")
    await town.quiet()
    return need_id, li


def theirs(phone: Phone, words: str) -> Shown:
    """The newest message of ours that says this."""
    return next(shown for shown in reversed(phone.screen()) if not shown.mine and shown.says(words))


@pytest.mark.parametrize(
    ("first", "home"),
    [
        pytest.param("nq", "2单元301", id="the card was sent afresh, and is called back"),
        pytest.param("nk", "您正在帮忙", id="the message was a question that is answered"),
    ],
)
async def test_a_card_is_not_wiped_where_it_lives_now(town: Town, first: str, home: str) -> None:
    need_id, li = await claimed(town)
    listed, there = theirs(li, "您正在帮忙"), theirs(li, home)
    town.sandbox.faults.add(Fault("429", chat_id=li.id, retry_after=1))
    await li.sends("/me")
    # While the chat has to wait, one tap wants a message blanked and the next one calls the card into it.
    await li.taps_code(f"{first}:{need_id}", listed)
    await li.taps_code(f"nv:{need_id}", there)
    await town.quiet()
    now = next(shown for shown in li.screen() if shown.id == there.id)
    assert now.says("2单元301")
    assert any(button["callback_data"] == f"nf:{need_id}" for row in now.buttons for button in row)
    await town.blameless()


async def test_two_cards_never_share_a_message(town: Town) -> None:
    """A coordinator takes a need on from the card of their desk: the message is their own card from then on, only that."""
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    need_id = await town.asks(zhang, "灯坏了")
    await wang.taps_code(f"nq:{need_id}", theirs(wang, f"#{need_id} "))
    await town.quiet()
    desk = theirs(wang, "自己去办")
    await wang.taps_code(f"nc:{need_id}", desk)
    await town.quiet()
    assert await town.read(shared) == []
    edits = len(town.sandbox.calls_of("editMessageText", wang.id))
    await wang.taps_code(f"na:{need_id}:30", desk)
    await town.quiet()
    assert len(town.sandbox.calls_of("editMessageText", wang.id)) == edits + 1, "one card, one edit"
    assert theirs(wang, "2单元301").id == desk.id
    await town.blameless()


async def test_no_card_moves_into_another_needs_message(town: Town) -> None:
    """A forged tap on the wrong message shows the card where it was."""
    need_id, li = await claimed(town)
    chen = await town.resident("陈爷爷", "b2")
    other_id = await town.asks(chen, "水管漏水", "4单元404")
    other = theirs(li, "水管漏水")
    await li.taps_code(f"nv:{need_id}", other)
    await town.quiet()
    assert await town.read(shared) == []
    assert theirs(li, "2单元301").id != other.id
    assert any(button["callback_data"] == f"nc:{other_id}" for row in theirs(li, "水管漏水").buttons for button in row)
    await town.blameless()


def shared(tx: Transaction) -> list[Row]:
    """Messages in which more than one card lives."""
    return tx.all(
        "SELECT chat_id, message_id FROM outbox WHERE subject IS NOT NULL AND message_id IS NOT NULL AND dead_at IS NULL"
        " GROUP BY bot_id, chat_id, message_id HAVING COUNT(*) > 1"
    )
