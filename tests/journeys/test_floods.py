"""Very many come at once: nothing is lost, nobody in need waits, and whoever is in charge hears once and decides with a tap."""

import pytest

from bot.domain.notices import Priority
from bot.domain.people import Role
from bot.storage.database import Transaction
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told
from tests.journeys.test_volunteers import applies

LIMIT = 2


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two an hour of everything are many here."""
    for name in ("JOINS", "POSTS", "NEWS"):
        monkeypatch.setenv(f"LINLI_{name}_AN_HOUR", str(LIMIT))


async def _scans(town: Town, name: str, code: str = "b1") -> Phone:
    phone = town.sandbox.phone(name)
    await phone.opens(await town.poster(code))
    await town.quiet()
    return phone


async def _many_join(town: Town, number: int) -> list[Phone]:
    return [await _scans(town, f"邻居{index}") for index in range(number)]


def _times(phone: Phone, words: str) -> int:
    return sum(shown.says(words) for shown in phone.screen() if not shown.mine)


async def _writes(town: Town, phone: Phone, words: str, *taps: str) -> None:
    """Writes a request and posts it."""
    await phone.sends(words)
    await phone.reads("这样写对吗")
    for tap in (*taps, "发出去"):
        await phone.presses(tap)
        await town.quiet()
    if told(phone, "门牌号") and phone.screen()[-1].says("门牌号"):
        await phone.sends("2单元301 13800138000")
    await town.quiet()


async def test_who_joins_while_very_many_do_keeps_their_place_and_goes_on_by_themselves(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    phones = await _many_join(town, LIMIT + 3)
    joined, held = phones[:LIMIT], phones[LIMIT:]
    assert all(told(phone, "您好") for phone in joined)
    for phone in held:
        assert told(phone, "加入幸福社区")
        assert (await town.person(phone)).building_id is None
    assert [one for one in range(1, 4) if told(held[0], "/sos")], "what goes now all the same is said"
    assert _times(wang, "加入幸福社区的人特别多") == 1, "one message, whoever many come"
    await held[0].opens(await town.poster("b1"))
    await town.quiet()
    far = await _scans(town, "远方", "b9")
    assert told(far, "您好"), "the next community has its own"
    await town.passes(minutes=31)
    assert [(await town.person(phone)).building_id is not None for phone in held] == [True, False, False]
    assert told(held[0], "您好"), "welcomed as everybody is"
    await town.passes(minutes=61)
    assert all([(await town.person(phone)).building_id is not None for phone in held])
    assert told(wang, "没有人在排队了")


async def test_whoever_is_in_charge_lets_all_of_them_through_with_one_tap(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    far = await town.helper("远姐", Role.COORDINATOR, "c2")
    phones = await _many_join(town, LIMIT + 3)
    await wang.presses("看最新")
    await wang.reads("3人在排队加入")
    place = await town.area_id("c1")
    for phone in (far, phones[0]):
        for code in (f"fll:{place}:joins", f"flo:{place}:joins:1", f"fls:{place}:joins"):
            toast = await phone.taps_code(code, phone.screen()[-1])
            assert toast is not None
            assert toast.text, "nobody else"
    assert (await town.person(phones[-1])).building_id is None
    await wang.presses("现在全部放行")
    await town.passes(minutes=0.1)
    assert all([(await town.person(phone)).building_id is not None for phone in phones])
    one_more = await _scans(town, "迟来")
    assert told(one_more, "排队") or told(one_more, "特别多"), "who comes after them is counted as before"
    await wang.presses("午夜前不限制")
    await town.passes(minutes=0.1)
    assert (await town.person(one_more)).building_id is not None
    for phone in await _many_join(town, 3):
        assert (await town.person(phone)).building_id is not None
    await wang.presses("恢复限制")
    await town.quiet()
    last = await _scans(town, "最后")
    assert (await town.person(last)).building_id is None


async def test_requests_wait_for_their_turn_and_neighbours_are_not_all_asked_at_once(town: Town) -> None:
    phones = await _many_join_slowly(town, LIMIT + 2)
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李", code="b1")
    for index, phone in enumerate(phones):
        await _writes(town, phone, f"第{index}个灯坏了")
    assert [told(li, f"第{index}个灯坏了") for index in range(4)] == [True, True, False, False]
    assert _times(wang, "幸福社区的求助特别多") == 1
    await wang.presses("看最新")
    await wang.reads("2条求助在排队")
    assert told(phones[2], "您的求助已经记下")
    assert not told(phones[1], "您的求助已经记下")
    await wang.sends("/desk")
    await wang.reads("工作台")
    assert told(wang, "排队中 2")
    await town.passes(minutes=31)
    assert [told(li, f"第{index}个灯坏了") for index in range(4)] == [True, True, True, False]
    assert not told(phones[2], "您的求助已经记下"), "the card says that neighbours are asked"
    await wang.presses("现在全部放行")
    await town.passes(minutes=0.1)
    assert told(li, "第3个灯坏了")


async def _many_join_slowly(town: Town, number: int) -> list[Phone]:
    return [await _joins_in_time(town, f"邻居{index}") for index in range(number)]


async def test_what_is_needed_now_and_whoever_is_known_never_wait(town: Town) -> None:
    phones = await _many_join_slowly(town, LIMIT + 2)
    li = await town.helper("小李", code="b1")
    await _writes(town, phones[3], "水管漏水了，马上来")
    await li.presses("我来帮忙")
    await town.quiet()
    await li.presses("办完了")
    await li.reads("办得怎么样？")
    await li.presses("办好了")
    await phones[3].reads("您看可以吗")
    await phones[3].presses("都好")
    await town.passes(minutes=70)
    for index in range(LIMIT):
        await _writes(town, phones[index], f"第{index}个灯坏了")
    await _writes(town, phones[2], "第2个灯坏了")
    assert not told(li, "第2个灯坏了")
    await _writes(town, phones[3], "第3个灯坏了")
    assert told(li, "第3个灯坏了"), "helped here before"
    assert not told(li, "第2个灯坏了"), "it still waits"
    for label in ("修改", "时间", "现在就要"):
        await phones[2].presses(label)
        await town.quiet()
    assert told(li, "第2个灯坏了"), "said to be needed now"
    assert not told(phones[2], "您的求助已经记下")
    await _writes(town, phones[2], "门打不开，现在就要人来")
    assert told(li, "门打不开"), "needed now"


async def test_a_request_that_waits_is_no_news_until_its_turn_and_can_be_taken_back(town: Town) -> None:
    phones = await _many_join_slowly(town, LIMIT + 2)
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李", code="b1")
    for index, phone in enumerate(phones):
        await _writes(town, phone, f"第{index}个灯坏了")
    await phones[2].presses("不需要了")
    await town.quiet()
    await town.passes(minutes=65)
    assert not told(li, "第2个灯坏了"), "taken back while it waited"
    assert told(li, "第3个灯坏了")
    assert not told(wang, "没有人接"), "nobody was told that nobody took what nobody was asked for"


async def test_hundreds_of_messages_of_one_person_are_noted_and_only_cries_and_big_keys_are_read(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    await town.passes(minutes=2)
    before = await town.read(lambda tx: (_rows(tx, "outbox"), _rows(tx, "updates")))
    for number in range(150):
        await zhang.sends(f"第{number}句")
    await town.quiet()
    after = await town.read(lambda tx: (_rows(tx, "outbox"), _rows(tx, "updates")))
    assert after[1] - before[1] == 150, "each is noted as seen"
    assert after[0] - before[0] <= 25, "and is neither answered nor kept"
    assert _times(zhang, "请等 10 秒") == 1, "told once"
    assert await town.read(lambda tx: _rows(tx, "failures")) == 0
    await zhang.sends("救命，我摔倒了")
    await wang.reads("张奶奶")
    await zhang.sends("🌞 我很好")
    await zhang.sends("还在写")
    await town.quiet()
    assert not told(zhang, "还在写")
    await town.passes(minutes=2)
    await zhang.sends("灯坏了")
    await zhang.reads("灯坏了")


def _rows(tx: Transaction, table: str) -> int:
    row = tx.one(f"SELECT COUNT(*) AS n FROM {table}")
    return 0 if row is None else int(row["n"])


async def test_answers_to_strangers_come_after_questions_to_whoever_is_cared_for(town: Town) -> None:
    stranger, zhang = town.sandbox.phone("生人"), await town.resident("张奶奶")
    await stranger.sends("/start")
    await zhang.sends("/help")
    await town.quiet()

    def priorities(tx: Transaction) -> dict[int, int]:
        rows = tx.all("SELECT chat_id, priority FROM outbox WHERE kind IN ('ChooseLanguage', 'Help') ORDER BY id")
        return {row["chat_id"]: row["priority"] for row in rows}

    found = await town.read(priorities)
    assert found[stranger.id] > Priority.CHECK_IN
    assert found[zhang.id] == Priority.ANSWER


async def test_applications_beyond_the_limit_come_one_after_the_other(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    phones = [await _joins_in_time(town, f"志愿{index}") for index in range(LIMIT + 2)]
    for phone in phones:
        await applies(town, phone)
    came = [f"志愿{index}，幸福社区" for index in range(LIMIT + 2)]
    assert [told(wang, words) for words in came] == [True, True, False, False]
    await wang.reads("申请和提议特别多")
    await wang.sends("/desk")
    await wang.reads("工作台")
    assert told(wang, "申请 4"), "the list has all of them"
    await phones[3].sends("/volunteer")
    await phones[3].reads("协调员已经收到")
    await phones[3].presses("收回申请")
    await town.passes(minutes=31)
    assert [told(wang, words) for words in came] == [True, True, True, False]
    await town.passes(minutes=31)
    assert not told(wang, came[3]), "taken back while it waited"


async def _joins_in_time(town: Town, name: str) -> Phone:
    phone = await town.resident(name)
    await town.passes(minutes=40)
    return phone
