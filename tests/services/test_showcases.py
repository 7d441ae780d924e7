"""Thank-yous on real databases: whatever happens in whatever order, nothing of a confidential need is read in a group."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import StillClock
from bot.domain.errors import DomainError
from bot.domain.needs import Need, Outcome
from bot.domain.showcases import Showcase, ShowcaseInGroup, ShowcaseState, public_words
from bot.handlers import CAPABILITIES
from bot.services import needs, secrecy, showcases
from bot.speech import Speech
from bot.storage import erasures, groups, persons
from bot.storage import needs as stored_needs
from bot.storage import showcases as stored
from bot.storage.database import Database, Transaction
from bot.storage.outbox import Letter
from tests.services.test_needs import HOME, Village, village

__all__ = ["village"]
RESIDENT, HELPER, GROUP = 1, 4, -200
SECRET = "密语"
VIEWS = {kind: view for capability in CAPABILITIES for kind, view in capability.views.items()}
TEXTS = {kind: card for capability in CAPABILITIES for kind, card in capability.cards.items()}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "agree", "answer", "take back", "guard", "wait"]), st.booleans(), st.integers(0, 60)
    ),
    max_size=12,
)


def closed_need(tx: Transaction, village: Village) -> Need:
    """A need that was done and confirmed, in a place with a group."""
    resident = village.actor(tx, RESIDENT)
    need = village.post(tx, RESIDENT)
    needs.claim(tx, village.actor(tx, HELPER), need.id, now=village.now)
    needs.finish(tx, village.actor(tx, HELPER), HOME, need.id, Outcome.DONE, now=village.now)
    groups.seen(tx, HOME.bot_id, GROUP)
    groups.bind(tx, HOME.bot_id, GROUP, area_id=need.area_id, by=resident.id)
    return needs.confirm(tx, resident, need.id, now=village.now)


def in_group(tx: Transaction, clock: StillClock, showcase_id: int) -> str:
    """What the group's card says now; it can say something only once it was sent there."""
    sent = tx.one("SELECT 1 AS one FROM outbox WHERE chat_id = :chat AND kind = 'ShowcaseInGroup'", {"chat": GROUP})
    speech = Speech(HOME, clock, VIEWS, TEXTS)
    letter = Letter(
        1, HOME.bot_id, GROUP, None, 1, ShowcaseInGroup(showcase_id), None, 7, None, 0, 0, None, clock.now()
    )
    return str(speech.words(speech.look(tx, letter))) if sent else ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_nothing_confidential_and_nothing_unasked_is_read_in_a_group(
    village: Village, clock: StillClock, steps: list[tuple[str, bool, int]]
) -> None:
    class Undone(Exception):
        """Each example leaves the village as it was."""

    def work(tx: Transaction) -> None:
        now = village.now
        need = closed_need(tx, village)
        for what, named, hours in steps:
            now += timedelta(hours=hours)
            with suppress(DomainError), tx.savepoint():
                _step(tx, village, need, what, now, named=named)
            showcases.step_due(tx, HOME, stored.due(tx, now, 500), now)
            found = stored.of_visit(tx, need.id, village.actor(tx, HELPER).id)
            said = "" if found is None else in_group(tx, clock, found.id)
            guarded = stored_needs.see(tx, need.id)
            assert guarded is not None
            assert guarded.guarded_by is None or SECRET not in said
            assert SECRET not in said or (found is not None and found.state is ShowcaseState.SHOWN)
            assert "人1" not in said or (found is not None and found.named)
            assert "人4" not in said or (found is not None and found.helper_named)
        raise Undone

    with pytest.raises(Undone):
        await village.database.transaction(work)


def _step(tx: Transaction, village: Village, need: Need, what: str, now: datetime, *, named: bool) -> None:
    resident, helper = village.actor(tx, RESIDENT), village.actor(tx, HELPER)
    found = stored.of_visit(tx, need.id, helper.id)
    number = 0 if found is None else found.id
    if what == "write":
        showcases.write(tx, resident, HOME, need.id, f"{SECRET} 人1谢谢人4", now=now)
    elif what == "agree":
        showcases.agree(tx, resident, number, named=named, now=now)
    elif what == "answer":
        showcases.answer(tx, helper, number, named=named, now=now)
    elif what == "take back":
        showcases.take_back(tx, resident, number, now=now)
    elif what == "guard":
        stored_needs.guard(tx, need.category, "mediation")
        secrecy.guard(tx, HOME, now=now)


@given(words=st.text(min_size=1, max_size=100))
def test_a_name_that_was_not_given_is_in_no_words(words: str) -> None:
    one = Showcase(1, 1, 1, 1, 1, 2, datetime(2026, 3, 2, tzinfo=UTC), f"{words}小李帮了张奶奶{words}")
    said = public_words(one, "张奶奶", "小李")
    assert "小李" not in said
    assert "张奶奶" not in said


async def test_whoever_is_forgotten_takes_their_thanks_along(village: Village, database: Database) -> None:
    def work(tx: Transaction) -> str | None:
        need = closed_need(tx, village)
        card = showcases.write(tx, village.actor(tx, RESIDENT), HOME, need.id, "谢谢", now=village.now)
        erasures.forget(tx, persons.get(tx, village.actor(tx, HELPER).id))
        found = stored.see(tx, card.showcase_id)
        return None if found is None else found.words

    assert await database.transaction(work) is None
