"""Handing over, on real databases: whatever happens at the same moment, one person has it and the other knows."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from bot.domain.errors import DomainError
from bot.domain.needs import OfferCard, Release, State
from bot.services import handovers, needs, parties
from bot.services.views import needs as views
from bot.services.views.look import Look
from bot.storage import handovers as stored_handovers
from bot.storage import needs as stored
from bot.storage.database import Database, Transaction, open_database
from bot.storage.vault import Vault
from tests.services.test_needs import HOME, VOLUNTEERS, Village, balance, village
from tests.services.test_seats import post, sound, tap

__all__ = ["village"]


@pytest.fixture
async def copies(database_url: str, vault: Vault, village: Village) -> AsyncIterator[list[Database]]:
    """The same database, opened by four copies of the program."""
    async with AsyncExitStack() as stack:
        opened = [await open_database(database_url, vault) for _ in range(4)]
        for each in opened:
            stack.push_async_callback(each.close)
        yield opened


def asked(tx: Transaction, village: Village, *, by: int = 4, to: int = 5) -> int:
    """A need that one has and has asked another to go to instead; its number."""
    need = post(tx, village)
    tap(tx, village, by, need.id)
    handovers.ask(tx, village.actor(tx, by), HOME, need.id, village.actor(tx, to).id, now=village.now)
    return need.id


def attempt(work: Callable[[Transaction], object]) -> Callable[[Transaction], bool]:
    """Whether a rule let it be done."""

    def run(tx: Transaction) -> bool:
        try:
            with tx.savepoint():
                work(tx)
        except DomainError:
            return False
        return True

    return run


def asks(tx: Transaction, village: Village, by: int, to: int, number: int) -> bool:
    """Whether this one can ask that one."""
    actor, person = village.actor(tx, by), village.actor(tx, to)
    return attempt(lambda tx: handovers.ask(tx, actor, HOME, number, person.id, now=village.now))(tx)


def answers(tx: Transaction, village: Village, user_id: int, number: int) -> bool:
    """Whether this one can say yes, or no."""
    actor = village.actor(tx, user_id)
    yes = attempt(lambda tx: handovers.accept(tx, actor, HOME, number, now=village.now))(tx)
    return attempt(lambda tx: handovers.decline(tx, actor, number, now=village.now))(tx) or yes


@pytest.mark.parametrize("turn", range(3))
async def test_accepted_twice_while_it_is_given_back_and_cancelled(
    village: Village, copies: list[Database], turn: int
) -> None:
    number = await village.database.transaction(lambda tx: asked(tx, village))
    works = [
        attempt(lambda tx: handovers.accept(tx, village.actor(tx, 5), HOME, number, now=village.now)),
        attempt(lambda tx: handovers.accept(tx, village.actor(tx, 5), HOME, number, now=village.now)),
        attempt(lambda tx: needs.release(tx, village.actor(tx, 4), HOME, number, Release.NO_TIME, now=village.now)),
        attempt(lambda tx: needs.cancel(tx, village.actor(tx, 1), number, now=village.now)),
    ]
    works = [*works[turn:], *works[:turn]]
    await asyncio.gather(*(copy.transaction(work) for copy, work in zip(copies, works, strict=True)))
    await village.database.read(lambda tx: balance(tx, [number]))
    end = await village.database.read(lambda tx: stored.see(tx, number))
    assert end is not None
    assert end.state is State.CANCELLED


async def test_accepted_while_it_lapses_one_of_them_has_it_or_nobody(village: Village, copies: list[Database]) -> None:
    number = await village.database.transaction(lambda tx: asked(tx, village))

    def lapse(tx: Transaction) -> None:
        need = stored.see(tx, number)
        assert need is not None
        for hours in (3, 6):
            later = need.posted_at + timedelta(hours=hours)
            needs.step_due(tx, HOME, stored.due(tx, later, 500), later)

    works = [
        attempt(lambda tx: handovers.accept(tx, village.actor(tx, 5), HOME, number, now=village.now)),
        attempt(lapse),
    ]
    accepted, _ = await asyncio.gather(*(copy.transaction(work) for copy, work in zip(copies, works, strict=False)))
    end = await village.database.read(lambda tx: stored.see(tx, number))
    assert end is not None
    heir = await village.database.read(lambda tx: village.actor(tx, 5).id)
    assert end.state is State.OPEN or (accepted and end.claimed_by == heir), "time waits for whoever is faster"
    left = await village.database.read(lambda tx: stored_handovers.all_to(tx, village.actor(tx, 5).id))
    assert left == [], "accepted, or over with the claim"
    events = await village.database.read(lambda tx: tx.all("SELECT event FROM history WHERE event = 'handed over'"))
    assert len(events) == int(accepted)


async def test_nobody_but_whoever_goes_asks_and_nobody_but_whoever_is_asked_answers(village: Village) -> None:
    def whole(tx: Transaction) -> None:
        number = asked(tx, village)
        for user_id in (1, 2, *VOLUNTEERS):
            assert user_id == 4 or not asks(tx, village, user_id, 6 if user_id != 6 else 7, number)
            assert user_id in (4, 5) or not answers(tx, village, user_id, number)
        assert not asks(tx, village, 4, 1, number), "nobody is asked to go to themselves"
        seen = views.need(tx, OfferCard(number), Look(HOME, village.actor(tx, 5).id, 99, village.now))
        assert seen.contact is None, "asked is not going"
        handovers.accept(tx, village.actor(tx, 5), HOME, number, now=village.now)
        need = stored.see(tx, number)
        assert need is not None
        assert parties.helpers_of(tx, need) == [village.actor(tx, 5).id]
        sound(tx, number)

    await village.database.transaction(whole)
