"""What a person does with their phone, over HTTP."""

import base64

from sandbox.groups import Group
from sandbox.methods.commands import shown_commands
from sandbox.screen import Key, find_key, keys, shown
from sandbox.web import shapes
from sandbox.web.asked import Answer, Asked

TOAST_SECONDS = 10.0


async def add(asked: Asked) -> Answer:
    """A new person with a phone: {name, language, username?, note?}."""
    body = asked.body
    name = str(body["name"]).strip()
    if not name:
        raise ValueError("a person needs a name")
    phone = asked.sandbox.phone(name, body.get("language", "zh-hans"), body.get("username"), body.get("note", ""))
    return {"id": phone.id, "person": {"id": phone.id, "name": phone.name}}


async def send(asked: Asked) -> Answer:
    """A text, or the label of a key under the chat: {chat_id, text, reply_to?, topic?}."""
    phone, place, topic = asked.phone(), asked.place(asked.phone()), asked.body.get("topic")
    where = place.chat.topics[int(topic)] if topic and isinstance(place, Group) else None
    message = await phone.types(str(asked.body["text"]), asked.body.get("reply_to"), place, where)
    return {"message_id": message.id}


async def media(asked: Asked) -> Answer:
    """Something that is not text: {chat_id, kind}, kind as in `samples.KINDS`, or "album" (with `number`).

    `caption` are the words under it; `content` its own bytes in base64 instead of the sample. A location may say `latitude` and
    `longitude`, a contact `name` and `phone_number`.
    """
    phone, kind, caption = asked.phone(), str(asked.body["kind"]), str(asked.body.get("caption") or "")
    if kind == "location" and asked.body.get("latitude") is not None:
        place = float(asked.body["latitude"]), float(asked.body["longitude"])
        return {"message_id": (await phone.sends_location(asked.place(phone), *place)).id}
    if kind == "contact" and asked.body.get("phone_number"):
        card = str(asked.body["phone_number"]), str(asked.body.get("name") or "")
        return {"message_id": (await phone.sends_contact(asked.place(phone), *card)).id}
    if kind == "album":
        album = await phone.sends_album(int(asked.body.get("number", 3)), caption, asked.place(phone))
        return {"message_ids": [message.id for message in album]}
    content = base64.b64decode(asked.body.get("content") or "", validate=True) or None
    return {"message_id": phone.sends_kind(kind, asked.place(phone), caption, content).id}


async def edit(asked: Asked) -> Answer:
    """Another text in an own message: {chat_id, message_id, text}."""
    phone = asked.phone()
    chat = phone.chat_at(asked.place(phone))
    await phone.edits(shown(chat.messages[asked.number("message_id")], phone.id), str(asked.body["text"]))
    return {}


async def press(asked: Asked) -> Answer:
    """A button: {chat_id, message_id, row, column} or {chat_id, label}; `wait` seconds for the toast (10)."""
    phone = asked.phone()
    chat = phone.chat_at(asked.place(phone))
    label = asked.body.get("label")
    key = find_key(chat, phone.id, str(label)) if label else _key_at(asked, keys(chat, phone.id))
    toast = await phone.presses_key(chat, key, float(asked.body.get("wait", TOAST_SECONDS)))
    return {"toast": shapes.toast_shape(toast)}


def _key_at(asked: Asked, found: list[Key]) -> Key:
    number, row, column = (asked.number(name) for name in ("message_id", "row", "column"))
    for key in found:
        if key.message is not None and key.message.id == number:
            rows = (key.message.markup or {})["inline_keyboard"]
            if min(row, column) >= 0 and rows[row][column] is key.button:
                return key
    raise LookupError("this button is not there any more")


async def tap(asked: Asked) -> Answer:
    """A forged button: {chat_id, message_id, data, wait?}."""
    phone = asked.phone()
    chat = phone.chat_at(asked.place(phone))
    message = shown(chat.messages[asked.number("message_id")], phone.id)
    wait = float(asked.body.get("wait", TOAST_SECONDS))
    return {"toast": shapes.toast_shape(await phone.taps_code(str(asked.body["data"]), message, wait))}


async def open_link(asked: Asked) -> Answer:
    """A link to the bot: {link, chat_id? (the group to add it to)}."""
    phone = asked.phone()
    place = asked.place(phone)
    message = await phone.opens(str(asked.body["link"]), place if isinstance(place, Group) else None)
    return {"message_id": message.id, "chat_id": message.chat_id}


async def block(asked: Asked) -> Answer:
    """Block the bot or take it back: {blocked}."""
    phone = asked.phone()
    await (phone.blocks() if asked.body["blocked"] else phone.unblocks())
    return {}


async def language(asked: Asked) -> Answer:
    """The language of the person's app: {language}."""
    phone = asked.phone()
    phone.speaks(str(asked.body["language"]))
    return {}


async def commands(asked: Asked) -> Answer:
    """The menu of commands, in the private chat or (`chat_id` in the query) in a group."""
    phone = asked.phone()
    chat = phone.chat_at(asked.place(phone))
    return {"commands": shown_commands(asked.sandbox.bot, chat, phone.person)}


async def screen(asked: Asked) -> Answer:
    """The messages of a chat (`chat_id` in the query) and the keys under it."""
    phone = asked.phone()
    chat = phone.chat_at(asked.place(phone))
    messages = [shapes.message_shape(asked.sandbox.world, message) for message in chat.messages.values()]
    return {"messages": messages, "keyboard": shapes.rows_shape(chat.keyboards.get(phone.id))}
