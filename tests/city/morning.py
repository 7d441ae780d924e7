"""`make simulate-city`: the morning of a district on PostgreSQL, taken by several copies of which one is killed in the middle.

People are asked at eight; most answer, some never do. Time stands where it must wait for the machine, and is moved on where
nothing happens. Telegram's limits are on. Afterwards what was held is counted by what the phones show and what the tables say.
"""

import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.storage.database import Database, Row, open_database
from bot.storage.migrate import upgrade
from bot.storage.vault import Vault, load_keys
from sandbox import Sandbox
from sandbox.chats import Chat, Message
from sandbox.phones import Phone
from tests.bench.figures import Figure, as_json, machine, percentile, table
from tests.bench.rig import ROOT, database
from tests.city.clock import SharedClock
from tests.city.district import Community, everybody, plan_district, settle
from tests.crash.keeper import child_environment

EIGHT = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
WELL = "我很好"
QUIET_LOOKS, LOOK_SECONDS, PATIENCE_SECONDS = 4, 0.5, 1200.0


@dataclass(frozen=True)
class Order:
    """What to play. `silent`: the share of people who answer nothing at all; the slowest others take `slowest` seconds."""

    people: int = 10_000
    communities: int = 100
    bots: int = 10
    copies: int = 3
    silent: float = 0.03
    slowest: float = 20.0
    seed: int = 7


@dataclass
class Morning:
    """What happens on the phones. `asked` counts questions by person, `at` the second of each message."""

    sandbox: Sandbox
    silent: set[int]
    dice: random.Random
    slowest: float
    asked: Counter[int] = field(default_factory=Counter)
    messages: list[float] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)
    spoken_to: set[int] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def hears(self, event: str, details: dict[str, Any]) -> None:
        """Something changed on this Telegram."""
        message, chat = details.get("message"), details.get("chat")
        if event != "message" or not isinstance(message, Message) or not isinstance(chat, Chat):
            return
        if chat.bot_id is None or message.sender_id != chat.bot_id:
            return
        self.messages.append(time.monotonic())
        self.spoken_to.add(chat.id)
        # The keys under the chat are laid out a moment after the message is there.
        asyncio.get_running_loop().call_soon(self._look, chat, message.id)

    def _look(self, chat: Chat, message_id: int) -> None:
        keyboard = chat.keyboards.get(chat.id)
        if keyboard is None or keyboard.message_id != message_id:
            return
        if any(WELL in key["text"] for row in keyboard.rows for key in row):
            self._is_asked(chat)

    @property
    def waits(self) -> bool:
        """Whether somebody was asked and is about to answer."""
        return bool(self._tasks)

    def _is_asked(self, chat: Chat) -> None:
        if chat.id in self.answered:
            return
        self.asked[chat.id] += 1
        if chat.id in self.silent or self.asked[chat.id] > 1:
            return
        task = asyncio.create_task(self._answers(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answers(self, chat: Chat) -> None:
        await asyncio.sleep(self.dice.uniform(0.2, self.slowest))
        assert chat.bot_id is not None
        world = self.sandbox.world
        phone = Phone(world, world.people[chat.id], world.bots[chat.bot_id])
        self.answered.add(chat.id)
        await phone.presses(WELL)


class Copies:
    """The program, as often as it runs."""

    def __init__(self, environment: dict[str, str], folder: Path, clock: Path) -> None:
        self._environment, self._folder, self._clock = environment, folder, clock
        self._running: dict[str, asyncio.subprocess.Process] = {}

    async def start(self, name: str) -> None:
        """One more."""
        with (self._folder / f"{name}.log").open("ab") as log:
            self._running[name] = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.city.process", str(self._clock)),
                cwd=ROOT,
                env=self._environment | {"LINLI_COPY": name},
                stderr=log,
            )

    async def kill(self, name: str) -> None:
        """One less, at once and without a word."""
        process = self._running.pop(name)
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()

    async def stop(self) -> list[int]:
        """All of them are asked to stop; what each ended with, and None of them later than ten seconds."""
        for process in self._running.values():
            process.terminate()
        codes = [await asyncio.wait_for(process.wait(), 15) for process in self._running.values()]
        self._running.clear()
        return codes

    def last_words(self) -> str:
        """What they wrote into their logs."""
        return "\n".join(f"{path.name}: {path.read_text()[-2000:]}" for path in sorted(self._folder.glob("*.log")))


async def play(order: Order) -> list[Figure]:
    """The whole morning; its figures."""
    with tempfile.TemporaryDirectory(prefix="linli-city-") as name, database("postgres", Path(name)) as url:
        folder = Path(name)
        clock = SharedClock(folder / "clock")
        clock.put(EIGHT - timedelta(minutes=2))
        await asyncio.to_thread(upgrade, url)
        sandbox = Sandbox(clock=clock, limits=True)
        await sandbox.start()
        try:
            async with _opened(url, folder) as store:
                return await _morning(order, sandbox, store, clock, folder, url)
        finally:
            await sandbox.stop()


@asynccontextmanager
async def _opened(url: str, folder: Path) -> AsyncIterator[Database]:
    keys, _ = load_keys(folder / "secret.key")
    store = await open_database(url, Vault(keys))
    try:
        yield store
    finally:
        await store.close()


async def _morning(
    order: Order, sandbox: Sandbox, store: Database, clock: SharedClock, folder: Path, url: str
) -> list[Figure]:
    dice = random.Random(order.seed)
    district = plan_district(sandbox, people=order.people, communities=order.communities, bots=order.bots)
    await store.transaction(lambda tx: settle(tx, district, first_question=EIGHT, now=clock.now()))
    people = [number for _, number in everybody(district)]
    morning = Morning(sandbox, set(dice.sample(people, round(order.silent * len(people)))), dice, order.slowest)
    sandbox.world.listeners.append(morning.hears)
    copies = Copies(environment_of(sandbox, folder, url), folder, folder / "clock")
    names = [f"copy {number}" for number in range(1, order.copies + 1)]
    try:
        # The first polls every bot by the time the others come: it is the one that is missed most.
        await copies.start(names[0])
        await polled(sandbox, set(sandbox.world.bots), time.monotonic())
        for name in names[1:]:
            await copies.start(name)
        await _running(store, len(names))
        clock.put(EIGHT - timedelta(seconds=1))
        began = time.monotonic()
        await _until(lambda: len(morning.messages) >= len(people) // 2)
        await copies.kill(names[0])
        taken_over = await _answered_again(sandbox, morning, district)
        await _quiet(store, sandbox, morning)
        seconds = morning.messages[-1] - began
        for minute in (30, 50, 60):
            clock.put(EIGHT + timedelta(minutes=minute, seconds=1))
            await asyncio.sleep(3)
            await _quiet(store, sandbox, morning)
        codes = await copies.stop()
    except BaseException:
        click.echo(copies.last_words(), err=True)
        raise
    return [*_speed(morning, seconds, taken_over), *await _held(store, sandbox, morning, district, codes)]


def environment_of(sandbox: Sandbox, folder: Path, url: str) -> dict[str, str]:
    """The settings of a copy, with what it keeps beside the database in this folder."""
    return child_environment(
        {
            "BOT_TOKEN": sandbox.token,
            "BOT_API_URL": sandbox.url,
            "DATABASE_URL": url,
            "DATA": str(folder),
            "LOG_LEVEL": "WARNING",
        }
    )


async def polled(sandbox: Sandbox, bots: set[int], since: float) -> None:
    """Wait until every bot was asked for its updates after an instant."""
    async with asyncio.timeout(120):
        while True:
            if bots <= {call.bot_id for call in sandbox.calls_of("getUpdates") if call.monotonic > since}:
                return
            await asyncio.sleep(0.05)


async def _running(store: Database, copies: int) -> None:
    """Wait until so many copies have given a sign of life."""
    async with asyncio.timeout(120):
        while True:
            row = await store.read(lambda tx: tx.one("SELECT COUNT(*) AS n FROM pulses WHERE tick_at IS NOT NULL"))
            if row is not None and row["n"] >= copies:
                return
            await asyncio.sleep(0.2)


async def _until(condition: Any) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            if condition():
                return
            await asyncio.sleep(0.05)


async def _answered_again(sandbox: Sandbox, morning: Morning, district: list[Community]) -> float:
    """Somebody asks each bot for something at this moment; seconds until the last of them is answered."""
    began = time.monotonic()
    askers = {one.bot.id: one.coordinator for one in district}
    for bot_id, person_id in askers.items():
        await Phone(sandbox.world, sandbox.world.people[person_id], sandbox.world.bots[bot_id]).sends("/help")
    await _until(lambda: set(askers.values()) <= morning.spoken_to)
    return time.monotonic() - began


async def _quiet(store: Database, sandbox: Sandbox, morning: Morning) -> None:
    """Wait until everybody has answered who will, and everything was read and said, several times in a row."""
    looks = 0
    async with asyncio.timeout(PATIENCE_SECONDS):
        while looks < QUIET_LOOKS:
            waiting = await store.read(
                lambda tx: tx.one("SELECT COUNT(*) AS n FROM outbox WHERE send_at IS NOT NULL AND dead_at IS NULL")
            )
            busy = (waiting or {"n": 1})["n"] or any(bot.queue.waiting for bot in sandbox.world.bots.values())
            looks = 0 if busy or morning.waits else looks + 1
            await asyncio.sleep(LOOK_SECONDS)


def _speed(morning: Morning, seconds: float, taken_over: float) -> Iterator[Figure]:
    by_second = Counter(int(at) for at in morning.messages)
    yield Figure("people asked", len(morning.asked), "")
    yield Figure("messages", len(morning.messages), "")
    yield Figure("from eight to the last answer's thanks", seconds, "s")
    yield Figure("messages in the busiest seconds (95th percentile)", percentile(list(by_second.values()), 0.95), "/s")
    yield Figure("every bot answers again after the kill", taken_over, "s", "< 10")


async def _held(
    store: Database, sandbox: Sandbox, morning: Morning, district: list[Community], codes: list[int]
) -> list[Figure]:
    """What was promised, counted: each figure but the repeats should be 0."""
    rows = await store.read(lambda tx: tx.all("SELECT person_id, state, answer FROM checkins"))
    alerts = {row["person_id"] for row in await store.read(lambda tx: tx.all("SELECT person_id FROM alerts"))}
    people = {number for _, number in everybody(district)}
    by_person: dict[int, list[Row]] = {}
    for row in rows:
        by_person.setdefault(row["person_id"], []).append(row)
    refused = sum(call.code == 429 for call in sandbox.calls)
    return [
        Figure("without their check-in", len(people - by_person.keys()), "", "0"),
        Figure("with two check-ins", sum(len(one) > 1 for one in by_person.values()), "", "0"),
        Figure("never asked on their phone", len(people - morning.asked.keys()), "", "0"),
        Figure("answers that are not recorded", _unrecorded(by_person, morning.answered), "", "0"),
        Figure("silent people without an alert", len(morning.silent - alerts), "", "0"),
        Figure("alerts about people who answered", len(alerts & morning.answered), "", "0"),
        Figure("refused by Telegram for being too fast", refused, "", "0"),
        Figure("copies that did not stop in order", sum(code != 0 for code in codes), "", "0"),
        Figure("failures that were recorded", await _failures(store), "", "0"),
        Figure("questions and nudges that came twice to one who answered", _repeats(morning), ""),
    ]


def _unrecorded(by_person: dict[int, list[Row]], answered: set[int]) -> int:
    return sum(all(row["answer"] is None for row in by_person.get(number, ())) for number in answered)


def _repeats(morning: Morning) -> int:
    return sum(count - 1 for number, count in morning.asked.items() if number in morning.answered)


async def _failures(store: Database) -> int:
    row = await store.read(lambda tx: tx.one("SELECT COUNT(*) AS n FROM failures"))
    return 0 if row is None else int(row["n"])


def promised(figures: list[Figure]) -> list[str]:
    """What was not held, in words."""
    return [f"{figure.name}: {figure.value:g}" for figure in figures if figure.aim == "0" and figure.value]


@click.command(context_settings={"show_default": True})
@click.option("--people", default=10_000, help="How many are cared for.")
@click.option("--communities", default=100, help="In how many communities.")
@click.option("--bots", default=10, help="How many bots serve them.")
@click.option("--copies", default=3, help="How many copies of the program run; the first is killed in the middle.")
@click.option("--seed", default=7, help="What chance begins with.")
def main(people: int, communities: int, bots: int, copies: int, seed: int) -> None:
    """Play a district's morning and print what was held."""
    figures = asyncio.run(play(Order(people, communities, bots, copies, seed=seed)))
    click.echo(" · ".join(f"{name} {value}" for name, value in machine().items()))
    click.echo(table(figures))
    click.echo(as_json(figures))
    sys.exit(1 if promised(figures) else 0)


if __name__ == "__main__":
    main()
