"""Looking at chats and acting in them: members, pins, reactions, leaving."""

from typing import Any

from sandbox import moves
from sandbox.chats import Chat
from sandbox.errors import bad_request
from sandbox.posts import announce
from sandbox.shapes import chat_shape, member_shape, message_shape
from sandbox.turn import Turn


def get_chat(turn: Turn) -> Any:
    """A `ChatFullInfo`."""
    chat = turn.known_chat()
    full = chat_shape(turn.world, chat)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full.update(accent_color_id=0, max_reaction_count=11, accepted_gift_types=dict.fromkeys(gifts, False))
    pinned = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
    if pinned is not None:
        full["pinned_message"] = message_shape(turn.world, chat, pinned, turn.bot, quoted=False)
    return full


def get_chat_member(turn: Turn) -> Any:
    """One account's place in a chat; "left" for somebody who is not in it."""
    chat, number = turn.known_chat(), turn.given["user_id"]
    if number not in turn.world.people and number not in turn.world.bots:
        raise bad_request("user not found")
    status = "member" if chat.private else chat.members.get(number, "left")
    return member_shape(turn.world, chat, number, status)


def get_chat_administrators(turn: Turn) -> Any:
    """The people who run a group, and this bot if it is one of them."""
    chat = _group(turn)
    managers = [number for number in chat.members if chat.manages(number)]
    shown = [number for number in managers if number in turn.world.people or number == turn.bot.id]
    return [member_shape(turn.world, chat, number, chat.members[number]) for number in shown]


def get_chat_member_count(turn: Turn) -> Any:
    """How many accounts are in the chat."""
    chat = turn.known_chat()
    return 2 if chat.private else sum(map(chat.has, chat.members))


def leave_chat(turn: Turn) -> Any:
    """The bot goes."""
    chat = _group(turn)
    moves.leave(turn.world, chat, turn.bot.id, turn.bot.id)
    return True


def _group(turn: Turn) -> Chat:
    chat = turn.open_chat()
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return chat


def pin_chat_message(turn: Turn) -> Any:
    """A message on top of the chat; in a group an administrator may do that."""
    chat = _pinnable(turn)
    message = turn.message(chat, "message to pin not found")
    chat.pinned = [*(number for number in chat.pinned if number != message.id), message.id]
    shape = message_shape(turn.world, chat, message, turn.bot, quoted=False)
    announce(turn.world, chat, turn.bot.id, {"pinned_message": shape})
    return True


def unpin_chat_message(turn: Turn) -> Any:
    """Take a pinned message down; without an identifier the newest one."""
    chat = _pinnable(turn)
    number = turn.given.get("message_id", chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    return True


def _pinnable(turn: Turn) -> Chat:
    chat = turn.open_chat()
    if not chat.private and not chat.manages(turn.bot.id):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def set_message_reaction(turn: Turn) -> Any:
    """A small sign under a message; a bot may set one."""
    turn.message(turn.open_chat(), "message to react not found")
    if len(turn.given.get("reaction", ())) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    return True


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "setMessageReaction": set_message_reaction,
}
