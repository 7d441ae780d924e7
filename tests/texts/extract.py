"""The texts that the program says, found in its source, and a catalogue brought up to date with them.

`python -m tests.texts.extract` adds to the Chinese catalogue what is new (untranslated, so that the tests name it) and
takes out what nobody says any more; translations stay as they are.
"""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
CHINESE = ROOT / "bot/texts/catalogues/zh/LC_MESSAGES/linli.po"
# Which call says a source text, and how many texts it takes: one, or one for the singular and one for the plural.
# Something's own `say` does; a plain function of that name speaks to whoever started the program, in English.
METHODS = {"say": 1, "count": 2}
FUNCTIONS = {"marked": 1}
KEYWORDS = METHODS | FUNCTIONS
# Dates and addresses in a catalogue's head change from run to run or tell nobody anything.
IDLE = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To).*\n',
    re.MULTILINE,
)


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call in a file that may say something, with its name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            yield node, node.func.attr
        elif isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
            yield node, node.func.id


def literal(call: ast.Call, name: str) -> tuple[str, ...]:
    """The source texts that a call says; empty when they do not stand in it as they are."""
    said = [node.value for node in call.args[: KEYWORDS[name]] if isinstance(node, ast.Constant)]
    texts = tuple(text for text in said if isinstance(text, str))
    return texts if len(texts) == KEYWORDS[name] else ()


def said() -> Catalog:
    """Every source text, with the files in which it is said."""
    found = Catalog(fuzzy=False)
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for call, name in sorted(calls(path), key=lambda pair: pair[0].lineno):
            texts = literal(call, name)
            if texts:
                text = texts if len(texts) > 1 else texts[0]
                found.add(text, locations=[(path.relative_to(ROOT).as_posix(), call.lineno)])
    return found


def kept(path: Path = CHINESE) -> Catalog:
    """A catalogue as it is committed."""
    if not path.exists():
        return Catalog(locale="zh_CN")
    with path.open("rb") as file:
        return read_po(file, locale="zh_CN")


def texts(catalog: Catalog) -> list[Message]:
    """A catalogue's messages without its head."""
    return [message for message in catalog if message.id]


def update(path: Path = CHINESE) -> None:
    """Bring a catalogue up to date with what is said."""
    old = kept(path)
    new = Catalog(locale="zh_CN", project="Linli", version="1", header_comment="# 邻里：中文", fuzzy=False)
    for message in texts(said()):
        known = old.get(message.id)
        new.add(message.id, known.string if known else "", locations=message.locations)
    write(new, path)


def write(catalog: Catalog, path: Path = CHINESE) -> None:
    """Write a catalogue down, without what would change from day to day."""
    packed = BytesIO()
    write_po(packed, catalog, width=120, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(IDLE.sub("", packed.getvalue().decode()), encoding="utf-8")


if __name__ == "__main__":
    update()
