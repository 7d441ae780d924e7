"""A few cared-for people on a real database, with sweeps and dispatch of the program and no Telegram at all.

For what has to be struck at one statement, or done by two copies at once: nothing else runs meanwhile.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from telegram import Update

from bot.clock import StillClock
from bot.dispatch import Dispatch
from bot.domain.alerts import AlertOutcome, Rung, Whom
from bot.domain.areas import Plan as AreaPlan
from bot.domain.categories import load_catalogue
from bot.domain.checkins import CheckInAnswer
from bot.domain.home import Home
from bot.domain.people import Actor, Language, Role
from bot.domain.plans import Plan, Slot
from bot.services import alerts, areas, checkins, people, plans
from bot.storage import areas as stored_areas
from bot.storage import persons
from bot.storage.database import Database, Row, Transaction
from bot.storage.postgres import PostgresTransaction
from bot.storage.sqlite import SqliteTransaction
from scheduler.sweeps import Sweeper
from scheduler.waiting import sweeps_of

PLACES = "code,parent,kind,name\nc1,,community,幸福社区\nb1,c1,building,1号楼\n"
HOME = Home(1, "linli_bot", ZoneInfo("Asia/Shanghai"), Language.ENGLISH, load_catalogue(), "120 / 110")
WANG, CHEN = 900, 901
WELL, HELP = "🌞 I'm well", "🆘 I need help"
HOURLY = {"slots": tuple(Slot(60 * hour) for hour in range(24)), "grace_minutes": 30, "nudges": (10,)}
LADDER = (Rung(0, Whom.DUTY), Rung(5, Whom.NEIGHBOUR), Rung(15, Whom.COORDINATORS))


class Ward:
    """So many people, asked at 08:00 and 18:00; Chen is everybody's neighbour, Wang is in charge. It is 09:00."""

    def __init__(self, database: Database, clock: StillClock, home: Home = HOME) -> None:
        self.database, self.clock, self.home = database, clock, home
        self.dispatch = Dispatch(home)
        self.people: list[int] = []
        self._updates = 0

    async def fill(self, number: int, **changes: Any) -> None:
        """People move in and agree; `changes` are values of their plans."""
        await self.database.transaction(lambda tx: self._fill(tx, number, changes))

    def _fill(self, tx: Transaction, number: int, changes: dict[str, Any]) -> None:
        now = self.clock.now()
        listed = areas.plan_import(PLACES)
        assert isinstance(listed, AreaPlan)
        areas.import_areas(tx, listed, now=now)
        community, building = (stored_areas.by_code(tx, code) for code in ("c1", "b1"))
        assert community is not None
        assert building is not None
        wang, chen = self.meet(tx, WANG, "Wang"), self.meet(tx, CHEN, "Chen")
        for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
            payload = people.invite(tx, role=role, area_id=community.id, by=None, now=now)
            people.open_link(tx, wang, HOME, payload, now=now)
        for user_id in range(1, number + 1):
            actor = self.meet(tx, user_id, f"Zhang {user_id}")
            people.settle_in(tx, actor, building.id, now=now)
            self._enrol(tx, self.actor(tx, WANG), actor, {"neighbour_id": chen.id, "ladder": LADDER, **changes})
            self.people.append(actor.id)

    def _enrol(self, tx: Transaction, wang: Actor, actor: Actor, changes: dict[str, Any]) -> None:
        now = self.clock.now()
        number = plans.propose(tx, wang, self.home, actor.id, now=now).plan_id
        plans.consent(tx, actor, self.home, number, yes=True, now=now)

        def rule(plan: Plan) -> Plan:
            return replace(plan, **changes)

        plans.change(tx, wang, self.home, number, rule, "changed", now=now)

    def meet(self, tx: Transaction, user_id: int, name: str) -> Actor:
        """Somebody writes for the first time."""
        return people.meet(tx, self.home, user_id=user_id, name=name, language="en", now=self.clock.now())

    def actor(self, tx: Transaction, user_id: int) -> Actor:
        """Somebody, with the roles they hold now."""
        person = persons.by_account(tx, self.home.bot_id, user_id)
        assert person is not None
        return persons.actor(tx, person)

    # --- time and words ---

    async def tick(self, database: Database | None = None, ready: Callable[[], bool] = lambda: True) -> int:
        """Time moves on what is due, as one copy of the program does it; how many rows."""
        sweeper = Sweeper(database or self.database, sweeps_of(self.home, ready=ready), self.clock, wake=lambda: None)
        return await sweeper.tick()

    async def passes(self, *, minutes: float = 0, hours: float = 0) -> None:
        """Time passes, and what is due by then is done."""
        self.clock.advance(minutes * 60 + hours * 3600)
        await self.tick()

    def update(self, user_id: int, text: str, at: datetime | None = None) -> Update:
        """Somebody writes at an instant (now)."""
        self._updates += 1
        sender = {"id": user_id, "is_bot": False, "first_name": "Zhang", "language_code": "en"}
        message = {
            "message_id": self._updates,
            "date": int((at or self.clock.now()).timestamp()),
            "chat": {"id": user_id, "type": "private", "first_name": "Zhang"},
            "from": sender,
            "text": text,
        }
        made = Update.de_json({"update_id": self._updates, "message": message}, None)
        assert made is not None
        return made

    async def hears(self, update: Update, database: Database | None = None) -> None:
        """An update comes in, as one copy of the program takes it."""

        def work(tx: Transaction) -> None:
            self.dispatch.lock(tx, [update])
            self.dispatch.handle(tx, update, self.clock.now())

        await (database or self.database).transaction(work)

    async def well(self) -> None:
        """Everybody answers, by another way than a message: no sign of life that would count for the next question."""

        def answer(tx: Transaction) -> None:
            for user_id in range(1, len(self.people) + 1):
                actor, now = self.actor(tx, user_id), self.clock.now()
                checkins.answer(tx, actor, self.home, CheckInAnswer.WELL, at=now, now=now)

        await self.database.transaction(answer)

    async def close(self) -> None:
        """Wang has looked after whoever had an alert."""
        running = [row["id"] for row in await self.rows("SELECT id FROM alerts WHERE state <> 'closed'")]

        def found(tx: Transaction) -> None:
            for number in running:
                alerts.close(tx, self.actor(tx, WANG), number, AlertOutcome.ILL, None, now=self.clock.now())

        await self.database.transaction(found)

    # --- what there is ---

    async def rows(self, sql: str) -> list[Row]:
        """Every row of a question."""
        return await self.database.read(lambda tx: tx.all(sql))

    async def checkins(self) -> Counter[str]:
        """How many check-ins stand how."""
        return Counter(row["state"] for row in await self.rows("SELECT state FROM checkins"))

    async def alerts(self) -> Counter[str]:
        """How many alerts stand how."""
        return Counter(row["state"] for row in await self.rows("SELECT state FROM alerts"))

    async def letters(self) -> Counter[str]:
        """How many letters of each kind there are."""
        return Counter(row["kind"] for row in await self.rows("SELECT kind FROM outbox"))

    async def events(self) -> Counter[str]:
        """How often what happened."""
        return Counter(row["event"] for row in await self.rows("SELECT event FROM history"))

    async def whole(self) -> None:
        """No half of anything: no question without its letter, no miss without its alert, no alert that nobody hears of."""
        letters = await self.rows("SELECT kind, subject, person_id FROM outbox")
        kinds = Counter(row["kind"] for row in letters)
        states, events = await self.checkins(), await self.events()
        early = await self.rows("SELECT id FROM checkins WHERE answer = 'early'")
        assert kinds["CheckInAsked"] == states.total() - states["not_asked"] - len(early)
        assert kinds["CheckInNudged"] == sum(row["step"] for row in await self.rows("SELECT step FROM checkins"))
        signals = await self.rows(
            "SELECT id FROM history WHERE after = 'missed' AND event IN ('raised', 'joined', 'graver')"
        )
        assert len(signals) == states["alert"]
        cards = {(row["subject"], row["person_id"]) for row in letters if row["kind"] == "AlertCard"}
        told = {(f"alert:{row['alert_id']}", row["person_id"]) for row in await self.rows("SELECT * FROM alert_people")}
        assert cards == told
        numbers = {f"alert:{row['id']}" for row in await self.rows("SELECT id FROM alerts")}
        assert {subject for subject, _ in told} == numbers, "each is told to somebody"
        tried = Counter(row["subject"] for row in await self.rows("SELECT subject FROM history WHERE event = 'rung'"))
        assert set(tried) == numbers
        assert events["raised"] == len(numbers)
        await self.blameless()

    async def blameless(self) -> None:
        """Nothing broke on our side."""
        assert [dict(row) for row in await self.rows("SELECT place, subject, error FROM failures")] == []


class Fuse:
    """Strikes the n-th statement from now on: it raises instead of being run."""

    def __init__(self) -> None:
        self._left, self._blow = 0, BaseException

    def arm(self, number: int, blow: type[BaseException]) -> None:
        """The n-th statement from now on is struck."""
        self._left, self._blow = number, blow

    def disarm(self) -> bool:
        """Nothing is struck any more; whether anything was."""
        left, self._left = self._left, 0
        return not left

    def pass_(self) -> None:
        """A statement is about to be run."""
        if self._left:
            self._left -= 1
            if not self._left:
                raise self._blow("struck")


@pytest.fixture
def fuse(monkeypatch: pytest.MonkeyPatch) -> Fuse:
    """Between any two statements of whoever works with the database."""
    made = Fuse()
    for kind in (SqliteTransaction, PostgresTransaction):
        for name in ("_execute", "many"):
            monkeypatch.setattr(kind, name, _through(getattr(kind, name), made))
    return made


def _through(deed: Callable[..., Any], fuse: Fuse) -> Callable[..., Any]:
    def run(tx: Transaction, *rest: Any) -> Any:
        fuse.pass_()
        return deed(tx, *rest)

    return run


@pytest.fixture
def ward(database: Database, clock: StillClock) -> Ward:
    """An empty ward."""
    return Ward(database, clock)
