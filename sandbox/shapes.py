"""Messages and chats as a bot sees them: the Bot API's objects, made from what the world keeps."""

from typing import Any

from sandbox.accounts import ANONYMOUS_ID, BotAccount
from sandbox.chats import Chat, Message
from sandbox.files import file_id
from sandbox.world import World

Shape = dict[str, Any]

MEDIA = frozenset({"photo", "voice", "document", "sticker"})
_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
)
_NO_RIGHTS = ("is_anonymous", "can_promote_members", "can_post_stories", "can_edit_stories", "can_delete_stories")


def chat_shape(world: World, chat: Chat) -> Shape:
    """A `Chat`."""
    if chat.private:
        return world.people[chat.id].chat()
    shape = {"id": chat.id, "title": chat.title, "type": chat.type}
    return {**shape, "is_forum": True} if chat.forum else shape


def message_shape(world: World, chat: Chat, message: Message, bot: BotAccount, *, quoted: bool = True) -> Shape:
    """A `Message` for one bot; file identifiers are that bot's own. `quoted`: with the message that it answers."""
    shape: Shape = {
        "message_id": message.id,
        "from": world.user(message.sender_id),
        "chat": chat_shape(world, chat),
        "date": message.date,
    }
    shape.update(message.body if message.kind not in MEDIA else _with_file_ids(message.body, bot.id))
    if message.markup:
        shape["reply_markup"] = message.markup
    if message.thread_id is not None:
        shape.update(message_thread_id=message.thread_id, is_topic_message=True)
    if message.edited_at is not None:
        shape["edit_date"] = message.edited_at
    if message.protected:
        shape["has_protected_content"] = True
    if message.sender_id == ANONYMOUS_ID:
        shape["sender_chat"] = shape["chat"]
    original = chat.messages.get(message.reply_to) if message.reply_to and quoted else None
    if original is not None:
        shape["reply_to_message"] = message_shape(world, chat, original, bot, quoted=False)
    return shape


def _with_file_ids(body: Shape, bot_id: int) -> Shape:
    named = dict(body)
    for kind in MEDIA & body.keys():
        content = body[kind]
        sizes = content if isinstance(content, list) else [content]
        known = [{"file_id": file_id(size["file_unique_id"], bot_id), **size} for size in sizes]
        named[kind] = known if isinstance(content, list) else known[0]
    return named


def member_shape(world: World, chat: Chat, account_id: int, status: str) -> Shape:
    """A `ChatMember` of any status, with all the fields that its kind requires."""
    shape: Shape = {"status": status, "user": world.user(account_id)}
    if status == "creator":
        shape["is_anonymous"] = account_id in chat.anonymous
    elif status == "administrator":
        shape.update(dict.fromkeys(_RIGHTS, True), **dict.fromkeys(_NO_RIGHTS, False))
        if chat.type == "supergroup":
            shape["can_manage_topics"] = account_id in chat.topic_managers
        shape.update(can_be_edited=False, is_anonymous=account_id in chat.anonymous)
    elif status == "kicked":
        shape["until_date"] = 0
    return shape
