"""What comes again, on real databases: each date is posted once however many copies sweep, and nothing confidential leaks."""

import asyncio
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from bot.clock import StillClock
from bot.domain.beneficiaries import Beneficiary
from bot.domain.enclosures import Ring
from bot.domain.errors import NeedGone, NotAllowed, RecurrenceGone, TooManyRecurrences
from bot.domain.recurrences import RUNNING_LIMIT, Every, Parsed, Recurrence, RecurrenceState, Rule
from bot.services import edits, needs, recurrences
from bot.storage import beneficiaries, enclosures
from bot.storage import needs as stored_needs
from bot.storage import recurrences as stored
from bot.storage.database import Database, Transaction
from scheduler.housekeeping import Housekeeper
from tests.services.test_needs import COORDINATOR, HOME, VOLUNTEERS, Village, copies, village

__all__ = ["copies", "village"]

HOURS = (15 * 60, 17 * 60)
DAY = timedelta(days=1)


def begin(tx: Transaction, village: Village, every: Every = Every.DAY, user_id: int = 1) -> Recurrence:
    """A resident asks for something, and wishes it again."""
    need = village.post(tx, user_id)
    day = recurrences.base_day(need, HOME)
    card = recurrences.begin(
        tx, village.actor(tx, user_id), HOME, need.id, Parsed(Rule.every(every, day)), HOURS, now=village.now
    )
    return kept(tx, card.recurrence_id)


def kept(tx: Transaction, number: int) -> Recurrence:
    """One as it stands."""
    found = stored.see(tx, number)
    assert found is not None
    return found


def sweep(now: datetime, tx: Transaction) -> int:
    """One copy's tick."""
    ids = stored.due(tx, now, 500)
    recurrences.step_due(tx, HOME, ids, now)
    return len(ids)


def posted(tx: Transaction) -> list[tuple[str, int | None]]:
    """What was made of each date."""
    return [(row["day"], row["need_id"]) for row in tx.all("SELECT day, need_id FROM occurrences ORDER BY day")]


async def test_copies_that_sweep_at_once_post_each_date_once(village: Village, copies: list[Database]) -> None:
    made = await village.database.transaction(lambda tx: begin(tx, village))
    assert made.next_day == date(2026, 3, 3)
    for days in range(4):
        now = village.now + days * DAY + timedelta(minutes=1)
        await asyncio.gather(*(copy.transaction(partial(sweep, now)) for copy in copies * 3))
    rows = await village.database.read(posted)
    assert [day for day, _ in rows] == [f"2026-03-0{number}" for number in range(2, 7)]
    assert len({need for _, need in rows}) == 5
    count = await village.database.read(lambda tx: tx.one("SELECT COUNT(*) AS n FROM needs"))
    assert count is not None
    assert count["n"] == 5


async def test_a_row_that_is_stepped_twice_is_posted_once(village: Village) -> None:
    made = await village.database.transaction(lambda tx: begin(tx, village))

    def twice(tx: Transaction) -> None:
        recurrences.step_due(tx, HOME, [made.id, made.id], village.now)
        # A copy whose clock is wrong, or a row that was put back: the date itself says that it was posted.
        tx.run("UPDATE recurrences SET next_day = '2026-03-03', act_at = 1 WHERE id = :id", {"id": made.id})
        recurrences.step_due(tx, HOME, [made.id], village.now)

    await village.database.transaction(twice)
    assert [day for day, _ in await village.database.read(posted)] == ["2026-03-02", "2026-03-03"]


async def test_wishing_it_twice_is_one_and_more_than_a_few_are_refused(village: Village) -> None:
    def wish(tx: Transaction) -> None:
        made, actor = begin(tx, village), village.actor(tx, 1)
        again = recurrences.begin(
            tx, actor, HOME, made.need_id, Parsed(Rule.every(Every.WEEK, date(2026, 3, 2))), HOURS, now=village.now
        )
        assert again.recurrence_id == made.id
        for _ in range(RUNNING_LIMIT - 1):
            needs.cancel(tx, actor, begin(tx, village).need_id, now=village.now)
        with pytest.raises(TooManyRecurrences):
            begin(tx, village)

    await village.database.transaction(wish)


async def test_what_lies_with_the_first_lies_with_each(village: Village) -> None:
    def repeat(tx: Transaction) -> None:
        need, actor = village.post(tx, 1), village.actor(tx, 1)
        mother = Beneficiary("妈妈", "2单元301", "+8613800138000", village.now)
        beneficiaries.put(tx, f"need:{need.id}", actor.id, mother, village.now)
        enclosures.keep_ring(tx, f"need:{need.id}", actor.id, Ring("门卫", "+8613800138001"), village.now)
        wished = Parsed(Rule.every(Every.DAY, recurrences.base_day(need, HOME)))
        card = recurrences.begin(tx, actor, HOME, need.id, wished, HOURS, now=village.now)
        assert not kept(tx, card.recurrence_id).at_home, "it is needed where they live, wherever the other moves"
        sweep(village.now, tx)
        second = stored_needs.of_person(tx, actor.id, 1)[0]
        assert second.id != need.id
        assert beneficiaries.find(tx, f"need:{second.id}") == mother
        assert enclosures.ring(tx, f"need:{second.id}") == Ring("门卫", "+8613800138001")

    await village.database.transaction(repeat)


async def test_whoever_is_taken_for_dead_is_asked_for_nothing_until_it_was_a_mistake(village: Village) -> None:
    made = await village.database.transaction(lambda tx: begin(tx, village, Every.WEEK))
    person = made.person_id
    await village.database.transaction(lambda tx: stored.hold(tx, person))
    later = village.now + 20 * DAY
    assert await village.database.transaction(partial(sweep, later)) == 0
    await village.database.transaction(lambda tx: recurrences.take_up_all(tx, HOME, person, now=later))
    again = await village.database.read(lambda tx: kept(tx, made.id))
    assert again.next_day == date(2026, 3, 23), "the next one that can be kept, and none of those before"
    assert again.act_at is not None
    assert len(await village.database.read(posted)) == 1


async def test_what_is_confidential_comes_again_for_the_right_people_only(village: Village) -> None:
    def secret(tx: Transaction) -> None:
        need = village.post(tx, 1, "和邻居吵架了，想找人调解")
        edits.set_category(tx, village.actor(tx, 1), HOME, need.id, "mediation", now=village.now)
        wished = Parsed(Rule.every(Every.DAY, recurrences.base_day(need, HOME)))
        card = recurrences.begin(tx, village.actor(tx, 1), HOME, need.id, wished, HOURS, now=village.now)
        sweep(village.now, tx)
        second = stored_needs.of_person(tx, village.actor(tx, 1).id, 1)[0]
        assert second.guarded_by == "mediation"
        assert not tx.all("SELECT 1 FROM offers WHERE need_id = :id", {"id": second.id}), "nobody here has the skill"
        stranger = village.actor(tx, VOLUNTEERS[0])
        with pytest.raises(RecurrenceGone):
            recurrences.get(tx, stranger, card.recurrence_id)
        with pytest.raises(RecurrenceGone):
            recurrences.end(tx, stranger, card.recurrence_id, now=village.now)
        with pytest.raises(NeedGone):
            recurrences.of_need(tx, stranger, need.id)
        assert recurrences.get(tx, village.actor(tx, COORDINATOR), card.recurrence_id)

    await village.database.transaction(secret)


async def test_of_what_is_for_everybody_to_see_only_its_own_people_change_when_it_comes(village: Village) -> None:
    def try_it(tx: Transaction) -> None:
        made, stranger = begin(tx, village), village.actor(tx, VOLUNTEERS[0])
        with pytest.raises(NotAllowed):
            recurrences.end(tx, stranger, made.id, now=village.now)
        with pytest.raises(NotAllowed):
            recurrences.end(tx, village.actor(tx, 2), made.id, now=village.now)
        ended = recurrences.end(tx, village.actor(tx, COORDINATOR), made.id, now=village.now)
        assert ended.state is RecurrenceState.ENDED

    await village.database.transaction(try_it)


async def test_its_words_are_forgotten_a_year_after_it_has_ended(village: Village, clock: StillClock) -> None:
    def end(tx: Transaction) -> int:
        made, other = begin(tx, village), begin(tx, village, user_id=2)
        assert other.text == "灯坏了"
        recurrences.end(tx, village.actor(tx, 1), made.id, now=village.now)
        return made.id

    number = await village.database.transaction(end)
    clock.advance(400 * 86_400)
    await Housekeeper(village.database, clock).tick()
    texts = await village.database.read(lambda tx: tx.all("SELECT id, text FROM recurrences"))
    assert {row["id"]: row["text"] == "" for row in texts} == {number: True, number + 1: False}
