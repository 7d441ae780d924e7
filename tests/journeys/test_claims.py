"""Helping: the first tap wins, arrival, "still on it?", lapse, giving back, saying no, and people who cannot be reached."""

import asyncio

from bot.domain.needs import State
from bot.domain.people import Role
from tests.journeys.conftest import Town, told


async def test_twenty_race_and_one_wins(town: Town) -> None:
    wang = await town.helper("王姐", Role.ADMINISTRATOR)
    people = [await town.helper(f"志愿者{number}") for number in range(20)]
    group = await town.group(wang, "c1", *people)
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    assert not told(people[0], "灯坏了", chat=group), "whoever is near is asked first"
    await town.passes(minutes=16)
    await town.passes(minutes=16)
    card = await people[0].reads("灯坏了", chat=group)
    code = card.buttons[0][0]["callback_data"]
    toasts = await asyncio.gather(*(phone.taps_code(code, card) for phone in people))
    winners = [phone for phone, toast in zip(people, toasts, strict=True) if toast and "拜托您" in (toast.text or "")]
    losers = [toast for toast in toasts if toast and "快了一步" in (toast.text or "")]
    assert (len(winners), len(losers)) == (1, 19)
    need = await town.need(number)
    assert need.claimed_by == (await town.person(winners[0])).id
    await zhang.reads(winners[0].name)
    await town.quiet()
    assert told(people[0], f"{winners[0].name}来帮忙", chat=group)
    assert [event.event for event in await town.story(number)].count("claimed") == 1
    for phone in people:
        asked = [shown for shown in phone.screen() if "灯坏了" in shown.text or "维修" in shown.text]
        assert phone is winners[0] or all("我来帮忙" not in str(shown.labels) for shown in asked)


async def test_five_are_asked_the_nearest_first_and_each_is_told_why(town: Town) -> None:
    far = [await town.helper(f"远邻{number}") for number in range(4)]
    skilled = await town.helper("老电工", skills=("repairs",))
    near = await town.helper("近邻", code="g1")
    same = await town.helper("同楼", code="b1")
    other = await town.helper("阳光志愿者", code="c2")
    leader = await town.helper("队长", Role.LEADER, code="b1")
    zhang = await town.resident("张奶奶", "b1")
    await town.asks(zhang, "厨房的灯坏了")
    assert "您拿手" in (await skilled.reads("为什么问您")).text
    assert "同一栋楼" in (await same.reads("为什么问您")).text
    assert "住得近" in (await near.reads("为什么问您")).text
    await town.quiet()
    assert told(leader, "同一栋楼"), "a leader is asked like everybody in the team"
    assert sum(told(phone, "灯坏了") for phone in far) == 1
    assert not told(other, "灯坏了")
    card = next(shown for phone in far for shown in phone.screen() if "灯坏了" in shown.text)
    assert "本社区的志愿者" in card.text
    assert card.protected


async def test_no_means_that_somebody_else_is_asked_once(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    asked = [await town.helper(f"志愿者{number}") for number in range(5)]
    later = [await town.helper(f"后备{number}") for number in range(2)]
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    card = await asked[0].reads("灯坏了")
    no = card.buttons[1][0]["callback_data"]
    first, second = asked[0].taps_code(no, card), asked[0].taps_code(no, card)
    for toast in (await first, await second):
        assert toast
        assert "我去问别人" in (toast.text or "")
    await town.quiet()
    assert [told(phone, "灯坏了") for phone in later] == [True, False], "two taps of one person ask one other"
    assert told(asked[0], "如果您又可以了")
    toast = await zhang.taps_code(no, next(shown for shown in zhang.screen() if "已经发出" in shown.text))
    assert toast
    assert toast.alert, "a resident is asked for nothing, so they cannot say no"

    for phone in (*asked[1:], *later):
        await phone.presses("这次不行")
        await town.quiet()
    await wang.reads("还没有人来帮忙")
    await asked[0].presses("我来帮忙")
    assert (await town.need(number)).state is State.CLAIMED


async def test_arrival_is_said_once_and_can_be_an_hour_of_tomorrow(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await zhang.reads("小李来帮您办")
    card = await li.reads("您什么时候到")
    assert [label for row in card.labels for label in row][:3] == ["30 分钟后", "1 小时后", "🕒 换个时间"]
    await li.presses("换个时间")
    await town.quiet()
    card = li.screen()[-1]
    labels = [label for row in card.labels for label in row]
    assert {"15 分钟后", "30 分钟后", "1 小时后", "2 小时后"} <= set(labels)
    code = next(b["callback_data"] for row in card.buttons for b in row if "明天 10:00" in b["text"])
    first, second = li.taps_code(code, card), li.taps_code(code, card)
    for toast in (await first, await second):
        assert toast
        assert "已经告诉对方" in (toast.text or "")
    await zhang.reads("明天 10:00 到您这里")
    await town.quiet()
    assert len([shown for shown in zhang.screen() if "明天 10:00 到您这里" in shown.text]) == 1, "two taps, one message"
    assert told(zhang, "小李来帮您，明天 10:00 到")
    assert told(li, "您说明天 10:00 到")


async def test_the_arrival_can_be_changed_and_the_resident_hears(town: Town) -> None:
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("您什么时候到")
    await li.presses("30 分钟后")
    await zhang.reads("09:30 到您这里")
    await li.presses("换个时间")
    await town.quiet()
    asked = li.screen()[-1]
    await li.presses("2 小时后")
    await zhang.reads("11:00 到您这里")
    await li.presses("办完了")
    await li.reads("办得怎么样？")
    await li.presses("办好了")
    await zhang.reads("您看可以吗")
    await town.quiet()
    assert told(li, "您说“办好了”，正在请居民确认"), "nobody reads of themselves by name"
    toast = await li.taps_code(f"na:{number}:15", asked)
    assert toast
    assert "已经办好了" in (toast.text or "")


async def test_for_right_now_only_soon_can_be_promised(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "马上来个人，家里漏水")
    await li.reads("漏水")
    await li.presses("我来帮忙")
    await li.reads("您什么时候到")
    await li.presses("换个时间")
    await town.quiet()
    card = li.screen()[-1]
    assert {"15 分钟后", "2 小时后"} <= {label for row in card.labels for label in row}
    assert not any("明天" in label for row in card.labels for label in row)
    toast = await li.taps_code(f"na:1:{24 * 60 + 1}", card)
    assert toast
    assert "已经失效" in (toast.text or "")
    evening = await li.taps_code("no:1:0:8", card)
    assert evening
    assert "已经过了" in (evening.text or ""), "eight o'clock is over at nine"


async def test_a_claim_that_goes_quiet_is_asked_then_given_to_others_who_hear_of_it_anew(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhao = await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await zhao.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await zhao.reads("小李来帮忙")
    await town.passes(hours=2, minutes=1)
    await li.reads("办得怎么样了")
    await li.presses("我正在办")
    await town.quiet()
    assert li.nothing_says("办得怎么样了")
    await town.passes(hours=2, minutes=1)
    await li.reads("办得怎么样了")
    await town.passes(minutes=31)
    await li.reads("没有回音，所以我去问别人了")
    await zhang.reads("来不了了")
    again = await zhao.reads("灯坏了")
    assert again.id > max(s.id for s in zhao.screen() if "请看下面" in s.text), "asked again at the end of the chat"
    await town.quiet()
    assert li.nothing_says("301")
    assert not told(li, "为什么问您"), "whoever let it lapse is not asked again"
    await zhao.presses("我来帮忙")
    await zhang.reads("小赵来帮您办")
    events = [event.event for event in await town.story(number)]
    assert events == ["posted", "claimed", "asked", "kept", "asked", "lapsed", "claimed"]
    assert not told(wang, "301")


async def test_buttons_of_a_lapsed_claim_say_how_it_stands(town: Town) -> None:
    li = await town.helper("小李")
    zhao = await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    card = await li.reads("301")
    await town.passes(hours=2, minutes=1)
    asked = await li.reads("办得怎么样了")
    await town.passes(minutes=31)
    for code in (
        f"nk:{number}",
        f"nf:{number}",
        f"nd:{number}:done",
        f"nr:{number}",
        f"na:{number}:30",
        f"nv:{number}",
    ):
        toast = await li.taps_code(code, asked)
        assert toast
        assert "空出来了" in (toast.text or ""), code
    await zhao.presses("我来帮忙")
    for code in (f"nk:{number}", f"nb:{number}:too_far", f"nv:{number}"):
        toast = await li.taps_code(code, card)
        assert toast
        assert "快了一步" in (toast.text or ""), code
    await town.quiet()
    assert li.nothing_says("301")


async def test_given_back_with_a_reason(town: Town) -> None:
    li = await town.helper("小李")
    zhao = await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await li.presses("我去不了")
    await li.reads("是什么原因")
    await li.presses("还是我来")
    await li.presses("我去不了")
    await town.quiet()
    await li.presses("太远了")
    await zhang.reads("来不了了")
    await zhao.reads("灯坏了")
    await town.quiet()
    assert li.nothing_says("301")
    released = next(event for event in await town.story(number) if event.event == "released")
    assert (released.actor_id, released.before, released.after, released.detail) == (
        (await town.person(li)).id,
        "claimed",
        "open",
        "too_far",
    )
    await li.presses("我来帮忙")
    await zhang.reads("小李来帮您办")


async def test_whoever_blocks_the_bot_is_replaced(town: Town) -> None:
    asked = [await town.helper(f"志愿者{number}") for number in range(5)]
    spare = [await town.helper(f"后备{number}") for number in range(3)]
    await asked[0].blocks()
    await town.quiet()
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    assert told(spare[0], "灯坏了"), "blocked before: never asked"
    await asked[1].blocks()
    await town.quiet()
    assert told(spare[1], "灯坏了"), "blocked after being asked: somebody else is asked"

    await asked[2].presses("我来帮忙")
    await zhang.reads("志愿者2来帮您办")
    await asked[2].blocks()
    await town.quiet()
    await town.passes(hours=2, minutes=1)
    await town.passes(minutes=0.1)
    await zhang.reads("来不了了")
    assert told(spare[2], "灯坏了")
    assert (await town.need(number)).state is State.OPEN


async def test_a_deleted_account_is_found_out_by_writing_to_it(town: Town) -> None:
    asked = [await town.helper(f"志愿者{number}") for number in range(5)]
    spare = await town.helper("后备")
    asked[0].deactivates()
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    assert told(spare, "灯坏了")


async def test_in_a_group_somebody_whom_we_cannot_write_to_is_led_into_the_private_chat(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    li = await town.helper("小李")
    group = await town.group(chen, "c1", li)
    await li.blocks()
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了", chat=group)
    toast = await li.presses("我来帮忙", chat=group)
    assert toast
    assert "start=" in (toast.url or "")
    assert (await town.need(number)).state is State.OPEN, "who could not be told the address does not have it"
    await li.opens(toast.url or "")
    await town.quiet()
    await li.presses("我来帮忙", chat=group)
    await town.quiet()
    await li.presses("看地址")
    await li.reads("301")
