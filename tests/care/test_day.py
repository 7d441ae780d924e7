"""A day of care: asked, answered, missed, looked after."""

from bot.domain.people import Role
from sandbox import Phone
from tests.care.shifts import here, planned_in_chinese
from tests.journeys.conftest import Town


async def cared_for(town: Town, wang: Phone, name: str) -> Phone:
    """A resident who has agreed to be asked twice a day."""
    zhang = await town.resident(name)
    await wang.sends("/care")
    await wang.reads("每天问候的人")
    await wang.presses("➕")
    await wang.reads("先问")
    await wang.presses(name)
    await zhang.reads("每天")
    await zhang.presses("👍")
    await zhang.reads("第一次")
    return zhang


async def test_a_missed_check_in_climbs_until_somebody_has_looked(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    await planned_in_chinese(town, wang, "小李")
    await li.reads("您在幸福社区值班")
    await here(town, li)
    assert li.sees("您在幸福社区值班，到 20:00")
    zhang = await cared_for(town, wang, "张奶奶")

    await town.passes(hours=9)  # 18:00
    await zhang.reads("您好吗")
    assert zhang.keyboard() == [["🌞 我很好"], ["📞 请给我打电话"], ["🆘 我需要帮助"]]
    await zhang.presses("我很好")
    await zhang.reads("保重")

    await town.passes(hours=14)  # 08:00
    await zhang.reads("您好吗")
    await here(town, li)
    await town.passes(minutes=30)
    await zhang.reads("还没有")
    await town.passes(minutes=20)
    await zhang.reads("还没有")
    await town.passes(minutes=10)  # 09:00
    await li.reads("张奶奶")
    await li.presses("我去看看")
    await li.reads("门牌")
    await zhang.reads("小李")
    await li.presses("15 分钟")
    await zhang.reads("09:15")
    await li.presses("记录")
    await li.reads("看到")
    await li.presses("摔倒")
    await li.reads("结束")
    assert not town.sandbox.unknown_parameters
