"""Money between two people: who pays is said beforehand, what it came to afterwards, and both tap that it is settled."""

from bot.domain.people import Role
from bot.domain.receipts import Budget, Payer
from bot.storage import receipts
from sandbox.phones import Phone
from tests.journeys.conftest import DOOR, Town, told

WORDS = "帮我去药店买药"


async def drafted(town: Town, zhang: Phone, payer: str) -> None:
    """张奶奶 writes what she needs, and who pays."""
    await zhang.sends(WORDS)
    await zhang.reads("这样写对吗")
    await zhang.presses("💰")
    await zhang.reads("由谁付钱")
    await zhang.presses(payer)


async def posted(town: Town, zhang: Phone) -> int:
    """… and posts it."""
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await zhang.sends(DOOR)
    await zhang.reads("已经发出")
    await town.quiet()
    return (await town.needs_of((await town.person(zhang)).id))[0].id


async def bought(town: Town, li: Phone, zhang: Phone) -> None:
    """小李 takes it, and is back."""
    await li.reads("买药")
    await li.presses("我来帮忙")
    await zhang.reads("小李来帮您办")
    await li.reads("301")
    await li.presses("✅ 办好了")
    await li.reads("不填也可以")
    await town.quiet()


async def test_cash_beforehand_a_ceiling_the_receipt_and_the_change(town: Town) -> None:
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    await drafted(town, zhang, "我先给现金")
    await zhang.reads("最多多少")
    await zhang.sends("很多")
    await zhang.reads("没看懂")
    await zhang.sends("80")
    await zhang.reads("最多¥80.00")
    number = await posted(town, zhang)
    assert await town.read(lambda tx: receipts.budget_of(tx, number)) == Budget(Payer.BEFOREHAND, 8000)
    assert "最多¥80.00" in (await li.reads("买药")).text
    await li.presses("我来帮忙")
    await zhang.reads("小李来帮您办")
    await li.reads("301")
    await li.presses("✅ 办好了")
    await li.reads("不填也可以")
    await li.presses("🧾")
    await li.reads("给了您多少")
    await li.sends("86.50")
    await li.reads("没看懂")
    await li.sends("100 86.50")
    await li.reads("有小票")
    await li.sends_photo()
    slip = await zhang.reads("小票")
    assert slip.kind == "photo"
    await town.quiet()
    for phone in (zhang, li):
        assert told(phone, "¥13.50")
        assert told(phone, "比说好的")
    await zhang.presses("钱已结清")
    await town.quiet()
    assert told(li, "等小李确认") or told(zhang, "等小李确认")
    await li.presses("钱已结清")
    await zhang.reads("已经结清")
    await li.reads("已经结清")
    found = await town.read(lambda tx: receipts.see(tx, 1))
    assert found
    assert (found.given, found.spent, found.act_at) == (10_000, 8650, None)


async def test_laid_out_and_not_agreed_a_coordinator_settles_it(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    await drafted(town, zhang, "志愿者先垫")
    await zhang.reads("最多多少")
    await zhang.presses("不设上限")
    await town.quiet()
    await posted(town, zhang)
    await bought(town, li, zhang)
    await li.presses("🧾")
    await li.reads("花了多少")
    await li.sends("42元")
    await zhang.reads("¥42.00")
    await zhang.presses("不对")
    await wang.reads("¥42.00")
    await town.quiet()
    assert told(li, "协调员")
    toast = await li.taps_code("mox:1", li.screen()[-1])
    assert toast
    assert toast.alert, "nobody judges their own money"
    await wang.presses("现在结清了")
    await zhang.reads("已经结清")
    await li.reads("已经结清")


async def test_what_is_not_settled_in_two_days_is_shown_to_who_is_in_charge(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    await town.asks(zhang, WORDS)
    await bought(town, li, zhang)
    await li.presses("🧾")
    await li.reads("花了多少")
    await li.sends("42")
    await zhang.reads("¥42.00")
    await town.passes(days=1)
    assert not told(wang, "¥42.00")
    await town.passes(days=1, minutes=1)
    await wang.reads("¥42.00")


async def test_who_pays_can_be_said_after_posting_and_changed(town: Town) -> None:
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    await town.asks(zhang, WORDS)
    await zhang.presses("💰")
    await zhang.reads("由谁付钱")
    await zhang.presses("已经付过")
    await town.quiet()
    assert told(li, "已经付过钱了")
    await zhang.presses("💰")
    await zhang.reads("由谁付钱")
    await zhang.presses("志愿者先垫")
    await zhang.reads("最多多少")
    await zhang.presses("¥50.00")
    await town.quiet()
    assert told(li, "最多¥50.00")
    assert told(zhang, "最多¥50.00")


async def test_a_photo_with_the_amount_under_it_is_enough(town: Town) -> None:
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    await town.asks(zhang, WORDS)
    await bought(town, li, zhang)
    await li.presses("🧾")
    await li.reads("花了多少")
    await li.sends_photo()
    await li.reads("没看懂")
    await li.sends_photo("23.80")
    await zhang.reads("¥23.80")
    await town.quiet()
    assert any(shown.kind == "photo" for shown in zhang.screen())


async def test_nobody_else_touches_the_money(town: Town) -> None:
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    number = await town.asks(zhang, WORDS)
    await bought(town, li, zhang)
    await li.presses("🧾")
    await li.reads("花了多少")
    await li.sends("42")
    await zhang.reads("¥42.00")
    zhao = await town.helper("小赵")
    card = zhao.screen()[-1]
    for code in (
        *("mos:1", "mon:1", "mox:1", "mor:1", f"mob:need:{number}", f"mop:need:{number}:paid", "mob:draft:1"),
        *(f"moc:need:{number}:1", "mob:other:1", f"mop:need:{number}:nonsense", f"moc:need:{number}:-5"),
    ):
        toast = await zhao.taps_code(code, card)
        assert toast, code
        assert toast.alert, code
    await zhang.presses("可以，都好")
    await town.quiet()
    toast = await zhang.taps_code(f"mob:need:{number}", zhang.screen()[-1])
    assert toast
    assert toast.alert, "once it is done, who pays is not said any more"
