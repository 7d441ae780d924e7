"""A kind of need that is taken out of the catalogue while needs use it: they end well, with all that was promised of them."""

from dataclasses import replace
from datetime import timedelta

from bot.clock import StillClock
from bot.domain.categories import Catalogue, load_catalogue
from bot.domain.needs import (
    DeskCard,
    GroupCard,
    Need,
    NeedClaimed,
    NeedUnclaimed,
    OfferCard,
    Outcome,
    Release,
    ResidentCard,
    State,
    Urgency,
)
from bot.domain.notices import Notice
from bot.domain.seats import SeatJoined, SeatsMissing
from bot.handlers import CAPABILITIES
from bot.services import edits, handovers, matching, needs, seats
from bot.speech import Speech
from bot.storage import matching as searches
from bot.storage import needs as stored
from bot.storage import seats as stored_seats
from bot.storage.database import Transaction
from bot.storage.outbox import Letter
from tests.services.test_needs import HOME, Village, village
from tests.services.test_seats import going, post, sound

__all__ = ["village"]

GONE = replace(
    HOME,
    catalogue=Catalogue(tuple(one for one in load_catalogue().categories if one.code not in ("lifting", "mediation"))),
)
VIEWS = {kind: view for capability in CAPABILITIES for kind, view in capability.views.items()}
CARDS = {kind: card for capability in CAPABILITIES for kind, card in capability.cards.items()}


def reads(tx: Transaction, clock: StillClock, notice: Notice, person_id: int | None) -> str:
    """What somebody reads when the kind is gone."""
    speech = Speech(GONE, clock, VIEWS, CARDS)
    letter = Letter(1, GONE.bot_id, 7, person_id, 1, notice, None, 7, None, 0, 0, None, clock.now())
    return str(speech.words(speech.look(tx, letter)))


async def test_a_pair_still_goes_as_two_when_its_kind_is_gone(village: Village, clock: StillClock) -> None:
    def whole(tx: Transaction) -> None:
        need = post(tx, village, words="沙发要搬到楼下")
        assert (need.category, need.pair) == ("lifting", True)
        needs.claim(tx, village.actor(tx, 4), need.id, now=village.now)
        assert "请不要一个人去" in reads(tx, clock, OfferCard(need.id), village.actor(tx, 4).id)
        needs.claim(tx, village.actor(tx, 5), need.id, now=village.now)
        told = (NeedClaimed(need.id), SeatJoined(need.id), NeedUnclaimed(need.id), SeatsMissing(need.id))
        for notice in (ResidentCard(need.id), DeskCard(need.id), GroupCard(need.id), *told):
            assert f"#{need.id}" in reads(tx, clock, notice, village.actor(tx, 1).id)
        needs.release(tx, village.actor(tx, 4), GONE, need.id, Release.NO_TIME, now=village.now)
        sound(tx, need.id)
        handovers.ask(tx, village.actor(tx, 5), GONE, need.id, village.actor(tx, 6).id, now=village.now)
        handovers.accept(tx, village.actor(tx, 6), GONE, need.id, now=village.now)
        needs.claim(tx, village.actor(tx, 7), need.id, now=village.now)
        assert going(tx, need.id) == [village.actor(tx, one).id for one in (6, 7)]
        needs.finish(tx, village.actor(tx, 6), GONE, need.id, Outcome.DONE, now=village.now)
        needs.confirm(tx, village.actor(tx, 1), need.id, now=village.now)
        assert _state(tx, need) is State.CLOSED

    await village.database.transaction(whole)


async def test_time_goes_on_with_what_is_of_no_kind_any_more(village: Village) -> None:
    def whole(tx: Transaction) -> None:
        need = post(tx, village, words="沙发要搬到楼下")
        now = village.now
        for hours in (2, 6, 30):
            later = now + timedelta(hours=hours)
            matching.step_due(tx, GONE, searches.due(tx, later, 99), later)
            needs.step_due(tx, GONE, stored.due(tx, later, 99), later)
            seats.step_due(tx, GONE, stored_seats.due(tx, later, 99), later)
        assert _state(tx, need) is State.OPEN
        edits.set_urgency(tx, village.actor(tx, 1), GONE, need.id, Urgency.NOW, now=later)
        kept = stored.see(tx, need.id)
        assert kept is not None
        assert (kept.category, kept.pair, kept.urgency) == ("lifting", True, Urgency.NOW), "what was promised stays"
        needs.cancel(tx, village.actor(tx, 1), need.id, now=later)

    await village.database.transaction(whole)


async def test_what_was_confidential_stays_so(village: Village, clock: StillClock) -> None:
    def whole(tx: Transaction) -> None:
        need = post(tx, village, words="和邻居吵架，想请人调解")
        assert need.guarded_by is not None
        assert "吵架" not in reads(tx, clock, OfferCard(need.id), village.actor(tx, 4).id)
        matching.begin(tx, GONE, need, now=village.now)
        asked = tx.all("SELECT person_id FROM offers WHERE need_id = :id", {"id": need.id})
        assert [dict(row) for row in asked] == [], "nobody here has the skill, and nobody else is asked"

    await village.database.transaction(whole)


def _state(tx: Transaction, need: Need) -> State:
    found = stored.see(tx, need.id)
    assert found is not None
    return found.state
