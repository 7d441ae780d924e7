"""The community's group: what it shows and hides, who may tap in it, how it is bound, moves and sends the bot away."""

from bot.domain.needs import State
from bot.domain.people import Role
from bot.storage import groups
from bot.storage.database import Transaction
from tests.journeys.conftest import Town, told


async def test_the_group_reads_no_name_no_door_no_telephone(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    li = await town.helper("小李")
    neighbour = town.sandbox.phone("路人")
    group = await town.group(chen, "c1", li, neighbour)
    zhang = await town.resident("张奶奶")
    await zhang.sends("灯坏了，我在2单元301室，电话138 0013 8000，或者打010-62345678")
    await zhang.reads("这样写对吗")
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await zhang.sends("3单元402 13900139000")
    await zhang.reads("已经发出")
    card = await neighbour.reads("灯坏了", chat=group)
    assert "1号楼" in card.text
    for private in ("张奶奶", "301", "138", "8000", "62345678", "402", "139", "单元"):
        assert not card.says(private), private
    offer = await li.reads("灯坏了")
    for private in ("301", "8000", "62345678", "402"):
        assert not offer.says(private), f"{private} is seen only by whoever goes"

    await li.presses("我来帮忙", chat=group)
    await town.quiet()
    assert told(neighbour, "小李来帮忙", chat=group)
    assert not told(neighbour, "我来帮忙", chat=group)
    assert told(li, "3单元402"), "on the private card that they had been sent"
    assert told(li, "62345678"), "whoever goes reads all of it"
    for private in ("张奶奶", "301", "402", "139"):
        assert not told(neighbour, private, chat=group)


async def test_taps_in_the_group(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    li = await town.helper("小李")
    other = await town.helper("阳光志愿者", code="c2")
    zhang = await town.resident("张奶奶")
    sun = await town.resident("孙大爷", "b2")
    stranger = town.sandbox.phone("路人")
    group = await town.group(chen, "c1", li, other, zhang, sun, stranger)
    number = await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了", chat=group)
    toast = await stranger.presses("我来帮忙", chat=group)
    assert toast
    assert (toast.url or "").startswith("https://t.me/linli_bot?start=")
    for phone, words in ((zhang, "您自己的需求"), (sun, "想来帮邻居吗"), (other, "想来帮邻居吗")):
        toast = await phone.presses("我来帮忙", chat=group)
        assert toast
        assert toast.alert
        assert words in (toast.text or "")
    assert (await town.need(number)).state is State.OPEN
    await li.presses("我来帮忙", chat=group)
    await zhang.reads("小李来帮您办")
    await town.quiet()
    card = next(shown for shown in li.screen(group) if "灯坏了" in shown.text)
    toast = await li.taps_code(f"nc:{number}", card)
    assert toast
    assert "拜托您" in (toast.text or ""), "tapping twice changes nothing"
    assert [event.event for event in await town.story(number)] == ["posted", "claimed"]
    before = len(li.screen(group))
    for phone in (li, zhang, chen):
        for code in (
            f"nq:{number}",
            f"nv:{number}",
            f"nf:{number}",
            f"nx:{number}",
            "nm:0",
            "pc",
            "po",
            "da:1:text",
            "pa:0:0:0",
        ):
            toast = await phone.taps_code(code, card)
            assert toast
            assert "已经失效" in (toast.text or ""), "what is answered in private is not asked for in a group"
    await town.quiet()
    assert len(li.screen(group)) == before

    await stranger.opens(f"https://t.me/{town.sandbox.bot.username}?start=hello")
    await stranger.reads("您好")
    await stranger.presses("中文")
    await stranger.reads("称呼您")
    await stranger.presses("路人")
    await stranger.reads("请选择您住的地方")


async def test_only_an_administrator_of_the_place_binds_a_group(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    sunny = await town.helper("阳光管理", Role.ADMINISTRATOR, code="c2")
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    group = town.sandbox.group("邻里群", (wang, sunny, chen))
    await wang.adds_bot(group)
    await wang.reads("各位邻居好", chat=group)
    await town.quiet()
    assert not told(wang, "这个群属于哪里")
    await wang.sends("/bind@linli_bot", chat=group)
    await wang.reads("请到私聊里", chat=group)
    await town.quiet()
    assert not told(wang, "这个群属于哪里")

    await sunny.sends("/bind@linli_bot", chat=group)
    question = await sunny.reads("这个群属于哪里")
    happy, sun = await town.area_id("c1"), await town.area_id("c2")
    forged = await sunny.taps_code(f"gb:{group.id}:{happy}", question)
    assert forged
    assert "由别人来办" in (forged.text or "")
    for code in (f"gb:{group.id}:999999", f"gb:-1:{sun}", f"go:{group.id}:999999:0", f"go:{group.id}:0:-5", "gb:x:1"):
        toast = await sunny.taps_code(code, question)
        assert toast
        assert toast.alert or code.endswith("-5"), code
    stranger_tap = await wang.taps_code(f"go:{group.id}:0:0", next(s for s in wang.screen() if "协调员" in s.text))
    assert stranger_tap
    assert stranger_tap.alert, "who may not bind is shown no places to bind to"

    await chen.sends("/bind@linli_bot", chat=group)
    await chen.reads("这个群属于哪里")
    await chen.presses("幸福社区")
    await town.quiet()
    await chen.presses("幸福社区的群")
    await chen.reads("这里现在是幸福社区的群", chat=group)
    again = await sunny.taps_code(f"gb:{group.id}:{sun}", question)
    assert again
    assert "由别人来办" in (again.text or ""), "a group of one place is not taken away to another"
    row = await town.read(lambda tx: groups.find(tx, town.program.home.bot_id, group.id))
    assert row is not None
    assert row["area_id"] == happy
    kept = await town.read(lambda tx: tx.all("SELECT actor_id FROM history WHERE event = 'bound'"))
    assert [event["actor_id"] for event in kept] == [(await town.person(chen)).id]


async def test_a_group_that_is_bound_later_sees_what_is_open_already(town: Town) -> None:
    chen, zhang = await town.helper("陈管理", Role.ADMINISTRATOR), await town.resident("张奶奶")
    await town.asks(zhang, "厨房的灯坏了")
    group = town.sandbox.group("邻里群", (chen,))
    await chen.adds_bot(group)
    await chen.reads("这个群属于哪里")
    await chen.presses("幸福社区")
    await town.quiet()
    await chen.presses("幸福社区的群")
    await chen.reads("厨房的灯坏了", chat=group)
    await chen.presses("我来帮忙", chat=group)
    await zhang.reads("陈管理来帮您办")


async def test_a_group_becomes_a_supergroup_while_a_need_is_open(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    li = await town.helper("小李")
    group = town.sandbox.group("邻里群", (chen, li), type="group")
    await chen.adds_bot(group)
    await chen.reads("这个群属于哪里")
    await chen.presses("幸福社区")
    await town.quiet()
    await chen.presses("幸福社区的群")
    await chen.reads("这里现在是", chat=group)
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "第一件事灯坏了")
    await li.reads("第一件事", chat=group)
    await group.upgrades()
    await li.reads("第一件事", chat=group)
    await town.asks(zhang, "第二件事水管漏水", door=None)
    await li.reads("第二件事", chat=group)
    await li.presses("我来帮忙", chat=group)
    await zhang.reads("小李来帮您办")


async def test_the_move_is_learned_from_a_refusal_before_the_update_comes(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    li = await town.helper("小李")
    group = await town.group(chen, "c1", li)
    bot_id, old, new = town.program.home.bot_id, group.id, -1009999999999

    def move(tx: Transaction) -> None:
        groups.migrate(tx, bot_id, old, new)

    await town.write(move)
    await town.write(move)
    row = await town.read(lambda tx: groups.find(tx, bot_id, new))
    assert row is not None
    assert row["area_id"] == await town.area_id("c1"), "hearing of it twice loses nothing"


async def test_a_group_that_sends_the_bot_away_and_takes_it_back(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    li = await town.helper("小李")
    group = await town.group(chen, "c1", li)
    zhang = await town.resident("张奶奶")
    await chen.removes_bot(group)
    await town.quiet()
    await town.asks(zhang, "灯坏了")
    assert not told(li, "灯坏了", chat=group)
    await chen.adds_bot(group)
    await li.reads("这里现在是幸福社区的群", chat=group)
    await town.asks(zhang, "水管漏水", door=None)
    await li.reads("水管漏水", chat=group)
    await group.deletes()
    await town.asks(zhang, "窗户坏了", door=None)
    await li.reads("窗户坏了")


async def test_private_things_said_in_a_group_are_led_into_the_private_chat(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    zhang = await town.resident("张奶奶")
    stranger = town.sandbox.phone("路人", language="en")
    group = await town.group(chen, "c1", zhang, stranger)
    await group.promotes(town.sandbox.bot.id)
    said = 0
    for phone in (zhang, stranger):
        for words in ("/need 灯坏了", "/me", "/start@linli_bot", "/unknown@linli_bot", "@linli_bot 我家灯坏了"):
            await phone.sends(words, chat=group)
            await phone.reads("请到私聊里", chat=group)
            said += 1
    hello = next(shown for shown in zhang.screen(group) if "这里现在是" in shown.text)
    await zhang.sends("我家灯坏了", reply_to=hello, chat=group)
    await zhang.reads("请到私聊里", chat=group)
    said += 1
    for words in ("大家好", "今天天气不错", "/weather@other_bot", "我家灯坏了"):
        await zhang.sends(words, chat=group)
    await zhang.sends_sticker(chat=group)
    await zhang.sends_photo("看看", chat=group)
    await town.quiet()
    assert sum("请到私聊里" in shown.text for shown in zhang.screen(group)) == said, (
        "what is not for us is not answered"
    )
    assert not told(zhang, "这样写对吗")
    assert not told(zhang, "这样写对吗", chat=group)
    await zhang.presses("私聊我", chat=group)
    await zhang.reads("直接写在这里")


async def test_anonymous_administrators(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    li = await town.helper("小李")
    group = await town.group(chen, "c1", li)
    await group.promotes(town.sandbox.bot.id)
    group.anonymous(chen)
    await chen.sends("/bind@linli_bot", chat=group)
    await chen.reads("匿名管理员", chat=group)
    await chen.sends("明天开会，大家准时", chat=group)
    await town.quiet()
    assert sum("匿名管理员" in shown.text for shown in chen.screen(group)) == 1, "what they say to others is not for us"
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await chen.reads("灯坏了", chat=group)
    toast = await chen.presses("我来帮忙", chat=group)
    assert toast
    assert "拜托您" in (toast.text or ""), "a tap is never anonymous"
