"""Contact data is shown to whoever goes, not to one person for everybody; whoever is in charge sees who was shown what."""

import pytest

from bot.domain.needs import State
from bot.domain.people import Role
from sandbox.phones import Phone
from sandbox.screen import Shown
from tests.journeys.conftest import Town, told

A_DAY, AN_HOUR = 3, 2


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three neighbours a day are enough here, and two in an hour unusual."""
    monkeypatch.setenv("LINLI_ADDRESSES_A_DAY", str(A_DAY))
    monkeypatch.setenv("LINLI_ADDRESSES_AN_HOUR", str(AN_HOUR))
    monkeypatch.setenv("LINLI_CLAIMS_AT_ONCE", "50")


async def _asked(town: Town, name: str) -> Phone:
    """A neighbour with a request of their own, and a door of their own."""
    phone = await town.resident(name)
    await town.asks(phone, f"{name}的灯坏了", f"{name}的门 13800138000")
    return phone


async def _takes(town: Town, li: Phone, words: str) -> None:
    """Takes a request on, and looks for the address."""
    await _taps(town, li, words, "我来帮忙")
    if any("看地址" in label for row in _card(li, words).labels for label in row):
        await _taps(town, li, words, "看地址")


async def _taps(town: Town, phone: Phone, words: str, label: str) -> None:
    """Taps a key of the newest message that says so."""
    shown = _card(phone, words, label)
    code = next(key["callback_data"] for row in shown.buttons for key in row if label in key["text"])
    await phone.taps_code(code, shown)
    await town.quiet()


def _card(phone: Phone, words: str, label: str = "") -> Shown:
    """The newest message of the bot that says so, with such a key."""
    found = [one for one in phone.screen() if not one.mine and one.says(words) and label in str(one.labels)]
    assert found, [one.text for one in phone.screen()]
    return found[-1]


async def test_many_addresses_are_noticed_and_too_many_wait_for_whoever_is_in_charge(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李", code="b1")
    names = [f"{number}奶奶" for number in "一二三四"]
    for name in names:
        await _asked(town, name)
        await _takes(town, li, f"{name}的灯坏了")
    assert [told(li, f"{name}的门") for name in names] == [True, True, True, False]
    assert told(li, "没有算您接下"), "said before anything is promised"
    assert [_times(wang, words) for words in ("小李一小时内看了2位", "小李今天看了3位")] == [1, 1]
    assert told(li, "王姐马上可以再放开")
    await wang.presses("今天再放开")
    await li.reads("又可以看地址了")
    await _takes(town, li, "四奶奶的灯坏了")
    assert told(li, "四奶奶的门")
    assert not told(wang, "小李今天看了3位"), "answered, and not asked again"


async def test_whoever_was_shown_many_takes_nothing_on_that_nobody_could_go_to(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao = await town.helper("小李", code="b1"), await town.helper("小赵", code="b1")
    for name in ("一奶奶", "二奶奶", "三奶奶"):
        await _asked(town, name)
        await _takes(town, li, f"{name}的灯坏了")
    four = await town.resident("四奶奶")
    number = await town.asks(four, "四奶奶的灯坏了", "四奶奶的门 13800138000")
    card = _card(li, "四奶奶的灯坏了", "我来帮忙")
    toast = await li.taps_code(f"nc:{number}", card)
    assert toast is not None
    assert "还没有算您接下" in (toast.text or "")
    await li.reads("没有算您接下")
    await town.quiet()
    assert (await town.need(number)).state is State.OPEN
    assert not told(four, "小李来帮您办"), "nobody is promised to the resident"
    assert _times(wang, "小李今天看了3位") == 1
    await _takes(town, zhao, "四奶奶的灯坏了")
    assert told(four, "小赵来帮您办")
    await li.taps_code(f"nc:{number}", card)
    await town.quiet()
    assert _times(li, "一天就到这里") == 1, "what another has is said as ever"


async def test_whoever_was_shown_already_is_shown_again_and_the_next_day_counts_anew(town: Town) -> None:
    li = await town.helper("小李", code="b1")
    names = [f"{number}奶奶" for number in "一二三四"]
    phones = [await _asked(town, name) for name in names]
    for name in names:
        await _takes(town, li, f"{name}的灯坏了")
    assert not told(li, "四奶奶的门")
    await town.passes(hours=1)
    assert told(li, "一奶奶的门")
    await phones[0].sends("水管也坏了")
    await phones[0].reads("这样写对吗")
    await phones[0].presses("发出去")
    await town.quiet()
    await _takes(town, li, "水管也坏了")
    assert _card(li, "水管也坏了").says("一奶奶的门"), "somebody who was shown already"
    for hours in (3, 1, 20):
        await town.passes(hours=hours)
    await _asked(town, "五奶奶")
    await _takes(town, li, "五奶奶的灯坏了")
    assert told(li, "五奶奶的门"), "the next day"


async def test_whoever_is_in_charge_sees_who_was_shown_whose_by_place_and_day(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    far = await town.helper("远姐", Role.COORDINATOR, "c2")
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    li = await town.helper("小李", code="b1")
    zhang = await _asked(town, "张奶奶")
    await _takes(town, li, "张奶奶的灯坏了")
    await town.passes(minutes=5)
    for phone in (wang, chen):
        await phone.sends("/desk")
        await phone.reads("工作台")
        await phone.presses("谁看过联系方式")
        shown = await phone.reads("小李 → 张奶奶")
        assert "1次" in shown.text
        assert "张奶奶的门" not in shown.text
    await wang.presses("前一天")
    await wang.reads("没有人看过")
    place = await town.area_id("c1")
    await far.sends("/desk")
    await far.reads("工作台")
    await far.presses("谁看过联系方式")
    await far.reads("没有人看过")
    for phone in (far, li, zhang):
        toast = await phone.taps_code(f"wso:{place}:0:0", _card(phone, "您"))
        assert toast is not None
        assert toast.text
    await town.quiet()
    assert not any(told(phone, "小李 → 张奶奶") for phone in (far, li, zhang))


async def test_only_whoever_is_in_charge_allows_more_and_nobody_themselves(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    far = await town.helper("远姐", Role.COORDINATOR, "c2")
    li = await town.helper("小李", code="b1")
    await town.quiet()
    numbers = {phone: (await town.person(phone)).id for phone in (wang, li)}
    for phone, whom in ((far, li), (li, li), (wang, wang)):
        toast = await phone.taps_code(f"wsa:{numbers[whom]}", _card(phone, "您"))
        assert toast is not None
        assert toast.text
    assert await town.read(lambda tx: tx.all("SELECT 1 AS one FROM history WHERE subject LIKE 'showings:%'")) == []


def _times(phone: Phone, words: str) -> int:
    """How many messages of the bot say so."""
    return sum(shown.says(words) for shown in phone.screen() if not shown.mine)
