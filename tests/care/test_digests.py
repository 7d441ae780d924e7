"""A digest instead of a stream: what can wait is gathered, what cannot comes at once, and nothing is lost in between."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digests import CALM, GATHERED, PIECES, can_wait, next_digest, parted
from bot.domain.duty import DutyAway, DutyGaps
from bot.domain.notices import Notice, Priority
from bot.domain.people import Role
from bot.services import digests as cases
from bot.services import telling
from bot.services.views import digests as views
from bot.storage import digests, persons
from bot.storage.database import Transaction
from bot.texts import digests as texts
from sandbox import Phone
from tests.care.enrolled import cared_for
from tests.journeys.conftest import Town, told


async def away(town: Town, phone: Phone, reason: str = "travelling", days: str = "3 days") -> None:
    """Somebody says themselves that they are away."""
    await phone.sends("/away")
    await phone.reads("Where will you be?")
    await phone.presses(reason)
    await phone.reads("For how long?")
    await phone.presses(days)
    await town.quiet()


async def test_what_can_wait_comes_after_the_round_and_an_alert_at_once(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang, chen, sun, wu = [await cared_for(town, wang, name) for name in ("Zhang", "Chen", "Sun", "Wu")]
    await town.passes(hours=1)  # 10:00: the morning's digest is over
    await wang.sends("/today")
    await wang.reads("Nobody has been asked today yet")
    await wang.presses("News twice a day")
    await town.quiet()
    await away(town, zhang)
    assert not told(wang, "Zhang is travelling")
    await town.passes(hours=8)  # 18:00
    for phone in (chen, sun, wu):
        await phone.reads("Good evening")
    await chen.presses("I need help")
    await chen.reads("Help is being called")
    await town.passes(minutes=31)  # 18:31: a reminder
    await sun.presses("I'm well")
    await sun.reads("Take care")
    await town.passes(minutes=31)  # 19:02
    await wang.reads("Wu has not answered")
    await wu.presses("I'm well")
    await wu.reads("hears that you are well")
    await town.passes(minutes=27)  # 19:29
    assert not told(wang, "Zhang is travelling")
    await town.passes(minutes=1)
    digest = (await wang.reads("📰 Mar 2, 19:30")).text
    assert "Zhang is travelling; nobody asks until Mar 5" in digest
    assert "18:00: asked 3, well 1, waiting 0, missing 0" in digest
    assert "Answered late: Wu" in digest
    assert "After a reminder: Sun" in digest
    await town.passes(hours=13)  # the next morning, with nothing new
    await town.passes(hours=1)
    assert sum("📰 Mar" in shown.text for shown in wang.screen()) == 2, "one of the evening, one of the morning"


async def test_one_tap_back_says_at_once_what_was_gathered(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang, chen = [await cared_for(town, wang, name) for name in ("Zhang", "Chen")]
    await wang.sends("/today")
    await wang.reads("Nobody has been asked today yet")
    await wang.presses("News twice a day")
    await town.quiet()
    await wang.presses("Each piece of news by itself")
    await town.quiet()
    await wang.presses("News twice a day")
    await town.quiet()
    await away(town, zhang)
    await wang.presses("Each piece of news by itself")
    await wang.reads("Zhang is travelling")
    assert told(wang, "📰 Mar 2, 09:00")
    await away(town, chen)
    await wang.reads("Chen is travelling")
    await town.passes(hours=12)
    assert sum("📰 Mar" in shown.text for shown in wang.screen()) == 1, "nothing is said twice"


async def test_only_who_is_in_charge_of_a_place_chooses_there(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    place, message = await town.area_id("c1"), next(shown for shown in sunny.screen() if not shown.mine)
    toast = await sunny.taps_code(f"jg:{place}:1", message)
    assert toast
    assert toast.alert
    assert await town.read(lambda tx: tx.all("SELECT person_id FROM digests")) == []
    assert not told(wang, "📰")


async def test_news_on_its_way_while_somebody_switches_is_said_once(town: Town) -> None:
    """Real transactions side by side: each piece of news is either in a digest or in the stream."""
    wang = await town.person(await town.helper("Wang", Role.COORDINATOR, language="en"))
    home, place = town.program.home, await town.area_id("c1")

    def tell(number: int) -> None:
        notice = DutyAway(place, wang.id, f"2026-04-{number:02}", f"2026-04-{number:02}")

        def work(tx: Transaction) -> None:
            telling.tell(tx, wang.id, notice, now=town.clock.now())

        tasks.append(asyncio.create_task(town.write(work)))

    def switch(on: bool) -> None:
        def work(tx: Transaction) -> None:
            actor = persons.actor(tx, persons.get(tx, wang.id))
            cases.switch(tx, actor, home, place, on=on, now=town.clock.now())

        tasks.append(asyncio.create_task(town.write(work)))

    tasks: list[asyncio.Task[None]] = []
    for number in range(1, 25):
        tell(number)
        if number % 4 == 0:
            switch(on=number % 8 == 4)
    await asyncio.gather(*tasks)
    await town.quiet()
    await town.write(lambda tx: _gone_by(tx, wang.id, town.clock.now()))
    said = await town.read(lambda tx: _days_said(tx, wang.id))
    assert sorted(said) == [f"2026-04-{number:02}" for number in range(1, 25)]


def _gone_by(tx: Transaction, person_id: int, now: datetime) -> None:
    """What waits belongs to somebody who still wants a digest, or there is none."""
    news = digests.waiting(tx, person_id)
    assert not news or digests.wants(tx, person_id)
    digests.said(tx, news, now=now)


def _days_said(tx: Transaction, person_id: int) -> list[str]:
    """The first day of each piece of news that was put into the stream or into a digest."""
    stream = tx.all("SELECT data FROM outbox WHERE kind = 'DutyAway' AND person_id = :id", {"id": person_id})
    gathered = tx.all("SELECT data FROM digest_news WHERE person_id = :id AND said_at IS NOT NULL", {"id": person_id})
    return [json.loads(row["data"])["first"] for row in (*stream, *gathered)]


def test_what_is_gathered_can_be_looked_up_and_worded() -> None:
    assert set(views.NEWS) == set(texts.NEWS) == {*GATHERED, *CALM}


def test_nothing_that_concerns_life_or_answers_a_tap_ever_waits() -> None:
    assert all(kind.priority > Priority.ANSWER for kind in (*GATHERED, *CALM))
    now = datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert can_wait(DutyGaps(1, "2026-03-09"), now)
    assert not can_wait(DutyGaps(1, "2026-03-03:2026-03-09"), now), "tomorrow's gap is told today"
    assert [
        kind for kind in Notice.known.values() if kind.priority is Priority.LIFE and kind in (*GATHERED, *CALM)
    ] == []


@given(st.integers(0, 5_000_000), st.sampled_from(["Asia/Shanghai", "Europe/Berlin"]))
def test_the_next_digest_is_soon_and_at_its_time(minutes: int, zone_name: str) -> None:
    now, zone = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes), ZoneInfo(zone_name)
    at = next_digest(now, zone)
    assert now < at <= now + timedelta(hours=15)
    assert at.astimezone(zone).strftime("%H:%M") in ("09:30", "19:30")


@given(st.lists(st.booleans()))
def test_every_piece_of_news_is_in_one_message_in_its_order(long: list[bool]) -> None:
    messages = parted(list(enumerate(long)))
    assert [number for message in messages for number in message] == list(range(len(long)))
    assert all(1 <= len(message) <= PIECES for message in messages)
    assert all(len(message) == 1 or not any(long[number] for number in message) for message in messages)
