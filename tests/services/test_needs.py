"""Needs on real databases: races between copies of the program, and long random walks whose books must balance."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.clock import StillClock
from bot.domain.areas import Plan
from bot.domain.care_words import load_care_words
from bot.domain.categories import load_catalogue
from bot.domain.drafts import begin
from bot.domain.errors import DomainError, NeedTaken
from bot.domain.home import Home
from bot.domain.needs import (
    ClosingCard,
    DeskCard,
    GroupCard,
    Need,
    NeedCard,
    OfferCard,
    Outcome,
    Release,
    ResidentCard,
    State,
    Urgency,
)
from bot.domain.people import Actor, Language, Role
from bot.services import areas, edits, needs, offers, people
from bot.services.views import needs as views
from bot.services.views.look import Look
from bot.storage import areas as stored_areas
from bot.storage import history, persons
from bot.storage import needs as stored
from bot.storage.database import Database, Transaction, open_database
from bot.storage.history import Event
from bot.storage.vault import Vault

PLACES = (
    "code,parent,kind,name\nc1,,community,幸福社区\ng1,c1,grid,一网格\nb1,g1,building,1号楼\nb2,g1,building,2号楼\n"
)
HOME = Home(1, "linli_bot", ZoneInfo("Asia/Shanghai"), Language.CHINESE, load_catalogue(), "120", load_care_words())
KINDS: tuple[type[NeedCard], ...] = (OfferCard, DeskCard, GroupCard, ResidentCard, ClosingCard)
RESIDENTS, VOLUNTEERS, COORDINATOR = (1, 2, 3), tuple(range(4, 12)), 12


@dataclass
class Village:
    """A few people in two buildings."""

    database: Database
    now: datetime

    def actor(self, tx: Transaction, user_id: int) -> Actor:
        """Somebody, with the roles they hold now."""
        person = persons.by_account(tx, HOME.bot_id, user_id)
        assert person is not None
        return persons.actor(tx, person)

    def post(self, tx: Transaction, user_id: int, words: str = "灯坏了") -> Need:
        """A resident asks."""
        actor = self.actor(tx, user_id)
        return needs.post(tx, actor, HOME, begin(actor.id, 1, 1, words, HOME.catalogue, self.now), now=self.now)


@pytest.fixture
async def village(database: Database, clock: StillClock) -> Village:
    """The village on a migrated database."""
    village = Village(database, clock.now())
    await database.transaction(lambda tx: _settle(tx, village.now))
    return village


def _settle(tx: Transaction, now: datetime) -> None:
    plan = areas.plan_import(PLACES)
    assert isinstance(plan, Plan)
    areas.import_areas(tx, plan, now=now)
    codes = {area.code: area.id for area in stored_areas.whole(tx)}
    for user_id in (*RESIDENTS, *VOLUNTEERS, COORDINATOR):
        actor = people.meet(tx, HOME, user_id=user_id, name=f"人{user_id}", language="zh", now=now)
        if user_id in RESIDENTS:
            people.settle_in(tx, actor, codes["b1" if user_id < 3 else "b2"], now=now)
            people.keep_contact(tx, actor, f"密门{user_id} 1380013800{user_id}", now=now)
        else:
            role = Role.COORDINATOR if user_id == COORDINATOR else Role.VOLUNTEER
            persons.grant(tx, actor.id, role, codes["c1"], by=None, now=now)


# --- races ---


@pytest.fixture
async def copies(database_url: str, vault: Vault, village: Village) -> AsyncIterator[list[Database]]:
    """The same database, opened by four copies of the program."""
    async with AsyncExitStack() as stack:
        opened = [await open_database(database_url, vault) for _ in range(4)]
        for each in opened:
            stack.push_async_callback(each.close)
        yield opened


async def test_copies_race_for_each_need_and_each_has_one_winner(village: Village, copies: list[Database]) -> None:
    posted = [await village.database.transaction(lambda tx: village.post(tx, 1)) for _ in range(5)]

    def claim(user_id: int, need_id: int, tx: Transaction) -> bool:
        try:
            needs.claim(tx, village.actor(tx, user_id), need_id, now=village.now)
        except NeedTaken:
            return False
        return True

    tries = [(user_id, need.id) for need in posted for user_id in (*VOLUNTEERS, COORDINATOR)]
    random.Random(1).shuffle(tries)
    tapped = (copies[place % 4].transaction(partial(claim, *each)) for place, each in enumerate(tries))
    won = await asyncio.gather(*tapped)
    for need in posted:
        winners = [user_id for (user_id, need_id), yes in zip(tries, won, strict=True) if yes and need_id == need.id]
        events = await village.database.read(partial(_story, need.id))
        assert len(winners) == 1
        assert [event.event for event in events] == ["posted", "claimed"]


def _story(need_id: int, tx: Transaction) -> list[Event]:
    return history.of(tx, f"need:{need_id}")


async def test_whoever_comes_first_the_rest_is_told_how_it_stands(village: Village, copies: list[Database]) -> None:
    """Cancel, claim and time at the same moment: one order or another, never a mixture."""
    need = await village.database.transaction(lambda tx: village.post(tx, 1))
    later = need.posted_at + timedelta(hours=3)

    def attempt(work: Callable[[Transaction], object]) -> Callable[[Transaction], bool]:
        def run(tx: Transaction) -> bool:
            try:
                with tx.savepoint():
                    work(tx)
            except DomainError:
                return False
            return True

        return run

    works = [
        attempt(lambda tx: needs.cancel(tx, village.actor(tx, 1), need.id, now=later)),
        attempt(lambda tx: needs.claim(tx, village.actor(tx, 4), need.id, now=later)),
        attempt(lambda tx: needs.step_due(tx, HOME, stored.due(tx, later, 500), later)),
        attempt(lambda tx: needs.claim(tx, village.actor(tx, 5), need.id, now=later)),
    ]
    await asyncio.gather(*(copy.transaction(work) for copy, work in zip(copies, works, strict=True)))
    await village.database.read(lambda tx: balance(tx, [need.id]))
    end = await village.database.read(lambda tx: stored.see(tx, need.id))
    assert end is not None
    assert end.state is State.CANCELLED


# --- random walks ---


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_people_do_the_books_balance_and_doors_stay_shut(village: Village, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(5):
        await village.database.transaction(lambda tx: _some_steps(tx, village, chance))
        await village.database.read(lambda tx: balance(tx, _all(tx)))
    await village.database.transaction(lambda tx: _doors(tx, village))


def _all(tx: Transaction) -> list[int]:
    return [row["id"] for row in tx.all("SELECT id FROM needs ORDER BY id")]


def _some_steps(tx: Transaction, village: Village, chance: random.Random) -> None:
    for _ in range(25):
        village.now += timedelta(minutes=chance.choice((0, 1, 20, 200)))
        try:
            with tx.savepoint():
                _step(tx, village, chance)
        except DomainError:
            continue


def _step(tx: Transaction, village: Village, chance: random.Random) -> None:
    now, ids = village.now, _all(tx)
    actor = village.actor(tx, chance.choice((*RESIDENTS, *VOLUNTEERS, COORDINATOR)))
    if not ids or chance.random() < 0.1:
        village.post(tx, chance.choice(RESIDENTS), chance.choice(("灯坏了", "马上来人", "不急，聊聊天")))
        return
    need_id = chance.choice(ids)
    claimer = stored.see(tx, need_id)
    if claimer and claimer.claimed_by and chance.random() < 0.5:
        actor = persons.actor(tx, persons.get(tx, claimer.claimed_by))
    deeds: list[Callable[[], object]] = [
        lambda: needs.claim(tx, actor, need_id, now=now),
        lambda: needs.claim(tx, actor, need_id, now=now),
        lambda: offers.decline(tx, actor, HOME, need_id, now=now),
        lambda: needs.arrive(tx, actor, need_id, now + timedelta(minutes=30), now=now),
        lambda: needs.keep(tx, actor, need_id, now=now),
        lambda: needs.release(tx, actor, HOME, need_id, Release.NO_TIME, now=now),
        lambda: needs.finish(tx, actor, HOME, need_id, chance.choice(list(Outcome)), now=now),
        lambda: needs.confirm(tx, actor, need_id, now=now),
        lambda: needs.dispute(tx, actor, need_id, "密话", now=now),
        lambda: needs.decide(tx, actor, HOME, need_id, again=chance.random() < 0.5, now=now),
        lambda: needs.cancel(tx, actor, need_id, now=now),
        lambda: needs.rate(tx, actor, need_id, chance.randint(0, 6), now=now),
        lambda: edits.set_text(tx, actor, HOME, need_id, "密语灯", now=now),
        lambda: edits.set_urgency(tx, actor, HOME, need_id, chance.choice(list(Urgency)), now=now),
        lambda: edits.set_category(tx, actor, HOME, need_id, chance.choice(("mediation", "lifting", "other")), now=now),
        lambda: edits.stay(tx, actor, need_id, now=now),
        lambda: offers.unreachable(tx, HOME, need_id, actor.id, now=now),
        lambda: offers.blocked(tx, HOME, actor.id, now=now),
        lambda: needs.step_due(tx, HOME, stored.due(tx, now, 500), now),
    ]
    chance.choice(deeds)()


def balance(tx: Transaction, ids: list[int]) -> None:
    """Every change is in the history, in one unbroken chain, with who and when; nothing personal waits in the outbox."""
    for need_id in ids:
        need = stored.see(tx, need_id)
        assert need is not None
        events = history.of(tx, f"need:{need_id}")
        assert (events[0].event, events[0].before, events[0].after) == ("posted", None, "open")
        for before, after in pairwise(events):
            assert before.after == after.before, (before, after)
            assert before.at <= after.at
        assert events[-1].after == need.state.value
        assert need.version == len(events) - 1, "one event for each change"
        assert (need.act_at is None) == (need.state in (State.CLOSED, State.CANCELLED, State.EXPIRED))
        for event in events:
            by_time = event.event in ("unclaimed", "asked", "lapsed", "reminded", "expired", "confirmed by itself")
            assert (event.actor_id is None) == by_time, event
    for letter in tx.all("SELECT data, subject FROM outbox"):
        assert not any(words in f"{letter['data']}{letter['subject']}" for words in ("密", "灯", "1380013", "人1"))
        assert all(isinstance(value, int | bool | str) for value in json.loads(letter["data"]).values())


def _doors(tx: Transaction, village: Village) -> None:
    """Whoever looks at whatever card: the contact is on the claimer's card only, and only while they have the need."""
    for need_id in _all(tx)[-5:]:
        need = stored.see(tx, need_id)
        assert need is not None
        for user_id in (1, 3, *VOLUNTEERS, COORDINATOR):
            person = village.actor(tx, user_id)
            for kind in KINDS:
                has_it = kind is OfferCard and need.state is State.CLAIMED and need.claimed_by == person.id
                new, known = (
                    views.need(tx, kind(need_id), Look(HOME, person.id, number, village.now)) for number in (None, 99)
                )
                assert new.contact is None, "never in a message whose number is not known"
                assert (known.contact is not None, new.hidden) == (has_it, has_it)
        assert views.need(tx, OfferCard(need_id), Look(HOME, None, 99, village.now)).contact is None
