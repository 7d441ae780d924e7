"""One run: a town moves in, lives under load while the program is killed again and again, falls silent, and is examined."""

import asyncio
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bot.storage.vault import Vault, load_keys
from sandbox import Fault, Sandbox
from tests.crash import care_people
from tests.crash.care_town import settle_care
from tests.crash.clocks import TownClock
from tests.crash.databases import Place, Window, database
from tests.crash.figures import Figures, counted
from tests.crash.keeper import Keeper, child_environment
from tests.crash.line import Line
from tests.crash.model import Evidence, Finding, care, examine
from tests.crash.model.evidence import LOST, WRONG
from tests.crash.model.letters import repeated, repeated_edits
from tests.crash.order import CARE, FAST, TELEGRAM, WEBHOOK, Order
from tests.crash.people import inhabitants
from tests.crash.points import Kill
from tests.crash.record import Diary, RecordingQueue
from tests.crash.servers import free_port
from tests.crash.town import Town, settle
from tests.crash.trials import FORWARD, LOOK_SECONDS, Trials, lived_through
from tests.crash.weather import Weather

QUIET_SECONDS = 120.0
# Seen quiet so often in a row, it is quiet.
QUIET_LOOKS = 3
TROUBLES = (
    ("duplicate_update", None),
    *((kind, method) for method in ("sendMessage", "editMessageText") for kind in ("429", "500", "502", "drop_after")),
    ("502", "getUpdates"),
    ("drop_after", "getUpdates"),
)
TROUBLES_A_LIFE = 3
# How the program's log names what befell it.
TROUBLE_WORDS = re.compile(r"SQLITE_\w+|PostgreSQL: \w+|NetworkError|TimedOut|Conflict|another copy|another program")
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


async def run(order: Order, *, say: Said = lambda words: None) -> Figures:
    """Do it all; its figures. Whatever it made is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="linli-crash-") as name:
        folder = Path(name)
        with database(order.database, folder, own=order.harms) as place:
            return await Laboratory(order, folder, place, say).run()


class Laboratory:
    """One run in one folder on one database."""

    def __init__(self, order: Order, folder: Path, place: Place, say: Said) -> None:
        self._order, self._folder, self._place, self._say = order, folder, place, say
        self._clock = TownClock(folder / CLOCK)
        self._dice = random.Random(order.seed)
        self._sandbox = Sandbox(clock=self._clock, limits=False)
        # A program that was killed is looked for at once, not after a minute as by a Telegram that has given it up.
        self._sandbox.deliveries.first_pause, self._sandbox.deliveries.longest_pause = 0.1, 0.5
        self._queue = self._sandbox.bot.queue = RecordingQueue()
        self._town: Town | None = None
        self._telegram = Line()
        self._weather = Weather(place, self._telegram, None, self._clock, order.copies, FORWARD[order.load])
        self._trials = Trials(order, self._weather, self._sandbox, self._queue, say)
        self._crashes, self._last_letter = order.kills, 0

    async def run(self) -> Figures:
        """Settle, live and die, fall silent, examine."""
        started = time.monotonic()
        async with AsyncExitStack() as stack:
            await self._sandbox.start()
            stack.push_async_callback(self._sandbox.stop)
            environment = await self._environment(stack)
            settles = settle_care if self._order.load == CARE else settle
            self._town = await settles(self._sandbox, environment, Diary(), self._clock)
            self._say(f"{len(self._town.phones)} people moved in; now it is killed {self._order.kills} times")
            keepers = [self._keeper(environment, number) for number in range(self._order.copies)]
            for keeper in keepers:
                stack.push_async_callback(keeper.close)
            findings = await self._live(self._town, keepers)
        self._crashes = sum((keeper.kills + keeper.ended).total() for keeper in keepers) + self._trials.met.total()
        evidence = self.evidence(self._place.window)
        findings += examine(evidence, self._order.load)
        return self._figures(evidence, keepers, findings, time.monotonic() - started)

    def _keeper(self, environment: dict[str, str], number: int) -> Keeper:
        named = environment | {"LINLI_COPY": f"copy {number}"}
        clock, log = (self._folder / CLOCK, number), self._folder / f"{number}-{LOG}"
        return Keeper(named, clock, log, self._between, self._say, self._trials.excused)

    def evidence(self, window: Window) -> Evidence:
        """What there is to judge by after the run, with the database seen through this window."""
        if self._town is None:
            raise RuntimeError("nothing has happened yet")
        keys, _ = load_keys(self._folder / "secret.key")
        calls, until = list(self._sandbox.calls), self._clock.now()
        return Evidence(window, Vault(keys), self._town, self._queue, calls, until, self._crashes, self._last_letter)

    async def _environment(self, stack: AsyncExitStack) -> dict[str, str]:
        values = {
            "BOT_TOKEN": self._sandbox.token,
            "BOT_API_URL": await self._over_a_line(self._sandbox.url, self._telegram, stack),
            "DATABASE_URL": self._place.url,
            "DATA": str(self._folder),
            "LOG_LEVEL": "WARNING",
            **RELENTLESS,
        }
        if self._place.path is None:
            self._weather.database = Line()
            values["DATABASE_URL"] = await self._over_a_line(self._place.url, self._weather.database, stack)
        if self._order.load == CARE:
            # A life lasts two seconds: time is looked at often enough for something to happen in it.
            values |= {"SWEEP_SECONDS": "0.2"}
        if self._order.pace == FAST:
            values |= {"MESSAGES_PER_SECOND": "1000", "MESSAGES_PER_SECOND_CHAT": "1000"}
            values |= {"MESSAGES_PER_MINUTE_GROUP": "10000"}
        if self._order.intake == WEBHOOK:
            port = free_port()
            values |= {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "HTTP_PORT": str(port)}
        return child_environment(values)

    async def _over_a_line(self, url: str, line: Line, stack: AsyncExitStack) -> str:
        """The address of the same over this line; where nothing happens to lines there are none."""
        if not self._order.mishaps:
            return url
        parts = urlsplit(url)
        await line.start(parts.hostname or "127.0.0.1", parts.port or 5432)
        stack.push_async_callback(line.stop)
        login = parts.netloc.rpartition("@")[0]
        place = f"{login}@127.0.0.1:{line.port}" if login else f"127.0.0.1:{line.port}"
        return urlunsplit(parts._replace(netloc=place))

    def _between(self, kill: Kill) -> None:
        """While nobody runs: time passes, and trouble is laid out for the next one."""
        if kill.minutes:
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
            findings = await self._trials.run(keepers, self._dice)
            stop.set()
            await asyncio.gather(*lives)
        finally:
            for life in lives:
                life.cancel()
        self._weather.clears()
        findings += await lived_through(keepers, self._fall_silent())
        await asyncio.gather(*(keeper.stop() for keeper in keepers))
        return findings + [Finding(WRONG, words) for keeper in keepers for words in keeper.strange]

    async def _fall_silent(self) -> list[Finding]:
        """Wait until no update waits and no letter either."""
        self._sandbox.faults.clear()
        until, looks = time.monotonic() + QUIET_SECONDS, 0
        while looks < QUIET_LOOKS:
            if time.monotonic() > until:
                return [Finding(LOST, f"after {QUIET_SECONDS:g} seconds something still waits to be read or said")]
            # Looked up before what waits: whatever is newer than that may wait still.
            self._last_letter = self._place.window.number("SELECT COALESCE(MAX(id), 0) AS n FROM outbox")
            waiting = self._place.window.number("SELECT COUNT(*) AS n FROM outbox WHERE send_at IS NOT NULL")
            looks = 0 if waiting or self._queue.waiting or self._overdue() else looks + 1
            await asyncio.sleep(LOOK_SECONDS)
        return []

    def _overdue(self) -> int:
        """How many questions, check-ins and alerts still wait for the next tick."""
        now = int(self._clock.now().timestamp())
        counts = (f"SELECT COUNT(*) AS n FROM {table} WHERE act_at <= {now}" for table in SWEPT)
        return sum(self._place.window.number(sql) for sql in counts)

    def _figures(self, evidence: Evidence, keepers: list[Keeper], findings: list[Finding], seconds: float) -> Figures:
        diary = evidence.diary
        by_point = sum((keeper.kills for keeper in keepers), Counter[str]())
        ended = sum((keeper.ended for keeper in keepers), Counter[int]())
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
            mishaps=self._trials.met.total(),
            mishaps_by_kind=dict(sorted(self._trials.met.items())),
            ended_by_itself=dict(sorted(ended.items())),
            back_after_seconds=self._trials.median_and_longest(),
            trouble_met=self._trouble_met(),
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
            deadlocks=self._place.window.deadlocks(),
            refused_429=sum(call.code == 429 for call in evidence.calls),
            **counted(findings),
            repeated_messages=again,
            repeated_edits=repeated_edits(evidence),
            repeated_messages_a_kill=round(again / max(1, kills), 2),
            seconds=round(seconds, 1),
            findings=tuple(f"{finding.kind}: {finding.words}" for finding in findings),
        )

    def _trouble_met(self) -> dict[str, int]:
        """How often the program's own log names each trouble."""
        logs = [path.read_text(encoding="utf-8") for path in self._folder.glob(f"*-{LOG}")]
        met = Counter(found for log in logs for found in TROUBLE_WORDS.findall(log))
        return dict(sorted(met.items()))
