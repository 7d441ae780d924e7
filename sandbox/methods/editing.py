"""Editing the bot's own messages. Without `reply_markup` an edit takes the inline keyboard away."""

from typing import Any

from sandbox import buttons
from sandbox.chats import Body, Chat, Message
from sandbox.errors import bad_request
from sandbox.methods.media import media_body
from sandbox.posts import rewrite
from sandbox.turn import Turn

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)


def edit_message_text(turn: Turn) -> Any:
    """A new text."""
    chat, message = _own(turn)
    body = turn.text_body()
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _save(turn, chat, message, body)


def edit_message_caption(turn: Turn) -> Any:
    """A new caption under a file, or none."""
    chat, message = _own(turn)
    if message.kind not in ("photo", "voice", "document"):
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in message.body.items() if not name.startswith("caption")}
    return _save(turn, chat, message, {**kept, **turn.caption_body(turn.given)})


def edit_message_media(turn: Turn) -> Any:
    """Another file in the place of the first."""
    chat, message = _own(turn)
    kind, body = media_body(turn, turn.given["media"])
    return _save(turn, chat, message, body, kind)


def edit_message_reply_markup(turn: Turn) -> Any:
    """Another inline keyboard, or none."""
    chat, message = _own(turn)
    return _save(turn, chat, message, message.body)


def _own(turn: Turn) -> tuple[Chat, Message]:
    """The message to edit: the bot's own, and not one that brought a reply keyboard."""
    for name in ("chat_id", "message_id"):
        if name not in turn.given:
            raise bad_request("message identifier is not specified")
    chat = turn.open_chat()
    message = turn.message(chat, "message to edit not found")
    foreign = message.sender_id != turn.bot.id or "forward_origin" in message.body
    if foreign or message.keyed or message.kind == "service":
        raise bad_request("message can't be edited")
    return chat, message


def _save(turn: Turn, chat: Chat, message: Message, body: Body, kind: str = "") -> Any:
    markup = turn.given.get("reply_markup")
    buttons.check_markup(markup)
    if body == message.body and buttons.inline(markup) == message.markup:
        raise bad_request(_SAME)
    message.kind = kind or message.kind
    rewrite(turn.world, chat, message, body, markup)
    return turn.shape(chat, message)


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
