"""Writing what one needs: plain words, step by step, corrections, second thoughts, and questions that are not answered."""

from bot.domain.needs import Urgency
from bot.domain.people import Role
from bot.storage import drafts
from tests.journeys.conftest import DOOR, Town, told


async def test_step_by_step(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("/need")
    await zhang.reads("您需要什么")
    await zhang.sends("窗户高，擦不到")
    await zhang.reads("哪一类")
    await zhang.presses("家务清洁")
    await zhang.reads("什么时候要")
    await zhang.presses("这周内")
    card = await zhang.reads("这样写对吗")
    assert "家务清洁" in card.text
    assert "这周内" in card.text
    assert "1号楼" in card.text
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await zhang.sends(DOOR)
    await zhang.reads("已经发出")
    need = await town.need(1)
    assert (need.category, need.urgency, need.text) == ("housekeeping", Urgency.WEEK, "窗户高，擦不到")


async def test_step_by_step_in_english_for_somebody_who_wrote_before(town: Town) -> None:
    smith = await town.resident("Mrs Smith", language="en")
    await smith.sends("the tap drips")
    await smith.reads("Is this right?")
    await smith.sends("/need")
    await smith.reads("What do you need?")
    await town.quiet()
    assert not told(smith, "the tap drips"), "the old draft has no words and no buttons any more"
    await smith.sends("my cat is up a tree")
    await smith.reads("What kind of help")
    await smith.presses("Something else")
    await smith.reads("How soon")
    await smith.presses("right now")
    await smith.reads("Is this right?")


async def test_kind_time_and_place_are_corrected_by_taps_and_stay_so(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("厨房的灯坏了")
    assert "维修" in (await zhang.reads("这样写对吗")).text
    await zhang.presses("类别")
    await zhang.reads("哪一类")
    await zhang.presses("物业水电")
    assert "物业水电" in (await zhang.reads("这样写对吗")).text
    await zhang.presses("时间")
    await zhang.reads("什么时候要")
    await zhang.presses("现在就要")
    assert "现在就要" in (await zhang.reads("这样写对吗")).text
    await zhang.presses("地点")
    await zhang.reads("请选择您住的地方")
    for place in ("幸福社区", "第二网格", "3号楼"):
        await zhang.presses(place)
        await town.quiet()
    card = await zhang.reads("这样写对吗")
    assert "3号楼" in card.text

    await zhang.sends("不急，灯泡我有")
    card = await zhang.reads("灯泡我有")
    assert "厨房的灯坏了" in card.text
    assert "物业水电" in card.text, "what was chosen by a tap is not guessed again"
    assert "现在就要" in card.text
    assert "3号楼" in card.text
    assert (await town.person(zhang)).building_id == await town.area_id("b1"), (
        "where it is needed is not where one lives"
    )


async def test_several_messages_are_one_draft_and_what_nobody_chose_is_guessed_again(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("有件事想麻烦大家")
    assert "其他" in (await zhang.reads("这样写对吗")).text
    await zhang.sends("想请人陪我去医院复查")
    await zhang.sends("马上要走")
    card = await zhang.reads("马上要走")
    assert "陪同就医" in card.text
    assert "现在就要" in card.text
    await town.quiet()
    drafts_shown = [shown for shown in zhang.screen() if "这样写对吗" in shown.text]
    assert len(drafts_shown) == 1, "older cards of the same draft are blanked"


async def test_a_building_that_the_text_names_is_the_place_but_not_one_whose_number_only_ends_alike(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("3号楼门口有个快递，帮我拿一下")
    assert "3号楼\n" in f"{(await zhang.reads('这样写对吗')).text}\n".replace("📍 ", "")
    await zhang.presses("不要了")
    await zhang.reads("收起来")
    await zhang.sends("13号楼门口有个快递，帮我拿一下")
    card = await zhang.reads("这样写对吗")
    assert "1号楼" in card.text.splitlines()[-3]
    assert "第一网格" in card.text


async def test_a_draft_survives_a_restart_and_belongs_to_today(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("想理个发")
    await zhang.reads("这样写对吗")
    await town.quiet()
    await town.sleeps()
    await zhang.sends("最好是上午")
    await town.wakes()
    card = await zhang.reads("最好是上午")
    assert "想理个发" in card.text
    await town.passes(hours=7)
    await zhang.sends("家里没有盐了")
    card = await zhang.reads("没有盐")
    assert "理个发" not in card.text
    await town.quiet()
    assert not told(zhang, "想理个发"), "yesterday's draft has no words and no buttons any more"


async def test_greetings_and_thanks_make_no_draft(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    for words in ("您好", "谢谢！", "👍", "辛苦了～", "Hello!", "Good morning"):
        await zhang.sends(words)
        await zhang.reads("我去问邻居")
    await town.quiet()
    assert zhang.nothing_says("这样写对吗")

    await zhang.sends("买两斤米")
    await zhang.reads("这样写对吗")
    await town.quiet()
    await zhang.sends("谢谢")
    card = await zhang.reads("买两斤米")
    assert "谢谢" not in card.text, "thanks are no part of a request"

    await town.passes(hours=7)
    await zhang.sends("早上好")
    await zhang.reads("我去问邻居")


async def test_a_text_has_at_most_a_thousand_characters(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("灯" * 1001)
    await zhang.reads("1001 个字，最多可以写 1000")
    assert not told(zhang, "这样写对吗")
    await zhang.sends("灯" * 1000)
    await zhang.reads("这样写对吗")
    await zhang.sends("坏")
    await zhang.reads("1002 个字，最多可以写 1000")
    await zhang.presses("发出去")
    await zhang.reads("门牌号")


async def test_five_needs_are_open_at_most(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "第一件：灯坏了")
    for number in "二三四五":
        await town.asks(zhang, f"第{number}件：灯坏了", door=None)
    await zhang.sends("/need")
    await zhang.reads("已经有 5 个需求在办")
    await zhang.sends("第六件：灯坏了")
    await zhang.reads("这样写对吗")
    toast = await zhang.presses("发出去")
    assert toast
    assert toast.alert
    assert "已经有 5 个需求在办" in (toast.text or "")
    await zhang.sends("/mine")
    await zhang.reads("您的需求")
    await zhang.presses("#2")
    await zhang.reads("第二件")
    await zhang.presses("不需要了")
    await zhang.reads("已经取消")
    await zhang.presses("发出去")
    await zhang.reads("已经发出")
    assert (await town.need(6)).text == "第六件：灯坏了"


async def test_posting_twice_posts_once_and_nobody_is_alarmed(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await zhang.sends("水管漏水")
    card = await zhang.reads("这样写对吗")
    code = card.buttons[0][0]["callback_data"]
    first, second = zhang.taps_code(code, card), zhang.taps_code(code, card)
    for toast in (await first, await second):
        assert toast
        assert "已经发出" in (toast.text or "")
    await town.quiet()
    who = await town.person(zhang)
    assert len(await town.needs_of(who.id)) == 2


async def test_thrown_away_means_nothing_is_kept_and_the_question_for_the_door_is_forgotten(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("想换把门锁")
    await zhang.reads("这样写对吗")
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await zhang.presses("不要了")
    await zhang.reads("收起来了")
    assert not told(zhang, "门锁")
    who = await town.person(zhang)
    assert await town.read(lambda tx: drafts.find(tx, who.id)) is None

    await zhang.sends("厨房的灯坏了")
    assert "厨房的灯坏了" in (await zhang.reads("这样写对吗")).text
    assert (await town.person(zhang)).door is None


async def test_begin_again_while_a_door_is_asked_for(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("/me")
    await zhang.reads("门牌：没有填")
    await zhang.presses("门牌和电话")
    await zhang.reads("具体在哪里")
    await zhang.sends("/need")
    await zhang.reads("您需要什么")
    await zhang.sends("灯坏了")
    await zhang.reads("哪一类")
    assert (await town.person(zhang)).door is None


DOORS = (
    ("13800138000", None, "+8613800138000"),
    ("3单元 502，电话 010-62345678", "3单元 502", "+861062345678"),
    ("２单元３０１　１３８００１３８０００", "2单元301", "+8613800138000"),
    ("左边第二个门", "左边第二个门", None),
)


async def test_what_the_answer_to_the_door_may_be(town: Town) -> None:
    for place, (answer, door, telephone) in enumerate(DOORS):
        zhang = await town.resident(f"邻居{place}")
        await zhang.sends("灯坏了")
        await zhang.reads("这样写对吗")
        await zhang.presses("发出去")
        await zhang.reads("门牌号")
        await zhang.sends("门" * 81)
        await zhang.reads("最多可以写 80")
        await zhang.sends("……")
        await zhang.reads("没有看到文字")
        await zhang.sends(answer)
        await zhang.reads("已经发出")
        person = await town.person(zhang)
        assert (person.door, person.telephone) == (door, telephone)


async def test_posted_without_a_door(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await zhang.sends("灯坏了")
    await zhang.reads("这样写对吗")
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await zhang.presses("不留门牌")
    await zhang.reads("已经发出")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("没有留门牌")
    assert li.sees("没有留电话")


async def test_a_volunteer_who_lives_nowhere_yet_asks_for_help(town: Town) -> None:
    li = await town.helper("小李", Role.VOLUNTEER)
    await li.sends("我自己也要帮忙搬家具")
    card = await li.reads("这样写对吗")
    assert "还不知道在哪里" in card.text
    await li.presses("发出去")
    await li.reads("请选择您住的地方")
    for place in ("幸福社区", "第一网格", "2号楼"):
        await li.presses(place)
        await town.quiet()
    assert "2号楼" in (await li.reads("这样写对吗")).text
    await li.presses("发出去")
    await li.reads("门牌号")
    await li.sends("1单元101")
    await li.reads("已经发出")
    assert (await town.person(li)).building_id == await town.area_id("b2")
