"""Several copies: a neighbour notices nothing of them, whichever of them ends."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.app import opened_program
from bot.domain.people import Role
from bot.services import people
from bot.storage import pulses
from bot.storage.database import Transaction
from scheduler.naming import CopyTaken
from tests.city.conftest import City
from tests.journeys.conftest import area


async def test_a_neighbour_is_answered_whichever_copy_ends(city: City) -> None:
    zhang = city.sandbox.phone("张奶奶")
    async with city.copy("two") as second:
        async with city.copy("one") as first:
            await zhang.sends("/start")
            await zhang.reads("您好")
            assert {first.own.listens, second.own.listens} == {True, False}
        await zhang.sends("/help")
        await zhang.reads("/need")
        async with asyncio.timeout(10):
            while True:
                if second.own.listens:
                    break
                await asyncio.sleep(0.05)


async def test_two_copies_of_one_name_do_not_run(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.naming.SECONDS", 0.01)
    async with city.copy("one"), opened_program(replace(city.settings, copy="one"), clock=city.clock) as another:
        with pytest.raises(CopyTaken, match="one"):
            await another.run(asyncio.Event())


async def test_silence_is_no_silence_while_another_copy_still_reads_what_was_said(city: City) -> None:
    async with city.copy("one") as one, city.copy("two") as two:
        await one.tick()
        assert one.ready()
        two.hearing._notice(city.clock.now(), city.clock.now())
        await two.watchdog.tick()
        await one.tick()
        listening, other = (one, two) if one.own.listens else (two, one)
        assert other is not listening
        assert one.ready() is not two.own.listens


async def test_a_copy_that_is_gone_is_told_once_to_two_people_and_one_that_stops_is_not(city: City) -> None:
    administrators = []
    async with city.copy("one") as one:
        for name in ("王姐", "小李", "老陈"):
            phone = city.sandbox.phone(name)
            await phone.opens(one.home.link(await city.write(lambda tx: people.invite(tx, **administrator(tx, city)))))
            await phone.reads("幸福社区")
            administrators.append(phone)
        async with city.copy("two") as two:
            await two.watchdog.tick()
        await one.watchdog.tick()
        await city.write(lambda tx: pulses.beat(tx, "three", intake_at=None, tick_at=city.clock.now()))
        await city.write(lambda tx: silent(tx, "three"))
        for _ in range(3):
            await one.watchdog.tick()
        for phone in administrators[:2]:
            await phone.reads("副本 three 已经一分钟没有动静")
        await city.write(lambda tx: pulses.beat(tx, "three", intake_at=None, tick_at=city.clock.now(), ails="ticks"))
        await one.watchdog.tick()
        await administrators[0].reads("副本 three 有些不对劲")
        await city.write(lambda tx: pulses.beat(tx, "three", intake_at=None, tick_at=city.clock.now()))
        for _ in range(2):
            await one.watchdog.tick()
        for phone in administrators[:2]:
            await phone.reads("副本 three 已经恢复正常")
            said = [shown.text for shown in phone.screen() if "副本" in shown.text]
            assert len(said) == 3
        assert not [shown for shown in administrators[2].screen() if "副本" in shown.text]


async def test_where_nobody_administers_the_emergency_chats_hear_of_a_copy_that_is_gone(city: City) -> None:
    wang = city.sandbox.phone("王姐")
    city.settings = replace(city.settings, emergency_chats=(wang.id,))
    async with city.copy("one") as one:
        await wang.sends("/start")
        await wang.reads("您好")
        await city.write(lambda tx: pulses.beat(tx, "three", intake_at=None, tick_at=city.clock.now()))
        await city.write(lambda tx: silent(tx, "three"))
        for _ in range(2):
            await one.watchdog.tick()
        await wang.reads("邻里程序的副本 three 出了问题")
        assert sum("three" in shown.text for shown in wang.screen()) == 1


def administrator(tx: Transaction, city: City) -> dict[str, Any]:
    """What an administrator's invitation says."""
    return {"role": Role.ADMINISTRATOR, "area_id": area(tx, "c1").id, "by": None, "now": city.clock.now()}


def silent(tx: Transaction, copy: str) -> None:
    """Its last pulse is more than a minute old."""
    tx.run("UPDATE pulses SET beat_at = beat_at - 61 WHERE copy = :copy", {"copy": copy})
