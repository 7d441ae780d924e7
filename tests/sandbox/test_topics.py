"""Forums: topics that the bot makes or finds, and what Telegram says of one that is closed or gone."""

import pytest

from sandbox import Group, Phone, Sandbox
from sandbox.store import Store
from sandbox.world import World
from tests.sandbox.conftest import Answer, Ask, read_all


@pytest.fixture
async def forum(sandbox: Sandbox, zhang: Phone, li: Phone, ask: Ask) -> Group:
    """A forum with the bot in it and nothing waiting."""
    made = sandbox.group("阳光社区", [li, zhang])
    made.opens_topics()
    await li.adds_bot(made)
    await read_all(ask)
    return made


def refused(answer: Answer) -> str:
    return str(answer.get("description"))


async def test_a_topic_needs_the_right_to_make_it(ask: Ask, sandbox: Sandbox, forum: Group, zhang: Phone) -> None:
    answer = await ask("createForumTopic", chat_id=forum.id, name="买菜")
    assert refused(answer) == "Bad Request: not enough rights to create a topic"
    await forum.promotes(sandbox.bot.id)
    assert not (await ask("createForumTopic", chat_id=forum.id, name="买菜"))["ok"]
    await forum.promotes(sandbox.bot.id, topics=True)
    rights = (await read_all(ask))[-1]["my_chat_member"]
    assert rights["chat"]["is_forum"] is True
    made = (await ask("createForumTopic", chat_id=forum.id, name="买菜"))["result"]
    assert made["name"] == "买菜"
    sent = (await ask("sendMessage", chat_id=forum.id, text="鸡蛋", message_thread_id=made["message_thread_id"]))[
        "result"
    ]
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (made["message_thread_id"], True)
    assert (await zhang.reads("鸡蛋", chat=forum)).thread_id == made["message_thread_id"]
    general = (await ask("sendMessage", chat_id=forum.id, text="大家好"))["result"]
    assert "message_thread_id" not in general


async def test_what_is_no_forum_has_no_topics(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    group = sandbox.group("小群", [zhang])
    await zhang.adds_bot(group, administrator=True)
    assert refused(await ask("createForumTopic", chat_id=group.id, name="x")) == "Bad Request: the chat is not a forum"
    answer = await ask("sendMessage", chat_id=group.id, text="x", message_thread_id=7)
    assert refused(answer) == "Bad Request: message thread not found"


async def test_a_command_says_in_which_topic_it_was_written(ask: Ask, forum: Group, zhang: Phone) -> None:
    topic = forum.topic("维修")
    await zhang.sends("/topic", chat=forum, topic=topic)
    created, command = await read_all(ask)
    assert created["message"]["forum_topic_created"]["name"] == "维修"
    assert (command["message"]["message_thread_id"], command["message"]["is_topic_message"]) == (topic.id, True)
    asked = (await ask("sendMessage", chat_id=forum.id, text="要帮忙吗", message_thread_id=topic.id))["result"]
    answer = await zhang.sends("要", reply_to=asked["message_id"], chat=forum)
    assert answer.thread_id == topic.id, "an answer stands where the question does"


@pytest.mark.parametrize("general", [False, True])
async def test_a_closed_topic_takes_only_its_managers(ask: Ask, sandbox: Sandbox, forum: Group, general: bool) -> None:
    topic = None if general else forum.topic("维修")
    where = {} if topic is None else {"message_thread_id": topic.id}
    forum.closes_topic(topic)
    assert "forum_topic_closed" in (await read_all(ask))[-1]["message"]
    assert refused(await ask("sendMessage", chat_id=forum.id, text="x", **where)) == "Bad Request: TOPIC_CLOSED"
    await forum.promotes(sandbox.bot.id, topics=True)
    assert (await ask("sendMessage", chat_id=forum.id, text="x", **where))["ok"]
    await forum.promotes(sandbox.bot.id)
    forum.closes_topic(topic, closed=False)
    assert "forum_topic_reopened" in (await read_all(ask))[-1]["message"]
    assert (await ask("sendMessage", chat_id=forum.id, text="x", **where))["ok"]


async def test_a_deleted_topic_takes_its_messages_along(ask: Ask, forum: Group, zhang: Phone) -> None:
    topic = forum.topic("维修")
    sent = (await ask("sendMessage", chat_id=forum.id, text="灯坏了", message_thread_id=topic.id))["result"]
    await read_all(ask)
    forum.deletes_topic(topic)
    assert await read_all(ask) == [], "nobody tells a bot"
    assert not zhang.sees("灯坏了", chat=forum)
    answer = await ask("sendMessage", chat_id=forum.id, text="x", message_thread_id=topic.id)
    assert refused(answer) == "Bad Request: message thread not found"
    answer = await ask("editMessageText", chat_id=forum.id, message_id=sent["message_id"], text="y")
    assert refused(answer) == "Bad Request: message to edit not found"


async def test_topics_are_kept(sandbox: Sandbox, forum: Group, tmp_path_factory: pytest.TempPathFactory) -> None:
    topic = forum.topic("维修")
    forum.closes_topic(topic)
    await forum.promotes(sandbox.bot.id, topics=True)
    folder = tmp_path_factory.mktemp("world")
    Store(folder, sandbox.world).save()
    again = World(sandbox.clock)
    again.add_bot(sandbox.bot.username)
    assert Store(folder, again).load()
    kept = again.groups[forum.id]
    assert (kept.forum, kept.topics, kept.topic_managers) == (True, {topic.id: topic}, {sandbox.bot.id})
    assert [message.thread_id for message in kept.messages.values()] == [
        message.thread_id for message in forum.chat.messages.values()
    ]


async def test_the_page_says_in_which_topic_a_message_stands(page: Ask, ask: Ask, forum: Group) -> None:
    topic = forum.topic("维修")
    await ask("sendMessage", chat_id=forum.id, text="灯坏了", message_thread_id=topic.id)
    await ask("sendMessage", chat_id=forum.id, text="大家好")
    shown = (await page("GET", "/api/state"))["messages"][str(forum.id)]
    assert [(message["text"], message["topic"]) for message in shown[-2:]] == [("灯坏了", "维修"), ("大家好", "")]
    assert "维修" in shown[-3]["text"]


async def test_the_page_makes_topics_and_writes_in_them(page: Ask, ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    group = sandbox.group("阳光社区", [zhang])
    await zhang.adds_bot(group)
    await page("POST", f"/api/groups/{group.id}/promote", person_id=sandbox.bot.id, topics=True)
    assert (await ask("createForumTopic", chat_id=group.id, name="买菜"))["ok"]
    made = await page("POST", f"/api/groups/{group.id}/topics", name=" 维修 ")
    assert not (await page("POST", f"/api/groups/{group.id}/topics", name=" "))["ok"]
    send = f"/api/people/{zhang.id}/send"
    sent = await page("POST", send, chat_id=group.id, text="灯坏了", topic=made["id"])
    assert group.chat.messages[sent["message_id"]].thread_id == made["id"]
    assert not (await page("POST", send, chat_id=group.id, text="灯坏了", topic=999))["ok"]
    [shape] = [chat for chat in (await page("GET", "/api/state"))["chats"] if chat["id"] == group.id]
    assert [topic["name"] for topic in shape["topics"]] == ["买菜", "维修"]
