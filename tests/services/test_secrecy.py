"""What is confidential does not exist for anybody but the resident, the trained volunteers and whoever is in charge.

Every use case and every view that names a need is tried by everybody; a new one that is not tried here fails the test.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import StillClock
from bot.domain.access import Action
from bot.domain.areas import Plan
from bot.domain.beneficiaries import Beneficiary
from bot.domain.categories import Catalogue, load_catalogue
from bot.domain.drafts import begin
from bot.domain.edits import EditAsked, HoursAsked
from bot.domain.errors import DomainError, NeedGone
from bot.domain.home import Home
from bot.domain.matching import Search
from bot.domain.media import MediaKind, Sent
from bot.domain.needs import GroupCard, MyNeeds, Need, NeedsAround, NeedUnclaimed, OfferCard, Outcome, Release
from bot.domain.notices import Notice
from bot.domain.people import Actor, Grant, Language, Role
from bot.domain.recurrences import Freq, Parsed, RepeatAsked, RepeatHoursAsked, Rule, RuleAsked
from bot.domain.relays import Address
from bot.domain.reopenings import Who, Why
from bot.domain.windows import Window
from bot.handlers import CAPABILITIES
from bot.services import (
    areas,
    assignments,
    closings,
    disputes,
    drafts,
    edits,
    enclosures,
    groups,
    handovers,
    lapses,
    matching,
    needs,
    offers,
    partings,
    people,
    ratings,
    recurrences,
    relays,
    reopenings,
    seats,
    secrecy,
    showcases,
    showings,
    unease,
    visits,
    windows,
)
from bot.speech import Speech
from bot.storage import areas as stored_areas
from bot.storage import beneficiaries as stored_beneficiaries
from bot.storage import groups as stored_groups
from bot.storage import matching as searches
from bot.storage import needs as stored
from bot.storage import persons
from bot.storage.database import Database, Transaction
from bot.storage.outbox import Letter
from bot.texts.needs.parts import withheld
from bot.texts.words import Words

PLACES = (
    "code,parent,kind,name\nc1,,community,幸福社区\ng1,c1,grid,一网格\nb1,g1,building,1号楼\nb2,g1,building,2号楼\n"
    "c2,,community,阳光社区\nb9,c2,building,9号楼\n"
)
SECRET = "密语"
OPEN = Catalogue(tuple(replace(one, confidential=False) for one in load_catalogue().categories))
RESIDENT, GROUP = 1, -100
PHOTO_ALONE = Sent(MediaKind.PHOTO, f"AgAC1-{SECRET}")
PHOTO = Sent(MediaKind.PHOTO, "AgAC1-AQAD01", "话")
SKILLED, UNSKILLED = "mediation", "repairs"


def home(catalogue: Catalogue) -> Home:
    """Surroundings with this catalogue."""
    return Home(1, "linli_bot", ZoneInfo("Asia/Shanghai"), Language.CHINESE, catalogue, "120")


HOME = home(load_catalogue())


@dataclass(frozen=True)
class Somebody:
    """Somebody who is perhaps a helper: where, with which skill, and whether the bot reaches them."""

    role: Role | None
    place: str
    skill: str | None
    reached: bool

    def trained(self) -> bool:
        """Whether they may see a mediation in building 1."""
        return self.role in (Role.VOLUNTEER, Role.LEADER) and self.here() and self.skill == SKILLED

    def here(self) -> bool:
        """Whether their role reaches building 1."""
        return self.place in ("c1", "g1", "b1")


ANYBODY = st.builds(
    Somebody,
    st.sampled_from([None, *Role]),
    st.sampled_from(["c1", "g1", "b1", "b2", "c2"]),
    st.sampled_from([None, SKILLED, UNSKILLED]),
    st.booleans(),
)
# How it became confidential.
WAYS = ("posted", "edited", "guarded")


def may_see(somebody: Somebody, everybody: list[Somebody]) -> bool:
    """The promise, once more in other words."""
    if somebody.role is Role.COORDINATOR:
        return somebody.here()
    coordinated = any(one.role is Role.COORDINATOR and one.here() and one.reached for one in everybody)
    if somebody.role is Role.ADMINISTRATOR:
        return somebody.here() and not coordinated
    return somebody.trained()


@pytest.fixture
async def village(database: Database, clock: StillClock) -> Database:
    """Two communities, a group of the first one, and a resident."""
    await database.transaction(lambda tx: _settle(tx, clock))
    return database


def _settle(tx: Transaction, clock: StillClock) -> None:
    plan = areas.plan_import(PLACES)
    assert isinstance(plan, Plan)
    areas.import_areas(tx, plan, now=clock.now())
    actor = people.meet(tx, HOME, user_id=RESIDENT, name="张奶奶", language="zh", now=clock.now())
    people.settle_in(tx, actor, _places(tx)["b1"], now=clock.now())
    stored_groups.seen(tx, HOME.bot_id, GROUP)
    stored_groups.bind(tx, HOME.bot_id, GROUP, area_id=_places(tx)["c1"], by=actor.id)


def _places(tx: Transaction) -> dict[str, int]:
    return {area.code: area.id for area in stored_areas.whole(tx)}


def _join(tx: Transaction, place: int, somebody: Somebody, clock: StillClock) -> int:
    actor = people.meet(tx, HOME, user_id=10 + place, name=f"人{place}", language="zh", now=clock.now())
    if somebody.role is not None:
        persons.grant(tx, actor.id, somebody.role, _places(tx)[somebody.place], by=None, now=clock.now())
    if somebody.skill is not None:
        persons.add_skills(tx, actor.id, [somebody.skill])
    if not somebody.reached:
        persons.set_reachable(tx, HOME.bot_id, 10 + place, since=clock.now())
    return actor.id


def _actor(tx: Transaction, person_id: int) -> Actor:
    return persons.actor(tx, persons.get(tx, person_id))


def _resident(tx: Transaction) -> Actor:
    person = persons.by_account(tx, HOME.bot_id, RESIDENT)
    assert person is not None
    return persons.actor(tx, person)


def _confidential(tx: Transaction, way: str, clock: StillClock) -> Need:
    """A mediation in building 1, which was open to everybody before in two of three ways."""
    actor, now = _resident(tx), clock.now()
    surroundings = home(OPEN) if way == "guarded" else HOME
    kind = "repairs" if way == "edited" else "mediation"
    draft = begin(actor.id, 1, 1, SECRET, surroundings.catalogue, now).of_category(kind)
    need = needs.post(tx, actor, surroundings, draft, now=now)
    enclosures.join(tx, actor, surroundings, need.id, PHOTO_ALONE, at=now, now=now)
    stored_beneficiaries.put(tx, f"need:{need.id}", actor.id, Beneficiary(f"{SECRET}的妈妈", SECRET, None, now), now)
    if way == "edited":
        return edits.set_category(tx, actor, HOME, need.id, "mediation", now=now)
    if way == "guarded":
        assert secrecy.guard(tx, HOME, now=now) == 1
    return need


# --- every use case ---

Deed = Callable[[Transaction, Actor, int, StillClock], object]
DEEDS: dict[str, Deed] = {
    "needs.cancel": lambda tx, actor, need, clock: needs.cancel(tx, actor, need, now=clock.now()),
    "needs.claim": lambda tx, actor, need, clock: needs.claim(tx, actor, need, now=clock.now()),
    "needs.arrive": lambda tx, actor, need, clock: needs.arrive(tx, actor, need, clock.now(), now=clock.now()),
    "needs.keep": lambda tx, actor, need, clock: needs.keep(tx, actor, need, now=clock.now()),
    "needs.release": lambda tx, actor, need, clock: needs.release(
        tx, actor, HOME, need, Release.OTHER, now=clock.now()
    ),
    "needs.finish": lambda tx, actor, need, clock: needs.finish(tx, actor, HOME, need, Outcome.DONE, now=clock.now()),
    "needs.confirm": lambda tx, actor, need, clock: needs.confirm(tx, actor, need, now=clock.now()),
    "needs.dispute": lambda tx, actor, need, clock: needs.dispute(tx, actor, need, "话", now=clock.now()),
    "needs.may_dispute": lambda tx, actor, need, clock: needs.may_dispute(tx, actor, need, now=clock.now()),
    "needs.rate": lambda tx, actor, need, clock: needs.rate(tx, actor, need, 5, now=clock.now()),
    "needs.decide": lambda tx, actor, need, clock: needs.decide(tx, actor, HOME, need, again=True, now=clock.now()),
    "needs.show": lambda tx, actor, need, clock: needs.show(tx, actor, need, now=clock.now()),
    "needs.relations_of": lambda tx, actor, need, clock: needs.relations_of(tx, actor, need),
    "showings.may_take": lambda tx, actor, need, clock: showings.may_take(tx, actor, HOME, need, now=clock.now()),
    "showings.reveal": lambda tx, actor, need, clock: showings.reveal(tx, actor, HOME, need, now=clock.now()),
    "needs.reveal": lambda tx, actor, need, clock: needs.reveal(tx, actor, need, now=clock.now()),
    "needs.permitted": lambda tx, actor, need, clock: needs.permitted(tx, actor, need, Action.NEED_CLAIM),
    "needs.take_over": lambda tx, actor, need, clock: needs.take_over(tx, actor, need, now=clock.now()),
    "needs.hold": lambda tx, actor, need, clock: needs.hold(tx, actor, need, clock.now(), now=clock.now()),
    "assignments.whom": lambda tx, actor, need, clock: assignments.whom(
        tx, actor, HOME, need, limit=9, offset=0, now=clock.now()
    ),
    "assignments.assign": lambda tx, actor, need, clock: assignments.assign(
        tx, actor, HOME, need, actor.id, now=clock.now()
    ),
    "assignments.hold": lambda tx, actor, need, clock: assignments.hold(tx, actor, HOME, need, 1, now=clock.now()),
    "closings.parties": lambda tx, actor, need, clock: closings.parties(tx, actor, need),
    "ratings.rate": lambda tx, actor, need, clock: ratings.rate(tx, actor, need, 5, now=clock.now()),
    "ratings.mine": lambda tx, actor, need, clock: ratings.mine(tx, actor, need),
    "ratings.say": lambda tx, actor, need, clock: ratings.say(tx, actor, need, "话", now=clock.now()),
    "reopenings.ask": lambda tx, actor, need, clock: reopenings.ask(tx, actor, need, now=clock.now()),
    "reopenings.ask_why": lambda tx, actor, need, clock: reopenings.ask_why(tx, actor, need, Who.SAME, now=clock.now()),
    "reopenings.reopen": lambda tx, actor, need, clock: reopenings.reopen(
        tx, actor, HOME, need, Who.SAME, Why.BROKE, now=clock.now()
    ),
    "disputes.open_": lambda tx, actor, need, clock: disputes.open_(tx, actor, need, "话", now=clock.now()),
    "disputes.side_of": lambda tx, actor, need, clock: disputes.side_of(tx, actor, need),
    "disputes.tell": lambda tx, actor, need, clock: disputes.tell(tx, actor, need, "话", now=clock.now()),
    "disputes.decide": lambda tx, actor, need, clock: disputes.decide(
        tx, actor, HOME, need, again=True, now=clock.now()
    ),
    "disputes.decided_by": lambda tx, actor, need, clock: disputes.decided_by(tx, actor, need),
    "disputes.say": lambda tx, actor, need, clock: disputes.say(tx, actor, need, "话", now=clock.now()),
    "lapses.say_not_come": lambda tx, actor, need, clock: lapses.say_not_come(tx, actor, HOME, need, now=clock.now()),
    "showcases.begin": lambda tx, actor, need, clock: showcases.begin(tx, actor, HOME, need),
    "showcases.write": lambda tx, actor, need, clock: showcases.write(tx, actor, HOME, need, "话", now=clock.now()),
    "unease.other_of": lambda tx, actor, need, clock: unease.other_of(tx, actor, need),
    "unease.say": lambda tx, actor, need, clock: unease.say(tx, actor, HOME, need, now=clock.now()),
    "reopenings.repeat": lambda tx, actor, need, clock: reopenings.repeat(tx, actor, HOME, need, now=clock.now()),
    "seats.ask_how_many": lambda tx, actor, need, clock: seats.ask_how_many(tx, actor, need),
    "seats.ask": lambda tx, actor, need, clock: seats.ask(tx, actor, HOME, need, 2, now=clock.now()),
    "handovers.whom": lambda tx, actor, need, clock: handovers.whom(
        tx, actor, HOME, need, limit=9, offset=0, now=clock.now()
    ),
    "handovers.ask": lambda tx, actor, need, clock: handovers.ask(tx, actor, HOME, need, actor.id, now=clock.now()),
    "handovers.accept": lambda tx, actor, need, clock: handovers.accept(tx, actor, HOME, need, now=clock.now()),
    "handovers.decline": lambda tx, actor, need, clock: handovers.decline(tx, actor, need, now=clock.now()),
    "partings.part": lambda tx, actor, need, clock: partings.part(tx, actor, need, now=clock.now()),
    "partings.rejoin": lambda tx, actor, need, clock: partings.rejoin(tx, actor, need),
    "partings.other_of": lambda tx, actor, need, clock: partings.other_of(tx, actor, need),
    "offers.decline": lambda tx, actor, need, clock: offers.decline(tx, actor, HOME, need, now=clock.now()),
    "edits.may_edit": lambda tx, actor, need, clock: edits.may_edit(tx, actor, need),
    "edits.set_text": lambda tx, actor, need, clock: edits.set_text(tx, actor, HOME, need, "话", now=clock.now()),
    "edits.set_urgency": lambda tx, actor, need, clock: edits.set_urgency(
        tx, actor, HOME, need, stored_urgency(tx, need), now=clock.now()
    ),
    "edits.set_category": lambda tx, actor, need, clock: edits.set_category(
        tx, actor, HOME, need, "other", now=clock.now()
    ),
    "edits.stay": lambda tx, actor, need, clock: edits.stay(tx, actor, need, now=clock.now()),
    "enclosures.ask": lambda tx, actor, need, clock: enclosures.ask(tx, actor, HOME, need, now=clock.now()),
    "enclosures.join": lambda tx, actor, need, clock: enclosures.join(
        tx, actor, HOME, need, PHOTO, at=clock.now(), now=clock.now()
    ),
    "enclosures.show": lambda tx, actor, need, clock: enclosures.show(tx, actor, need, MediaKind.PHOTO),
    "drafts.same": lambda tx, actor, need, clock: drafts.same(tx, actor, HOME, 1, need, now=clock.now()),
    "edits.set_window": lambda tx, actor, need, clock: edits.set_window(
        tx, actor, HOME, need, soon(clock), now=clock.now()
    ),
    "recurrences.may_repeat": lambda tx, actor, need, clock: recurrences.may_repeat(tx, actor, need),
    "recurrences.of_need": lambda tx, actor, need, clock: recurrences.of_need(tx, actor, need),
    "recurrences.begin": lambda tx, actor, need, clock: recurrences.begin(
        tx, actor, HOME, need, Parsed(Rule(Freq.DAILY)), (540, 600), now=clock.now()
    ),
    "windows.come": lambda tx, actor, need, clock: windows.come(tx, actor, need, 0, now=clock.now()),
    "windows.again": lambda tx, actor, need, clock: windows.again(tx, actor, HOME, need, now=clock.now()),
    "visits.begin": lambda tx, actor, need, clock: visits.begin(tx, actor, HOME, need, now=clock.now()),
    "visits.done": lambda tx, actor, need, clock: visits.done(tx, actor, HOME, need, Outcome.DONE, now=clock.now()),
    "needs.pass_on": lambda tx, actor, need, clock: needs.pass_on(tx, actor, HOME, need, "mediation", now=clock.now()),
    "relays.ask": lambda tx, actor, need, clock: relays.ask(tx, actor, HOME, need, None, now=clock.now()),
    "relays.say": lambda tx, actor, need, clock: relays.say(
        tx, actor, HOME, Address(need), "话", at=clock.now(), now=clock.now()
    ),
    "relays.send": lambda tx, actor, need, clock: relays.send(
        tx, actor, HOME, Address(need), Sent(MediaKind.PHOTO, "x"), at=clock.now(), now=clock.now()
    ),
    "secrecy.find": lambda tx, actor, need, clock: secrecy.find(tx, actor, need),
}
# The ways through which the others go.
INNER = {"needs.change", "offers.asked_relations"}
MODULES: tuple[ModuleType, ...] = (
    *(needs, offers, edits, drafts, secrecy, assignments, partings, windows, enclosures),
    *(closings, ratings, reopenings, unease, disputes, lapses, showcases, relays, visits),
    *(recurrences, seats, handovers, showings),
)


def soon(clock: StillClock) -> Window:
    """The next three hours."""
    return Window(clock.now(), clock.now() + timedelta(hours=3))


def stored_urgency(tx: Transaction, need_id: int) -> Any:
    """How urgent a need is."""
    found = stored.see(tx, need_id)
    assert found is not None
    return found.urgency


def _use_cases() -> Iterator[str]:
    for module in MODULES:
        noun = module.__name__.rsplit(".", 1)[-1]
        for name, function in inspect.getmembers(module, inspect.isfunction):
            asked = inspect.signature(function).parameters
            named = "actor" in asked and {"need_id", "to"} & {*asked}
            if function.__module__ == module.__name__ and not name.startswith("_") and named:
                yield f"{noun}.{name}"


def test_every_use_case_that_names_a_need_is_tried() -> None:
    assert {*_use_cases()} - INNER == set(DEEDS)


# --- every view ---

VIEWS = {kind: view for capability in CAPABILITIES for kind, view in capability.views.items()}
TEXTS = {kind: card for capability in CAPABILITIES for kind, card in capability.cards.items()}
OF_A_NEED: list[Any] = [
    kind
    for kind in Notice.known.values()
    if kind.__module__.startswith("bot.domain.")
    and not kind.__subclasses__()
    and "need_id" in getattr(kind, "__dataclass_fields__", {})
]


def _notice(kind: Any, need_id: int, person_id: int) -> Notice:
    """A notice of this kind about the need; about this person too, where it names one."""
    notice: Notice = kind(need_id, person_id) if "person_id" in kind.__dataclass_fields__ else kind(need_id)
    return notice


def _letter(notice: Notice, person_id: int | None, clock: StillClock) -> Letter:
    chat = GROUP if person_id is None else person_id
    return Letter(1, HOME.bot_id, chat, person_id, 1, notice, None, 7, None, 0, 0, None, clock.now())


def _reads(tx: Transaction, clock: StillClock, notice: Notice, person_id: int | None) -> str:
    speech = Speech(HOME, clock, VIEWS, TEXTS)
    sight = speech.look(tx, _letter(notice, person_id, clock))
    return str(speech.words(sight))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(everybody=st.lists(ANYBODY, min_size=1, max_size=5), way=st.sampled_from(WAYS))
async def test_nobody_else_can_find_what_is_confidential(
    village: Database, clock: StillClock, everybody: list[Somebody], way: str
) -> None:
    class Undone(Exception):
        """Each example leaves the village as it was."""

    def work(tx: Transaction) -> None:
        ids = [_join(tx, place, one, clock) for place, one in enumerate(everybody)]
        need = _confidential(tx, way, clock)
        for person_id, one in zip(ids, everybody, strict=True):
            _look_everywhere(tx, need.id, person_id, clock, allowed=may_see(one, everybody))
        _group_sees_nothing(tx, need.id, clock)
        _nobody_else_was_asked(tx, need.id, dict(zip(ids, everybody, strict=True)), way)
        raise Undone

    with pytest.raises(Undone):
        await village.transaction(work)


def _look_everywhere(tx: Transaction, need_id: int, person_id: int, clock: StillClock, *, allowed: bool) -> None:
    name = load_catalogue()["mediation"].names[Language.CHINESE]
    for kind in OF_A_NEED:
        said = _reads(tx, clock, _notice(kind, need_id, person_id), person_id)
        assert allowed or (SECRET not in said and name not in said and "张奶奶" not in said and "1号楼" not in said), (
            kind
        )
    listed = _reads(tx, clock, NeedsAround(), person_id) + _reads(tx, clock, MyNeeds(), person_id)
    assert (f"#{need_id} " in listed) == allowed
    if not allowed:
        for deed, do in DEEDS.items():
            with pytest.raises(DomainError) as error, tx.savepoint():
                do(tx, _actor(tx, person_id), need_id, clock)
            assert isinstance(error.value, NeedGone), deed
        # Roles that somebody claims to have do not help either: what is asked is what is written.
        forged = replace(_actor(tx, person_id), grants=(Grant(Role.COORDINATOR, _places(tx)["c1"]),))
        with pytest.raises(NeedGone), tx.savepoint():
            needs.show(tx, forged, need_id, now=clock.now())
    else:
        assert needs.show(tx, _actor(tx, person_id), need_id, now=clock.now())


def _group_sees_nothing(tx: Transaction, need_id: int, clock: StillClock) -> None:
    for kind in OF_A_NEED:
        if kind not in (EditAsked, HoursAsked, RepeatAsked, RepeatHoursAsked, RuleAsked):
            assert SECRET not in _reads(tx, clock, _notice(kind, need_id, RESIDENT), None)
    groups.bind(tx, HOME, _administrator(tx), GROUP, _places(tx)["c1"], now=clock.now())
    shown = tx.all("SELECT kind, data FROM outbox WHERE chat_id = :chat AND kind = 'GroupCard'", {"chat": GROUP})
    assert len(shown) <= 1, "at most the card from before it became confidential, which is blank now"


def _administrator(tx: Transaction) -> Actor:
    actor = _resident(tx)
    return replace(actor, grants=(Grant(Role.ADMINISTRATOR, _places(tx)["c1"]),))


def _nobody_else_was_asked(tx: Transaction, need_id: int, everybody: dict[int, Somebody], way: str) -> None:
    asked = {row["person_id"] for row in tx.all("SELECT person_id FROM offers WHERE need_id = :id", {"id": need_id})}
    if way == "posted":
        assert asked <= {person_id for person_id, one in everybody.items() if one.trained()}
    found = stored.see(tx, need_id)
    assert found is not None
    search = searches.search(tx, need_id) or Search(need_id)
    ask = matching.ask_for(tx, HOME, found, found.posted_at)
    next_ones = matching.pick(tx, HOME.waves, ask, found, search, 100)
    assert all(everybody[one.person_id].skill == SKILLED for one in next_ones)


def test_the_kinds_of_notices_that_name_a_need_are_known() -> None:
    assert {OfferCard, GroupCard, NeedUnclaimed, EditAsked} <= {*OF_A_NEED}
    assert len(OF_A_NEED) >= 25


def test_words_for_what_is_withheld_say_what_to_do_next() -> None:
    assert all("/needs" in withheld(Words(language, HOME)).text for language in Language)
