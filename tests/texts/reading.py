"""What a person sees of a message, and what is wrong with it: markup, length, buttons, a language that does not belong."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from bot.domain.people import Language
from bot.texts.message import Document, Drawing, Enclosure, Key, Menu, Message

TAG = re.compile(r"<(/?)(b|i|u|s|code|pre|a|blockquote)(?: href=\"[^\"<>]*\")?>")
ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+);)")
# In any language: commands, links, @names, and what the languages call themselves.
ANYWHERE = re.compile(r"/[a-z_]+|https://\S+|@\w+|中文|English")
FOREIGN = {
    Language.CHINESE: re.compile(r"[A-Za-z]+"),
    Language.ENGLISH: re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+"),
}
MESSAGE_UNITS = 4096
CAPTION_UNITS = 1024
CODE_BYTES = 64
LABEL_CHARACTERS = 40
KEYBOARD_BUTTONS = 100
# Columns that fit on a button of a phone 360 px wide, by how many buttons share the row; a Chinese character takes two.
COLUMNS = {1: 40, 2: 20, 3: 12, 4: 8, 5: 6}


def visible(html: str) -> str:
    """The words of Telegram's HTML as they are read."""
    return unescape(TAG.sub("", html))


def units(text: str) -> int:
    """How long Telegram finds a text: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def columns(text: str) -> int:
    """How wide a text is on a screen, roughly."""
    return sum(width(char) for char in text)


def length_in_words(sentence: str) -> int:
    """How long a sentence is to read: its English words, or every second Chinese character, for so long a word is there."""
    rest, chinese = re.subn(r"[\u4e00-\u9fff]", " ", sentence)
    return len(rest.split()) + (chinese + 1) // 2


def width(char: str) -> int:
    """A character's width: nothing for marks and selectors, two for Chinese and emoji."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def keys(message: Message | Menu) -> list[Key]:
    """Every button under a message."""
    return [] if isinstance(message, Menu) else [key for row in message.rows for key in row]


def read(message: Message | Menu) -> Iterator[str]:
    """Everything that is read of a message: its words, its buttons, its commands."""
    if isinstance(message, Menu):
        yield from (f"/{command} {what}" for command, what in message.commands)
        return
    yield visible(message.text)
    yield from (key.label for key in keys(message))
    yield from (label for row in message.big_rows or () for label in row)


def foreign(message: Message | Menu, language: Language) -> list[str]:
    """Words of another language than the reader's."""
    return [found for text in read(message) for found in FOREIGN[language].findall(ANYWHERE.sub("", text))]


def markup_faults(html: str) -> list[str]:
    """What Telegram would refuse in a text."""
    faults, stack = [], []
    for closing, tag in (found.groups() for found in TAG.finditer(html)):
        if not closing:
            stack.append(tag)
        elif not stack or stack.pop() != tag:
            faults.append(f"</{tag}> closes nothing")
    faults += [f"<{tag}> stays open" for tag in stack]
    rest = TAG.sub("", html)
    faults += ["a < or > that is no tag"] if re.search(r"[<>]", rest) else []
    return faults + (["an & that is no entity"] if ENTITY.search(rest) else [])


def faults(message: Message | Menu) -> list[str]:
    """Everything that Telegram would refuse, or that could not be read or pressed."""
    if isinstance(message, Menu):
        return menu_faults(message)
    found = markup_faults(message.text)
    length = units(visible(message.text))
    found += [] if visible(message.text).strip() else ["no words"]
    found += [f"{length} units long"] if length > longest(message) else []
    found += ["too many buttons"] if len(keys(message)) > KEYBOARD_BUTTONS else []
    return found + [f"button {key}: {fault}" for key in keys(message) for fault in key_faults(key)]


def longest(message: Message) -> int:
    """How long Telegram lets it be: less under a file."""
    return CAPTION_UNITS if isinstance(message, Document | Drawing | Enclosure) else MESSAGE_UNITS


def menu_faults(menu: Menu) -> list[str]:
    """Telegram takes commands of 1 to 32 small letters and descriptions of 1 to 256 characters."""
    return [
        f"{command}: {what}"
        for command, what in menu.commands
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command) or not 1 <= len(what) <= 256 or what != visible(what)
    ]


def key_faults(key: Key) -> list[str]:
    """What is wrong with a button."""
    found = [] if key.label.strip() else ["no label"]
    found += ["a label too long"] if len(key.label) > LABEL_CHARACTERS else []
    found += ["neither code nor link, or both"] if (key.code is None) == (key.url is None) else []
    return found + (["a code too long"] if key.code is not None and len(key.code.encode()) > CODE_BYTES else [])


def cramped(message: Message | Menu) -> list[str]:
    """Labels that a narrow phone would cut."""
    if isinstance(message, Menu):
        return []
    return [
        f"{key.label} ({len(row)} in a row)"
        for row in message.rows
        for key in row
        if columns(key.label) > COLUMNS.get(len(row), 0)
    ]
