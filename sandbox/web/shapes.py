"""The world as the page reads it."""

from typing import Any

from sandbox.accounts import BotAccount
from sandbox.chats import Chat, Keyboard, Message
from sandbox.clock import MovableClock
from sandbox.faults import Fault
from sandbox.taps import Toast
from sandbox.world import World

Shape = dict[str, Any]
SHOWN_MESSAGES = 300


def bot_shape(bot: BotAccount) -> Shape:
    """The bot that the phones talk with."""
    return {"id": bot.id, "username": bot.username, "name": bot.name}


def people_shape(world: World, bot: BotAccount) -> list[Shape]:
    """Everybody with a phone."""
    return [
        {
            "id": person.id,
            "name": person.name,
            "username": person.username,
            "language": person.language,
            "note": person.note,
            "blocked": (bot.id, person.id) in world.private and world.private[bot.id, person.id].blocked,
        }
        for person in world.people.values()
    ]


def chats_of(world: World, bot: BotAccount) -> list[Chat]:
    """What the page shows: the private chats with its bot, and the groups that have not moved."""
    private = [chat for (bot_id, _), chat in world.private.items() if bot_id == bot.id]
    return private + [chat for chat in world.groups.values() if not chat.migrated_to and not chat.deleted]


def chats_shape(world: World, bot: BotAccount) -> list[Shape]:
    """The list of chats."""
    return [chat_shape(world, bot, chat) for chat in chats_of(world, bot)]


def chat_shape(world: World, bot: BotAccount, chat: Chat) -> Shape:
    """One chat; a group's members may include the bot."""
    if chat.private:
        return {"id": chat.id, "type": "private", "title": world.people[chat.id].name, "member_ids": [chat.id]}
    members = [number for number in chat.members if chat.has(number)]
    shape = {"id": chat.id, "type": chat.type, "title": chat.title, "member_ids": members}
    return {**shape, "bot_present": bot.id in members, "anonymous_ids": sorted(chat.anonymous), "topics": _topics(chat)}


def message_shape(world: World, message: Message) -> Shape:
    """One message, the same for every phone."""
    body = message.body
    shape: Shape = {
        "id": message.id,
        "chat_id": message.chat_id,
        "from": message.author_id if message.author_id in world.people else None,
        "name": _author(world, message),
        "date": message.date,
        "edited": message.edited_at is not None,
        "text": body.get("text") or service_text(body) or "",
        "entities": body.get("entities") or body.get("caption_entities") or [],
        "buttons": [[_button(button) for button in row] for row in (message.markup or {}).get("inline_keyboard", [])],
        "kind": message.kind,
        "reply_to": message.reply_to,
        "topic": _topic(world, message),
        "protected": message.protected,
        "only_for": None,
    }
    if caption := body.get("caption") or _what_it_says(body):
        shape["caption"] = caption
    if media := _media(body):
        shape["media"] = media
    if name := body.get("document", {}).get("file_name"):
        shape["file_name"] = name
    return shape


def _topics(chat: Chat) -> list[Shape]:
    """The topics of a group: their numbers and names."""
    return [{"id": topic.id, "name": topic.name} for topic in chat.topics.values()]


def _topic(world: World, message: Message) -> str:
    """The name of the topic that a message stands in; empty in General, and where there are no topics."""
    chat = world.groups.get(message.chat_id)
    topic = chat.topics.get(message.thread_id or 0) if chat else None
    return topic.name if topic else ""


def _what_it_says(body: Shape) -> str:
    """A place or a card of an address book, in the figures that it was sent with."""
    if place := body.get("location"):
        return f"{place['latitude']:.5f}, {place['longitude']:.5f}"
    if card := body.get("contact"):
        return f"{card['first_name']} {card['phone_number']}"
    return ""


def _button(button: Shape) -> Shape:
    shape = {"text": button["text"]}
    if "callback_data" in button:
        shape["data"] = button["callback_data"]
    if "url" in button:
        shape["url"] = button["url"]
    return shape


def _author(world: World, message: Message) -> str:
    if message.sender_id in world.people or message.sender_id in world.bots:
        return str(world.user(message.sender_id)["first_name"])
    return world.groups[message.chat_id].title


def _media(body: Shape) -> str:
    """The address of a message's file, empty when it has none."""
    content = next((body[kind] for kind in ("photo", "voice", "document", "sticker") if kind in body), None)
    if content is None:
        return ""
    largest = content[-1] if isinstance(content, list) else content
    return f"/api/files/{largest['file_unique_id']}"


def service_text(body: Shape) -> str:
    """A service message in signs that need no language: who came, who left, where the group went, what was pinned."""
    if "new_chat_members" in body:
        return "＋ " + ", ".join(user["first_name"] for user in body["new_chat_members"])
    if "left_chat_member" in body:
        return "－ " + str(body["left_chat_member"]["first_name"])
    if "pinned_message" in body:
        return "📌 " + str(body["pinned_message"].get("text", ""))
    if "forum_topic_created" in body:
        return "# " + str(body["forum_topic_created"]["name"])
    if "forum_topic_closed" in body or "forum_topic_reopened" in body:
        return "🔒" if "forum_topic_closed" in body else "🔓"
    if "migrate_to_chat_id" in body or "migrate_from_chat_id" in body:
        return f"⇧ {body.get('migrate_from_chat_id', '')} → {body.get('migrate_to_chat_id', '')}"
    return ""


def rows_shape(keyboard: Keyboard | None) -> list[list[str]]:
    """The words on the keys under a chat."""
    return [[button["text"] for button in row] for row in keyboard.rows] if keyboard else []


def clock_shape(world: World) -> Shape:
    """The world's time, how far it was moved (seconds), and whether the page may move it."""
    clock = world.clock
    offset = clock.offset_seconds if isinstance(clock, MovableClock) else 0
    return {"now": world.now(), "offset": offset, "can_move": isinstance(clock, MovableClock)}


def fault_shape(fault: Fault) -> Shape:
    """One trouble that is switched on."""
    names = ("id", "kind", "method", "chat_id", "times", "retry_after")
    return {name: getattr(fault, name) for name in names}


def toast_shape(toast: Toast | None) -> Shape | None:
    """What a tap was answered; None when it was not."""
    return None if toast is None else {"text": toast.text, "alert": toast.alert, "url": toast.url}


def state_shape(world: World, bot: BotAccount, limits: bool) -> Shape:
    """Everything at once."""
    chats = chats_of(world, bot)
    keyboards = {
        f"{chat.id}:{person_id}": rows_shape(keyboard)
        for chat in chats
        for person_id, keyboard in chat.keyboards.items()
    }
    messages = {
        str(chat.id): [message_shape(world, message) for message in list(chat.messages.values())[-SHOWN_MESSAGES:]]
        for chat in chats
    }
    return {
        "bot": bot_shape(bot),
        "clock": clock_shape(world),
        "limits": limits,
        "faults": [fault_shape(fault) for fault in world.faults],
        "people": people_shape(world, bot),
        "chats": [chat_shape(world, bot, chat) for chat in chats],
        "messages": messages,
        "keyboards": keyboards,
        "links": world.links,
    }
