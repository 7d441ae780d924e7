"""Live, ready, and figures: what a machine reads of a running copy, and nothing about anybody in it."""

import asyncio
import json
import re
from datetime import timedelta

import pytest

from bot.clock import Sign
from bot.domain.people import Role
from bot.storage.database import Transaction
from scheduler.lag import REMEMBERED_SECONDS, Lag
from tests.journeys.conftest import Town
from tests.operating.conftest import Watched


async def _becomes_ready(town: Town, watched: Watched) -> None:
    await town.program.tick()
    async with asyncio.timeout(20):
        while (await watched.asks("/ready"))[0] != 200:
            await town.stirs()


async def test_a_copy_that_polls_says_that_it_lives_and_is_ready(town: Town, watched: Watched) -> None:
    assert await watched.asks("/live") == (200, '{"live": true}')
    await _becomes_ready(town, watched)
    assert json.loads((await watched.asks("/ready"))[1]) == {"ready": True, "faults": []}
    assert await watched.figure("linli_ready") == 1


async def test_a_copy_that_hears_nothing_or_cannot_write_is_not_ready(
    town: Town, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _becomes_ready(town, watched)
    monkeypatch.setattr(town.program.watchdog, "_written_at", -1000.0)
    sweeper = town.program.sweeper
    monkeypatch.setattr(sweeper, "done", Sign(town.clock))
    status, text = await watched.asks("/ready")
    faults = json.loads(text)["faults"]
    assert (status, json.loads(text)["ready"]) == (503, False)
    assert faults == ["silent: ticks", "the database could not be written for half a minute"]
    assert await watched.figure("linli_ready") == 0
    assert (await watched.asks("/live"))[0] == 200, "to start it again would mend nothing"


async def test_a_copy_that_stops_is_not_ready_from_the_first_moment(
    town: Town, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _becomes_ready(town, watched)
    finishing, asked, ends = asyncio.Event(), asyncio.Event(), town.program.watchdog.ends

    async def finish() -> None:
        finishing.set()
        await asked.wait()
        await ends()

    monkeypatch.setattr(town.program.watchdog, "ends", finish)
    stopping = asyncio.create_task(town.sleeps())
    await finishing.wait()
    status, text = await watched.asks("/ready")
    assert (status, json.loads(text)["faults"]) == (503, ["it is stopping"])
    asked.set()
    await stopping
    await town.wakes()


async def test_what_happens_is_counted_and_nobody_is_named(town: Town, watched: Watched) -> None:
    await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了，请帮我看看")
    await town.quiet()
    assert await watched.figure('linli_updates_total{kind="message"}') >= 3
    assert await watched.figure('linli_updates_total{kind="callback_query"}') >= 2
    assert await watched.figure('linli_deliveries_total{result="taken"}') >= 5
    assert await watched.figure("linli_update_seconds_count") >= 5
    assert await watched.figure('linli_database_seconds_count{kind="transaction"}') > 0
    assert await watched.figure('linli_outbox_letters{priority="0"}') == 0
    assert await watched.figure('linli_outbox_oldest_seconds{priority="4"}') == 0
    assert await watched.figure('linli_sweep_late_rows{sweep="needs"}') == 0
    await town.program.watchdog.tick()
    assert await watched.figure("linli_copies") == 1
    _, text = await watched.asks("/metrics")
    labels = set(re.findall(r'(\w+)="', text))
    assert labels <= {"kind", "result", "priority", "sweep", "rung", "sign", "level", "le"}
    assert not [word for word in ("张", "灯", "王", str(zhang.id), "13800138000", town.sandbox.token) if word in text]


async def test_what_is_late_is_seen(town: Town, watched: Watched) -> None:
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了，请帮我看看")
    late = int((town.clock.now() - timedelta(minutes=5)).timestamp())
    await town.write(lambda tx: _wait(tx, number, late))
    assert await watched.figure('linli_sweep_late_rows{sweep="needs"}') == 1
    assert await watched.figure('linli_outbox_letters{priority="3"}') == 0
    await town.passes(minutes=0)
    assert await watched.figure('linli_sweep_late_rows{sweep="needs"}') == 0


def _wait(tx: Transaction, number: int, at: int) -> None:
    tx.run("UPDATE needs SET act_at = :at WHERE id = :id", {"at": at, "id": number})


def test_the_longest_that_the_loop_was_held_up_is_remembered_for_a_minute() -> None:
    lag = Lag()
    assert lag.seconds() == 0
    lag.note(3.0, at=100.0)
    lag.note(1.0, at=110.0)
    assert lag.seconds() == 3.0
    lag.note(0.5, at=101.0 + REMEMBERED_SECONDS)
    assert lag.seconds() == 1.0
    lag.note(0.0, at=200.0 + REMEMBERED_SECONDS)
    assert lag.seconds() == 0.0
