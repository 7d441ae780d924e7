"""What comes again: wished with two taps, the same helper first, skipped, rested, changed, ended; while people are there."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.needs import FORGOTTEN, State
from bot.domain.people import Role
from bot.domain.recurrences import Recurrence, RecurrenceState
from bot.domain.windows import Window
from bot.storage import recurrences
from sandbox.phones import Phone
from tests.care.test_restored import backup
from tests.journeys.conftest import Town, told

ZONE = ZoneInfo("Asia/Shanghai")


def on(day: int, start: int, end: int) -> Window:
    """A window in the March in which the town lives; it is Monday the second."""
    return Window(*(datetime(2026, 3, day, hour, tzinfo=ZONE).astimezone(UTC) for hour in (start, end)))


async def kept(town: Town, number: int = 1) -> Recurrence:
    """What comes again, as it stands."""
    found = await town.read(lambda tx: recurrences.see(tx, number))
    assert found is not None
    return found


async def wished(town: Town, phone: Phone, words: str = "明天下午三点到五点想理个发") -> int:
    """Somebody asks for it, and wishes it every week; the number of their first need."""
    number = await town.asks(phone, words)
    await phone.presses("以后定期来")
    await phone.reads("多久一次")
    await phone.presses("每周二")
    await phone.reads("一直到您结束它")
    return number


async def helps(phone: Phone) -> None:
    """Goes, and is done."""
    await phone.presses("我来帮忙")
    await phone.reads("这件事就拜托您了")
    await phone.presses("办完了")
    await phone.reads("办得怎么样？")
    await phone.presses("办好了")


async def test_every_week_the_same_helper_is_asked_first_alone_and_then_others(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    await wished(town, zhang)
    card = await zhang.reads("3月10日周二") if not told(zhang, "3月10日周二") else zhang.screen()[-1]
    assert "3月9日周一去问邻居" in card.text
    await li.reads("想理个发")
    await helps(li)
    await zhang.reads("您看可以吗")
    await zhang.presses("都好")
    await zhang.reads("帮得怎么样")
    await zhang.presses("⭐⭐⭐⭐⭐")
    await town.quiet()
    await zhang.sends("/mine")
    await zhang.reads("定期来的：1 件")

    await town.passes(days=6, hours=23)
    assert len(await town.needs_of((await town.person(zhang)).id)) == 1
    await town.passes(hours=1, minutes=1)
    need = await town.need(2)
    assert (need.window, need.text, need.state) == (on(10, 15, 17), (await town.need(1)).text, State.OPEN)
    await zhang.reads("📆 明天 15:00–17:00")
    offer = await li.reads("上次就是您帮的")
    assert "明天 15:00–17:00" in offer.text
    assert not any("明天 15:00–17:00" in shown.text for shown in zhao.screen()), "not yet"
    await town.passes(hours=3, minutes=1)
    await zhao.reads("明天 15:00–17:00")
    await li.presses("我来帮忙")
    await li.reads("这件事就拜托您了")
    assert (await kept(town)).next_day == date(2026, 3, 17)


async def test_a_no_of_the_same_helper_asks_others_at_once(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    await wished(town, zhang)
    await li.reads("想理个发")
    await helps(li)
    await zhang.reads("您看可以吗")
    await zhang.presses("都好")
    await town.passes(days=7, minutes=1)
    await li.reads("上次就是您帮的")
    await li.presses("这次不行")
    await town.quiet()
    await town.passes(minutes=1)
    await zhao.reads("明天 15:00–17:00")


async def test_without_hours_they_are_asked_for_or_written(town: Town) -> None:
    zhang, sun = await town.resident("张奶奶"), await town.resident("孙大爷", "b2")
    await town.asks(zhang, "想理个发")
    await zhang.presses("以后定期来")
    await zhang.reads("多久一次")
    await zhang.presses("每天一次")
    await zhang.reads("一天里几点合适")
    await zhang.presses("中午")
    await zhang.reads("11:00–14:00")
    await town.asks(sun, "想理个发")
    await sun.presses("以后定期来")
    await sun.reads("多久一次")
    await sun.presses("每个月一次")
    await sun.reads("一天里几点合适")
    await sun.sends("随便")
    await sun.reads("没看懂这个时间")
    await sun.sends("上午9点到10点")
    await sun.reads("09:00–10:00")
    await town.passes(minutes=1)
    first, second = await kept(town), await kept(town, 2)
    assert (str(first.rule), first.next_day) == ("FREQ=DAILY", date(2026, 3, 4))
    assert (str(second.rule), second.next_day) == ("FREQ=MONTHLY;BYMONTHDAY=2", date(2026, 4, 2))
    # Tomorrow's noon is posted at once, for it is past nine.
    assert (await town.need(3)).window == on(3, 11, 14)


async def test_skipped_rested_changed_and_ended_with_a_tap_each(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await wished(town, zhang)
    await zhang.presses("3月10日周二不用")
    await town.quiet()
    assert (await kept(town)).next_day == date(2026, 3, 17)
    await town.passes(days=8)
    assert len(await town.needs_of((await town.person(zhang)).id)) == 1, "nobody was asked for the tenth"

    await zhang.presses("先停一停")
    await town.quiet()
    assert told(zhang, "先停着")
    await town.passes(days=10)
    await zhang.presses("重新开始")
    await town.quiet()
    assert (await kept(town)).next_day == date(2026, 3, 24)

    await zhang.presses("修改")
    await zhang.reads("要改哪一样")
    await zhang.presses("多久一次")
    await zhang.reads("🔁 多久一次？")
    await zhang.presses("每天一次")
    await town.quiet()
    await zhang.presses("修改")
    await zhang.reads("要改哪一样")
    await zhang.presses("几点")
    await zhang.reads("几点合适")
    await zhang.sends("9:00-10:00")
    await zhang.reads("09:00–10:00")
    await zhang.presses("修改")
    await zhang.reads("要改哪一样")
    await zhang.presses("到什么时候")
    await zhang.reads("到什么时候为止")
    await zhang.presses("四周")
    await zhang.reads("到4月17日周五为止")
    await town.quiet()
    one = await kept(town)
    assert (str(one.rule), one.starts, one.until) == ("FREQ=DAILY", 9 * 60, date(2026, 4, 17))

    await zhang.presses("结束它")
    await town.quiet()
    assert (await kept(town)).state is RecurrenceState.ENDED
    posted = len(await town.needs_of((await town.person(zhang)).id))
    await town.passes(days=3)
    assert len(await town.needs_of((await town.person(zhang)).id)) == posted


async def test_a_coordinator_writes_a_rule_and_the_resident_reads_of_it(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "想理个发")
    await wang.sends("/needs")
    await wang.reads("您附近的需求")
    await wang.presses("#1")
    await wang.reads("想理个发")
    await wang.presses("以后定期来")
    await wang.reads("多久一次")
    await wang.presses("写一个规则")
    await wang.reads("带上几点")
    await wang.sends("FREQ=SECONDLY")
    await wang.reads("一天最多一次")
    await wang.sends("FREQ=DAILY;COUNT=10000")
    await wang.reads("没看懂")
    await wang.sends("每周二、周五 15:00-17:00")
    card = await wang.reads("每周二和周五")
    assert "张奶奶" in card.text
    await zhang.reads("每周二和周五")
    await town.quiet()
    one = await kept(town)
    assert (str(one.rule), one.starts, one.need_id) == ("FREQ=WEEKLY;BYDAY=TU,FR", 15 * 60, number)


async def test_a_long_outage_posts_no_backlog(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await wished(town, zhang)
    await town.passes(days=40)
    running = await town.needs_of((await town.person(zhang)).id)
    assert len(running) == 1, "nothing of five weeks ago is asked for now"
    assert (await kept(town)).next_day == date(2026, 4, 14)
    await town.passes(days=2)
    assert len(await town.needs_of((await town.person(zhang)).id)) == 2


async def test_a_backup_that_is_put_back_asks_for_nothing_stale(
    town: Town, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await wished(town, zhang)
    await town.quiet()
    await town.sleeps()
    put_back = backup(database_url, tmp_path_factory.mktemp("backup"))
    await town.wakes()
    await town.passes(days=9)
    await town.sleeps()
    put_back()
    said = len(li.screen())
    town.clock.advance(2 * 86_400)
    await town.wakes()
    await town.passes(minutes=1)
    assert (await town.need(1)).state is State.EXPIRED
    assert len(await town.needs_of((await town.person(zhang)).id)) == 1
    assert (await kept(town)).next_day == date(2026, 3, 17)
    assert len(li.screen()) == said, "nobody is asked for a Tuesday that is over"


async def test_what_comes_again_takes_nothing_of_what_one_may_ask_for(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    for words in ("明天下午三点到五点想理个发", "灯坏了", "水管漏水", "想找人下棋", "买一袋米"):
        await town.asks(zhang, words, door="2单元301 13800138000" if words.startswith("明天") else None)
    await zhang.taps_code("rpn:1", zhang.screen()[-1])
    await zhang.reads("多久一次")
    await zhang.presses("每天一次")
    await zhang.reads("一直到您结束它")
    await town.quiet()
    await town.passes(days=1, minutes=1)
    person = (await town.person(zhang)).id
    assert len(await town.needs_of(person)) == 6, "five were running, and it came all the same"


async def test_it_ends_when_somebody_is_forgotten_and_stops_when_they_cannot_be_reached(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang, sun = await town.resident("张奶奶"), await town.resident("孙大爷", "b2")
    await wished(town, zhang)
    await wished(town, sun)
    await zhang.sends("/forget")
    await zhang.reads("要我忘记您吗")
    await zhang.presses("请忘记我")
    await zhang.reads("真的吗")
    await zhang.presses("永远忘记我")
    await zhang.reads("已经忘记您了")
    await sun.blocks()
    await town.quiet()
    forgotten = await kept(town)
    assert (forgotten.state, forgotten.text, forgotten.act_at) == (RecurrenceState.ENDED, FORGOTTEN, None)
    await town.passes(days=7, minutes=1)
    await wang.reads("联系不上孙大爷")
    assert (await kept(town, 2)).state is RecurrenceState.PAUSED


async def test_nobody_else_sees_or_changes_it(town: Town) -> None:
    li, sun = await town.helper("小李"), await town.resident("孙大爷", "b2")
    zhang = await town.resident("张奶奶")
    await wished(town, zhang)
    before = await kept(town)
    for phone in (li, sun):
        for code in (
            "rpn:1",
            "rpe:1:day",
            "rpp:1:day:noon",
            "rpt:1",
            "rpv:1",
            "rps:1:1",
            "rpz:1:1",
            "rpx:1",
            "rpc:1:which",
        ):
            toast = await phone.taps_code(code, phone.screen()[-1])
            assert toast
            assert toast.text
        for code in ("rpo:1:day", "rph:1:noon", "rpu:1:4", "rpv:99"):
            toast = await phone.taps_code(code, phone.screen()[-1])
            assert toast
            assert toast.text
    assert await kept(town) == before
    assert not told(sun, "理发")


async def test_in_english(town: Town) -> None:
    smith = await town.resident("Mrs Smith", language="en")
    await smith.sends("please cut my hair tomorrow from 3 to 5pm")
    await smith.reads("Is this right?")
    await smith.presses("Post it")
    await smith.reads("door")
    await smith.sends("2单元301 13800138000")
    await smith.reads("Posted. Neighbours")
    await smith.presses("Have this come again")
    await smith.reads("How often")
    await smith.presses("Every two weeks on Tue")
    card = await smith.reads("every 2 weeks on Tue")
    assert "Next: Tue, Mar 17" in card.text
