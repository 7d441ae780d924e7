"""Floods: a cry for help in the middle of one, and how fast what was written in one is read."""

import json
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from bot.domain.areas import Kind
from bot.domain.drafts import Greeted
from bot.domain.notices import Priority
from bot.domain.people import Language, Role
from bot.domain.plans import Plan, PlanState
from bot.storage import areas, outbox, persons, plans
from bot.storage.areas import NewArea
from bot.storage.database import Transaction
from bot.storage.outbox import Saying
from tests.bench.crowd import FIRST, calls_of, in_database, started
from tests.bench.figures import Figure, median, percentile
from tests.bench.path import WORDS
from tests.bench.rig import PATIENCE, Box, box, database, folder, program

FLOOD, EACH, WAITING, CRIES, PAUSE_SECONDS = 1_000, 10, 10_000, 20, 2.0
# The same number of messages, each person below their own limit, and each far above it.
CROWDS = {"1,000 people with 10 messages each": 1_000, "50 people with 200 messages each": 50}
# When an alert was raised, to a fraction of a second: the alert's own time is in whole seconds.
WATCHED = {
    "sqlite": (
        "CREATE TABLE bench_raised (alert_id BIGINT, at DOUBLE PRECISION)",
        "CREATE TRIGGER bench_raising AFTER INSERT ON alerts BEGIN INSERT INTO bench_raised"
        " VALUES (NEW.id, (julianday('now') - 2440587.5) * 86400.0); END",
    ),
    "postgres": (
        "CREATE TABLE bench_raised (alert_id BIGINT, at DOUBLE PRECISION)",
        "CREATE FUNCTION bench_raising() RETURNS trigger AS $$ BEGIN INSERT INTO bench_raised"
        " VALUES (NEW.id, EXTRACT(EPOCH FROM clock_timestamp())); RETURN NEW; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER bench_raising AFTER INSERT ON alerts FOR EACH ROW EXECUTE FUNCTION bench_raising()",
    ),
}


def measure_flood(kind: str) -> Iterator[Figure]:
    """A thousand people write ten messages each, ten thousand letters wait, and somebody cries for help every two seconds.

    Telegram gives updates in the order in which they came, so a cry is read after what was written before it: that is the first
    figure. What is ours is what comes after it was raised.
    """
    limits = {"MESSAGES_PER_SECOND": "30", "MESSAGES_PER_SECOND_CHAT": "1", "MESSAGES_PER_MINUTE_GROUP": "20"}
    with box(limits=True) as one, folder() as at, database(kind, at) as url, program(one, url, at, **limits):
        started(one)
        bot_id = int(one.token.split(":")[0])
        criers = [FIRST + number for number in range(CRIES)]
        one.ask("start", {"people": [{"id": number} for crier in criers for number in (crier, crier - CRIES)]})
        in_database(url, at, partial(_ward, kind, bot_id, criers))
        one.ask("load", {"updates": _crowd(FLOOD)})
        cried: list[float] = []
        for number in criers:
            cried.append(time.monotonic())
            one.ask("load", {"updates": [{"user_id": number, "text": "/sos"}]})
            time.sleep(PAUSE_SECONDS)
        heard = _heard(one)
        opened = in_database(url, at, _opened)
    offset = time.time() - time.monotonic()
    raised = [at_ - offset for at_ in opened]
    read = [one_raised - cry for cry, one_raised in zip(cried, raised, strict=True)]
    accepted = [told - one_raised for one_raised, told in zip(raised, heard, strict=True)]
    name = f"a cry for help in the middle of a flood, {kind}"
    yield Figure(f"{name}: at Telegram to raised, median", median(read), "s")
    yield Figure(f"{name}: at Telegram to raised, 99th percentile", percentile(read, 0.99), "s")
    yield Figure(f"{name}: raised to accepted, median", median(accepted), "s")
    yield Figure(f"{name}: raised to accepted, 99th percentile", percentile(accepted, 0.99), "s", "< 2")


def measure_drain(kind: str) -> Iterator[Figure]:
    """Ten thousand messages wait at Telegram: how many a second are read and acknowledged, answers or none."""
    for name, people in CROWDS.items():
        with box() as one, folder() as at, database(kind, at) as url:
            with program(one, url, at):
                started(one)
            one.ask("load", {"updates": _crowd(people)})
            with program(one, url, at):
                _until_waiting(one, FLOOD * EACH - 1)
                began = time.monotonic()
                _until_waiting(one, 0)
                rate = FLOOD * EACH / (time.monotonic() - began)
        yield Figure(f"{name}, {kind}: read and acknowledged", rate, "/s")


def _crowd(people: int) -> list[dict[str, object]]:
    return [{"user_id": 7_000_000_001 + number % people, "text": WORDS} for number in range(FLOOD * EACH)]


def _until_waiting(one: Box, number: int) -> None:
    """Until no more than so many updates wait at Telegram."""
    end = time.monotonic() + PATIENCE
    while _waiting(one) > number:
        if time.monotonic() > end:
            raise TimeoutError(f"{_waiting(one)} updates wait")
        time.sleep(0.02)


def _waiting(one: Box) -> int:
    with urllib.request.urlopen(f"{one.url}/bot{one.token}/getWebhookInfo", timeout=60) as answer:
        return int(json.load(answer)["result"]["pending_update_count"])


def _heard(one: Box) -> list[float]:
    """When each crier's coordinator was told."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        told: dict[int, float] = {}
        for call in calls_of(one):
            if call["ok"] and FIRST - CRIES <= call["chat_id"] < FIRST:
                told.setdefault(call["chat_id"], call["monotonic"])
        if len(told) == CRIES:
            return [told[chat] for chat in sorted(told)]
        time.sleep(0.5)
    raise TimeoutError("not every cry was heard")


def _opened(tx: Transaction) -> list[float]:
    """When each alert was raised."""
    return [float(row["at"]) for row in tx.all("SELECT at FROM bench_raised ORDER BY alert_id")]


def _ward(kind: str, bot_id: int, criers: list[int], tx: Transaction) -> None:
    for statement in WATCHED[kind]:
        tx.run(statement)
    now = datetime.now(UTC)
    for number in criers:
        # Everybody has a coordinator of their own, so that no chat's own pace is measured.
        place = areas.make(tx, NewArea(None, Kind.COMMUNITY, f"社区{number}", f"p{number}", f"join{number}"))
        assert place is not None
        wang = persons.make(tx, bot_id=bot_id, user_id=number - CRIES, name="王姐", language=Language.CHINESE, now=now)
        persons.grant(tx, wang.id, Role.COORDINATOR, place, by=None, now=now)
        one = persons.make(tx, bot_id=bot_id, user_id=number, name="张奶奶", language=Language.CHINESE, now=now)
        plans.make(tx, Plan(0, bot_id, one.id, place, PlanState.ACTIVE), proposed_by=one.id)
    chats = [7_000_000_001 + number % FLOOD for number in range(WAITING)]
    outbox.say_many(tx, [Saying(Greeted(), bot_id, chat, None, Priority.REST) for chat in chats], now=now)
