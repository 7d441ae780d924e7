"""Crowds: a thousand volunteers on one button, and three thousand messages through Telegram's limits."""

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.drafts import Greeted
from bot.domain.needs import Need, State, Urgency
from bot.domain.needs.notices import GroupCard
from bot.domain.notices import Defect, Priority
from bot.domain.people import Language, Role
from bot.storage import areas, groups, needs, outbox, persons
from bot.storage.database import Transaction, open_database
from bot.storage.outbox import Saying
from bot.storage.vault import Vault, load_keys
from tests.bench.figures import Figure, percentile
from tests.bench.rig import Box, box, database, folder, program

T = TypeVar("T")
VOLUNTEERS = 1000
MESSAGES = 3000
URGENT = 20
FIRST = 8_000_000_001


def in_database(url: str, at: Path, work: Callable[[Transaction], T]) -> T:
    """Do something in the program's database, with its key."""

    async def whole() -> T:
        store = await open_database(url, Vault(load_keys(at / "secret.key")[0]))
        try:
            return await store.transaction(work)
        finally:
            await store.close()

    return asyncio.run(whole())


def measure_taps(kind: str) -> Iterator[Figure]:
    """A thousand volunteers tap "I'll help" under one card in a group at once."""
    with box() as one, folder() as at, database(kind, at) as url, program(one, url, at):
        started(one)
        bot_id = int(one.token.split(":")[0])
        people = [FIRST + number for number in range(VOLUNTEERS)]
        one.ask("start", {"people": [{"id": number} for number in people]})
        group = one.ask("groups", {"title": "幸福社区", "member_ids": people[:1]})
        chat_id = int(group["chat"]["id"] if "chat" in group else group["id"])
        one.ask(f"groups/{chat_id}/bot", {"person_id": people[0], "present": True})
        one.wait("sendMessage", 1)
        need_id = in_database(url, at, lambda tx: _need(tx, bot_id, chat_id, people))
        one.wait("sendMessage", 2)
        shown = next(m for m in one.ask("messages?since=0")["messages"] if m["chat_id"] == chat_id and m["buttons"])
        began = time.monotonic()
        taps = [{"user_id": p, "chat_id": chat_id, "message_id": shown["id"], "data": f"nc:{need_id}"} for p in people]
        one.ask("load", {"updates": [], "taps": taps})
        one.wait("answerCallbackQuery", VOLUNTEERS)
        seconds = one.times("answerCallbackQuery")[-1] - began
        claimed = in_database(url, at, _claims)
        yield Figure(f"1,000 taps on one need, {kind}: claims", claimed, "", "1")
        yield Figure(f"1,000 taps on one need, {kind}: until all are told", seconds, "s")


def started(one: Box) -> None:
    """Until the program reads updates."""
    while not one.accepted("getUpdates"):
        time.sleep(0.05)


def _need(tx: Transaction, bot_id: int, chat_id: int, people: list[int]) -> int:
    now = datetime.now(UTC)
    place = areas.first(tx)
    assert place is not None
    for user_id in people:
        known = persons.by_account(tx, bot_id, user_id)
        one = known or persons.make(
            tx, bot_id=bot_id, user_id=user_id, name="志愿者", language=Language.CHINESE, now=now
        )
        persons.grant(tx, one.id, Role.VOLUNTEER, place.id, by=None, now=now)
    resident = persons.make(tx, bot_id=bot_id, user_id=1, name="张奶奶", language=Language.CHINESE, now=now)
    groups.seen(tx, bot_id, chat_id)
    groups.bind(tx, bot_id, chat_id, area_id=place.id, by=resident.id)
    new = Need(0, bot_id, place.id, resident.id, "repairs", Urgency.TODAY, "灯坏了", State.OPEN, now)
    need = needs.post(tx, new)
    outbox.show(tx, GroupCard(need.id), bot_id=bot_id, chat_id=chat_id, person_id=None, now=now)
    return need.id


def _claims(tx: Transaction) -> int:
    row = tx.one("SELECT COUNT(*) AS n FROM history WHERE event = 'claimed'")
    return 0 if row is None else int(row["n"])


def measure_fan_out(kind: str) -> Iterator[Figure]:
    """Three thousand messages with Telegram's limits on, and urgent ones put into the middle."""
    limits = {"MESSAGES_PER_SECOND": "30", "MESSAGES_PER_SECOND_CHAT": "1", "MESSAGES_PER_MINUTE_GROUP": "20"}
    with box(limits=True) as one, folder() as at, database(kind, at) as url:
        bot_id = int(one.token.split(":")[0])
        people = [FIRST + number for number in range(MESSAGES + URGENT)]
        one.ask("start", {"people": [{"id": number} for number in people]})
        with program(one, url, at, **limits):
            started(one)
            in_database(url, at, lambda tx: _say(tx, bot_id, people[:MESSAGES]))
            put = [_urgent(one, url, at, bot_id, person) for person in people[MESSAGES:]]
            one.wait("sendMessage", MESSAGES + URGENT)
        calls = [call for call in calls_of(one) if call["ok"]]
        times = [call["monotonic"] for call in calls]
        arrived = {call["chat_id"]: call["monotonic"] for call in calls}
        late = [arrived[person] - at_ for person, at_ in put]
        refused = sum(count for words, count in one.ask("counters")["errors"].items() if "Too Many" in words)
    share = (len(times) - 1) / (times[-1] - times[0]) / 30
    yield Figure(f"3,000 messages through the limits, {kind}: share of Telegram's limit used", share, "", "≥ 0.97")
    yield Figure(f"3,000 messages through the limits, {kind}: refused with 429", refused, "", "0")
    yield Figure(f"urgent message in the middle, {kind}: 99th percentile", percentile(late, 0.99), "s", "< 1")


def _say(tx: Transaction, bot_id: int, people: list[int]) -> None:
    now = datetime.now(UTC)
    outbox.say_many(tx, [Saying(Greeted(), bot_id, person, None, Priority.REST) for person in people], now=now)


def _urgent(one: Box, url: str, at: Path, bot_id: int, person: int) -> tuple[int, float]:
    """One cry every four seconds, from another process, so nobody wakes the delivery: it must find it."""
    time.sleep(4)
    now = datetime.now(UTC)
    in_database(url, at, lambda tx: outbox.say(tx, Defect(1), bot_id=bot_id, chat_id=person, person_id=None, now=now))
    return person, time.monotonic()


def calls_of(one: Box) -> list[dict[str, Any]]:
    """Every message that the program tried to send, oldest first."""
    found: list[dict[str, Any]] = []
    since = 0
    while True:
        answer = one.ask(f"calls?since={since}&method=sendMessage")
        found += answer["calls"]
        if answer["next"] == since:
            return found
        since = answer["next"]
