"""One person's telephone: what they do with it, and what they see on it.

Tests and the demo speak through these: `await zhang.sends("…")`, `await li.presses("我来帮忙")`,
`await zhang.reads("小李")`. Nothing here polls: waiting ends when something is said.
"""

import asyncio
from collections.abc import Coroutine

from sandbox import moves, posts
from sandbox.accounts import BotAccount, Person
from sandbox.chats import Body, Chat, Message
from sandbox.groups import Group
from sandbox.links import Link
from sandbox.samples import card_body, place_body, sample_body
from sandbox.screen import Key, Shown, find_key, keys, shown
from sandbox.tapping import tap
from sandbox.taps import Toast
from sandbox.topics import Topic, thread_of
from sandbox.world import World

Place = Group | BotAccount | None
Answer = Coroutine[None, None, Toast | None]
PATIENCE_SECONDS = 10.0
MAX_TEXT = 4096
CAPTIONED = ("photo", "voice", "document")


class Phone:
    """The telephone of one person. Everywhere `chat=None` is their private chat with the (default) bot."""

    def __init__(self, world: World, person: Person, bot: BotAccount) -> None:
        self._world = world
        self._person = person
        self._bot = bot
        self._read: dict[int, int] = {}

    @property
    def id(self) -> int:
        """The account's identifier, which is also the identifier of the private chat."""
        return self._person.id

    @property
    def name(self) -> str:
        """The name that others see."""
        return self._person.name

    @property
    def person(self) -> Person:
        """The account itself."""
        return self._person

    async def opens(self, link: str, group: Group | None = None) -> Shown:
        """Open a link to a bot and press Start; with `?startgroup=` choose this group to add the bot to."""
        target = Link.read(link)
        bot = self._world.bot_named(target.username)
        if bot is None:
            raise AssertionError(f"there is no bot called {target.username}")
        if target.group:
            if group is None:
                raise AssertionError("choose a group to add the bot to")
            await self.adds_bot(group, bot)
            return await self.sends(f"/start@{bot.username} {target.payload}".strip(), chat=group)
        await self.unblocks(bot)
        return await self.sends(f"/start {target.payload}".strip(), chat=bot)

    async def sends(
        self, text: str, reply_to: Shown | int | None = None, chat: Place = None, topic: Topic | None = None
    ) -> Shown:
        """Type and send a text; one that is too long goes in several messages, the last of which is handed back.

        An answer stands in the topic of what it answers; anything else in `topic`, or in General.
        """
        text = text.strip()
        if not text:
            raise AssertionError("a telephone does not send an empty text")
        parts = [text[start : start + MAX_TEXT] for start in range(0, len(text), MAX_TEXT)]
        return [self._say("text", posts.text_body(part), chat, reply_to, topic) for part in parts][-1]

    async def types(
        self, text: str, reply_to: Shown | int | None = None, chat: Place = None, topic: Topic | None = None
    ) -> Shown:
        """Send a text, or press the key under the chat that says exactly this."""
        place = self.chat_at(chat)
        key = next((key for key in keys(place, self.id) if key.message is None and key.label == text), None)
        if key is None:
            return await self.sends(text, reply_to, chat, topic)
        return self._press_under_chat(place, key)

    async def sends_sticker(self, chat: Place = None) -> Shown:
        """Send a sticker."""
        return self._sends_sample("sticker", chat)

    async def sends_photo(
        self,
        caption: str = "",
        chat: Place = None,
        content: bytes | None = None,
        reply_to: Shown | int | None = None,
    ) -> Shown:
        """Send a picture: a small one, or these bytes; perhaps in answer to a message."""
        body = sample_body(self._world, self._person, "photo", content)
        return self._say("photo", {**body, **_caption(caption)}, chat, reply_to)

    async def sends_voice(
        self, caption: str = "", chat: Place = None, content: bytes | None = None, reply_to: Shown | int | None = None
    ) -> Shown:
        """Send spoken words: two soft tones, or this sound."""
        return self._sends_sample("voice", chat, caption, content, reply_to)

    async def sends_document(self, caption: str = "", chat: Place = None, content: bytes | None = None) -> Shown:
        """Send a file."""
        return self._sends_sample("document", chat, caption, content)

    async def sends_poll(self, chat: Place = None) -> Shown:
        """Send a poll."""
        return self._sends_sample("poll", chat)

    async def sends_location(
        self, chat: Place = None, latitude: float | None = None, longitude: float | None = None
    ) -> Shown:
        """Send the place where one is, or another: degrees."""
        if latitude is None or longitude is None:
            return self._sends_sample("location", chat)
        return self._say("location", place_body(latitude, longitude), chat)

    async def sends_contact(self, chat: Place = None, phone_number: str = "", name: str = "") -> Shown:
        """Send one's own telephone number, or, with a name, somebody else's card out of the address book."""
        if name:
            return self._say("contact", card_body(name, phone_number), chat)
        self._person.telephone = phone_number or self._person.telephone
        return self._sends_sample("contact", chat)

    async def sends_album(self, number: int, caption: str = "", chat: Place = None) -> list[Shown]:
        """Send several pictures together; the caption stands under the first."""
        album = f"1{self._world.changes:06d}{self.id}"
        bodies = [sample_body(self._world, self._person, "photo") for _ in range(number)]
        if caption:
            bodies[0].update(_caption(caption))
        return [self._say("photo", {**body, "media_group_id": album}, chat) for body in bodies]

    def sends_kind(self, kind: str, chat: Place = None, caption: str = "", content: bytes | None = None) -> Shown:
        """Send a sample (or these bytes) of any kind: sticker, photo, voice, document, poll, location or contact.

        Words stand under photos, voice notes and files only; other kinds leave them out.
        """
        return self._sends_sample(kind, chat, caption if kind in CAPTIONED else "", content)

    async def edits(self, message: Shown, text: str) -> Shown:
        """Change a text that this person sent."""
        chat = self._chat_by_id(message.chat_id)
        original = chat.messages[message.id]
        if original.author_id != self.id or original.kind != "text":
            raise AssertionError("a person can edit their own texts only")
        posts.correct(self._world, chat, original, text.strip())
        return shown(original, self.id)

    def presses(self, words: str, chat: Place = None, timeout: float = PATIENCE_SECONDS) -> Answer:
        """Press the newest visible button or key whose label contains the words.

        An inline button: the toast that the bot answers, None when it does not within `timeout` seconds. A button with
        an address: opens it, when it is a bot's, and hands it back. A key: sends its words; None. AssertionError with
        the visible labels when there is no such button.
        """
        place = self.chat_at(chat)
        return self.presses_key(place, find_key(place, self.id, words), timeout)

    async def presses_key(self, chat: Chat, key: Key, seconds: float = PATIENCE_SECONDS) -> Toast | None:
        """Press exactly this one, and wait at most so many seconds for the toast."""
        if key.message is None:
            self._press_under_chat(chat, key)
            return None
        if "callback_data" in key.button:
            return await self._tap(chat, key.message, key.button["callback_data"], seconds)
        url = key.button.get("url", "")
        if self._world.bot_named(Link.read(url).username if Link.leads_to_bot(url) else ""):
            await self.opens(url)
        return Toast(url=url)

    def _press_under_chat(self, chat: Chat, key: Key) -> Shown:
        keyboard = chat.keyboards[self.id]
        kind = (
            "contact" if key.button.get("request_contact") else "location" if key.button.get("request_location") else ""
        )
        body = sample_body(self._world, self._person, kind) if kind else posts.text_body(key.label)
        if keyboard.once:
            posts.take_keyboard(self._world, chat, self.id)
        return self._say_in(chat, kind or "text", body)

    def taps_code(self, data: str, message: Shown, timeout: float = PATIENCE_SECONDS) -> Answer:
        """Tap a button of this message that carries any code one likes: a forged one."""
        chat = self._chat_by_id(message.chat_id)
        return self._tap(chat, chat.messages[message.id], data, timeout)

    async def _tap(self, chat: Chat, message: Message, data: str, seconds: float) -> Toast | None:
        bot = self._world.bots.get(message.sender_id)
        if bot is None:
            raise AssertionError("only a bot's message has buttons")
        return await tap(self._world, bot, chat, self.id, message, data).answered(seconds)

    def reads(self, words: str, chat: Place = None, timeout: float = PATIENCE_SECONDS) -> Coroutine[None, None, Shown]:
        """Wait until a message that contains the words is there: one that came or was edited since the last `reads`.

        Each chat has its own mark of what was read; one's own messages are not read. AssertionError with the chat's
        text when nothing of the kind comes within `timeout` seconds.
        """
        return self._reads(self.chat_at(chat), words, timeout)

    async def _reads(self, place: Chat, words: str, seconds: float) -> Shown:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while (found := self._unread(place, words)) is None:
            if not await place.signal.wait(max(0.001, until - loop.time())) and loop.time() >= until:
                raise AssertionError(
                    f"{self.name} waited for {words!r} in vain; the screen shows:\n{self._dump(place)}"
                )
        self._read[place.id] = found.change
        return shown(found, self.id)

    def _unread(self, chat: Chat, words: str) -> Message | None:
        mark = self._read.get(chat.id, 0)
        fresh = [message for message in reversed(chat.messages.values()) if message.change > mark]
        matching = [message for message in fresh if message.author_id != self.id and words in message.text]
        return min(matching, key=lambda message: message.change, default=None)

    def _dump(self, chat: Chat) -> str:
        mark = self._read.get(chat.id, 0)
        lines = []
        for message in list(chat.messages.values())[-20:]:
            who = "me" if message.author_id == self.id else str(message.sender_id)
            new = "*" if message.change > mark else " "
            lines.append(f" {new} {who}: {message.text or message.kind} {shown(message, self.id).labels or ''}")
        return "\n".join(lines) or "  (nothing)"

    def sees(self, words: str, chat: Place = None) -> bool:
        """Whether the words stand anywhere on this phone (in this chat, if one is given): texts, buttons and keys."""
        places = [self.chat_at(chat)] if chat is not None else self._chats()
        return any(words in line for place in places for line in self._lines(place))

    def nothing_says(self, words: str, chat: Place = None) -> bool:
        """True when the words stand nowhere on this phone; AssertionError when they do."""
        if self.sees(words, chat):
            raise AssertionError(f"{self.name} sees {words!r}")
        return True

    def screen(self, chat: Place = None) -> list[Shown]:
        """The messages of a chat as they stand now, oldest first."""
        return [shown(message, self.id) for message in self.chat_at(chat).messages.values()]

    def keyboard(self, chat: Place = None) -> list[list[str]]:
        """The words on the keys under a chat, row by row."""
        keyboard = self.chat_at(chat).keyboards.get(self.id)
        return [[button["text"] for button in row] for row in keyboard.rows] if keyboard else []

    async def blocks(self, bot: BotAccount | None = None) -> None:
        """Block the bot: it can write no more."""
        moves.block(self._world, bot or self._bot, self.id, blocked=True)

    async def unblocks(self, bot: BotAccount | None = None) -> None:
        """Let the bot write again."""
        moves.block(self._world, bot or self._bot, self.id, blocked=False)

    def speaks(self, language: str) -> None:
        """Change the language of the app: updates carry it from now on."""
        self._person.language = language
        self._world.happened("people")
        self._world.happened("commands", bot=self._bot)

    def deactivates(self) -> None:
        """The account is deleted: writing to it answers 403."""
        self._person.deactivated = True

    def refuses_voice(self) -> None:
        """Their settings refuse voice messages from now on."""
        self._person.takes_voice = False

    async def joins(self, group: Group) -> None:
        """Come into a group."""
        moves.join(self._world, group.chat, self.id, self.id)

    async def leaves(self, group: Group) -> None:
        """Go out of a group."""
        moves.leave(self._world, group.chat, self.id, self.id)

    async def adds_bot(self, group: Group, bot: BotAccount | None = None, *, administrator: bool = False) -> None:
        """Add the bot to a group."""
        status = "administrator" if administrator else "member"
        moves.join(self._world, group.chat, (bot or self._bot).id, self.id, status)

    async def removes_bot(self, group: Group, bot: BotAccount | None = None) -> None:
        """Put the bot out of a group."""
        moves.leave(self._world, group.chat, (bot or self._bot).id, self.id)

    def _sends_sample(
        self,
        kind: str,
        chat: Place,
        caption: str = "",
        content: bytes | None = None,
        reply_to: Shown | int | None = None,
    ) -> Shown:
        body = sample_body(self._world, self._person, kind, content)
        return self._say(kind, {**body, **_caption(caption)}, chat, reply_to)

    def _say(
        self, kind: str, body: Body, place: Place, reply_to: Shown | int | None = None, topic: Topic | None = None
    ) -> Shown:
        return self._say_in(self.chat_at(place), kind, body, reply_to, topic)

    def _say_in(
        self, chat: Chat, kind: str, body: Body, reply_to: Shown | int | None = None, topic: Topic | None = None
    ) -> Shown:
        if chat.private and chat.blocked:
            raise AssertionError(f"{self.name} has blocked the bot")
        if not chat.private and not chat.has(self.id):
            raise AssertionError(f"{self.name} is not in the group {chat.title}")
        chat.started = True
        answered = reply_to.id if isinstance(reply_to, Shown) else reply_to
        thread_id = thread_of(chat, topic.id if topic else None, answered)
        message = posts.say(self._world, chat, self._person, kind, body, reply_to=answered, thread_id=thread_id)
        return shown(message, self.id)

    def chat_at(self, place: Place) -> Chat:
        """The chat itself, as the world keeps it."""
        if isinstance(place, Group):
            return place.chat
        return self._world.private_chat(place or self._bot, self.id)

    def _chat_by_id(self, number: int) -> Chat:
        return self._world.groups.get(number) or self._world.private_chat(self._bot, self.id)

    def _chats(self) -> list[Chat]:
        private = [chat for (_, number), chat in self._world.private.items() if number == self.id]
        return private + [chat for chat in self._world.groups.values() if chat.has(self.id)]

    def _lines(self, chat: Chat) -> list[str]:
        return [message.text for message in chat.messages.values()] + [key.label for key in keys(chat, self.id)]


def _caption(words: str) -> Body:
    found = posts.text_body(words)
    named = {"text": "caption", "entities": "caption_entities"}
    return {named[name]: value for name, value in found.items()} if words else {}
