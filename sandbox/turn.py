"""One call at work: who asks, with what, and the chat that it means, or the refusal that Telegram would answer."""

from dataclasses import dataclass
from typing import Any

from sandbox import buttons, topics
from sandbox.accounts import BotAccount
from sandbox.chats import Body, Chat, Message
from sandbox.entities import Entity, together, trimmed, units
from sandbox.errors import bad_request, forbidden
from sandbox.files import Upload
from sandbox.markup import read_html
from sandbox.posts import post
from sandbox.shapes import message_shape
from sandbox.world import World

MAX_TEXT = 4096
MAX_CAPTION = 1024
_LINKS = ("url", "text_link")


@dataclass(slots=True)
class Turn:
    """A checked call of one bot; `given` are its parameters, `uploads` the files that came with it by field name."""

    world: World
    bot: BotAccount
    given: dict[str, Any]
    uploads: dict[str, Upload]

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat that the call names; 400 when there is none, or when it has moved."""
        number = self.given[name]
        if number in self.world.people:
            return self.world.private_chat(self.bot, number)
        chat = self.world.groups.get(number)
        if chat is None or (self.bot.id not in chat.members and not chat.migrated_to):
            raise bad_request("chat not found")
        if chat.migrated_to:
            words = "group chat was upgraded to a supergroup chat"
            raise bad_request(words, migrate_to_chat_id=chat.migrated_to)
        return chat

    def known_chat(self) -> Chat:
        """The chat that the call names, if the bot may know of it: a person who started it, a group that it is in."""
        chat = self.chat()
        if not chat.private:
            return self.open_chat()
        if not chat.started:
            raise bad_request("chat not found")
        return chat

    def open_chat(self, name: str = "chat_id") -> Chat:
        """The chat that the call names, if the bot may write there; 403 otherwise."""
        chat = self.chat(name)
        if chat.private:
            self._check_person(chat)
        elif chat.deleted:
            raise forbidden("the group chat was deleted")
        elif not chat.has(self.bot.id):
            kind = f"{chat.type} chat"
            kicked = chat.members[self.bot.id] == "kicked"
            raise forbidden(f"bot was kicked from the {kind}" if kicked else f"bot is not a member of the {kind}")
        return chat

    def _check_person(self, chat: Chat) -> None:
        if self.world.people[chat.id].deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")

    def message(self, chat: Chat, missing: str) -> Message:
        """The message that the call names; 400 in these words when it is not there."""
        message = chat.messages.get(self.given.get("message_id", 0))
        if message is None:
            raise bad_request(missing)
        return message

    def words(self, source: dict[str, Any], name: str, entities: str) -> tuple[str, list[Entity]]:
        """A text with its entities, read as `parse_mode` says."""
        text, given = source.get(name) or "", source.get(entities) or []
        mode = source.get("parse_mode", "").lower()
        if mode not in ("", "html"):
            raise bad_request("unsupported parse_mode")
        if mode:
            text, given = read_html(text)
        text, given = trimmed(text, given)
        return text, together(given, text)

    def text_body(self) -> Body:
        """The content of a text message; 400 when it is empty or too long."""
        text, entities = self.words(self.given, "text", "entities")
        if not text:
            raise bad_request("message text is empty")
        if units(text) > MAX_TEXT:
            raise bad_request("message is too long")
        body: Body = {"text": text}
        if entities:
            body["entities"] = entities
        if "link_preview_options" in self.given and any(entity["type"] in _LINKS for entity in entities):
            body["link_preview_options"] = self.given["link_preview_options"]
        return body

    def caption_body(self, source: dict[str, Any]) -> Body:
        """The caption of something sent, if there is one; 400 when it is too long."""
        text, entities = self.words(source, "caption", "caption_entities")
        if units(text) > MAX_CAPTION:
            raise bad_request("message caption is too long")
        body: Body = {"caption": text} if text else {}
        if text and entities:
            body["caption_entities"] = entities
        return body

    def send(self, chat: Chat, kind: str, body: Body, *, markup: bool = True) -> Message:
        """Put the bot's message into the chat, with the keyboard, answer and protection that the call asks for."""
        keyboard = self.given.get("reply_markup") if markup else None
        buttons.check_markup(keyboard)
        topics.check_open(chat, self.given.get("message_thread_id"), self.bot.id)
        return post(
            self.world,
            chat,
            self.bot.id,
            kind,
            body,
            markup=keyboard,
            reply_to=self._answered(chat),
            thread_id=self.given.get("message_thread_id"),
            protected=self.given.get("protect_content", False),
        )

    def _answered(self, chat: Chat) -> int | None:
        """The message that this one answers; None when it is gone and the call allows that."""
        wanted = self.given.get("reply_parameters")
        if wanted is None:
            return None
        number: int = wanted["message_id"]
        if number in chat.messages and wanted.get("chat_id", chat.id) == chat.id:
            return number
        if not wanted.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return None

    def shape(self, chat: Chat, message: Message) -> dict[str, Any]:
        """The message as this bot reads it."""
        return message_shape(self.world, chat, message, self.bot)
