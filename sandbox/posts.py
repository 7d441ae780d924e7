"""Writing, editing and deleting: what changes in a chat, and which bots may read it."""

from typing import Any

from sandbox import buttons
from sandbox.accounts import ANONYMOUS_ID, BotAccount, Person
from sandbox.chats import Body, Chat, Keyboard, Message
from sandbox.entities import cut, found
from sandbox.shapes import message_shape
from sandbox.world import World


def post(
    world: World,
    chat: Chat,
    sender_id: int,
    kind: str,
    body: Body,
    *,
    author_id: int | None = None,
    markup: Body | None = None,
    reply_to: int | None = None,
    thread_id: int | None = None,
    protected: bool = False,
) -> Message:
    """Put a message into a chat; nobody but the people who look at the chat learns of it by this alone."""
    chat.last_id += 1
    message = Message(
        chat.last_id,
        chat.id,
        sender_id,
        author_id or sender_id,
        int(world.now()),
        kind,
        body,
        buttons.inline(markup),
        reply_to,
        thread_id,
        protected=protected,
        keyed=markup is not None and "inline_keyboard" not in markup,
    )
    chat.messages[message.id] = message
    world.changed(chat, "message", message)
    if markup and message.keyed:
        _lay_keyboards(world, chat, message, markup)
    return message


def say(
    world: World,
    chat: Chat,
    person: Person,
    kind: str,
    body: Body,
    *,
    reply_to: int | None = None,
    thread_id: int | None = None,
) -> Message:
    """A person writes: their message stands in the chat, and the bots that may read it get an update."""
    sender_id = ANONYMOUS_ID if person.id in chat.anonymous else person.id
    message = post(world, chat, sender_id, kind, body, author_id=person.id, reply_to=reply_to, thread_id=thread_id)
    publish(world, chat, message, "message")
    return message


def announce(world: World, chat: Chat, author_id: int, body: Body, *, thread_id: int | None = None) -> Message:
    """A service message (somebody came, left, the group moved): bots get all of these."""
    message = post(world, chat, author_id, "service", body, thread_id=thread_id)
    publish(world, chat, message, "message")
    return message


def publish(world: World, chat: Chat, message: Message, kind: str) -> None:
    """Queue the update for each bot in the chat that may read the message, its own excepted."""
    for bot in world.bots_in(chat):
        if bot.id != message.author_id and may_read(chat, message, bot):
            world.tell(bot, kind, message_shape(world, chat, message, bot), chat.id, chat.id)


def may_read(chat: Chat, message: Message, bot: BotAccount) -> bool:
    """Privacy mode: in groups a bot reads commands, replies to it, mentions and service messages only.

    Administrators and bots with privacy mode off read everything.
    """
    if chat.private or message.kind == "service" or bot.reads_all or chat.manages(bot.id):
        return True
    answered = chat.messages.get(message.reply_to or 0)
    if answered is not None and answered.sender_id == bot.id:
        return True
    entities = message.body.get("entities") or message.body.get("caption_entities") or ()
    return any(_calls(entity, message.text, bot) for entity in entities)


def _calls(entity: dict[str, Any], text: str, bot: BotAccount) -> bool:
    word = cut(text, entity["offset"], entity["length"]).lower()
    if entity["type"] == "bot_command":
        return "@" not in word or word.endswith(f"@{bot.username.lower()}")
    return entity["type"] == "mention" and word == f"@{bot.username.lower()}"


def rewrite(world: World, chat: Chat, message: Message, body: Body, markup: Body | None) -> None:
    """A message gets new content and a new inline keyboard (None removes it)."""
    message.body = body
    message.markup = buttons.inline(markup)
    message.edited_at = int(world.now())
    world.changed(chat, "edited", message)


def correct(world: World, chat: Chat, message: Message, text: str) -> None:
    """A person edits their own text; the bots that may read it get `edited_message`."""
    rewrite(world, chat, message, {**message.body, **text_body(text)}, message.markup)
    publish(world, chat, message, "edited_message")


def remove(world: World, chat: Chat, message: Message) -> None:
    """A message disappears, and the keys that it brought with it."""
    del chat.messages[message.id]
    for person_id, keyboard in list(chat.keyboards.items()):
        if keyboard.message_id == message.id:
            take_keyboard(world, chat, person_id)
    chat.signal.ring()
    world.happened("deleted", chat=chat, message=message)


def text_body(text: str) -> Body:
    """A person's text with what Telegram finds in it."""
    entities = found(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _lay_keyboards(world: World, chat: Chat, message: Message, markup: Body) -> None:
    """Reply keyboards belong to a person; in a group a selective one to whom the message answers."""
    people = [person.id for person in world.people_in(chat)]
    if markup.get("selective") and not chat.private:
        answered = chat.messages.get(message.reply_to or 0)
        people = [number for number in people if answered is not None and answered.author_id == number]
    for person_id in people:
        if "keyboard" in markup:
            once = bool(markup.get("one_time_keyboard"))
            chat.keyboards[person_id] = Keyboard(message.id, markup["keyboard"], once, message.change)
            world.happened("keyboard", chat=chat, person_id=person_id)
        elif "remove_keyboard" in markup:
            take_keyboard(world, chat, person_id)


def take_keyboard(world: World, chat: Chat, person_id: int) -> None:
    """The keys under a chat go away for one person."""
    if chat.keyboards.pop(person_id, None) is not None:
        world.happened("keyboard", chat=chat, person_id=person_id)
