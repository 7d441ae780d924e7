"""Topics of a supergroup that is a forum: who may make them, what stands in which, and what is said when one is gone.

The topic "General" has no number of its own: what names no topic is said there.
"""

from dataclasses import dataclass

from sandbox.chats import Chat, Message
from sandbox.errors import bad_request
from sandbox.posts import announce
from sandbox.world import World

COLOUR = 0x6FB9F0


@dataclass(slots=True)
class Topic:
    """One topic; its number is that of the message that made it."""

    id: int
    name: str
    closed: bool = False


def make(world: World, chat: Chat, name: str, by_id: int) -> Topic:
    """A new topic, with the service message that begins it."""
    body = {"forum_topic_created": {"name": name, "icon_color": COLOUR}}
    message = announce(world, chat, by_id, body, thread_id=chat.last_id + 1)
    topic = chat.topics[message.id] = Topic(message.id, name)
    world.happened("chats")
    return topic


def close(world: World, chat: Chat, thread_id: int | None, by_id: int, closed: bool) -> None:
    """Only who manages topics may write there from now on (or everybody again). `thread_id` None: General."""
    if thread_id is None:
        chat.general_closed = closed
    else:
        chat.topics[thread_id].closed = closed
    announce(world, chat, by_id, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}, thread_id=thread_id)


def delete(world: World, chat: Chat, thread_id: int) -> None:
    """A topic goes, with everything in it; no bot is told."""
    del chat.topics[thread_id]
    for message in [one for one in chat.messages.values() if one.thread_id == thread_id]:
        del chat.messages[message.id]
        world.happened("deleted", chat=chat, message=message)
    world.happened("chats")


def check_open(chat: Chat, thread_id: int | None, bot_id: int) -> None:
    """400 where this bot cannot write: a topic that is not there, or a closed one that it does not manage."""
    if thread_id is not None and thread_id not in chat.topics:
        raise bad_request("message thread not found")
    closed = chat.general_closed if thread_id is None else chat.topics[thread_id].closed
    if closed and bot_id not in chat.topic_managers:
        raise bad_request("TOPIC_CLOSED")


def thread_of(chat: Chat, thread_id: int | None, reply_to: int | None) -> int | None:
    """Where a person's message stands: where they write, or where the message that they answer stands."""
    answered: Message | None = chat.messages.get(reply_to or 0)
    return thread_id if answered is None else answered.thread_id
