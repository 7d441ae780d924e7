"""HTML as the Bot API reads it: text and entities out, Telegram's own complaint when a tag is broken.

Follows the grammar of the Bot API's formatting options: a fixed set of tags, four named character references, and
errors that name the byte where the trouble begins.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.entities import Entity, units
from sandbox.errors import Refusal, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(?P<decimal>\d+)|#x(?P<hexadecimal>[0-9a-fA-F]+)|(?P<name>lt|gt|amp|quot));?")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_BLANKS = re.compile(r"\s*")
_PERSON_LINK = re.compile(r"tg://user\?id=(\d+)")


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    position: int


@dataclass(slots=True)
class _Reader:
    """One pass over one text; `position` is where it reads, `offset` the UTF-16 units written so far."""

    source: str
    position: int = 0
    offset: int = 0
    written: list[str] = field(default_factory=list)
    waiting: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> tuple[str, list[Entity]]:
        while self.position < len(self.source):
            self._step()
        if self.waiting:
            raise broken(f'Can\'t find end tag corresponding to start tag "{self.waiting[-1].tag}"')
        ordered = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.written), ordered

    def _step(self) -> None:
        mark = _next_mark(self.source, self.position)
        if mark > self.position:
            self._write(self.source[self.position : mark])
            self.position = mark
        elif self.source[mark] == "&":
            self._write(self._reference())
        elif self.source.startswith("</", mark):
            self._end_tag()
        else:
            self._start_tag()

    def _write(self, text: str) -> None:
        self.written.append(text)
        self.offset += units(text)

    def _reference(self) -> str:
        match = _REFERENCE.match(self.source, self.position)
        character = _character(match) if match else ""
        if not match or not character:
            self.position += 1
            return "&"
        self.position = match.end()
        return character

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.position)
        taken = match.group() if match else ""
        self.position += len(taken)
        return taken

    def _here(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _start_tag(self) -> None:
        begin = self.position
        self.position += 1
        tag = self._take(_TAG_NAME).lower()
        if self.position >= len(self.source):
            raise broken(f"Unclosed start tag at byte offset {self._here(begin)}")
        if tag not in _KINDS:
            raise broken(f'Unsupported start tag "{tag}" at byte offset {self._here(begin)}')
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "tg-spoiler":
            raise broken(f'Tag "span" must have class "tg-spoiler" at byte offset {self._here(begin)}')
        self.waiting.append(_Open(tag, argument, self.offset, len(self.written)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._take(_BLANKS)
            if self.position >= len(self.source):
                raise broken(f'Unclosed start tag "{tag}" at byte offset {self._here(begin)}')
            if self.source[self.position] == ">":
                self.position += 1
                return argument
            argument = self._attribute(tag, begin) or argument

    def _attribute(self, tag: str, begin: int) -> str:
        name = self._take(_ATTRIBUTE_NAME).lower()
        if not name:
            raise broken(f'Empty attribute name in the tag "{tag}" at byte offset {self._here(begin)}')
        self._take(_BLANKS)
        if not self.source.startswith("=", self.position):
            if tag == "blockquote" and name == "expandable":
                return "expandable"
            where = self._here(begin)
            raise broken(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {where}'
            )
        self.position += 1
        self._take(_BLANKS)
        value = self._value(tag, begin)
        wanted = {"a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id", "blockquote": "expandable"}
        return value if wanted.get(tag) == name else ""

    def _value(self, tag: str, begin: int) -> str:
        quote = self.source[self.position : self.position + 1]
        if quote not in ("'", '"'):
            start = self.position
            token = self._take(_NAME_TOKEN).lower()
            if not re.match(r"[\s>]", self.source[self.position : self.position + 1] or ">"):
                raise broken(f"Unexpected end of name token at byte offset {self._here(start)}")
            return token
        end = self.source.find(quote, self.position + 1)
        if end < 0:
            raise broken(f'Unclosed start tag "{tag}" at byte offset {self._here(begin)}')
        value = self.source[self.position + 1 : end]
        self.position = end + 1
        return _REFERENCE.sub(lambda match: _character(match) or match.group(), value)

    def _end_tag(self) -> None:
        begin = self.position
        if not self.waiting:
            raise broken(f"Unexpected end tag at byte offset {self._here(begin)}")
        self.position += 2
        name = self._take(_TAG_NAME).lower()
        self._take(_BLANKS)
        if not self.source.startswith(">", self.position):
            raise broken(f"Unclosed end tag at byte offset {self._here(begin)}")
        self.position += 1
        opened = self.waiting.pop()
        if name and name != opened.tag:
            raise broken(
                f'Unmatched end tag at byte offset {self._here(begin)}, expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.offset > opened.offset:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        entity: Entity = {"type": _KINDS[opened.tag], "offset": opened.offset, "length": self.offset - opened.offset}
        entity.update(self._details(opened))
        if entity["type"] != "text_link" or "url" in entity:
            self.entities.append(entity)

    def _details(self, opened: _Open) -> dict[str, Any]:
        if opened.tag == "a":
            return _link(opened.argument or "".join(self.written[opened.position :]))
        if opened.tag == "blockquote" and opened.argument:
            return {"type": "expandable_blockquote"}
        if opened.tag == "tg-emoji":
            return {"custom_emoji_id": opened.argument}
        if opened.tag == "code" and opened.argument.startswith("language-"):
            return {"language": opened.argument.removeprefix("language-")}
        return {}


def _next_mark(source: str, start: int) -> int:
    """Where the next "<" or "&" stands, or the end."""
    marks = [mark for mark in (source.find("<", start), source.find("&", start)) if mark >= 0]
    return min(marks, default=len(source))


def _character(match: re.Match[str]) -> str:
    """The character that a reference stands for; empty when there is none such."""
    if match["name"]:
        return _NAMED[match["name"]]
    number = int(match["decimal"]) if match["decimal"] else int(match["hexadecimal"], 16)
    return chr(number) if 0 < number < 0x10FFFF else ""


def _link(url: str) -> dict[str, Any]:
    """What a link's entity says; nothing for an address that Telegram would not make a link of."""
    if person := _PERSON_LINK.fullmatch(url):
        return {"type": "text_mention", "user": {"id": int(person[1]), "is_bot": False, "first_name": ""}}
    if re.match(r"(https?|tg|ton)://\S+", url):
        return {"url": url}
    return {"url": f"http://{url}/"} if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", url) else {}


def broken(words: str) -> Refusal:
    """The 400 for markup that cannot be read."""
    return bad_request(f"can't parse entities: {words}")


def read_html(source: str) -> tuple[str, list[Entity]]:
    """Text and entities of an HTML message; raises the 400 "can't parse entities: …" for broken markup."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()
