"""A group with topics: each kind of need in its own, made by the bot or chosen by whoever is in charge, and what breaks."""

import asyncio

from bot.domain.people import Role
from bot.storage import topics
from bot.storage.database import Transaction
from sandbox.faults import Fault
from sandbox.groups import Group
from sandbox.phones import Phone
from sandbox.topics import Topic
from tests.journeys.conftest import DOOR, PATIENCE_SECONDS, Town, told


async def forum(town: Town, chen: Phone, *members: Phone, code: str = "c1") -> Group:
    """A group with topics that belongs to a place."""
    group = await town.group(chen, code, *members)
    group.opens_topics()
    return group


async def choose(town: Town, wang: Phone, group: Group, topic: Topic | None, *kinds: str) -> None:
    """Whoever is in charge writes /topic there and taps what belongs into it."""
    await wang.sends("/topic@linli_bot", chat=group, topic=topic)
    await town.quiet()
    assert told(wang, "显示哪些需求")
    for kind in kinds:
        await wang.presses(kind)
        await town.quiet()
    await wang.presses("选好了")
    await town.quiet()


def where(phone: Phone, words: str, group: Group) -> list[int | None]:
    """The topics in which this is said, oldest first; None: General."""
    return [shown.thread_id for shown in phone.screen(group) if not shown.mine and shown.says(words)]


def count(phone: Phone, words: str) -> int:
    """How many messages in the private chat say this."""
    return sum(shown.says(words) for shown in phone.screen() if not shown.mine)


async def test_the_bot_makes_a_topic_for_each_kind_when_it_is_first_needed(town: Town) -> None:
    chen, li = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("小李")
    group = await forum(town, chen, li)
    await group.promotes(town.sandbox.bot.id, topics=True)
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "厨房的灯坏了")
    await li.reads("厨房的灯坏了", chat=group)
    [repairs] = group.chat.topics.values()
    assert repairs.name == "🔧 维修"
    await town.asks(zhang, "水管漏水要维修", door=None)
    await town.asks(zhang, "帮我买菜", door=None)
    await li.reads("帮我买菜", chat=group)
    groceries = next(topic for topic in group.chat.topics.values() if topic is not repairs)
    assert len(group.chat.topics) == 2, "one topic a kind, however many needs there are"
    assert where(li, "厨房的灯坏了", group) == where(li, "水管漏水", group) == [repairs.id]
    assert where(li, "帮我买菜", group) == [groceries.id]
    await li.presses("我来帮忙", chat=group)
    await zhang.reads("小李来帮您办")
    await town.quiet()
    assert where(li, "小李来帮忙", group) == [groceries.id]


async def test_whoever_is_in_charge_chooses_where_the_bot_may_not_make_topics(town: Town) -> None:
    chen, wang = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("王姐", Role.COORDINATOR)
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    group = await forum(town, chen, wang, li)
    topic = group.topic("维修和搬运")
    await choose(town, wang, group, topic, "维修", "搬抬清雪")
    assert where(wang, "请到私聊里", group) == [topic.id], "an answer stands where it was asked"
    assert where(wang, "会显示在这里", group) == [topic.id]
    await town.asks(zhang, "厨房的灯坏了")
    await town.asks(zhang, "帮我买菜", door=None)
    await li.reads("帮我买菜", chat=group)
    assert where(li, "厨房的灯坏了", group) == [topic.id]
    assert where(li, "帮我买菜", group) == [None]
    other = group.topic("灯和水管")
    await choose(town, wang, group, other, "维修")
    await town.asks(zhang, "水管漏水要维修", door=None)
    await li.reads("水管漏水", chat=group)
    assert where(li, "水管漏水", group) == [other.id], "what is chosen elsewhere moves there"
    assert where(li, "厨房的灯坏了", group) == [topic.id], "what stands somewhere stays"


async def test_a_deleted_topic_gives_its_needs_to_general_and_is_told_once(town: Town) -> None:
    chen, wang = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("王姐", Role.COORDINATOR)
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    group = await forum(town, chen, wang, li)
    topic = group.topic("维修")
    await choose(town, wang, group, topic, "维修")
    await town.asks(zhang, "厨房的灯坏了")
    assert where(li, "厨房的灯坏了", group) == [topic.id]
    group.deletes_topic(topic)
    await town.asks(zhang, "水管漏水要维修", door=None)
    await wang.reads("已关闭或被删除")
    assert where(li, "水管漏水", group) == [None]
    await town.asks(zhang, "门锁坏了要维修", door=None)
    await town.quiet()
    assert where(li, "门锁坏了", group) == [None]
    await li.presses("我来帮忙")
    await town.quiet()
    assert count(wang, "已关闭或被删除") == 1


async def test_a_card_whose_topic_is_gone_comes_again_in_general(town: Town) -> None:
    chen, li = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("小李")
    zhang = await town.resident("张奶奶")
    group = await forum(town, chen, li)
    topic = group.topic("维修")
    await choose(town, chen, group, topic, "维修")
    await town.asks(zhang, "厨房的灯坏了")
    group.deletes_topic(topic)
    await li.presses("我来帮忙")
    await zhang.reads("小李来帮您办")
    await town.quiet()
    assert where(li, "小李来帮忙", group) == [None]


async def test_a_closed_topic_rests_until_it_is_opened_again(town: Town) -> None:
    chen, wang = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("王姐", Role.COORDINATOR)
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    group = await forum(town, chen, wang, li)
    topic = group.topic("维修")
    await choose(town, wang, group, topic, "维修")
    group.closes_topic(topic)
    await wang.reads("已关闭或被删除")
    await town.asks(zhang, "厨房的灯坏了")
    assert where(li, "厨房的灯坏了", group) == [None]
    group.closes_topic(topic, closed=False)
    await town.quiet()
    await town.asks(zhang, "水管漏水要维修", door=None)
    assert where(li, "水管漏水", group) == [topic.id]
    assert count(wang, "已关闭或被删除") == 1


async def test_where_even_general_is_closed_whoever_is_in_charge_hears_it_once(town: Town) -> None:
    chen, wang = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("王姐", Role.COORDINATOR)
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    group = await forum(town, chen, wang, li)
    group.closes_topic(None)
    await wang.reads("现在不能发言")
    await town.asks(zhang, "厨房的灯坏了")
    await town.asks(zhang, "水管漏水要维修", door=None)
    await town.quiet()
    assert count(wang, "现在不能发言") == 1
    assert where(li, "厨房的灯坏了", group) == []
    group.closes_topic(None, closed=False)
    await town.quiet()
    await town.asks(zhang, "帮我买菜", door=None)
    assert where(li, "帮我买菜", group) == [None]


async def test_the_right_to_make_topics_is_lost_on_the_way(town: Town) -> None:
    chen, li = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("小李")
    zhang = await town.resident("张奶奶")
    group = await forum(town, chen, li)
    await group.promotes(town.sandbox.bot.id, topics=True)
    await town.quiet()
    group.chat.topic_managers.clear()
    await town.asks(zhang, "厨房的灯坏了")
    await li.reads("厨房的灯坏了", chat=group)
    assert where(li, "厨房的灯坏了", group) == [None]
    assert len(town.sandbox.calls_of("createForumTopic")) == 1
    await town.asks(zhang, "帮我买菜", door=None)
    assert where(li, "帮我买菜", group) == [None]
    assert len(town.sandbox.calls_of("createForumTopic")) == 1, "it is not tried again"
    await group.promotes(chen.id)
    await group.promotes(town.sandbox.bot.id)
    await town.quiet()
    await chen.removes_bot(group)
    await chen.adds_bot(group)
    await group.promotes(town.sandbox.bot.id, topics=True)
    await town.quiet()
    await town.asks(zhang, "水管漏水要维修", door=None)
    assert where(li, "水管漏水", group) == list(group.chat.topics), "until the right is given again"


async def test_several_groups_of_a_place_each_with_its_own_kinds(town: Town) -> None:
    chen, wang = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("王姐", Role.COORDINATOR)
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    everything = await town.group(chen, "c1", wang, li, title="邻里群")
    repairs = await town.group(chen, "c1", wang, li, title="维修队")
    grid = await town.group(chen, "g1", li, title="一网格")
    other_grid = await town.group(chen, "g2", li, title="二网格")
    await choose(town, wang, repairs, None, "维修")
    await town.asks(zhang, "厨房的灯坏了")
    await town.asks(zhang, "帮我买菜", door=None)
    assert [told(li, "厨房的灯坏了", chat=group) for group in (everything, repairs, grid, other_grid)] == [
        *(True, True, True, False)
    ]
    assert [told(li, "帮我买菜", chat=group) for group in (everything, repairs, grid, other_grid)] == [
        *(True, False, True, False)
    ]
    await choose(town, wang, repairs, None, "维修")
    await wang.reads("各类需求都会显示在这里", chat=repairs)
    await town.asks(zhang, "有人陪我聊天吗", door=None)
    assert told(li, "陪我聊天", chat=repairs), "with nothing chosen everything appears"


async def test_a_topic_shows_no_name_no_door_no_telephone(town: Town) -> None:
    chen, neighbour = await town.helper("陈管理", Role.ADMINISTRATOR), town.sandbox.phone("路人")
    zhang = await town.resident("张奶奶")
    group = await forum(town, chen, neighbour)
    await group.promotes(town.sandbox.bot.id, topics=True)
    await town.asks(zhang, "灯坏了，我在2单元301室，电话13800138000")
    card = await neighbour.reads("灯坏了", chat=group)
    assert card.thread_id in group.chat.topics
    for private in ("张奶奶", "301", "138", "单元"):
        assert not card.says(private), private


async def test_only_whoever_is_in_charge_of_the_place_chooses(town: Town) -> None:
    chen, li = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("小李")
    sunny = await town.helper("阳光协调", Role.COORDINATOR, code="c2")
    group = await forum(town, chen, li, sunny)
    topic = group.topic("维修")
    for phone in (li, sunny):
        await phone.sends("/topic@linli_bot", chat=group, topic=topic)
        await phone.reads("请到私聊里", chat=group)
        await town.quiet()
        assert not told(phone, "显示哪些需求")
        for code in (f"tk:{group.id}:{topic.id}:repairs", f"td:{group.id}:{topic.id}"):
            toast = await phone.taps_code(code, phone.screen()[-1])
            assert toast
            assert "由别人来办" in (toast.text or ""), code
    hello = chen.screen()[-1]
    for code in (
        *(f"tk:{group.id}:{topic.id}:mediation", f"tk:{group.id}:{topic.id}:nonsense", f"tk:{group.id}:-3:repairs"),
        *(f"tk:-1:{topic.id}:repairs", f"td:-1:{topic.id}"),
    ):
        toast = await chen.taps_code(code, hello)
        assert toast
        assert "已经失效" in (toast.text or ""), code
    layout = await town.read(lambda tx: topics.layout(tx, town.program.home.bot_id, group.id))
    assert layout is not None
    assert layout.topics == {}


async def test_a_confidential_need_is_shown_in_no_topic(town: Town) -> None:
    chen, li = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("小李", skills=("mediation",))
    zhang = await town.resident("张奶奶")
    group = await forum(town, chen, li)
    await group.promotes(town.sandbox.bot.id, topics=True)
    await town.asks(zhang, "跟邻居吵架了，想请人调解")
    await town.quiet()
    assert not told(li, "调解", chat=group)
    assert group.chat.topics == {}, "not even a topic says that somebody asked"


async def test_what_was_chosen_moves_with_a_group_that_becomes_a_supergroup(town: Town) -> None:
    chen, li = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("小李")
    zhang = await town.resident("张奶奶")
    group = town.sandbox.group("维修队", (chen, li), type="group")
    await chen.adds_bot(group)
    await chen.reads("这个群属于哪里")
    await chen.presses("幸福社区")
    await town.quiet()
    await chen.presses("幸福社区的群")
    await chen.reads("这里现在是", chat=group)
    await choose(town, chen, group, None, "维修")
    await group.upgrades()
    await town.quiet()
    await town.asks(zhang, "帮我买菜")
    await town.asks(zhang, "厨房的灯坏了", door=None)
    await li.reads("厨房的灯坏了", chat=group)
    assert not told(li, "帮我买菜", chat=group)


async def test_a_topic_is_made_once_even_if_the_answer_was_lost(town: Town) -> None:
    chen, li = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("小李")
    zhang = await town.resident("张奶奶")
    group = await forum(town, chen, li)
    await group.promotes(town.sandbox.bot.id, topics=True)
    await town.asks(zhang, "厨房的灯坏了")
    bot_id, made = town.program.home.bot_id, next(iter(group.chat.topics))

    def again(tx: Transaction) -> bool:
        topics.made(tx, bot_id, group.id, "repairs", made + 100)
        return topics.want(tx, bot_id, group.id, "repairs")

    assert not await town.write(again)
    await town.asks(zhang, "水管漏水要维修", door=None)
    assert where(li, "水管漏水", group) == [made], "the first answer counts"


async def test_a_topic_that_was_chosen_meanwhile_is_not_made(town: Town) -> None:
    chen, li = await town.helper("陈管理", Role.ADMINISTRATOR), await town.helper("小李")
    zhang = await town.resident("张奶奶")
    group = await forum(town, chen, li)
    await group.promotes(town.sandbox.bot.id, topics=True)
    topic = group.topic("维修")
    await town.quiet()
    town.sandbox.faults.add(Fault("429", "createForumTopic", retry_after=1))
    await zhang.sends("厨房的灯坏了")
    await zhang.reads("这样写对吗")
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await zhang.sends(DOOR)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not town.sandbox.calls_of("createForumTopic"):
            await town.stirs()
    bot_id, by = town.program.home.bot_id, (await town.person(chen)).id
    await town.write(lambda tx: topics.bind(tx, bot_id, group.id, "repairs", topic.id, by=by))
    await li.reads("厨房的灯坏了", chat=group)
    assert where(li, "厨房的灯坏了", group) == [topic.id]
    assert list(group.chat.topics) == [topic.id]
