"""Text as Telegram counts it: UTF-16 units, and the commands, mentions and links that it finds by itself."""

import re
from typing import Any

Entity = dict[str, Any]

_HINT = re.compile(r"[/@#.+]")
_FOUND = re.compile(
    r"(?P<url>(?<![A-Za-z0-9_])(?:https?://|t\.me/)[^\s<>\"]+)"
    r"|(?P<email>(?<![A-Za-z0-9._-])[A-Za-z0-9._-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,})"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{3,32})(?!\w)"
    r"|(?<![\w#])(?P<hashtag>#\w+)"
    r"|(?<![\w+])(?P<phone_number>\+[0-9][0-9 -]{6,16}[0-9])"
)


def units(text: str) -> int:
    """The length of `text` in UTF-16 units, which is how all of Telegram's lengths and offsets are counted."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The part of `text` that an entity covers (`offset` and `length` in UTF-16 units)."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def found(text: str) -> list[Entity]:
    """What Telegram marks by itself in `text`: commands, mentions, links, addresses, telephones and hashtags."""
    if not _HINT.search(text):
        return []
    return [
        {"type": match.lastgroup, "offset": units(text[: match.start()]), "length": units(match.group())}
        for match in _FOUND.finditer(text)
    ]


def together(given: list[Entity], text: str) -> list[Entity]:
    """The entities that the sender gave plus the found ones that do not overlap a link, code or mention of theirs."""
    extra = [entity for entity in found(text) if not any(_hides(mine, entity) for mine in given)]
    if not extra:
        return given
    return sorted([*given, *extra], key=lambda entity: (entity["offset"], -entity["length"]))


def _hides(mine: Entity, other: Entity) -> bool:
    overlap = mine["offset"] < other["offset"] + other["length"] and other["offset"] < mine["offset"] + mine["length"]
    return overlap and mine["type"] in ("text_link", "text_mention", "code", "pre", other["type"])


def trimmed(text: str, given: list[Entity]) -> tuple[str, list[Entity]]:
    """`text` without the blanks at its ends, as Telegram keeps it, and the entities moved along."""
    short = text.strip()
    if short == text or not given:
        return short, given
    before = units(text[: len(text) - len(text.lstrip())])
    end = units(short)
    moved = []
    for entity in given:
        start = max(0, entity["offset"] - before)
        stop = min(end, entity["offset"] + entity["length"] - before)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return short, moved
