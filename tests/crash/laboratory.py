"""One run: a town moves in, lives under load while the program is killed again and again, falls silent, and is examined."""

import asyncio
import random
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from bot.clock import MovedClock
from bot.storage.vault import Vault, load_keys
from sandbox import Fault, Sandbox
from tests.crash import care_people
from tests.crash.care_town import settle_care
from tests.crash.databases import Window, database
from tests.crash.figures import Figures, counted
from tests.crash.keeper import Keeper, child_environment
from tests.crash.model import Evidence, Finding, care, examine
from tests.crash.model.evidence import LOST, WRONG
from tests.crash.model.letters import repeated, repeated_edits
from tests.crash.people import inhabitants
from tests.crash.points import Kill, plan, plan_care
from tests.crash.record import Diary, RecordingQueue
from tests.crash.town import Town, settle

QUIET_SECONDS = 120.0
LOOK_SECONDS = 0.25
# Seen quiet so often in a row, it is quiet.
QUIET_LOOKS = 3
NEEDS, CARE = "needs", "care"
POLLING, WEBHOOK = "polling", "webhook"
FAST, TELEGRAM = "fast", "telegram"
TROUBLES = (
    ("duplicate_update", None),
    *((kind, method) for method in ("sendMessage", "editMessageText") for kind in ("429", "500", "502", "drop_after")),
    ("502", "getUpdates"),
    ("drop_after", "getUpdates"),
)
TROUBLES_A_LIFE = 3
SWEPT = ("plans", "checkins", "alerts")
CLOCK, LOG = "clock", "program.log"
Said = Callable[[str], None]

# Volunteers are asked at any hour and as often as it comes, and the group at once: the load is the same whenever it runs.
RELENTLESS = {
    "QUIET_HOURS": "00:00-00:00",
    "OFFERS_A_DAY": "10000",
    "CLAIMS_AT_ONCE": "10000",
    "SILENT_AFTER": "10000",
    "WAVES_NOW": "5/1/1",
    "WAVES_TODAY": "5/15/1",
    "WAVES_WEEK": "5/90/1",
}


@dataclass(frozen=True)
class Order:
    """What to run. `load`: whether people need things, or are cared for.

    `pace` fast: no limits to wait for; telegram: Telegram's own, which the sandbox enforces too.
    `trouble`: besides, updates come twice, and Telegram refuses, answers nonsense, or takes a message and hangs up.
    `copies`: how many programs run on the database together (PostgreSQL); each is killed as often as the others, and time
    stands still meanwhile, for a clock cannot be moved under those that live.
    """

    database: str
    kills: int
    seed: int
    load: str = NEEDS
    intake: str = POLLING
    pace: str = FAST
    trouble: bool = False
    copies: int = 1


async def run(order: Order, *, say: Said = lambda words: None) -> Figures:
    """Do it all; its figures. Whatever it made is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="linli-crash-") as name, database(order.database, Path(name)) as window:
        return await Laboratory(order, Path(name), window, say).run()


class Laboratory:
    """One run in one folder on one database."""

    def __init__(self, order: Order, folder: Path, window: Window, say: Said) -> None:
        self._order, self._folder, self._window, self._say = order, folder, window, say
        self._clock = MovedClock(kept_in=folder / CLOCK)
        self._dice = random.Random(order.seed)
        self._sandbox = Sandbox(clock=self._clock, limits=False)
        # A program that was killed is looked for at once, not after a minute as by a Telegram that has given it up.
        self._sandbox.deliveries.first_pause, self._sandbox.deliveries.longest_pause = 0.1, 0.5
        self._queue = self._sandbox.bot.queue = RecordingQueue()
        self._town: Town | None = None
        self._kills = order.kills

    async def run(self) -> Figures:
        """Settle, live and die, fall silent, examine."""
        started = time.monotonic()
        async with AsyncExitStack() as stack:
            await self._sandbox.start()
            stack.push_async_callback(self._sandbox.stop)
            environment = self._environment()
            settles = settle_care if self._order.load == CARE else settle
            self._town = await settles(self._sandbox, environment, Diary(), self._clock)
            self._say(f"{len(self._town.phones)} people moved in; now it is killed {self._order.kills} times")
            keepers = [self._keeper(environment, number) for number in range(self._order.copies)]
            for keeper in keepers:
                stack.push_async_callback(keeper.close)
            findings = await self._live(self._town, keepers)
        evidence = self.evidence(self._window)
        findings += examine(evidence, self._order.load)
        return self._figures(evidence, keepers, findings, time.monotonic() - started)

    def _keeper(self, environment: dict[str, str], number: int) -> Keeper:
        named = environment | {"LINLI_COPY": f"copy {number}"}
        return Keeper(named, self._folder / CLOCK, self._folder / f"{number}-{LOG}", self._between, self._say)

    def evidence(self, window: Window) -> Evidence:
        """What there is to judge by after the run, with the database seen through this window."""
        if self._town is None:
            raise RuntimeError("nothing has happened yet")
        keys, _ = load_keys(self._folder / "secret.key")
        calls, until = list(self._sandbox.calls), self._clock.now()
        return Evidence(window, Vault(keys), self._town, self._queue, calls, until, self._kills)

    def _environment(self) -> dict[str, str]:
        values = {
            "BOT_TOKEN": self._sandbox.token,
            "BOT_API_URL": self._sandbox.url,
            "DATABASE_URL": self._window.url,
            "DATA": str(self._folder),
            "LOG_LEVEL": "WARNING",
            **RELENTLESS,
        }
        if self._order.load == CARE:
            # A life lasts two seconds: time is looked at often enough for something to happen in it.
            values |= {"SWEEP_SECONDS": "0.2"}
        if self._order.pace == FAST:
            values |= {"MESSAGES_PER_SECOND": "1000", "MESSAGES_PER_SECOND_CHAT": "1000"}
            values |= {"MESSAGES_PER_MINUTE_GROUP": "10000"}
        if self._order.intake == WEBHOOK:
            port = _free_port()
            values |= {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "HTTP_PORT": str(port)}
        return child_environment(values)

    def _between(self, kill: Kill) -> None:
        """While nobody runs: time passes, and trouble is laid out for the next one."""
        if kill.minutes and self._order.copies == 1:
            self._clock.advance(kill.minutes * 60)
        self._sandbox.faults.clear()
        if self._order.trouble:
            for kind, method in self._dice.sample(TROUBLES, TROUBLES_A_LIFE):
                self._sandbox.faults.add(Fault(kind, method, times=self._dice.randint(1, 3), retry_after=1))

    async def _live(self, town: Town, keepers: list[Keeper]) -> list[Finding]:
        """Everybody acts until the last kill; then the last child finishes what is left."""
        self._sandbox.limits = self._order.pace == TELEGRAM
        stop = asyncio.Event()
        people = care_people.inhabitants if self._order.load == CARE else inhabitants
        lives = [asyncio.create_task(person.live(stop)) for person in people(town, str(self._order.seed))]
        try:
            await asyncio.gather(*(keeper.kill_through(self._kills_planned()) for keeper in keepers))
            stop.set()
            await asyncio.gather(*lives)
        finally:
            for life in lives:
                life.cancel()
        findings = await self._fall_silent()
        await asyncio.gather(*(keeper.stop() for keeper in keepers))
        return findings + [Finding(WRONG, words) for keeper in keepers for words in keeper.strange]

    def _kills_planned(self) -> Iterator[Kill]:
        kills = -(-self._order.kills // self._order.copies)
        if self._order.load == CARE:
            return plan_care(kills, self._dice)
        return plan(kills, self._dice, one_by_one=self._order.intake == WEBHOOK)

    async def _fall_silent(self) -> list[Finding]:
        """Wait until no update waits and no letter either."""
        self._sandbox.faults.clear()
        until, looks = time.monotonic() + QUIET_SECONDS, 0
        while looks < QUIET_LOOKS:
            if time.monotonic() > until:
                return [Finding(LOST, f"after {QUIET_SECONDS:g} seconds something still waits to be read or said")]
            waiting = self._window.number("SELECT COUNT(*) AS n FROM outbox WHERE send_at IS NOT NULL")
            looks = 0 if waiting or self._queue.waiting or self._overdue() else looks + 1
            await asyncio.sleep(LOOK_SECONDS)
        return []

    def _overdue(self) -> int:
        """How many questions, check-ins and alerts still wait for the next tick."""
        now = int(self._clock.now().timestamp())
        counts = (f"SELECT COUNT(*) AS n FROM {table} WHERE act_at <= {now}" for table in SWEPT)
        return sum(self._window.number(sql) for sql in counts)

    def _figures(self, evidence: Evidence, keepers: list[Keeper], findings: list[Finding], seconds: float) -> Figures:
        diary = evidence.diary
        by_point = sum((keeper.kills for keeper in keepers), Counter[str]())
        kills = sum(by_point.values())
        again = len(repeated(evidence))
        return Figures(
            database=self._order.database,
            load=self._order.load,
            intake=self._order.intake,
            trouble=self._order.trouble,
            copies=self._order.copies,
            pace=self._order.pace,
            seed=self._order.seed,
            kills=kills,
            kills_by_point=dict(sorted(by_point.items())),
            starts=sum(keeper.starts for keeper in keepers),
            updates=len(self._queue.seen),
            texts=len(diary.tokens),
            taps=diary.taps,
            unanswered_taps=diary.unanswered,
            pressed_again=diary.pressed_again,
            expired_taps=len(self._queue.too_old),
            forged_taps=diary.forged,
            needs=len(evidence.needs),
            checkins=len(evidence.checkins),
            ended=dict(sorted(Counter(row["state"] for row in evidence.checkins).items())),
            alerts=len(evidence.alerts),
            looked_after=care.deeds(evidence),
            presses=len(care.presses(evidence)),
            changes=sum(len(events) for events in evidence.events.values()),
            letters=len(evidence.letters),
            messages=len(evidence.accepted("sendMessage")),
            edits=len(evidence.accepted("editMessageText")),
            deadlocks=self._window.deadlocks(),
            refused_429=sum(call.code == 429 for call in evidence.calls),
            **counted(findings),
            repeated_messages=again,
            repeated_edits=repeated_edits(evidence),
            repeated_messages_a_kill=round(again / max(1, kills), 2),
            seconds=round(seconds, 1),
            findings=tuple(f"{finding.kind}: {finding.words}" for finding in findings),
        )


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
