"""Nobody reads or changes anything outside the places that their roles reach: every use case, found by enumeration, is tried.

A use case is a public function of a service that acts for somebody (`actor`). What it is asked for lies at another place; random
trees and roles, and everything in each of its states. It may refuse, or do nothing to what was there before.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import services
from bot.clock import StillClock
from bot.domain.areas import Plan
from bot.domain.errors import DomainError
from bot.domain.media import MediaKind, Sent
from bot.domain.people import Actor, Role
from bot.services import areas, people
from bot.storage import areas as stored_areas
from bot.storage import persons, schema
from bot.storage.database import Database, Transaction
from tests.services.foreign import SECRET, Foreign
from tests.services.test_secrecy import HOME

PLACES = (
    "code,parent,kind,name\nc1,,community,幸福社区\ng1,c1,grid,一网格\nb1,g1,building,1号楼\nb2,g1,building,2号楼\n"
    "g2,c1,grid,二网格\nb3,g2,building,3号楼\nc2,,community,阳光社区\nb9,c2,building,9号楼\n"
)
# Everything lies at b1: these places do not reach it.
ELSEWHERE = ("b2", "g2", "b3", "c2", "b9")
# What a number in a use case's parameters names.
NAMED = {
    "need_id": "needs",
    "plan_id": "plans",
    "alert_id": "alerts",
    "checkin_id": "checkins",
    "relative_id": "relatives",
    "contact_id": "contacts",
    "list_id": "knock_lists",
    "absence_id": "absences",
    "drill_id": "drills",
    "surge_id": "surges",
    "follow_up_id": "followups",
    "unease_id": "unease",
    "volunteer_id": "volunteers",
    "media_id": "media",
    "shift_id": "shifts",
    "watch_id": "watches",
    "listing_id": "listings",
    "export_id": "listing_exports",
    "farewell_id": "farewells",
    "recurrence_id": "recurrences",
    "handover_id": "handovers",
    "visit_id": "visits",
    "receipt_id": "receipts",
    "relay_id": "relays",
    "hint_id": "hints",
    "lapse_id": "lapses",
    "showcase_id": "showcases",
}
PLAIN: dict[Any, Callable[[datetime], object]] = {
    int: lambda now: 1,
    float: lambda now: 1.0,
    bool: lambda now: True,
    str: lambda now: "话",
    datetime: lambda now: now + timedelta(hours=1),
    date: lambda now: now.date(),
    Sent: lambda now: Sent(MediaKind.PHOTO, "AgAC1"),
}


@dataclass(frozen=True)
class UseCase:
    """A public function that acts for somebody, with what it asks for."""

    name: str
    function: Callable[..., Any]
    parameters: dict[str, Any]

    def arguments(self, made: dict[str, int], area_id: int, person_id: int, now: datetime) -> dict[str, object]:
        """What it is asked for: everything that it names lies at the other place."""
        found: dict[str, object] = {}
        for name, kind in self.parameters.items():
            if name in NAMED:
                found[name] = made[NAMED[name]]
            elif name in ("area_id", "place"):
                found[name] = area_id
            elif name in ("person_id", "by"):
                found[name] = person_id
            else:
                found[name] = value(kind, now)
        return found


def value(kind: Any, now: datetime) -> object:
    """Any value of a kind; KeyError where only other functions of the program make one."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if type(None) in getattr(kind, "__args__", ()):
        return None
    return PLAIN[kind](now)


def use_cases() -> Iterator[UseCase]:
    """Every one that names something by its number or place, and is called with plain values."""
    for module in pkgutil.walk_packages(services.__path__, "bot.services."):
        if ".views" in module.name:
            continue
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ == module.name and not name.startswith("_"):
                found = _use_case(f"{module.name.removeprefix('bot.services.')}.{name}", function)
                if found is not None:
                    yield found


def _use_case(name: str, function: Callable[..., Any]) -> UseCase | None:
    signature = inspect.signature(function).parameters
    if "actor" not in signature or "tx" not in signature:
        return None
    hints = get_type_hints(function)
    wanted = {
        one: hints[one]
        for one, parameter in signature.items()
        if one not in ("tx", "actor", "home", "now") and parameter.default is inspect.Parameter.empty
    }
    names_something = any(one in NAMED or one in ("area_id", "place", "person_id") for one in wanted)
    try:
        for kind in wanted.values():
            value(kind, datetime.now().astimezone())
    except (KeyError, TypeError):
        return None
    return UseCase(name, function, wanted) if names_something else None


CASES = {case.name: case for case in use_cases()}
# A resident may move to any place, ask for help at any place, and offer help anywhere: nothing that is there changes.
ANYWHERE = {"people.settle_in", "volunteers.begin", "drafts.set_place", "beneficiaries.set_place"}
# What other use cases go through, after they have asked whether it may be done.
INNER = {"secrecy.find", "media.settle", "alerts.correct"}


@pytest.fixture
async def village(database: Database, clock: StillClock) -> Database:
    """Two communities and two people of building 1, about whom everything is."""
    await database.transaction(lambda tx: _settle(tx, clock.now()))
    return database


def _settle(tx: Transaction, now: datetime) -> None:
    plan = areas.plan_import(PLACES)
    assert isinstance(plan, Plan)
    areas.import_areas(tx, plan, now=now)
    for number, name in ((1, "张奶奶"), (2, "小李")):
        actor = people.meet(tx, HOME, user_id=number, name=name, language="zh", now=now)
        people.settle_in(tx, actor, _place(tx, "b1"), now=now)


def _place(tx: Transaction, code: str) -> int:
    found = stored_areas.by_code(tx, code)
    assert found is not None
    return found.id


def _person(tx: Transaction, number: int) -> int:
    person = persons.by_account(tx, HOME.bot_id, number)
    assert person is not None
    return person.id


Rows = dict[str, list[tuple[object, ...]]]


def everything(tx: Transaction, but: int) -> Rows:
    """All rows of all tables but what belongs to one person and what is said to people."""
    kept: Rows = {}
    for table in schema.metadata.sorted_tables:
        if table.name in ("outbox", "drafts", "persons", "accounts", "history", "disclosures"):
            continue
        rows = [dict(row) for row in tx.all(f"SELECT * FROM {table.name}")]
        others = [row for row in rows if but not in (row.get("person_id"), row.get("volunteer_id"))]
        kept[table.name] = sorted((tuple(row.values()) for row in others), key=repr)
    return kept


class Undone(Exception):
    """Each try leaves the village as it was."""


def tried(
    tx: Transaction, case: UseCase, actor: Actor, made: dict[str, int], before: Rows, now: datetime
) -> str | None:
    """What somebody got of it, who found everything as in `before`; None: nothing."""
    arguments = case.arguments(made, _place(tx, "b1"), _person(tx, 1), now)
    given = {"home": HOME, "now": now} | arguments
    accepted = inspect.signature(case.function).parameters
    try:
        result = case.function(tx, actor=actor, **{name: one for name, one in given.items() if name in accepted})
    except (DomainError, LookupError):
        return None
    except Exception as error:
        return f"failed with {type(error).__name__}: {error}"
    if SECRET in repr(result):
        return f"read {result!r}"
    after = everything(tx, actor.id)
    changed = [name for name, rows in before.items() if [row for row in rows if row not in after[name]]]
    return f"changed {changed}" if changed else None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    roles=st.lists(st.tuples(st.sampled_from([*Role]), st.sampled_from(ELSEWHERE)), max_size=3),
    home=st.sampled_from(ELSEWHERE),
    turn=st.integers(0, 19),
)
async def test_no_use_case_reaches_beyond_ones_own_places(
    village: Database, clock: StillClock, roles: list[tuple[Role, str]], home: str, turn: int
) -> None:
    now, reached = clock.now(), dict[str, str]()

    def work(tx: Transaction) -> None:
        stranger = people.meet(tx, HOME, user_id=3, name="外人", language="zh", now=now)
        people.settle_in(tx, stranger, _place(tx, home), now=now)
        for role, code in roles:
            persons.grant(tx, stranger.id, role, _place(tx, code), by=None, now=now)
        made = Foreign(tx, _place(tx, "b1"), (_person(tx, 1), _person(tx, 2)), now, turn).make()
        actor = persons.actor(tx, persons.get(tx, stranger.id))
        before = everything(tx, actor.id)
        for name, case in CASES.items():
            if name in ANYWHERE | INNER:
                continue
            try:
                with tx.savepoint():
                    if got := tried(tx, case, actor, made, before, now):
                        reached[name] = got
                    raise Undone
            except Undone:
                pass
        raise Undone

    with pytest.raises(Undone):
        await village.transaction(work)
    assert not reached, "\n".join(f"{name}: {got[:200]}" for name, got in reached.items())


def test_most_use_cases_are_tried() -> None:
    assert len(CASES) > 200


async def test_the_coordinator_of_the_place_itself_does_reach_it(village: Database, clock: StillClock) -> None:
    """What is asserted above is no matter of course: with a say there, much is read and changed."""
    now, reached = clock.now(), dict[str, str]()

    def work(tx: Transaction) -> None:
        wang = people.meet(tx, HOME, user_id=3, name="王姐", language="zh", now=now)
        persons.grant(tx, wang.id, Role.COORDINATOR, _place(tx, "c1"), by=None, now=now)
        made = Foreign(tx, _place(tx, "b1"), (_person(tx, 1), _person(tx, 2)), now, 1).make()
        actor = persons.actor(tx, persons.get(tx, wang.id))
        before = everything(tx, actor.id)
        for name, case in CASES.items():
            try:
                with tx.savepoint():
                    if got := tried(tx, case, actor, made, before, now):
                        reached[name] = got
                    raise Undone
            except Undone:
                pass
        raise Undone

    with pytest.raises(Undone):
        await village.transaction(work)
    assert len(reached) > 20
