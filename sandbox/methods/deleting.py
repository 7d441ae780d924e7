"""Deleting: within 48 hours, what a bot may delete."""

from typing import Any

from sandbox.chats import Chat, Message
from sandbox.errors import bad_request
from sandbox.posts import remove
from sandbox.turn import Turn

DELETABLE_SECONDS = 48 * 3600


def delete_message(turn: Turn) -> Any:
    """One message."""
    chat = turn.known_chat()
    message = turn.message(chat, "message to delete not found")
    if not _deletable(turn, chat, message):
        raise bad_request("message can't be deleted")
    remove(turn.world, chat, message)
    return True


def delete_messages(turn: Turn) -> Any:
    """Up to a hundred; those that are not there are passed over, one that may not go stops all."""
    chat = turn.known_chat()
    messages = [chat.messages[number] for number in turn.given["message_ids"] if number in chat.messages]
    if not all(_deletable(turn, chat, message) for message in messages):
        raise bad_request("message can't be deleted")
    for message in messages:
        remove(turn.world, chat, message)
    return True


def _deletable(turn: Turn, chat: Chat, message: Message) -> bool:
    """Own messages and, in private chats, the person's too; an administrator of a group may delete any."""
    if turn.world.now() - message.date >= DELETABLE_SECONDS:
        return False
    return message.sender_id == turn.bot.id or chat.private or chat.manages(turn.bot.id)


METHODS = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
