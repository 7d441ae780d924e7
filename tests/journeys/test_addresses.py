"""Where somebody lives: who sees it, for how long, and that every showing is written down."""

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.people import Role
from bot.storage import history
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told

DOOR, SECRETS = "6单元604 13611112222", ("604", "13611112222")


def who_sees(town: Town) -> list[str]:
    """The names of all whose whole screens, in private or in groups, show a secret that they did not write themselves."""
    seen = []
    for phone in town.sandbox.phones():
        for chat in (None, *(group for group in town.sandbox.groups() if group.chat.has(phone.id))):
            if any(told(phone, secret, chat) for secret in SECRETS):
                seen.append(phone.name)
                break
    return seen


async def _done(town: Town, li: Phone, zhang: Phone) -> None:
    await li.presses("办完了")
    await li.reads("办得怎么样？")
    await li.presses("办好了")
    await zhang.reads("您看可以吗")


async def _released(town: Town, li: Phone, zhang: Phone) -> None:
    await li.presses("我去不了")
    await li.reads("是什么原因")
    await li.presses("其他原因")
    await zhang.reads("来不了了")


async def _cancelled(town: Town, li: Phone, zhang: Phone) -> None:
    await zhang.presses("不需要了")
    await li.reads("已经不需要了")


async def _lapsed(town: Town, li: Phone, zhang: Phone) -> None:
    await town.passes(hours=2, minutes=1)
    await town.passes(minutes=31)
    await zhang.reads("来不了了")


@pytest.mark.parametrize("ends", [_done, _released, _cancelled, _lapsed])
async def test_only_whoever_goes_sees_it_and_only_until_it_ends(
    town: Town, ends: Callable[[Town, Phone, Phone], Awaitable[None]]
) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhao = await town.helper("小赵")
    group = await town.group(chen, "c1", wang, li, zhao)
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了", DOOR)
    for phone in (wang, zhao):
        await phone.sends("/needs")
        await phone.reads("您附近的需求")
        await phone.presses(f"#{number}")
    await town.quiet()
    assert who_sees(town) == []
    await li.presses("我来帮忙", chat=group)
    await town.quiet()
    await li.presses("30 分钟后")
    await town.quiet()
    await li.sends("/mine")
    await li.reads("您正在帮忙")
    await li.presses(f"#{number}")
    await town.quiet()
    if told(li, "看地址"):
        await li.presses("看地址")
        await town.quiet()
    assert who_sees(town) == ["小李"]
    shown = [shown for shown in li.screen() if any(shown.says(secret) for secret in SECRETS)]
    assert len(shown) == 1, "on one card only"
    assert shown[0].protected
    for phone, forged in ((zhao, f"nv:{number}"), (wang, f"nv:{number}"), (zhang, f"nv:{number}")):
        toast = await phone.taps_code(forged, next(s for s in phone.screen() if s.labels))
        assert toast
        assert toast.alert
    await town.quiet()
    assert who_sees(town) == ["小李"]

    await ends(town, li, zhang)
    await town.quiet()
    assert who_sees(town) == []
    who, viewer = await town.person(zhang), await town.person(li)
    rows = await town.read(lambda tx: history.disclosures_of(tx, who.id, 100))
    assert rows
    assert {(row["viewer_id"], row["subject"]) for row in rows} == {(viewer.id, f"need:{number}")}
    await zhang.sends("/me")
    said = await zhang.reads("看过您门牌和电话的人")
    assert said.text.count("小李") == 1, "one line for one helper and one need"


async def test_elsewhere_than_at_home_only_the_telephone_is_shown(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await zhang.presses("不需要了")
    await zhang.reads("已经取消")
    await zhang.sends("3号楼我妈家水管漏水")
    assert "3号楼" in (await zhang.reads("这样写对吗")).text
    await zhang.presses("发出去")
    await zhang.reads("已经发出")
    await li.reads("水管漏水")
    await li.presses("我来帮忙")
    card = await li.reads("13800138000")
    assert "301" not in card.text, "the door of one's own home is not the door of another building"


async def test_a_changed_door_is_seen_by_whoever_is_on_the_way(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await zhang.sends("/me")
    await zhang.reads("门牌：2单元301")
    await zhang.presses("门牌和电话")
    await zhang.reads("具体在哪里")
    await zhang.sends("5单元502")
    await zhang.reads("记下了")
    card = await li.reads("5单元502")
    assert not card.says("301")
