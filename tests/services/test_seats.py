"""Several go to one need, on real databases: races for seats, and random walks after which seats, leads and doors are right."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial

import pytest

from bot.clock import StillClock
from bot.domain.drafts import begin
from bot.domain.errors import DomainError, NeedTaken
from bot.domain.needs import Need, NeedUnclaimed, OfferCard, Outcome, Release, State
from bot.domain.people import Role
from bot.domain.seats import SeatsMissing
from bot.services import departures, handovers, needs, offers, parties, seats
from bot.services.views import needs as views
from bot.services.views.look import Look
from bot.storage import handovers as stored_handovers
from bot.storage import helpers, matching, outbox, persons
from bot.storage import needs as stored
from bot.storage import seats as stored_seats
from bot.storage.database import Database, Transaction, open_database
from bot.storage.vault import Vault
from tests.services.test_needs import COORDINATOR, HOME, RESIDENTS, VOLUNTEERS, Village, balance, village

__all__ = ["village"]


def post(tx: Transaction, village: Village, *, count: int | None = None, words: str = "灯坏了") -> Need:
    """A resident asks for so many."""
    actor = village.actor(tx, 1)
    draft = begin(actor.id, 1, 1, words, HOME.catalogue, village.now)
    return needs.post(tx, actor, HOME, draft if count is None else draft.for_seats(count), now=village.now)


def tap(tx: Transaction, village: Village, user_id: int, need_id: int) -> bool:
    """Somebody taps; whether they go."""
    try:
        needs.claim(tx, village.actor(tx, user_id), need_id, now=village.now)
    except NeedTaken:
        return False
    return True


def taps(village: Village, user_id: int, need_id: int) -> Callable[[Transaction], bool]:
    """The same as a transaction of its own."""
    return lambda tx: tap(tx, village, user_id, need_id)


def going(tx: Transaction, need_id: int) -> list[int]:
    """Who goes."""
    need = stored.see(tx, need_id)
    assert need is not None
    return parties.helpers_of(tx, need)


# --- races ---


@pytest.fixture
async def copies(database_url: str, vault: Vault, village: Village) -> AsyncIterator[list[Database]]:
    """The same database, opened by four copies of the program."""
    async with AsyncExitStack() as stack:
        opened = [await open_database(database_url, vault) for _ in range(4)]
        for each in opened:
            stack.push_async_callback(each.close)
        yield opened


async def test_ten_people_race_for_two_seats_and_exactly_two_have_them(
    village: Village, copies: list[Database]
) -> None:
    def settle(tx: Transaction) -> list[int]:
        community = village.actor(tx, COORDINATOR).grants[0].area_id
        persons.grant(tx, village.actor(tx, 2).id, Role.VOLUNTEER, community, by=None, now=village.now)
        return [post(tx, village, words="沙发搬到楼下").id, post(tx, village, count=2).id]

    posted = await village.database.transaction(settle)
    crowd = (2, *VOLUNTEERS, COORDINATOR)
    assert len(crowd) == 10
    tries = [(user_id, need_id) for need_id in posted for user_id in crowd]
    random.Random(1).shuffle(tries)
    tapped = (copies[at % 4].transaction(taps(village, *one)) for at, one in enumerate(tries))
    won = await asyncio.gather(*tapped)
    for need_id in posted:
        winners = {user_id for (user_id, wanted), yes in zip(tries, won, strict=True) if yes and wanted == need_id}
        people = await village.database.read(partial(_accounts, need_id, village))
        assert len(winners) == 2
        assert winners == people
    await village.database.read(lambda tx: balance(tx, posted))


def _accounts(need_id: int, village: Village, tx: Transaction) -> set[int]:
    known = {village.actor(tx, user_id).id: user_id for user_id in (*RESIDENTS, *VOLUNTEERS, COORDINATOR)}
    return {known[person_id] for person_id in going(tx, need_id)}


async def test_the_last_seat_is_given_while_somebody_leaves(village: Village, copies: list[Database]) -> None:
    """Whoever leads goes, somebody comes along goes, and two others tap at the same moment: one order or another."""
    posted = await village.database.transaction(lambda tx: post(tx, village, count=2))
    for user_id in (4, 5):
        assert await village.database.transaction(taps(village, user_id, posted.id))

    def leave(user_id: int, tx: Transaction) -> None:
        needs.release(tx, village.actor(tx, user_id), HOME, posted.id, Release.NO_TIME, now=village.now)

    works: list[Callable[[Transaction], object]] = [
        partial(leave, 4),
        partial(leave, 5),
        lambda tx: tap(tx, village, 6, posted.id),
        lambda tx: tap(tx, village, 7, posted.id),
    ]
    done = await asyncio.gather(*(copy.transaction(work) for copy, work in zip(copies, works, strict=True)))
    await village.database.read(lambda tx: sound(tx, posted.id))
    people = await village.database.read(partial(_accounts, posted.id, village))
    assert people == {user_id for user_id, won in zip((6, 7), done[2:], strict=True) if won}


# --- random walks ---


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_people_do_seats_and_leads_stay_right(village: Village, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(4):
        await village.database.transaction(lambda tx: _some_steps(tx, village, chance))
        await village.database.read(_all_sound)
        await village.database.read(lambda tx: balance(tx, _all(tx)))
    await village.database.transaction(lambda tx: _doors(tx, village))


def _all(tx: Transaction) -> list[int]:
    return [row["id"] for row in tx.all("SELECT id FROM needs ORDER BY id")]


def _all_sound(tx: Transaction) -> None:
    for need_id in _all(tx):
        sound(tx, need_id)


def sound(tx: Transaction, need_id: int) -> None:
    """Never more than seats, always a lead, an open need has nobody; people are asked exactly while a seat is empty."""
    need = stored.see(tx, need_id)
    assert need is not None
    party, along = parties.party(tx, need), stored_seats.along(tx, need_id)
    assert len(party.people) <= party.wanted
    assert need.claimed_by not in along
    search = matching.search(tx, need_id)
    assert search is not None
    if need.state is State.OPEN:
        assert (need.claimed_by, along) == (None, ())
        assert search.act_at is not None
    if need.state is State.CLAIMED:
        assert party.people[0] == need.claimed_by
        assert (search.act_at is not None) == (party.missing > 0)
        assert (stored_seats.look_of(tx, need_id) is not None) == (party.missing > 0), (
            "somebody hears when it takes long"
        )


def _some_steps(tx: Transaction, village: Village, chance: random.Random) -> None:
    for _ in range(30):
        village.now += timedelta(minutes=chance.choice((0, 1, 20, 100)))
        try:
            with tx.savepoint():
                _step(tx, village, chance)
        except DomainError:
            continue


def _step(tx: Transaction, village: Village, chance: random.Random) -> None:
    now, ids = village.now, _all(tx)
    if len(ids) < 2 or chance.random() < 0.05:
        post(tx, village, count=chance.choice((None, 1, 2, 3, 5)), words=chance.choice(("灯坏了", "沙发要搬")))
        return
    need_id = chance.choice(ids)
    people = going(tx, need_id)
    actor = village.actor(tx, chance.choice((*RESIDENTS, *VOLUNTEERS, COORDINATOR)))
    if people and chance.random() < 0.5:
        actor = persons.actor(tx, persons.get(tx, chance.choice(people)))
    deeds: list[Callable[[], object]] = [
        *[lambda: needs.claim(tx, actor, need_id, now=now)] * 4,
        *[lambda: needs.release(tx, actor, HOME, need_id, Release.NO_TIME, now=now)] * 2,
        lambda: needs.finish(tx, actor, HOME, need_id, Outcome.DONE, now=now),
        lambda: needs.dispute(tx, village.actor(tx, 1), need_id, "密话", now=now),
        lambda: needs.decide(tx, village.actor(tx, COORDINATOR), HOME, need_id, again=True, now=now),
        lambda: needs.take_over(tx, village.actor(tx, COORDINATOR), need_id, now=now),
        lambda: needs.arrive(tx, actor, need_id, now + timedelta(minutes=30), now=now),
        lambda: seats.ask(tx, village.actor(tx, COORDINATOR), HOME, need_id, chance.randint(0, 6), now=now),
        lambda: seats.ask(tx, village.actor(tx, 1), HOME, need_id, chance.randint(1, 3), now=now),
        lambda: offers.decline(tx, actor, HOME, need_id, now=now),
        lambda: offers.blocked(tx, HOME, actor.id, now=now),
        lambda: needs.take_back(tx, HOME, actor.id, by=actor.id, now=now),
        lambda: handovers.ask(tx, actor, HOME, need_id, village.actor(tx, chance.choice(VOLUNTEERS)).id, now=now),
        *[lambda: handovers.accept(tx, actor, HOME, need_id, now=now)] * 2,
        *[lambda: _accept_any(tx, village)] * 2,
        lambda: handovers.decline(tx, actor, need_id, now=now),
        lambda: handovers.gone(tx, actor.id, now=now),
        lambda: handovers.step_due(tx, HOME, stored_handovers.due(tx, now, 500), now),
        lambda: needs.step_due(tx, HOME, stored.due(tx, now, 500), now),
        lambda: seats.step_due(tx, HOME, stored_seats.due(tx, now, 500), now),
    ]
    chance.choice(deeds)()


def _accept_any(tx: Transaction, village: Village) -> None:
    for row in tx.all("SELECT need_id, to_id FROM handovers ORDER BY id LIMIT 1"):
        asked = persons.actor(tx, persons.get(tx, row["to_id"]))
        handovers.accept(tx, asked, HOME, row["need_id"], now=village.now)


def _doors(tx: Transaction, village: Village) -> None:
    """Everybody who goes sees the door, on the card that they tapped, while they go; nobody else does, and each look is kept."""
    for need_id in _all(tx):
        need = stored.see(tx, need_id)
        assert need is not None
        people = parties.helpers_of(tx, need) if need.state is State.CLAIMED else []
        for user_id in (*RESIDENTS, *VOLUNTEERS, COORDINATOR):
            person = village.actor(tx, user_id)
            view = views.need(tx, OfferCard(need_id), Look(HOME, person.id, 99, village.now))
            assert (view.contact is not None) == (person.id in people)
            seen = tx.one(
                "SELECT 1 AS one FROM disclosures WHERE viewer_id = :who AND subject = :need",
                {"who": person.id, "need": f"need:{need_id}"},
            )
            assert seen is not None or person.id not in people


# --- rules around them ---


async def test_a_seat_counts_for_the_cap_and_parts_people(village: Village) -> None:
    def whole(tx: Transaction) -> None:
        hands_full = village.actor(tx, 5)
        for _ in range(HOME.waves.claims_at_once):
            one = post(tx, village, count=2)
            assert tap(tx, village, 4, one.id)
            assert tap(tx, village, 5, one.id)
        assert {need.id for need in stored.claimed_by(tx, hands_full.id)} == {*_all(tx)}
        need = _by(tx, village, 2)
        asked = {
            row["person_id"] for row in tx.all("SELECT person_id FROM offers WHERE need_id = :id", {"id": need.id})
        }
        assert hands_full.id not in asked
        assert village.actor(tx, 4).id not in asked

    await village.database.transaction(whole)


def _by(tx: Transaction, village: Village, user_id: int) -> Need:
    return village.post(tx, user_id)


async def test_too_few_at_its_time_and_the_coordinator_hears(village: Village, clock: StillClock) -> None:
    def claimed(tx: Transaction) -> Need:
        need = post(tx, village, words="沙发要搬到楼下")
        assert need.pair
        tap(tx, village, 4, need.id)
        return need

    need = await village.database.transaction(claimed)
    due = need.posted_at + need.claimed_within
    before = await village.database.read(lambda tx: stored_seats.due(tx, due - timedelta(seconds=1), 9))
    assert before == [], "not before the time at which the coordinator hears of any need"

    def time(tx: Transaction) -> set[int]:
        seats.step_due(tx, HOME, stored_seats.due(tx, due, 9), due)
        rows = tx.all("SELECT person_id FROM outbox WHERE kind = :kind", {"kind": SeatsMissing.__name__})
        return {row["person_id"] for row in rows}

    told = await village.database.transaction(time)
    people = await village.database.read(lambda tx: {village.actor(tx, one).id for one in (4, COORDINATOR)})
    assert told == people


async def test_whoever_goes_already_has_nothing_left_to_answer(village: Village) -> None:
    def whole(tx: Transaction) -> None:
        need = post(tx, village, count=3)
        for user_id in (4, 5):
            tap(tx, village, user_id, need.id)
            assert helpers.waiting_offer(tx, village.actor(tx, user_id).id) is None
        assert helpers.waiting_offer(tx, village.actor(tx, 6).id) == need.id, "a seat is empty"
        tap(tx, village, 6, need.id)
        assert helpers.waiting_offer(tx, village.actor(tx, 7).id) is None

    await village.database.transaction(whole)


async def test_whoever_may_help_no_more_leaves_their_seat_and_others_are_asked(village: Village) -> None:
    def whole(tx: Transaction) -> None:
        need = post(tx, village, count=2)
        for user_id in (4, 5):
            tap(tx, village, user_id, need.id)
        gone = village.actor(tx, 5)
        persons.revoke(tx, gone.id)
        departures.hand_back(tx, HOME, village.actor(tx, 5), by=None, now=village.now)
        sound(tx, need.id)
        assert going(tx, need.id) == [village.actor(tx, 4).id]
        persons.revoke(tx, village.actor(tx, 4).id)
        departures.hand_back(tx, HOME, village.actor(tx, 4), by=None, now=village.now)
        sound(tx, need.id)
        assert going(tx, need.id) == []
        assert not outbox.waits(tx, NeedUnclaimed(need.id), bot_id=1, chat_id=COORDINATOR), "there are others to ask"

    await village.database.transaction(whole)
