"""One letter's words become one request to Telegram, and Telegram's answer becomes a verdict."""

import asyncio
import html
import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot import papers
from bot.storage.outbox import Letter
from bot.texts.message import Document, Drawing, Enclosure, Key, Menu, Message, NewTopic
from bot.transport import TooFast, call


@dataclass(frozen=True)
class Blank:
    """An old message of ours loses its words and keys: `message_id` is edited to `text`."""

    message_id: int
    text: str


Words = Message | Menu | Blank
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply
TEXT_UNITS = 4096
# A card is short and stays so; and nobody fetches an address that a neighbour wrote.
NO_PREVIEW = {"is_disabled": True}


class Fate(Enum):
    """What became of one try."""

    TAKEN = auto()  # Telegram has it, or it was there already
    SLOWED = auto()  # 429: the chat waits `seconds`
    DOWN = auto()  # nobody answered, or a server in trouble did: nothing is wrong with this letter
    UNKNOWN = auto()  # no answer in time: it may have been accepted
    UNREACHABLE = auto()  # this chat cannot be reached by anything we say
    GONE = auto()  # the message that was to be edited is no more
    CLOSED = auto()  # the topic is closed or gone, or may not be made
    MIGRATED = auto()  # the group is a supergroup now, with the number `chat_id`
    DEFECT = auto()  # Telegram refuses these words: our own mistake


@dataclass(frozen=True)
class Named:
    """A file that was carried over from another bot, and by what Telegram knows it for this one from now on."""

    media_id: int
    file_id: str = field(repr=False)


@dataclass(frozen=True)
class Verdict:
    """A try's fate. `message_id`: the new message; None: no new one. `error` holds no personal words. `named`: of which of our
    files Telegram has just told its name for this bot; None: of none."""

    fate: Fate
    message_id: int | None = None
    seconds: float = field(default=0.0, kw_only=True)
    chat_id: int = field(default=0, kw_only=True)
    error: str = field(default="", kw_only=True)
    named: Named | None = field(default=None, kw_only=True)


async def send(bot: ExtBot[None], letter: Letter, words: Words, *, marked_up: bool = True) -> Verdict:
    """Say it, once: a new message, an edit of the letter's own message, a menu, or the blanking of an old message.

    `marked_up` False: the text is plain and not HTML.
    """
    try:
        parse_mode = ParseMode.HTML if marked_up else None
        if isinstance(words, Enclosure):
            return await _send_enclosure(bot, letter, words, parse_mode)
        return Verdict(Fate.TAKEN, await _request(bot, letter, words, parse_mode))
    except TelegramError as error:
        return judge(error)


async def _request(bot: ExtBot[None], letter: Letter, words: Words, parse_mode: str | None) -> int | None:
    if isinstance(words, Menu):
        await _set_menu(bot, letter.chat_id, words)
        return None
    if isinstance(words, NewTopic):
        return await _make_topic(bot, letter.chat_id, words)
    if isinstance(words, Document | Drawing):
        return await _send_made(bot, letter.chat_id, words, parse_mode)
    return await _send_words(bot, letter, words, parse_mode)


async def _send_words(bot: ExtBot[None], letter: Letter, words: Message | Blank, parse_mode: str | None) -> int | None:
    said = {
        "chat_id": letter.chat_id,
        "text": words.text,
        "parse_mode": parse_mode,
        "link_preview_options": NO_PREVIEW,
    }
    if isinstance(words, Blank):
        await _blank(bot, {**said, "message_id": words.message_id})
        return None
    if letter.message_id is not None:
        keys = _inline(words.rows) if words.rows else None
        await call(bot, "editMessageText", {**said, "message_id": letter.message_id, "reply_markup": keys})
        return None
    options = {"reply_markup": _markup(words), "protect_content": words.protected or None}
    message = await call(bot, "sendMessage", {**said, **options, "message_thread_id": words.thread or None})
    return int(message["message_id"])


async def _make_topic(bot: ExtBot[None], chat_id: int, words: NewTopic) -> int:
    """A topic's number is that of the message with which it begins."""
    made = await call(bot, "createForumTopic", {"chat_id": chat_id, "name": html.unescape(words.text)})
    return int(made["message_thread_id"])


async def _blank(bot: ExtBot[None], said: dict[str, object]) -> None:
    """What was read is no more; under a photo or a voice note that is the caption, for the file itself cannot be edited away."""
    try:
        await call(bot, "editMessageText", said)
    except BadRequest as error:
        if "no text in the message" not in error.message.lower():
            raise
        kept = {name: value for name, value in said.items() if name not in ("text", "link_preview_options")}
        await call(bot, "editMessageCaption", {**kept, "caption": said["text"]})


# How Telegram refuses a file that it does not know any more, or that this reader does not take: in lower case.
_FILE_TROUBLE = (
    "file identifier",
    "file_id",
    "file reference",
    "voice_messages_forbidden",
    "media_empty",
    "not enough rights to send",
)


FILE_NAMES = {"voice": "voice.oga", "photo": "photo.jpg"}


def alone(words: Enclosure) -> Message:
    """What is said where the file cannot be shown."""
    return Message(words.otherwise or words.text, words.rows, words.big_rows, words.asks, words.protected)


async def _send_enclosure(bot: ExtBot[None], letter: Letter, words: Enclosure, parse_mode: str | None) -> Verdict:
    """A voice note or photo with its words; without the file the words come alone, for they must come."""
    said = {"chat_id": letter.chat_id, "caption": words.text, "parse_mode": parse_mode}
    if letter.message_id is not None:
        keys = _inline(words.rows) if words.rows else None
        await call(bot, "editMessageCaption", {**said, "message_id": letter.message_id, "reply_markup": keys})
        return Verdict(Fate.TAKEN)
    method = "sendVoice" if words.kind == "voice" else "sendPhoto"
    options = {"reply_markup": _markup(words), "protect_content": words.protected or None}
    try:
        message = await call(bot, method, {**said, words.kind: _file(words), **options})
    except BadRequest as error:
        if not any(trouble in error.message.lower() for trouble in _FILE_TROUBLE):
            raise
        return Verdict(Fate.TAKEN, await _send_words(bot, letter, alone(words), parse_mode))
    return Verdict(Fate.TAKEN, int(message["message_id"]), named=_named(words, message))


def _file(words: Enclosure) -> str | InputFile:
    file = words.file_id
    return file if isinstance(file, str) else InputFile(file.content, filename=FILE_NAMES[words.kind])


def _named(words: Enclosure, message: dict[str, Any]) -> Named | None:
    """A picture comes back in several sizes, the largest last."""
    if isinstance(words.file_id, str):
        return None
    made = message[words.kind]
    return Named(words.file_id.media_id, (made[-1] if isinstance(made, list) else made)["file_id"])


async def _send_made(bot: ExtBot[None], chat_id: int, words: Document | Drawing, parse_mode: str | None) -> int:
    """A file or picture of our own, made now, off the event loop."""
    drawn = isinstance(words, Drawing)
    content = await asyncio.to_thread(papers.render, words.picture if isinstance(words, Drawing) else words.paper)
    file = InputFile(content, filename="month.png" if isinstance(words, Drawing) else words.name)
    said = {
        "chat_id": chat_id,
        "photo" if drawn else "document": file,
        "caption": words.text,
        "parse_mode": parse_mode,
        "protect_content": words.protected or None,
    }
    message = await call(bot, "sendPhoto" if drawn else "sendDocument", said)
    return int(message["message_id"])


async def _set_menu(bot: ExtBot[None], chat_id: int, menu: Menu) -> None:
    scope = BotCommandScopeChat(chat_id)
    if menu.commands:
        await bot.set_my_commands([BotCommand(*command) for command in menu.commands], scope=scope)
    else:
        await bot.delete_my_commands(scope=scope)


def _markup(message: Message) -> Markup | None:
    if message.rows:
        return _inline(message.rows)
    if message.big_rows:
        return ReplyKeyboardMarkup(message.big_rows, resize_keyboard=True, is_persistent=True)
    if message.asks:
        return ForceReply()
    return None if message.big_rows is None else ReplyKeyboardRemove()


def _inline(rows: tuple[tuple[Key, ...], ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(key.label, callback_data=key.code, url=key.url) for key in row] for row in rows]
    )


# --- what the answer means ---

# Telegram's own wording, in lower case: python-telegram-bot changes the case.
_BAD_REQUESTS = (
    ("message is not modified", Fate.TAKEN),
    ("message to edit not found", Fate.GONE),
    ("message can't be edited", Fate.GONE),
    ("there is no text in the message to edit", Fate.GONE),
    ("there is no caption in the message to edit", Fate.GONE),
    ("chat not found", Fate.UNREACHABLE),
    ("message thread not found", Fate.CLOSED),
    ("topic_closed", Fate.CLOSED),
    ("topic_deleted", Fate.CLOSED),
    ("not enough rights to create a topic", Fate.CLOSED),
    ("the chat is not a forum", Fate.CLOSED),
)


def judge(error: TelegramError) -> Verdict:
    """What an error means for the letter."""
    match error:
        case TooFast(seconds=seconds):
            return Verdict(Fate.SLOWED, seconds=seconds, error="429")
        case ChatMigrated(new_chat_id=chat_id):
            return Verdict(Fate.MIGRATED, chat_id=chat_id, error="migrated")
        case Forbidden():
            return Verdict(Fate.UNREACHABLE, error=_safe(error))
        case BadRequest():
            return Verdict(_bad_request(error), error=_safe(error))
        case TimedOut():
            return Verdict(Fate.UNKNOWN, error="timed out")
        case _:
            return Verdict(Fate.DOWN, error=type(error).__name__)


def _bad_request(error: BadRequest) -> Fate:
    said = error.message.lower()
    return next((fate for words, fate in _BAD_REQUESTS if words in said), Fate.DEFECT)


def _safe(error: TelegramError) -> str:
    """The error's own words without what it quotes from ours."""
    words = re.split(r'["<]', error.message)[0]
    return f"{type(error).__name__}: {words[:120]}"


def plain(words: Words, error: str) -> Words:
    """The same as plain text, without what Telegram can find fault with; keys stay where only the markup was wrong."""
    if isinstance(words, Menu):
        return Menu(())
    text = _cut(html.unescape(re.sub(r"<[^>]*>", "", words.text))).strip() or "…"
    if isinstance(words, Blank):
        return Blank(words.message_id, text)
    if isinstance(words, Document | Drawing | NewTopic):
        return replace(words, text=text)
    if "parse entities" in error.lower():
        return replace(words, text=text)
    return Message(text, protected=words.protected, thread=words.thread)


def _cut(text: str) -> str:
    return text.encode("utf-16-le")[: TEXT_UNITS * 2].decode("utf-16-le", "ignore")
