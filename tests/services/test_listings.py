"""Lists and files over random trees: whoever is in charge finds exactly what lies with them, and nobody finds anything else."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import StillClock
from bot.domain.areas import Plan
from bot.domain.categories import load_catalogue
from bot.domain.desks import Desk
from bot.domain.errors import DomainError, NotAllowed
from bot.domain.home import Home
from bot.domain.listings import (
    Book,
    Export,
    Filter,
    Form,
    Listing,
    NeedRow,
    PersonRow,
    Row,
    Stand,
    UnreachedRow,
)
from bot.domain.needs import Need, State, Urgency
from bot.domain.people import Actor, Language, Role
from bot.services import areas
from bot.services.listings import files, lists, looking, words
from bot.services.views import desks
from bot.services.views.look import Look
from bot.storage import areas as stored_areas
from bot.storage import needs, persons
from bot.storage.database import Database, Transaction

HOME = Home(1, "linli_bot", ZoneInfo("Asia/Shanghai"), Language.CHINESE, load_catalogue(), "120")
ENDLESS = 10_000
LEVELS = ("community", "grid", "building")
PAGE = 3


@dataclass(frozen=True)
class Asked:
    """A need: at which of the places, in which state, in confidence or not."""

    place: int
    state: State
    secret: bool


@dataclass(frozen=True)
class Helper:
    """Somebody with a role at one of the places; `reached`: a chat reaches them."""

    role: Role
    place: int
    reached: bool


@st.composite
def trees(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Places as (kind, parent's code), the code of each its place in the list: two communities and what lies in them."""
    found = [("community", ""), ("community", "")]
    for _ in range(draw(st.integers(1, 8))):
        parent = draw(st.integers(0, len(found) - 1))
        kind = LEVELS[min(2, LEVELS.index(found[parent][0]) + 1)]
        if found[parent][0] != "building":
            found.append((kind, f"p{parent}"))
    return found


ASKED = st.lists(st.builds(Asked, st.integers(0, 9), st.sampled_from(State), st.booleans()), max_size=8)
HELPERS = st.lists(st.builds(Helper, st.sampled_from(Role), st.integers(0, 9), st.booleans()), min_size=1, max_size=5)


class Undone(Exception):
    """Each example leaves the database as it was."""


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees(), asked=ASKED, helpers=HELPERS)
async def test_each_finds_what_lies_with_them_and_nothing_else(
    database: Database, clock: StillClock, tree: list[tuple[str, str]], asked: list[Asked], helpers: list[Helper]
) -> None:
    def work(tx: Transaction) -> None:
        town = Somewhere(tx, clock, tree, asked, helpers)
        for number, one in enumerate(helpers):
            town.tries(number, one)
        raise Undone

    with pytest.raises(Undone):
        await database.transaction(work)


class Somewhere:
    """One example: places, people, needs; and what each of them may find, said once more in other words."""

    def __init__(
        self,
        tx: Transaction,
        clock: StillClock,
        tree: list[tuple[str, str]],
        asked: list[Asked],
        helpers: list[Helper],
    ) -> None:
        self.tx, self.now, self.tree, self.helpers = tx, clock.now(), tree, helpers
        self.places = self._settle()
        self.residents = {place: self._resident(place) for place in range(len(tree))}
        self.people = [self._helper(number, one) for number, one in enumerate(helpers)]
        self.needs = {self._post(one): one for one in asked}

    def _settle(self) -> list[int]:
        lines = ["code,parent,kind,name", *(f"p{at},{up},{kind},地方{at}" for at, (kind, up) in enumerate(self.tree))]
        plan = areas.plan_import("\n".join(lines) + "\n")
        assert isinstance(plan, Plan)
        areas.import_areas(self.tx, plan, now=self.now)
        codes = {area.code: area.id for area in stored_areas.whole(self.tx)}
        return [codes[f"p{at}"] for at in range(len(self.tree))]

    def _resident(self, place: int) -> int:
        """Somebody who lives there, and whom no chat reaches any more."""
        one = persons.make(
            self.tx, bot_id=1, user_id=500 + place, name=f"居民{place}", language=Language.CHINESE, now=self.now
        )
        self.tx.run("UPDATE persons SET building_id = :area WHERE id = :id", {"area": self.places[place], "id": one.id})
        persons.set_reachable(self.tx, 1, 500 + place, since=self.now)
        return one.id

    def _helper(self, number: int, one: Helper) -> int:
        made = persons.make(
            self.tx, bot_id=1, user_id=900 + number, name=f"人{number}", language=Language.CHINESE, now=self.now
        )
        persons.grant(self.tx, made.id, one.role, self.places[self._at(one.place)], by=None, now=self.now)
        if not one.reached:
            persons.set_reachable(self.tx, 1, 900 + number, since=self.now)
        self.tx.run(
            "INSERT INTO volunteers (person_id, area_id, state) VALUES (:id, :area, 'active')",
            {"id": made.id, "area": self.places[self._at(one.place)]},
        )
        return made.id

    def _post(self, one: Asked) -> int:
        place = self._at(one.place)
        kind = "mediation" if one.secret else "repairs"
        posted = needs.post(
            self.tx,
            Need(
                0,
                1,
                self.places[place],
                self.residents[place],
                kind,
                Urgency.TODAY,
                "灯坏了",
                State.OPEN,
                self.now,
                guarded_by="mediation" if one.secret else None,
            ),
        )
        self.tx.run("UPDATE needs SET state = :state WHERE id = :id", {"state": one.state.value, "id": posted.id})
        return posted.id

    def _at(self, place: int) -> int:
        return place % len(self.tree)

    # --- what each may find ---

    def within(self, place: int, top: int) -> bool:
        """Whether a place is another one or lies in it."""
        while place != top:
            parent = self.tree[place][1]
            if not parent:
                return False
            place = int(parent[1:])
        return True

    def may_see(self, reader: Helper, one: Asked) -> bool:
        """Whether a need is in the lists of somebody in charge."""
        here, top = self._at(one.place), self._at(reader.place)
        if not self.within(here, top):
            return False
        coordinated = any(
            other.role is Role.COORDINATOR and other.reached and self.within(here, self._at(other.place))
            for other in self.helpers
        )
        return not one.secret or reader.role is Role.COORDINATOR or not coordinated

    def actor(self, number: int) -> Actor:
        return persons.actor(self.tx, persons.get(self.tx, self.people[number]))

    # --- trying it ---

    def tries(self, number: int, one: Helper) -> None:
        actor = self.actor(number)
        if one.role not in (Role.COORDINATOR, Role.ADMINISTRATOR):
            self._has_none(actor)
            return
        mine = {need for need, asked in self.needs.items() if self.may_see(one, asked)}
        assert self._found(actor, Filter(stand="all")) == mine
        for state in State:
            held = {need for need in mine if self.needs[need].state is state}
            assert self._found(actor, Filter(stand=state.value)) == held
        assert self._found(actor, Filter(stand="all", words="灯坏")) == mine
        assert self._found(actor, Filter(stand="all", words="没有")) == set()
        for place, area_id in enumerate(self.places):
            self._looks_at(actor, one, place, area_id, mine)
        self._people(actor, one)
        self._desk(actor, mine)

    def _has_none(self, actor: Actor) -> None:
        """A volunteer or leader has neither desk nor list nor file."""
        for book in Book:
            with pytest.raises(NotAllowed):
                lists.open_(self.tx, actor, book, "", now=self.now)
            with pytest.raises(NotAllowed):
                self._file(actor, book, Filter())
        with pytest.raises(NotAllowed):
            desks.desk(self.tx, Desk(actor.id), Look(HOME, actor.id, None, self.now))

    def _looks_at(self, actor: Actor, one: Helper, place: int, area_id: int, mine: set[int]) -> None:
        asked = Filter(stand="all", place=area_id)
        if not self.within(place, self._at(one.place)):
            with pytest.raises(NotAllowed):
                self._found(actor, asked)
            # By name it is not found either: it is words, and nobody wrote them.
            told = words.understood(self.tx, HOME, Book.NEEDS, looking.places_of(self.tx, actor), f"地方{place}")
            assert (told.place, told.words) == (0, f"地方{place}")
            told = words.understood(self.tx, HOME, Book.NEEDS, looking.places_of(self.tx, actor), f"居民{place}")
            assert (told.name, told.words) == ("", f"居民{place}")
            return
        there = {need for need in mine if self.within(self._at(self.needs[need].place), place)}
        assert self._found(actor, asked) == there
        named = words.understood(self.tx, HOME, Book.NEEDS, looking.places_of(self.tx, actor), f"居民{place}")
        assert named.name == f"居民{place}"
        assert self._found(actor, named) == {need for need in mine if self._at(self.needs[need].place) == place}

    def _found(self, actor: Actor, asked: Filter) -> set[int]:
        """The numbers on all pages of a list, which are the same in its file; none comes twice."""
        found = self._pages(actor, Book.NEEDS, asked)
        numbers = [row.need.id for row in found if isinstance(row, NeedRow)]
        assert len(numbers) == len(set(numbers)) == len(found)
        filed = [row.need.id for row in self._file(actor, Book.NEEDS, asked) if isinstance(row, NeedRow)]
        assert filed == sorted(numbers)
        return set(numbers)

    def _pages(self, actor: Actor, book: Book, asked: Filter) -> list[Row]:
        found: list[Row] = []
        for page in range(ENDLESS):
            listing = Listing(1, actor.id, book, asked, page=page)
            view = looking.look(self.tx, actor, HOME, listing, now=self.now)
            found += view.rows
            if not view.has_next:
                assert view.total == len(found)
                return found
        raise AssertionError("it has no end")

    def _file(self, actor: Actor, book: Book, asked: Filter) -> list[Row]:
        export = Export(1, actor.id, book, Form.CSV, asked, self.now)
        total, top = files.counted(self.tx, HOME, export, now=self.now)
        rows: list[Row] = []
        last: int | None = 0
        while last is not None:
            page = files.page(self.tx, HOME, export, last=last, top=top, limit=PAGE, now=self.now)
            rows += page.rows
            last = page.last
        assert len(rows) <= total
        return rows

    def _people(self, actor: Actor, one: Helper) -> None:
        top = self._at(one.place)
        listed = {
            row.volunteer.person_id for row in self._pages(actor, Book.PEOPLE, Filter()) if isinstance(row, PersonRow)
        }
        assert listed == {
            self.people[number] for number, other in enumerate(self.helpers) if self.within(self._at(other.place), top)
        }
        rung = [row for row in self._pages(actor, Book.UNREACHED, Filter()) if isinstance(row, UnreachedRow)]
        lives = {person for place, person in self.residents.items() if self.within(place, top)}
        helps = {
            self.people[number]
            for number, other in enumerate(self.helpers)
            if not other.reached and self.within(self._at(other.place), top)
        }
        assert {row.person_id for row in rung} == lives | helps

    def _desk(self, actor: Actor, mine: set[int]) -> None:
        """The desk counts what may be seen and nothing else: nobody learns from a number that there is something."""
        view = desks.desk(self.tx, Desk(actor.id), Look(HOME, actor.id, None, self.now))
        states = [self.needs[need].state for need in mine]
        assert (view.open, view.disputed) == (states.count(State.OPEN), states.count(State.DISPUTED))
        with pytest.raises(DomainError):
            desks.desk(self.tx, Desk(actor.id), Look(HOME, actor.id + 1, None, self.now))


def test_what_is_tried_here_is_everything_that_can_be_listed() -> None:
    assert {state.value for state in State} <= {stand.value for stand in Stand}
    assert set(Book) == {Book.NEEDS, Book.PEOPLE, Book.UNREACHED}
    assert HOME.catalogue["mediation"].guarded_by == "mediation"
