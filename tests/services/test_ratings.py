"""Stars on real databases: both at once, opening again while words are forgotten, and nobody ever reads too early."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.closings import Said
from bot.domain.errors import DomainError
from bot.domain.needs import FORGOTTEN, Need, Outcome, State
from bot.domain.ratings import SHOWN_AFTER, TIME_FOR_WORDS
from bot.domain.reopenings import Who, Why
from bot.services import closings, needs, ratings, reopenings
from bot.storage import needs as stored_needs
from bot.storage import ratings as stored
from bot.storage import retention
from bot.storage.database import Database, Transaction, Unsettled, open_database
from bot.storage.vault import Vault
from tests.services.test_needs import HOME, Village, village

__all__ = ["village"]
RESIDENT, HELPER = 1, 4
WEEK = timedelta(days=7)


def closed_need(tx: Transaction, village: Village, now: datetime) -> Need:
    """A need that was done and confirmed."""
    need = village.post(tx, RESIDENT)
    needs.claim(tx, village.actor(tx, HELPER), need.id, now=now)
    needs.finish(tx, village.actor(tx, HELPER), HOME, need.id, Outcome.DONE, now=now)
    return needs.confirm(tx, village.actor(tx, RESIDENT), need.id, now=now)


@pytest.fixture
async def two(database_url: str, vault: Vault, village: Village) -> AsyncIterator[list[Database]]:
    """The same database, opened by two copies of the program."""
    async with AsyncExitStack() as stack:
        opened = [await open_database(database_url, vault) for _ in range(2)]
        for each in opened:
            stack.push_async_callback(each.close)
        yield opened


def rate(village: Village, need_id: int, user_id: int, tx: Transaction) -> None:
    """Four stars from one side."""
    ratings.rate(tx, village.actor(tx, user_id), need_id, 4, now=village.now)


def deadlines(need_id: int, tx: Transaction) -> list[int]:
    """When a need's stars are shown."""
    return [row["act_at"] for row in tx.all("SELECT act_at FROM ratings WHERE need_id = :id", {"id": need_id})]


async def test_both_at_once_and_both_are_shown_soon(village: Village, two: list[Database]) -> None:
    soon = int((village.now + TIME_FOR_WORDS).timestamp())
    for _ in range(5):
        need = await village.database.transaction(lambda tx: closed_need(tx, village, village.now))
        await asyncio.gather(
            two[0].transaction(partial(rate, village, need.id, RESIDENT)),
            two[1].transaction(partial(rate, village, need.id, HELPER)),
        )
        shown = await village.database.read(partial(deadlines, need.id))
        assert shown == [soon, soon], "whoever came second has seen the first"


def done_need(village: Village, tx: Transaction) -> Need:
    """A need that waits for the resident's word."""
    need = village.post(tx, RESIDENT)
    needs.claim(tx, village.actor(tx, HELPER), need.id, now=village.now)
    return needs.finish(tx, village.actor(tx, HELPER), HOME, need.id, Outcome.DONE, now=village.now)


def confirm(village: Village, need_id: int, tx: Transaction) -> None:
    """All is well."""
    with suppress(DomainError), tx.savepoint():
        needs.confirm(tx, village.actor(tx, RESIDENT), need_id, now=village.now)


def dispute(village: Village, need_id: int, tx: Transaction) -> None:
    """Something is wrong."""
    with suppress(DomainError), tx.savepoint():
        needs.dispute(tx, village.actor(tx, RESIDENT), need_id, "灯不亮", now=village.now)


def ends(village: Village, need_id: int, tx: Transaction) -> Need:
    """How it stands; where it still runs it is cancelled, to make room for the next."""
    found = stored_needs.see(tx, need_id)
    assert found is not None
    if found.state is not State.CLOSED:
        needs.cancel(tx, village.actor(tx, RESIDENT), need_id, now=village.now)
    return found


async def test_confirmed_and_disputed_at_once_ends_disputed_and_heard(village: Village, two: list[Database]) -> None:
    for _ in range(5):
        need = await village.database.transaction(partial(done_need, village))
        await asyncio.gather(
            two[0].transaction(partial(confirm, village, need.id)),
            two[1].transaction(partial(dispute, village, need.id)),
        )
        found = await village.database.transaction(partial(ends, village, need.id))
        # Well first and then wrong is wrong; wrong first leaves nothing to confirm.
        assert (found.state, found.remark, found.closed_at) == (State.DISPUTED, "灯不亮", None)


def reopen(village: Village, need_id: int, tx: Transaction) -> None:
    """Once more."""
    actor = village.actor(tx, RESIDENT)
    with suppress(DomainError), tx.savepoint():
        reopenings.reopen(tx, actor, HOME, need_id, Who.OTHER, Why.BROKE, now=village.now)


def posted_long_ago(village: Village, tx: Transaction) -> Need:
    """A need that was closed just now and whose words may be forgotten."""
    need = closed_need(tx, village, village.now)
    tx.run("UPDATE needs SET posted_at = 1 WHERE id = :id", {"id": need.id})
    return need


async def test_opened_again_while_words_are_forgotten_is_one_of_the_two(village: Village, two: list[Database]) -> None:
    for _ in range(8):
        need = await village.database.transaction(partial(posted_long_ago, village))

        async def forget() -> None:
            with suppress(Unsettled):
                await two[1].transaction(lambda tx: retention.needs_before(tx, village.now - WEEK, 500))

        await asyncio.gather(two[0].transaction(partial(reopen, village, need.id)), forget())
        found = await village.database.transaction(partial(ends, village, need.id))
        assert (found.state is State.OPEN) == (found.text != FORGOTTEN), "nobody is asked for a need without words"


STEPS = st.lists(
    st.tuples(st.sampled_from(["rate", "say", "wait"]), st.sampled_from([RESIDENT, HELPER]), st.integers(0, 200)),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_nobody_reads_stars_before_both_have_given_theirs_or_a_week_has_gone(
    village: Village, steps: list[tuple[str, int, int]]
) -> None:
    class Undone(Exception):
        """Each example leaves the village as it was."""

    def work(tx: Transaction) -> None:
        now = village.now
        need = closed_need(tx, village, now)
        given: dict[int, datetime] = {}
        for what, user_id, hours in steps:
            now = now + timedelta(hours=hours) if what == "wait" else now
            _step(tx, village, need, what, user_id, now, given)
            ratings.step_due(tx, HOME, stored.due(tx, now, 500), now)
            for reader, author in ((RESIDENT, HELPER), (HELPER, RESIDENT)):
                read = closings.closing(tx, need, village.actor(tx, reader).id, now).theirs
                _judge(read, given, author, now)
                told = outbox_holds(tx, village.actor(tx, reader).id)
                assert not told or read is not None
        raise Undone

    with pytest.raises(Undone):
        await village.database.transaction(work)


def _step(
    tx: Transaction, village: Village, need: Need, what: str, user_id: int, now: datetime, given: dict[int, datetime]
) -> None:
    actor = village.actor(tx, user_id)
    with suppress(DomainError), tx.savepoint():
        if what == "rate":
            ratings.rate(tx, actor, need.id, 4, now=now)
            given[user_id] = now
        elif what == "say":
            ratings.say(tx, actor, need.id, "您的话", now=now)


def _judge(read: Said | None, given: dict[int, datetime], author: int, now: datetime) -> None:
    if read is not None:
        assert author in given
        assert len(given) == 2 or now - given[author] >= SHOWN_AFTER
    elif author in given and now - min(given.values()) >= WEEK + TIME_FOR_WORDS:
        assert now - given[author] < SHOWN_AFTER, "a week has gone, and nothing is shown"


def outbox_holds(tx: Transaction, person_id: int) -> bool:
    """Whether this person has been told stars."""
    return (
        tx.one("SELECT 1 AS one FROM outbox WHERE person_id = :id AND kind = 'NeedRated'", {"id": person_id})
        is not None
    )
