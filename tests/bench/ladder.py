"""From the end of the grace to the first rung: how long silence stays unheard by a human."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.domain.alerts import Rung, Whom
from bot.domain.areas import Kind
from bot.domain.checkins import CheckIn, CheckInState
from bot.domain.people import Language, Role
from bot.domain.plans import Channel, Plan, PlanState
from bot.storage import areas, checkins, persons, plans
from bot.storage.areas import NewArea
from bot.storage.database import Transaction
from tests.bench.crowd import FIRST, calls_of, in_database, started
from tests.bench.figures import Figure, median, percentile
from tests.bench.rig import box, database, folder, program

MISSES, PLACES = 1000, 20
# Thirty-six times as dense as a thousand in an hour: a measurement of an hour would be run by nobody.
SECONDS = 100
AHEAD = timedelta(seconds=20)
NUMBER = re.compile(r"No\. (\d+)")


def measure(kind: str) -> Iterator[Figure]:
    """A thousand people stay silent; each alert's first rung is the coordinator of one of twenty communities."""
    limits = {"MESSAGES_PER_SECOND": "30", "MESSAGES_PER_SECOND_CHAT": "1"}
    with box(limits=True) as one, folder() as at, database(kind, at) as url, program(one, url, at, **limits):
        started(one)
        one.ask("start", {"people": [{"id": FIRST + place} for place in range(PLACES)]})
        offset = time.time() - time.monotonic()
        begin = datetime.now(UTC) + AHEAD
        bot_id = int(one.token.split(":")[0])
        in_database(url, at, partial(_silent, bot_id, begin))
        one.wait("sendMessage", MISSES)
        told = {
            int(found[1]): call["monotonic"] + offset
            for call in calls_of(one)
            if call["ok"] and (found := NUMBER.search(call["parameters"].get("text", "")))
        }
    late = [told[number] - _due(begin, number).timestamp() for number in range(MISSES)]
    name = f"due to the first rung accepted, {kind}, {MISSES:,} misses in {SECONDS} s"
    yield Figure(f"{name}: median", median(late), "s")
    yield Figure(f"{name}: 99th percentile", percentile(late, 0.99), "s", "< 5")


def _due(begin: datetime, number: int) -> datetime:
    at = begin + timedelta(seconds=number * SECONDS / MISSES)
    # The database keeps whole seconds, so due times are whole: what is measured is due too.
    return at.replace(microsecond=0)


def _silent(bot_id: int, begin: datetime, tx: Transaction) -> None:
    now = datetime.now(UTC)
    for place in range(PLACES):
        area_id = areas.make(tx, NewArea(None, Kind.COMMUNITY, f"社区{place}", f"p{place}", f"join{place}"))
        assert area_id is not None
        coordinator = persons.make(
            tx, bot_id=bot_id, user_id=FIRST + place, name="王姐", language=Language.ENGLISH, now=now
        )
        persons.grant(tx, coordinator.id, Role.COORDINATOR, area_id, by=None, now=now)
        asked = [_asked(tx, bot_id, area_id, number, begin) for number in range(place, MISSES, PLACES)]
        checkins.open_many(tx, asked)


def _asked(tx: Transaction, bot_id: int, area_id: int, number: int, begin: datetime) -> CheckIn:
    """Somebody who has been asked and will not answer; no two of one round, so that the system is not suspected."""
    person = persons.make(
        tx, bot_id=bot_id, user_id=-1 - number, name=f"No. {number}", language=Language.CHINESE, now=begin
    )
    ladder = (Rung(0, Whom.COORDINATORS),)
    new = Plan(0, bot_id, person.id, area_id, PlanState.ACTIVE, ladder=ladder)
    plan = plans.make(tx, new, proposed_by=person.id)
    assert plan is not None
    due = _due(begin, number)
    return CheckIn(
        id=0,
        plan_id=plan.id,
        person_id=person.id,
        area_id=area_id,
        day=due.date(),
        slot=number,
        channel=Channel.CALL,
        state=CheckInState.ASKED,
        asked_at=due - timedelta(hours=1),
        due_at=due,
        nudges=(),
        act_at=due,
    )
