"""Taps that nobody could have made by fair means, and taps that come too late: each is answered in words, and nothing happens."""

import asyncio

from bot.domain.needs import State
from bot.domain.people import Role
from bot.storage.database import Transaction
from bot.texts.buttons import Button
from tests.journeys.conftest import Town

RUBBISH = (
    *("", " ", ":", "::::", "nc", "nc:", "nc:x", "nc:1:2", "nc:１", "nc:1.0", "nc:+1", "nc: 1", "nc:0x1", "nc:None"),
    *(
        "nc:99999999999999999999",
        "nc:-99999999999999999999",
        "zz:1",
        "NC:1",
        "nc;1",
        "nc:1\n",
        "nc:1\x00",
        "💥",
        "张奶奶",
    ),
    *("nb:1:", "nb:1:because", "nd:1:DONE", "du:1:never", "dc:1:nothing", "da:1:nowhere", "pl::", "gb:1", "ns:1:a"),
    *("x" * 64, "nc:" + "1" * 61),
)
# A tap waits so long for its answer, however many kinds of buttons there are.
TAPS_AT_ONCE = 50
# Nobody's, of somebody else, and the largest that a row may have; what parses at all is tried in tests/texts.
NUMBERS = (-1, 7, 2**63 - 1)


async def test_codes_that_we_never_wrote(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    smith = await town.resident("Mrs Smith", "b2", language="en")
    await town.asks(zhang, "灯坏了")
    card = next(shown for shown in zhang.screen() if "已经发出" in shown.text)
    before = await town.read(everything)
    for code in RUBBISH:
        toast = await zhang.taps_code(code, card)
        assert toast, code
        assert toast.alert, code
        assert "已经失效" in (toast.text or ""), code
    welcome = next(shown for shown in smith.screen() if not shown.mine)
    toast = await smith.taps_code("rubbish", welcome)
    assert toast
    assert "does not work any more" in (toast.text or ""), "in the person's own language"
    offer = await li.reads("灯坏了")
    for code in ("dp:1", "dw:1", "dx:1", "da:1:text", "dc:1:meals", "du:1:now"):
        toast = await li.taps_code(code, offer)
        assert toast
        assert "草稿" in (toast.text or ""), code
    assert await town.read(everything) == before


async def test_every_button_with_numbers_that_are_nobodys(town: Town) -> None:
    """Whoever taps whatever: it is answered, nothing breaks, and nothing of anybody else's changes."""
    people = [
        await town.resident("路人", "b2"),
        await town.helper("阳光志愿者", code="c2"),
        await town.helper("阳光管理", Role.ADMINISTRATOR, code="c2"),
    ]
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.presses("我来帮忙")
    await town.quiet()
    needs = await town.read(need_rows)
    for phone in people:
        message = next(shown for shown in phone.screen() if not shown.mine)
        codes = [code for kind in Button.known.values() for code in forged(kind, number)]
        toasts = []
        for start in range(0, len(codes), TAPS_AT_ONCE):
            some = codes[start : start + TAPS_AT_ONCE]
            toasts += await asyncio.gather(*(phone.taps_code(code, message) for code in some))
        broken = [
            code for code, toast in zip(codes, toasts, strict=True) if not toast or "对不起" in (toast.text or "")
        ]
        assert not broken
    await town.quiet()
    assert await town.read(need_rows) == needs
    assert (await town.person(zhang)).name == "张奶奶"


def forged(kind: type[Button], number: int) -> list[str]:
    """Codes of this kind that parse: about the need `number`, and about what is not there."""
    fields = [field in (int, "int") for field in kind.__annotations__.values()]
    codes = []
    for value in (number, *NUMBERS):
        for word in ("other", "zh"):
            codes.append(":".join([kind.prefix, *(str(value) if whole else word for whole in fields)]))
    for place in range(len(fields) - 1):
        mixed = [str(number) if whole else "done" for whole in fields]
        mixed[place + 1] = "1" if fields[place + 1] else "done"
        codes.append(":".join([kind.prefix, *mixed]))
    return list(dict.fromkeys(codes))


async def test_buttons_of_yesterday_and_of_somebody_elses_card(town: Town) -> None:
    li = await town.helper("小李")
    zhao = await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    sun = await town.resident("孙大爷", "b2")
    await zhang.sends("灯坏了")
    old = await zhang.reads("这样写对吗")
    await zhang.presses("不要了")
    await zhang.reads("收起来")
    await zhang.sends("水管漏水")
    await zhang.reads("这样写对吗")
    for row in old.buttons:
        for button in row:
            toast = await zhang.taps_code(button["callback_data"], old)
            assert toast
            assert "收起来" in (toast.text or ""), button["text"]
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await zhang.sends("2单元301")
    await zhang.reads("已经发出")
    await town.quiet()
    first = (await town.needs_of((await town.person(zhang)).id))[0].id
    toast = await sun.taps_code(f"nx:{first}", next(shown for shown in sun.screen() if not shown.mine))
    assert toast
    assert "由别人来办" in (toast.text or "")
    await li.presses("我来帮忙")
    card = await li.reads("301")
    for code in (f"nk:{first}", f"nd:{first}:done", f"na:{first}:30", f"nb:{first}:other"):
        toast = await zhao.taps_code(code, next(shown for shown in zhao.screen() if not shown.mine))
        assert toast
        assert "快了一步" in (toast.text or "")
    toast = await zhang.taps_code(f"nd:{first}:done", next(shown for shown in zhang.screen() if "已经" in shown.text))
    assert toast
    assert toast.alert
    await town.passes(days=1)
    await town.passes(days=1)
    toast = await li.taps_code(f"nd:{first}:done", card)
    assert toast
    assert "空出来了" in (toast.text or "")
    assert (await town.need(first)).state is State.OPEN


async def test_double_taps_do_it_once(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    card = await li.reads("灯坏了")
    mine = next(shown for shown in zhang.screen() if "已经发出" in shown.text)
    for phone, shown, code in [
        (li, card, f"nc:{number}"),
        (li, card, f"na:{number}:30"),
        (li, card, f"nd:{number}:partly"),
        (zhang, mine, f"ny:{number}"),
        (zhang, mine, f"ns:{number}:3"),
    ]:
        first, second, third = (phone.taps_code(code, shown) for _ in range(3))
        for toast in (await first, await second, await third):
            assert toast
            assert toast.text
        await town.quiet()
    events = [event.event for event in await town.story(number)]
    assert events == ["posted", "claimed", "arrival", "partly", "confirmed", "rated"]
    assert len([shown for shown in wang.screen() if "🔔" in shown.text]) == 1
    assert len([shown for shown in zhang.screen() if "来帮您办" in shown.text]) == 1
    await town.passes(days=7, minutes=1)
    assert len([shown for shown in li.screen() if "给需求 #" in shown.text and "评了" in shown.text]) == 1


async def test_a_tap_on_what_has_changed_shows_how_it_stands(town: Town) -> None:
    li = await town.helper("小李")
    zhao = await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    card = await zhao.reads("灯坏了")
    await zhang.presses("不需要了")
    await zhang.reads("已经取消")
    await town.quiet()
    for phone, code, words in [
        (zhao, f"nc:{number}", "取消"),
        (li, f"nn:{number}", ""),
        (zhang, f"nx:{number}", "取消"),
        (zhang, f"ny:{number}", "取消"),
        (zhang, f"nw:{number}", "取消"),
        (zhang, f"ns:{number}:5", "取消"),
    ]:
        shown = card if phone is zhao else next(each for each in phone.screen() if not each.mine)
        toast = await phone.taps_code(code, shown)
        assert toast
        assert words in (toast.text or ""), code
    await town.quiet()
    present = next(shown for shown in zhao.screen() if shown.id == card.id)
    assert "已取消" in present.text
    assert not present.labels


async def test_a_stranger_who_never_wrote_is_led_to_the_private_chat_wherever_they_tap(town: Town) -> None:
    stranger = town.sandbox.phone("路人")
    await stranger.sends("/start")
    await stranger.reads("您好")
    await town.quiet()

    def forget(tx: Transaction) -> None:
        tx.run("DELETE FROM accounts")

    await town.write(forget)
    toast = await stranger.taps_code("nc:1", next(shown for shown in stranger.screen() if not shown.mine))
    assert toast
    assert "start=" in (toast.url or "")


def need_rows(tx: Transaction) -> list[dict[str, object]]:
    """Every need as it stands."""
    return [dict(row) for row in tx.all("SELECT * FROM needs ORDER BY id")]


def everything(tx: Transaction) -> list[list[dict[str, object]]]:
    """What a tap could change, apart from what is said."""
    tables = ("needs", "offers", "drafts", "persons", "roles", "history", "groups", "disclosures", "failures")
    return [[dict(row) for row in tx.all(f"SELECT * FROM {table} ORDER BY 1, 2")] for table in tables]
