"""Whatever comes in: it raises nothing, is answered with nothing of our insides, and the next message is answered."""

import json
import os
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dispatch import Dispatch
from bot.domain.people import Role
from bot.intake.handling import Handling, Incoming, read
from bot.storage.database import Transaction
from bot.texts.message import Toast
from tests.journeys.conftest import Town
from tests.journeys.forgeries import filled, updates

# FORGERY_EXAMPLES=5000 for a long look.
EXAMPLES = int(os.environ.get("FORGERY_EXAMPLES", "25"))
SENDERS, WITNESS = 4, 4
INSIDES = ("Traceback", "Error at", 'File "', "SELECT ", "INSERT ")


class Ears:
    """Hears the toasts."""

    def __init__(self) -> None:
        self.toasts: list[str] = []

    def wake(self) -> None:
        """Nobody sleeps."""

    async def urgent_said(self, seconds: float) -> None:
        """Nothing is said."""

    async def toast(self, callback_query_id: str, toast: Toast) -> None:
        self.toasts.append(toast.text or "")


class Gate:
    """Takes updates in as polling does: read, by lane, committed."""

    def __init__(self, town: Town) -> None:
        self.town, self.ears, self.numbers = town, Ears(), count(10**9)
        self.people = [town.sandbox.phone(name) for name in ("小李", "王姐", "陈管理", "张奶奶", "见证")]
        program = town.program
        self.bot = program.bot
        self.handling = Handling(program.database, program.bot, Dispatch(program.home), self.ears, town.clock)

    async def takes(self, *raw: dict[str, Any]) -> None:
        """One batch."""
        lanes = self.handling.lanes([self._read(one) for one in raw])
        for lane in lanes.values():
            await self.handling.commit(lane)

    def _read(self, raw: dict[str, Any]) -> Incoming:
        self.town.clock.advance(1)
        at = int(self.town.clock.now().timestamp())
        # Through JSON and back, as it comes over the wire.
        return read(
            json.loads(
                json.dumps({"update_id": next(self.numbers), **filled(raw, at, [phone.id for phone in self.people])})
            ),
            self.bot,
        )

    async def answers(self) -> bool:
        """Whether somebody who asks for help now gets it."""
        before = await self.town.read(self._helped)
        await self.takes(message(WITNESS, "/help"))
        return await self.town.read(self._helped) == before + 1

    def _helped(self, tx: Transaction) -> int:
        chat = {"chat": self.people[WITNESS].id}
        return len(tx.all("SELECT id FROM outbox WHERE chat_id = :chat AND kind = 'Help'", chat))

    def said(self) -> list[str]:
        """Everything that anybody was told, by message and by toast."""
        return [shown.text for phone in self.people for shown in phone.screen() if not shown.mine] + self.ears.toasts


def message(who: int, text: str) -> dict[str, Any]:
    """Somebody writes in their own chat."""
    sender = {"id": f"WHO{who}", "is_bot": False, "first_name": "见证", "language_code": "zh"}
    entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text.startswith("/") else []
    chat = {"id": f"WHO{who}", "type": "private"}
    return {
        "message": {"message_id": 1, "date": "DATE", "chat": chat, "from": sender, "text": text, "entities": entities}
    }


@pytest.fixture
async def gate(town: Town) -> AsyncIterator[Gate]:
    """A town in which some of those who send nonsense have roles. Afterwards nobody has been told of our insides."""
    gate = Gate(town)
    for who, role in enumerate((Role.VOLUNTEER, Role.COORDINATOR, Role.ADMINISTRATOR)):
        await gate.takes(message(who, f"/start {(await town.invitation(role)).partition('=')[2]}"))
    await gate.takes(message(SENDERS - 1, f"/start {(await town.poster('b1')).partition('=')[2]}"))
    yield gate
    await town.quiet()
    assert gate.said()
    assert not [said for said in gate.said() if any(inside in said for inside in INSIDES)]
    # What is broken is kept as such: that is what the updates here are. Nothing else broke.
    assert not await town.write(lambda tx: tx.all("SELECT error FROM failures WHERE place <> 'update'"))
    await town.write(lambda tx: tx.run("DELETE FROM failures"))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(batch=st.lists(updates(SENDERS), min_size=1, max_size=6))
async def test_whatever_comes_in_the_next_message_is_answered(gate: Gate, batch: list[dict[str, Any]]) -> None:
    await gate.takes(*batch)
    assert await gate.answers()
