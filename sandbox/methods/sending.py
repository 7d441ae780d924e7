"""Sending what is not a file: text, places, contacts, copies and forwards."""

from typing import Any

from sandbox.chats import Body, Message
from sandbox.errors import bad_request
from sandbox.turn import Turn

_THINGS = ("photo", "video", "voice", "document", "video_note")
_CHAT_ACTIONS = frozenset(
    {
        *("typing", "choose_sticker", "find_location", "record_video", "record_voice", "record_video_note"),
        *(f"upload_{thing}" for thing in _THINGS),
    }
)


def send_message(turn: Turn) -> Any:
    """A text."""
    chat = turn.open_chat()
    return turn.shape(chat, turn.send(chat, "text", turn.text_body()))


def send_location(turn: Turn) -> Any:
    """A place on the map."""
    chat = turn.open_chat()
    place = {name: turn.given[name] for name in ("latitude", "longitude")}
    if not (-90 <= place["latitude"] <= 90 and -180 <= place["longitude"] <= 180):
        raise bad_request("wrong latitude or longitude specified")
    return turn.shape(chat, turn.send(chat, "location", {"location": place}))


def send_contact(turn: Turn) -> Any:
    """A telephone number with a name."""
    chat = turn.open_chat()
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: turn.given[name] for name in names if name in turn.given}
    return turn.shape(chat, turn.send(chat, "contact", {"contact": contact}))


def copy_message(turn: Turn) -> Any:
    """The same content again, without saying where it comes from; a caption may be replaced."""
    original = _original(turn, "message to copy not found")
    chat = turn.open_chat()
    body = {name: value for name, value in original.body.items() if name not in ("forward_origin", "media_group_id")}
    if "caption" in turn.given:
        body = {name: value for name, value in body.items() if not name.startswith("caption")}
        body.update(turn.caption_body(turn.given))
    return {"message_id": turn.send(chat, original.kind, body).id}


def forward_message(turn: Turn) -> Any:
    """The same message again, with its origin."""
    original = _original(turn, "message to forward not found")
    chat = turn.open_chat()
    user = turn.world.user(original.sender_id)
    origin: Body = {"type": "user", "date": original.date, "sender_user": user}
    message = turn.send(chat, original.kind, {**original.body, "forward_origin": origin}, markup=False)
    return turn.shape(chat, message)


def _original(turn: Turn, missing: str) -> Message:
    message = turn.message(turn.chat("from_chat_id"), missing)
    if message.protected or message.kind == "service":
        raise bad_request("message can't be copied" if "copy" in missing else "message can't be forwarded")
    return message


def send_chat_action(turn: Turn) -> Any:
    """ "typing…" for a few seconds."""
    turn.open_chat()
    if turn.given["action"] not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


METHODS = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendContact": send_contact,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
    "sendChatAction": send_chat_action,
}
