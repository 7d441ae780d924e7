"""Being asked: wave after wave and why, "in two hours", "no more today", quiet hours, leave, silence, "not this person again"."""

from bot.domain.areas import Plan
from bot.domain.needs import State
from bot.domain.people import Role
from bot.services import areas
from bot.storage import persons
from tests.journeys.conftest import Town, told


async def test_the_next_wave_goes_when_the_first_is_silent_and_never_to_the_same(town: Town) -> None:
    people = [await town.helper(f"志愿者{number}") for number in range(8)]
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    first = {phone.name for phone in people if told(phone, "灯坏了")}
    assert len(first) == 5
    await town.passes(minutes=14)
    assert {phone.name for phone in people if told(phone, "灯坏了")} == first
    await town.passes(minutes=2)
    assert all(told(phone, "灯坏了") for phone in people)
    await town.passes(minutes=60)
    assert all(sum("为什么问您" in shown.text for shown in phone.screen()) == 1 for phone in people)
    await people[7].presses("我来帮忙")
    await zhang.reads("志愿者7来帮您办")
    assert (await town.need(number)).state is State.CLAIMED
    search = await town.read(lambda tx: tx.one("SELECT act_at FROM searches WHERE need_id = :id", {"id": number}))
    assert search is not None
    await town.passes(hours=1)
    search = await town.read(lambda tx: tx.one("SELECT act_at FROM searches WHERE need_id = :id", {"id": number}))
    assert search is not None
    assert search["act_at"] is None, "whoever has it, others are not asked any more"


async def test_whoever_helped_before_is_asked_first_and_told_so(town: Town) -> None:
    near = [await town.helper(f"同楼{number}", code="b1") for number in range(6)]
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "马上来人，灯坏了")
    assert not told(li, "灯坏了"), "five in the building come first"
    await town.passes(minutes=3)
    await li.presses("我来帮忙")
    await li.reads("301")
    await li.presses("办完了")
    await li.reads("办得怎么样？")
    await li.presses("办好了")
    await zhang.reads("您看可以吗")
    await zhang.presses("都好")
    await zhang.reads("帮得怎么样")
    await zhang.presses("⭐⭐⭐⭐⭐")
    await town.quiet()
    await town.passes(hours=1)
    await town.asks(zhang, "水管漏水", door=None)
    card = next(shown for shown in li.screen() if "水管漏水" in shown.text)
    assert "您以前帮过这一家" in card.text
    assert sum(told(phone, "水管漏水") for phone in near) == 4


async def test_in_two_hours_is_remembered_and_asked_anew(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang, sun = await town.resident("张奶奶"), await town.resident("孙大爷", "b2")
    number = await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await li.presses("两小时后")
    await town.quiet()
    assert told(li, "今天 11:00 再来问您")
    await town.asks(sun, "水管漏水")
    assert told(zhao, "水管漏水")
    assert not told(li, "水管漏水"), "nothing is asked before"
    await town.passes(minutes=119)
    assert not told(li, "为什么问您")
    await town.passes(minutes=2)
    again = [shown for shown in li.screen() if "灯坏了" in shown.text and "为什么问您" in shown.text]
    assert len(again) == 1
    await li.taps_code(f"nc:{number}", again[0])
    await zhang.reads("小李来帮您办")


async def test_no_more_today_ends_at_midnight_and_some_words_do_it_too(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang, sun = await town.resident("张奶奶"), await town.resident("孙大爷", "b2")
    await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await li.sends("今天不行！")
    await li.reads("好的，我去问别人。最早 明天 00:00 再来问您")
    await zhao.reads("灯坏了")
    await zhao.presses("今天不行了")
    await town.quiet()
    await town.asks(sun, "水管漏水")
    assert not told(li, "水管漏水")
    assert not told(zhao, "水管漏水")
    await li.sends("今天不行！")
    await li.reads("这样写对吗")
    await town.passes(hours=22, minutes=30)
    assert told(li, "水管漏水"), "the next morning they are asked"
    await li.sends("这次不行")
    await li.reads("好的，我去问别人。")


async def test_quiet_hours_are_kept_except_for_right_now_by_whoever_allows_it(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    await zhao.sends("/available")
    await zhao.reads("什么时候方便问您")
    await zhao.presses("有急事随时可以叫我")
    await town.quiet()
    zhang, sun = await town.resident("张奶奶"), await town.resident("孙大爷", "b2")
    await town.passes(hours=14)
    await town.asks(zhang, "灯坏了")
    assert not told(li, "灯坏了")
    assert not told(zhao, "灯坏了"), "today is not right now"
    assert not told(wang, "还没有人来帮忙"), "it can wait until the morning"
    await town.asks(sun, "马上来人，水管漏水")
    assert told(zhao, "水管漏水")
    assert not told(li, "水管漏水")
    await town.passes(hours=7, minutes=55)
    await town.passes(minutes=10)
    assert told(li, "灯坏了")


async def test_own_quiet_hours_are_kept_and_given_back(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    await li.sends("/available")
    await li.reads("免打扰时间：22:00 到 07:00")
    await li.presses("不设免打扰")
    await town.quiet()
    assert told(li, "什么时候都可以问您")
    await zhao.sends("/available")
    await zhao.reads("什么时候方便问您")
    await zhao.presses("08:00–15:00")
    await town.quiet()
    assert told(zhao, "免打扰时间：08:00 到 15:00")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    assert told(li, "灯坏了")
    assert not told(zhao, "灯坏了"), "it is the middle of their night"
    await zhao.presses("22:00–07:00")
    await town.quiet()
    await town.passes(minutes=31)
    assert told(zhao, "灯坏了")


async def test_leave_and_coming_back(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await li.sends("/available")
    card = await li.reads("什么时候方便问您")
    assert len(card.buttons) == 12
    await li.presses("休假 7 天")
    await town.quiet()
    assert told(li, "您正在休假")
    await town.asks(zhang, "灯坏了")
    assert not told(li, "灯坏了")
    await li.presses("我回来了")
    await town.quiet()
    await town.passes(minutes=31)
    assert told(li, "灯坏了")
    await li.presses("周一 🌅")
    await town.quiet()
    assert told(li, "✅ 周一 🌅")
    toast = await zhang.taps_code("hlv:7", next(shown for shown in zhang.screen() if "已经发出" in shown.text))
    assert toast
    assert toast.alert, "whoever is asked for nothing has nothing to say"


async def test_who_is_silent_is_asked_less_told_so_and_back_with_one_tap(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    for round in range(6):
        words = f"灯坏了{round}"
        await town.asks(zhang, words, **({} if round == 0 else {"door": None}))
        assert told(li, words), round
        await town.passes(hours=1, minutes=2)
        await town.passes(minutes=31)
        number = max(need.id for need in await town.needs_of((await town.person(zhang)).id))
        await zhang.taps_code(f"nx:{number}", zhang.screen()[-1])
        await town.quiet()
        if round == 2:
            await town.passes(hours=19)
    await li.reads("以后我大约每周问您一次")
    await town.passes(hours=19)
    await town.asks(zhang, "灯坏了七", door=None)
    assert not told(li, "灯坏了七")
    await li.presses("我回来了")
    await town.quiet()
    await town.passes(minutes=31)
    assert told(li, "灯坏了七")


async def test_not_this_person_again_is_kept_and_the_other_never_learns_of_it(town: Town) -> None:
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await li.presses("办完了")
    await li.reads("办得怎么样？")
    await li.presses("办好了")
    await zhang.reads("您看可以吗")
    await zhang.presses("都好")
    await zhang.reads("帮得怎么样")
    await zhang.taps_code("ns:1:1", next(shown for shown in zhang.screen() if "帮得怎么样" in shown.text))
    await town.quiet()
    before = len(li.screen())
    await zhang.presses("下次换个人")
    await zhang.reads("只有我知道")
    await zhang.presses("好的，换别人")
    await zhang.reads("以后不会再安排您和 小李 在一起")
    await town.quiet()
    assert len(li.screen()) == before, "nothing is said to the other"
    number = await town.asks(zhang, "水管漏水", door=None)
    assert told(zhao, "水管漏水")
    assert not told(li, "水管漏水")
    toast = await li.taps_code(f"nc:{number}", li.screen()[-1])
    assert toast
    assert "正在请别人帮忙" in (toast.text or "")
    await zhang.presses("还是可以的")
    await zhang.reads("以后还可以是 小李")
    await town.passes(minutes=16)
    assert told(li, "水管漏水")


async def test_the_next_community_is_asked_last_and_may_take_it(town: Town) -> None:
    street = "code,parent,kind,name\ns1,,street,和平街道\nn1,s1,community,东社区\nd1,n1,building,一号楼\nn2,s1,community,西社区\n"
    plan = areas.plan_import(street)
    assert isinstance(plan, Plan)
    await town.write(lambda tx: areas.import_areas(tx, plan, now=town.clock.now()))
    phone = town.sandbox.phone("西邻", language="zh-hans")
    await phone.opens(await town.invitation(Role.VOLUNTEER, "n2"))
    await phone.reads("西社区")
    zhang = await town.resident("张奶奶", "d1")
    number = await town.asks(zhang, "灯坏了")
    assert "附近社区的志愿者" in (await phone.reads("灯坏了")).text
    west = await town.person(phone)
    roles = await town.read(lambda tx: tx.all("SELECT * FROM roles WHERE person_id = :id", {"id": west.id}))
    await town.write(lambda tx: tx.run("DELETE FROM roles WHERE person_id = :id", {"id": west.id}))
    toast = await phone.taps_code(f"nc:{number}", phone.screen()[-1])
    assert toast
    assert toast.alert, "whoever helps no more does not take what they were asked before"
    area_id = roles[0]["area_id"]
    await town.write(lambda tx: persons.grant(tx, west.id, Role.VOLUNTEER, area_id, by=None, now=town.clock.now()))
    await phone.presses("我来帮忙")
    await zhang.reads("西邻来帮您办")
    assert (await town.need(number)).state is State.CLAIMED


async def test_a_coordinator_asks_one_person_who_says_no_and_another_who_says_yes(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    people = [await town.helper(f"志愿者{number}") for number in range(6)]
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await wang.sends("/needs")
    await town.quiet()
    await wang.taps_code(f"nq:{number}", wang.screen()[-1])
    await wang.reads("正在等人来帮忙")
    await wang.presses("请某个人来")
    await wang.reads("请谁来帮忙")
    await wang.presses("志愿者5")
    assert "协调员特意请您帮忙" in (await people[5].reads("灯坏了")).text
    await people[5].presses("这次不行")
    await wang.reads("志愿者5 这次来不了")
    await wang.presses("请另一个人")
    await town.quiet()
    card = wang.screen()[-1]
    assert not card.says("志愿者5"), "whoever said no is not asked again"
    await wang.presses("志愿者2")
    await town.quiet()
    await people[2].presses("我来帮忙")
    await zhang.reads("志愿者2来帮您办")
    toast = await zhang.taps_code(f"asp:{number}:1", zhang.screen()[-1])
    assert toast
    assert toast.alert, "a resident sends nobody"


async def test_on_hold_nobody_further_is_asked_until_the_morning(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    people = [await town.helper(f"志愿者{number}") for number in range(7)]
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await wang.sends("/needs")
    await town.quiet()
    await wang.taps_code(f"nq:{number}", wang.screen()[-1])
    await wang.reads("正在等人来帮忙")
    await wang.presses("缓 1 天")
    await zhang.reads("需求由王姐来安排")
    await town.quiet()
    await town.passes(hours=8)
    assert sum(told(phone, "灯坏了") for phone in people) == 5
    assert not told(wang, "还没有人来帮忙")
    await town.passes(hours=15, minutes=5)
    assert sum(told(phone, "灯坏了") for phone in people) == 7
    assert told(wang, "还没有人来帮忙"), "it is nobody's need to be forgotten"


async def test_a_coordinator_takes_a_claimed_need_over(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await wang.sends("/needs")
    await town.quiet()
    await wang.taps_code(f"nq:{number}", wang.screen()[-1])
    await wang.reads("小李来帮忙")
    toast = await li.taps_code(f"ast:{number}", li.screen()[-1])
    assert toast
    assert toast.alert, "nobody but who is in charge takes something over"
    await wang.presses("我来接手")
    await zhang.reads("王姐来帮您办")
    await wang.presses("看地址")
    await wang.reads("301")
    await li.reads("协调员了解了")
    await town.quiet()
    assert li.nothing_says("301"), "the address leaves with the claim"
    assert (await town.need(number)).claimed_by == (await town.person(wang)).id


async def test_in_english_whoever_speaks_it_is_told_why(town: Town) -> None:
    chinese = [await town.helper(f"志愿者{number}") for number in range(6)]
    tom = town.sandbox.phone("Tom", language="en")
    await tom.opens(await town.invitation(Role.VOLUNTEER))
    await tom.reads("volunteer")
    emma = await town.resident("Emma", language="en")
    await emma.sends("The lamp is broken")
    await emma.reads("The lamp is broken")
    await emma.presses("Post it")
    await emma.reads("unit and door")
    await emma.sends("unit 2, 301")
    await emma.reads("Posted")
    card = await tom.reads("Why you")
    assert "you are a volunteer of this community and you speak the same language" in card.text
    await town.quiet()
    assert sum(told(phone, "broken") for phone in chinese) == 4
    await tom.presses("In two hours")
    await town.quiet()
    assert told(tom, "I ask you again today 11:00; meanwhile others are asked")
    await tom.sends("/available")
    assert "Quiet hours: 22:00 to 07:00" in (await tom.reads("When may I ask you?")).text
    await tom.presses("7 days off")
    await town.quiet()
    assert told(tom, "You are on leave and are asked again")
    await tom.presses("I'm back")
    await town.quiet()
    await town.passes(hours=2, minutes=1)
    await tom.reads("The lamp is broken")
    await tom.sends("no more today")
    await tom.reads("I ask you again tomorrow 00:00 at the earliest")
