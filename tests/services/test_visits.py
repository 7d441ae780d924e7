"""What is left of a visit: read by whoever may, forgotten in time, and none of it about what is confidential."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import StillClock
from bot.domain.areas import Plan
from bot.domain.categories import load_catalogue
from bot.domain.drafts import begin
from bot.domain.errors import ButtonInvalid, NeedGone, NotAllowed
from bot.domain.home import Home
from bot.domain.matching import Search, Tier
from bot.domain.needs import Need, Outcome, ResidentCard, State
from bot.domain.people import Actor, Language, Role
from bot.domain.receipts import Payer, ReceiptCard
from bot.domain.relays import Address, RelayCard, RelayClosed
from bot.domain.visits import VisitCard, VisitSilent
from bot.services import areas, figures, hints, matching, needs, people, receipts, relays, unease, visits
from bot.services.views import receipts as receipt_views
from bot.services.views import relays as relay_views
from bot.services.views import visits as visit_views
from bot.services.views.look import Look
from bot.storage import areas as stored_areas
from bot.storage import hints as stored_hints
from bot.storage import matching as stored_matching
from bot.storage import needs as stored_needs
from bot.storage import outbox, persons
from bot.storage import relays as stored_relays
from bot.storage.database import Database, Transaction

HOME = Home(1, "linli_bot", ZoneInfo("Asia/Shanghai"), Language.CHINESE, load_catalogue(), "120")
PLACES = "code,parent,kind,name\nc1,,community,幸福社区\nb1,c1,building,1号楼\n"
RESIDENT, TRAINED, OTHER, COORDINATOR = 1, 2, 3, 4


@pytest.fixture
async def house(database: Database, clock: StillClock) -> Database:
    """A resident, a trained volunteer, one who is not, and a coordinator, in one building."""

    def settle(tx: Transaction) -> None:
        plan = areas.plan_import(PLACES)
        assert isinstance(plan, Plan)
        areas.import_areas(tx, plan, now=clock.now())
        place = next(area.id for area in stored_areas.whole(tx) if area.code == "b1")
        roles = {TRAINED: Role.VOLUNTEER, OTHER: Role.VOLUNTEER, COORDINATOR: Role.COORDINATOR}
        for user in (RESIDENT, *roles):
            actor = people.meet(tx, HOME, user_id=user, name=f"人{user}", language="zh", now=clock.now())
            people.settle_in(tx, actor, place, now=clock.now())
            if user in roles:
                persons.grant(tx, actor.id, roles[user], place, by=None, now=clock.now())
        persons.add_skills(tx, _who(tx, TRAINED).id, ["mediation"])

    await database.transaction(settle)
    return database


def _who(tx: Transaction, user: int) -> Actor:
    person = persons.by_account(tx, HOME.bot_id, user)
    assert person is not None
    return persons.actor(tx, person)


def _helped(tx: Transaction, clock: StillClock, category: str, helper: int = TRAINED) -> Need:
    """A need of this kind that somebody has taken."""
    resident = _who(tx, RESIDENT)
    draft = begin(resident.id, 1, 1, "请来一下", HOME.catalogue, clock.now()).of_category(category)
    need = needs.post(tx, resident, HOME, draft, now=clock.now())
    return needs.claim(tx, _who(tx, helper), need.id, now=clock.now())


def _hints(tx: Transaction, need: Need) -> list[str | None]:
    return [one.text for one in stored_hints.for_helper(tx, need)]


async def test_a_hint_about_what_is_confidential_is_read_by_the_trained_only(
    house: Database, clock: StillClock
) -> None:
    def work(tx: Transaction) -> tuple[list[str | None], list[str | None]]:
        first = _helped(tx, clock, "mediation")
        visit = visits.done(tx, _who(tx, TRAINED), HOME, first.id, Outcome.DONE, now=clock.now())
        visits.leave_hint(tx, _who(tx, TRAINED), visit.id, "隔壁吵架", now=clock.now())
        plain, secret = _helped(tx, clock, "repairs", OTHER), _helped(tx, clock, "mediation")
        return _hints(tx, plain), _hints(tx, secret)

    assert await house.transaction(work) == ([], ["隔壁吵架"])


async def test_what_is_confidential_never_becomes_another_kind(house: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> None:
        first = _helped(tx, clock, "mediation")
        visit = visits.done(tx, _who(tx, TRAINED), HOME, first.id, Outcome.PARTLY, now=clock.now())
        with pytest.raises(ButtonInvalid):
            visits.pass_on(tx, _who(tx, TRAINED), HOME, visit.id, "repairs", "要电工", now=clock.now())
        visits.pass_on(tx, _who(tx, TRAINED), HOME, visit.id, "mediation", "要有经验的人", now=clock.now())
        need = stored_needs.see(tx, first.id)
        assert need is not None
        assert (need.state, need.guarded_by) == (State.OPEN, "mediation")

    await house.transaction(work)


async def test_nobody_else_sees_words_money_or_visit_of_what_is_confidential(
    house: Database, clock: StillClock
) -> None:
    def work(tx: Transaction) -> None:
        need = _helped(tx, clock, "mediation")
        trained, other = _who(tx, TRAINED), _who(tx, OTHER)
        relays.say(tx, trained, HOME, Address(need.id), "三点见", at=clock.now(), now=clock.now())
        visit = visits.done(tx, trained, HOME, need.id, Outcome.DONE, now=clock.now())
        made = receipts.state(tx, trained, visit.id, "42", now=clock.now())
        look = Look(HOME, other.id, 7, clock.now())
        with pytest.raises(NeedGone):
            relay_views.passed(tx, RelayCard(1), look)
        with pytest.raises(NeedGone):
            relay_views.passed(tx, RelayCard(1), Look(HOME, _who(tx, COORDINATOR).id, 7, clock.now()))
        for notice in (VisitCard(visit.id), VisitSilent(visit.id)):
            with pytest.raises(NeedGone):
                visit_views.visit(tx, notice, look)
        with pytest.raises(NeedGone):
            receipt_views.receipt(tx, ReceiptCard(made.id), look)
        for deed in (receipts.agree, receipts.dispute, receipts.close):
            with pytest.raises(NeedGone):
                deed(tx, other, made.id, now=clock.now())
        with pytest.raises(NeedGone):
            receipts.choose(tx, other, HOME, receipts.NEED, need.id, Payer.PAID, now=clock.now())
        with pytest.raises(NeedGone):
            visits.reached(tx, other, HOME, visit.id, now=clock.now())
        with pytest.raises(NeedGone):
            visits.again(tx, other, HOME, visit.id, now=clock.now())

    await house.transaction(work)


async def test_minutes_count_in_fairness_and_in_the_months_figures(house: Database, clock: StillClock) -> None:
    """As they were measured or said; help of which nobody said how long it took is fairly an hour, and counted as none."""

    def work(tx: Transaction) -> tuple[list[int], int]:
        helper, given = _who(tx, OTHER), []
        for minutes in (None, 25, 90):
            need = _helped(tx, clock, "repairs", OTHER)
            visit = visits.done(tx, helper, HOME, need.id, Outcome.DONE, now=clock.now())
            if minutes is not None:
                visits.took(tx, helper, visit.id, minutes)
            ask = matching.ask_for(tx, HOME, need, clock.now())
            known = stored_matching.candidates(tx, [helper.id], Tier.BUILDING, ask, need, Search(need.id))
            given.append(known[0].recent_minutes)
        place = next(area.id for area in stored_areas.whole(tx) if area.code == "c1")
        month = figures.this_month(HOME, clock.now())
        return given, figures.count(tx, HOME, place, month, now=clock.now() + timedelta(minutes=1)).help_minutes

    assert await house.transaction(work) == ([60, 85, 175], 115)


async def test_who_pays_is_said_by_whoever_asked_and_by_nobody_else(house: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> None:
        need = _helped(tx, clock, "repairs", OTHER)
        for user in (OTHER, TRAINED, COORDINATOR):
            with pytest.raises(NotAllowed):
                receipts.choose(tx, _who(tx, user), HOME, receipts.NEED, need.id, Payer.PAID, now=clock.now())
        resident = _who(tx, RESIDENT)
        said = receipts.choose(tx, resident, HOME, receipts.NEED, need.id, Payer.NOBODY, now=clock.now())
        assert said == ResidentCard(need.id)

    await house.transaction(work)


async def test_words_and_hints_are_forgotten_in_time_and_leave_the_chats(house: Database, clock: StillClock) -> None:
    def write(tx: Transaction) -> int:
        need = _helped(tx, clock, "repairs", OTHER)
        relays.say(tx, _who(tx, OTHER), HOME, Address(need.id), "三点见", at=clock.now(), now=clock.now())
        return need.id

    def close(tx: Transaction, need_id: int) -> None:
        visit = visits.done(tx, _who(tx, OTHER), HOME, need_id, Outcome.DONE, now=clock.now())
        visits.leave_hint(tx, _who(tx, OTHER), visit.id, "电梯坏了", now=clock.now())
        needs.confirm(tx, _who(tx, RESIDENT), need_id, now=clock.now())

    def forget(tx: Transaction) -> tuple[int, int]:
        at = clock.now() - timedelta(days=90)
        return relays.forget_before(tx, at, 100), hints.forget_before(tx, at, 100)

    need_id = await house.transaction(write)
    clock.advance(100 * 86400)
    assert await house.transaction(forget) == (0, 0), "what is still running is kept, however old it is"
    await house.transaction(lambda tx: close(tx, need_id))
    assert await house.transaction(forget) == (1, 0)
    clock.advance(100 * 86400)
    assert await house.transaction(forget) == (0, 1)

    def left(tx: Transaction) -> tuple[str | None, str | None, bool]:
        relay, hint = stored_relays.find(tx, 1), stored_hints.find(tx, 1)
        assert relay is not None
        assert hint is not None
        dirty = tx.one("SELECT 1 AS one FROM outbox WHERE subject = 'relay:1' AND send_at IS NOT NULL")
        return relay.text, hint.text, dirty is not None

    assert await house.transaction(left) == (None, None, True)


async def test_nothing_passes_between_two_of_whom_one_did_not_feel_safe(house: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> None:
        need, now = _helped(tx, clock, "repairs", OTHER), clock.now()
        visits.done(tx, _who(tx, OTHER), HOME, need.id, Outcome.DONE, now=now)
        unease.say(tx, _who(tx, RESIDENT), HOME, need.id, now=now)
        for user in (OTHER, RESIDENT):
            told = relays.say(tx, _who(tx, user), HOME, Address(need.id), "再来一次", at=now, now=now)
            assert told == (RelayClosed(need.id),)
        assert stored_relays.find(tx, 1) is None

    await house.transaction(work)


async def test_an_answer_to_what_is_on_its_way_finds_its_need(house: Database, clock: StillClock) -> None:
    """The number of a message is written down after Telegram has it; somebody may be faster."""

    def work(tx: Transaction) -> None:
        need = _helped(tx, clock, "repairs", OTHER)
        tx.run("UPDATE outbox SET send_at = NULL, message_id = id WHERE chat_id = :chat", {"chat": RESIDENT})
        relays.say(tx, _who(tx, OTHER), HOME, Address(need.id), "三点见", at=clock.now(), now=clock.now())
        tx.run("UPDATE outbox SET holder = 'main' WHERE subject = 'relay:1'")
        resident = _who(tx, RESIDENT)
        assert relays.answered(tx, resident, HOME, RESIDENT, 10_000) == Address(need.id, _who(tx, OTHER).id)
        assert relays.answered(tx, resident, HOME, RESIDENT, 0) is None, "an old message of which nothing is known"
        assert outbox.said_in(tx, bot_id=1, chat_id=COORDINATOR, message_id=10_000) is None

    await house.transaction(work)
