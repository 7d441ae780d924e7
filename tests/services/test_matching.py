"""Waves on real databases: whatever people and time do, nobody excluded is asked, nobody twice, and no need is forgotten."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.clock import StillClock
from bot.domain.areas import Plan
from bot.domain.care_words import load_care_words
from bot.domain.categories import load_catalogue
from bot.domain.drafts import begin
from bot.domain.errors import DomainError
from bot.domain.helpers import Rest, Word, day_end
from bot.domain.home import Home
from bot.domain.matching import Waves
from bot.domain.needs import Need, Outcome, Release, State
from bot.domain.people import Actor, Language, Role
from bot.services import areas, helpers, matching, needs, offers, partings, people, telling
from bot.storage import areas as stored_areas
from bot.storage import helpers as stored_helpers
from bot.storage import matching as stored
from bot.storage import needs as stored_needs
from bot.storage import partings as stored_partings
from bot.storage import persons
from bot.storage.database import Database, Transaction

PLACES = """code,parent,kind,name
s1,,street,和平街道
c1,s1,community,幸福社区
g1,c1,grid,一网格
b1,g1,building,1号楼
b2,g1,building,2号楼
c2,s1,community,阳光社区
"""
ZONE = ZoneInfo("Asia/Shanghai")
# Small caps, so that a short walk reaches them.
RULES = Waves(offers_a_day=3, claims_at_once=2, silent_after=3, quiet=(22 * 60, 7 * 60))
HOME = Home(1, "linli_bot", ZONE, Language.CHINESE, load_catalogue(), "120", care_words=load_care_words(), waves=RULES)
RESIDENTS, VOLUNTEERS, COORDINATOR = (1, 2, 3), tuple(range(4, 16)), 16
SERVES = {
    4: "b1",
    5: "b1",
    6: "b2",
    7: "g1",
    8: "c1",
    9: "c1",
    10: "c1",
    11: "c1",
    12: "c1",
    13: "c1",
    14: "c2",
    15: "c2",
}

Asked = dict[tuple[int, int], tuple[int, int, str | None, int | None]]


@dataclass
class Memory:
    """What a patient observer remembers of what everybody said, beside the program's own books."""

    resting: dict[int, datetime] = field(default_factory=dict)
    parted: set[tuple[int, int]] = field(default_factory=set)
    wakeful: set[int] = field(default_factory=set)
    offers: list[tuple[int, datetime]] = field(default_factory=list)


@pytest.fixture
async def town(database: Database, clock: StillClock) -> Database:
    """Three residents, twelve volunteers in two communities of a street, one coordinator."""
    await database.transaction(partial(_settle, now=clock.now()))
    return database


def _settle(tx: Transaction, now: datetime) -> None:
    plan = areas.plan_import(PLACES)
    assert isinstance(plan, Plan)
    areas.import_areas(tx, plan, now=now)
    codes = {area.code: area.id for area in stored_areas.whole(tx)}
    for user_id in (*RESIDENTS, *VOLUNTEERS, COORDINATOR):
        language = "en" if user_id in (2, 6, 9) else "zh"
        actor = people.meet(tx, HOME, user_id=user_id, name=f"人{user_id}", language=language, now=now)
        if user_id in RESIDENTS:
            people.settle_in(tx, actor, codes["b1" if user_id < 3 else "b2"], now=now)
        else:
            role = Role.COORDINATOR if user_id == COORDINATOR else Role.VOLUNTEER
            persons.grant(tx, actor.id, role, codes[SERVES.get(user_id, "s1")], by=None, now=now)
            persons.add_skills(tx, actor.id, ["repairs"] if user_id % 4 == 0 else [])


def actor_of(tx: Transaction, user_id: int) -> Actor:
    """Somebody, with the roles they hold now."""
    person = persons.by_account(tx, HOME.bot_id, user_id)
    assert person is not None
    return persons.actor(tx, person)


def post(tx: Transaction, user_id: int, words: str, now: datetime) -> Need:
    """A resident asks."""
    actor = actor_of(tx, user_id)
    return needs.post(tx, actor, HOME, begin(actor.id, 1, 1, words, HOME.catalogue, now), now=now)


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_happens_nobody_excluded_is_asked_and_no_need_is_forgotten(
    town: Database, clock: StillClock, seed: int
) -> None:
    chance, memory, now = random.Random(seed), Memory(), clock.now()
    for _ in range(150):
        now += timedelta(minutes=chance.choice((0, 1, 5, 40, 200)))
        await town.transaction(partial(_step, memory=memory, chance=chance, now=now))
    assert len(memory.offers) > 40, "the walk went somewhere"


def _step(tx: Transaction, memory: Memory, chance: random.Random, now: datetime) -> None:
    before, busy = _asked(tx), _claims(tx)
    try:
        with tx.savepoint():
            chance.choice(_deeds(tx, memory, chance, now))()
    except DomainError:
        return
    asked = {key: value for key, value in _asked(tx).items() if before.get(key, (0, 0))[:2] != value[:2]}
    released = [key for key, value in asked.items() if value[2] == "released"]
    for key in sorted(asked.keys() - released):
        _check(tx, key, before.get(key), asked[key], busy, memory, now)
    _nothing_is_forgotten(tx)


def _asked(tx: Transaction) -> Asked:
    rows = tx.all("SELECT need_id, person_id, round, offered_at, answer, again_at FROM offers")
    return {
        (row["need_id"], row["person_id"]): (row["round"], row["offered_at"], row["answer"], row["again_at"])
        for row in rows
    }


def _claims(tx: Transaction) -> dict[int, int]:
    rows = tx.all("SELECT claimed_by, COUNT(*) AS n FROM needs WHERE state = 'claimed' GROUP BY claimed_by")
    return {row["claimed_by"]: row["n"] for row in rows}


def _check(
    tx: Transaction,
    key: tuple[int, int],
    old: tuple[int, int, str | None, int | None] | None,
    new: tuple[int, int, str | None, int | None],
    busy: dict[int, int],
    memory: Memory,
    now: datetime,
) -> None:
    """This offer should have been made."""
    need_id, person_id = key
    need = stored_needs.see(tx, need_id)
    assert need is not None
    assert person_id != need.person_id
    assert not {(person_id, need.person_id), (need.person_id, person_id)} & memory.parted
    assert memory.resting.get(person_id, now) <= now
    local = now.astimezone(ZONE)
    awake = 7 <= local.hour < 22
    assert awake or (need.urgency.value == "now" and person_id in memory.wakeful)
    assert busy.get(person_id, 0) <= 2
    if old is not None:
        came_back = old[2] == "later" and old[3] is not None and old[3] <= now.timestamp()
        assert came_back or (old[2] is None and new[0] > old[0]), (
            "twice only in a new round, or because they asked for it"
        )
    memory.offers.append((person_id, now))
    today = [one for one, at in memory.offers if one == person_id and at.astimezone(ZONE).date() == local.date()]
    assert len(today) <= RULES.offers_a_day


def _nothing_is_forgotten(tx: Transaction) -> None:
    for row in tx.all("SELECT id FROM needs WHERE state = 'open'"):
        need, search = stored_needs.see(tx, row["id"]), stored.search(tx, row["id"])
        assert need is not None
        assert search is not None
        assert need.act_at is not None
        assert search.act_at is not None
        assert telling.coordinators_of(tx, need.area_id), "somebody owns it"


def _deeds(tx: Transaction, memory: Memory, chance: random.Random, now: datetime) -> list[Callable[[], object]]:
    ids = [row["id"] for row in tx.all("SELECT id FROM needs ORDER BY id")]
    volunteer, resident = actor_of(tx, chance.choice(VOLUNTEERS)), chance.choice(RESIDENTS)
    words = chance.choice(("灯坏了", "马上来人", "不急，聊聊天"))
    if not ids:
        return [lambda: post(tx, resident, words, now)]
    need = stored_needs.see(tx, chance.choice(ids[-8:]))
    assert need is not None
    offered = [row["person_id"] for row in tx.all("SELECT person_id FROM offers WHERE need_id = :id", {"id": need.id})]
    if offered and chance.random() < 0.7:
        volunteer = persons.actor(tx, persons.get(tx, chance.choice(offered)))
    claimer = persons.actor(tx, persons.get(tx, need.claimed_by)) if need.claimed_by else volunteer
    asker = persons.actor(tx, persons.get(tx, need.person_id))

    def sweep() -> None:
        needs.step_due(tx, HOME, stored_needs.due(tx, now, 500), now)
        matching.step_due(tx, HOME, stored.due(tx, now, 500), now)

    def says(word: Word) -> None:
        offers.decline(tx, volunteer, HOME, need.id, now=now, word=word)
        known = memory.resting.get(volunteer.id, now)
        until = {Word.LATER: now + timedelta(hours=2), Word.TODAY: day_end(now, ZONE)}.get(word, now)
        memory.resting[volunteer.id] = max(known, until)

    def leaves() -> None:
        helpers.leave(tx, volunteer, 7, now=now)
        memory.resting[volunteer.id] = now + timedelta(days=7)

    def comes_back() -> None:
        helpers.come_back(tx, volunteer)
        memory.resting.pop(volunteer.id, None)

    def wakes() -> None:
        helpers.night(tx, volunteer, wanted=True)
        memory.wakeful.add(volunteer.id)

    def parts() -> None:
        one = chance.choice((asker, claimer))
        partings.part(tx, one, need.id, now=now)
        memory.parted.add((one.id, partings.other_of(tx, one, need.id)))

    return [
        sweep,
        sweep,
        sweep,
        sweep,
        lambda: post(tx, resident, words, now),
        lambda: post(tx, resident, words, now),
        lambda: needs.claim(tx, volunteer, need.id, now=now),
        lambda: needs.claim(tx, volunteer, need.id, now=now),
        lambda: needs.release(tx, claimer, HOME, need.id, Release.NO_TIME, now=now),
        lambda: needs.finish(tx, claimer, HOME, need.id, Outcome.DONE, now=now),
        lambda: needs.confirm(tx, asker, need.id, now=now),
        lambda: needs.rate(tx, asker, need.id, chance.randint(1, 5), now=now),
        lambda: needs.cancel(tx, asker, need.id, now=now),
        lambda: says(chance.choice(list(Word))),
        lambda: says(Word.LATER),
        leaves,
        comes_back,
        comes_back,
        wakes,
        parts,
    ]


async def test_what_the_database_draws_and_what_the_rule_chooses_agree(town: Database, clock: StillClock) -> None:
    """The pools leave nobody out whom the rule would take, and the rule takes everybody whom they bring."""
    now = clock.now()

    def whole(tx: Transaction) -> None:
        need = post(tx, 1, "灯坏了", now)
        for user_id in (8, 9, 10):
            resting = stored_helpers.get(tx, actor_of(tx, user_id).id).rests(Rest.LEAVE, now + timedelta(days=9), now)
            stored_helpers.save(tx, resting)
        stored_partings.part(tx, actor_of(tx, 1).id, actor_of(tx, 11).id, now=now)
        tx.run("DELETE FROM offers")
        tx.run("UPDATE helpers SET asked_today = 0")
        ask, search = matching.ask_for(tx, HOME, need, now), stored.search(tx, need.id)
        assert search is not None
        chosen = matching.pick(tx, RULES, ask, need, search, 50)
        names = {actor_of(tx, user_id).id: user_id for user_id in VOLUNTEERS}
        assert [names[choice.person_id] for choice in chosen] == [4, 5, 7, 12, 13, 14, 15]
        assert [choice.tier.value for choice in chosen] == ["building"] * 2 + ["grid"] + ["community"] * 2 + [
            "near"
        ] * 2
        assert need.state is State.OPEN

    await town.transaction(whole)
