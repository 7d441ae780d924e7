"""Making topics in a forum."""

from typing import Any

from sandbox import topics
from sandbox.errors import bad_request
from sandbox.turn import Turn


def create_forum_topic(turn: Turn) -> Any:
    """A new topic; only an administrator who may manage topics can make one."""
    chat = turn.open_chat()
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    if turn.bot.id not in chat.topic_managers:
        raise bad_request("not enough rights to create a topic")
    topic = topics.make(turn.world, chat, turn.given["name"], turn.bot.id)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topics.COLOUR}


METHODS = {"createForumTopic": create_forum_topic}
