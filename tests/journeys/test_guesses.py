"""Links are not guessed: after some that lead nowhere further ones are not looked at, good or bad."""

from bot.domain.people import Role
from tests.journeys.conftest import Town, told

GUESSES = 10


async def test_whoever_guesses_links_learns_nothing_more_for_an_hour(town: Town) -> None:
    good = await town.invitation(Role.COORDINATOR)
    thief = town.sandbox.phone("小偷")
    wang = town.sandbox.phone("王姐")
    for number in range(GUESSES):
        await thief.sends(f"/start {'ibft'[number % 4]}{number:022d}")
        town.clock.advance(5)
    await town.quiet()
    assert not told(thief, "一小时后再打开")
    await thief.opens(good)
    await thief.reads("一小时后再打开")
    assert not told(thief, "协调员")
    await thief.sends("/start i0000000000000000000000")
    await thief.reads("一小时后再打开")
    await thief.sends("灯坏了")
    await thief.reads("这样写对吗")
    await wang.opens(good)
    await wang.reads("协调员")
    await town.passes(hours=1, minutes=1)
    await thief.opens(good)
    await thief.reads("别人已经用过了")


async def test_every_answer_to_a_bad_link_says_the_same_of_everybody(town: Town) -> None:
    thief = town.sandbox.phone("小偷")
    said = []
    for payload in ("i0000000000000000000000", "i", "ix" * 20):
        await thief.sends(f"/start {payload}")
        said.append((await thief.reads("邀请")).text)
    assert len(set(said)) == 1
