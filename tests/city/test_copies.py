"""Several copies: a neighbour notices nothing of them, whichever of them ends."""

import asyncio
from dataclasses import replace

import pytest

from bot.app import CopyTaken, opened_program
from tests.city.conftest import City


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
    monkeypatch.setattr("bot.app.NAME_SECONDS", 0.01)
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
