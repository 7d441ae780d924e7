"""How somebody comes to be on duty in a story: planned by tap, and there by tap."""

from sandbox import Phone
from tests.journeys.conftest import PATIENCE_SECONDS, Town


async def planned(town: Town, wang: Phone, name: str, hours: str = "round the clock", days: str = "every day") -> None:
    """The coordinator puts somebody on duty each week, in English."""
    await wang.sends("/duty")
    await wang.reads("Duty in")
    await town.quiet()
    await wang.presses("Somebody more")
    await wang.reads("Who is on duty?")
    await wang.presses(name)
    await wang.reads("at which hours?")
    await wang.presses(hours)
    await wang.reads("on which days?")
    await wang.presses(days)
    await town.quiet()


async def planned_in_chinese(town: Town, wang: Phone, name: str, hours: str = "08:00–20:00") -> None:
    """The same in Chinese, every day."""
    await wang.sends("/duty")
    await wang.reads("的值班")
    await town.quiet()
    await wang.presses("再加一个人")
    await wang.reads("谁来值班？")
    await wang.presses(name)
    await wang.reads("几点到几点")
    await wang.presses(hours)
    await wang.reads("哪几天")
    await wang.presses("每天")
    await town.quiet()


async def on_duty(town: Town, wang: Phone, name: str, hours: str = "round the clock") -> Phone:
    """A volunteer who is planned, and has said that they are there."""
    li = await town.helper(name, language="en")
    await planned(town, wang, name, hours)
    await here(town, li)
    return li


async def here(town: Town, li: Phone) -> None:
    """A turn begins: "I'm here"."""
    await town.passes()
    # The program's own tick may have been a little faster and not be done yet.
    while not (li.sees("Are you there?") or li.sees("您在吗")):
        assert await li.chat_at(None).signal.wait(PATIENCE_SECONDS), "nobody was asked whether they are there"
    await li.reads("Are you there?" if li.sees("Are you there?") else "您在吗")
    await li.presses("I'm here" if li.sees("Are you there?") else "我在")
    await town.quiet()
