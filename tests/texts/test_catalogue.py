"""Whatever the program says, it can say in Chinese: nothing missing, nothing left over, nothing half translated."""

import ast
import re

import pytest
from babel.messages.catalog import Message

from tests.texts import extract
from tests.texts.reading import ANYWHERE, visible

SAID = extract.texts(extract.said())
KEPT = {message.id: message for message in extract.texts(extract.kept())}
PLACEHOLDER = re.compile(r"\{\w+\}")
LONGEST_SENTENCE_WORDS = 25
LONGEST_SENTENCE_CHARACTERS = 40
# What answers a tap in a small window: the Bot API's limit.
TOAST_CHARACTERS = 200


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A text's singular and plural, or the one form that it has."""
    return [text] if isinstance(text, str) else list(text or ())


def pairs(message: Message) -> list[tuple[str, str]]:
    """What is said in English, and in Chinese."""
    return [(source, form) for source in forms(message.id) for form in forms(message.string)]


CHINESE = [pair for message in KEPT.values() for pair in pairs(message)]


def test_every_text_can_be_said_in_chinese() -> None:
    missing = [message.id for message in SAID if message.id not in KEPT or not all(forms(KEPT[message.id].string))]
    assert missing == [], "bring the catalogue up to date with: python -m tests.texts.extract"


def test_nothing_is_kept_that_nobody_says() -> None:
    said = {message.id for message in SAID}
    assert [identity for identity in KEPT if identity not in said] == []
    assert not extract.kept().obsolete
    assert [message.id for message in KEPT.values() if message.fuzzy] == []


def test_both_languages_fill_the_same_places() -> None:
    wrong = [pair for pair in CHINESE if len({frozenset(PLACEHOLDER.findall(text)) for text in pair}) != 1]
    assert wrong == []


def test_the_chinese_catalogue_speaks_chinese() -> None:
    wrong = [text for _, text in CHINESE if re.search("[A-Za-z]", ANYWHERE.sub("", PLACEHOLDER.sub("", text)))]
    assert wrong == []


def test_chinese_is_written_with_its_own_punctuation() -> None:
    stray = re.compile(r"[\u4e00-\u9fff}] ?[,.!?;:()\"'](?!\d)|[,!?;:()\"'] ?[\u4e00-\u9fff]")
    assert [text for _, text in CHINESE if stray.search(ANYWHERE.sub("", text))] == []


def test_people_are_addressed_politely() -> None:
    assert [text for _, text in CHINESE if "你" in text] == []


def test_nothing_shouts() -> None:
    wrong = [
        text
        for pair in CHINESE
        for text in pair
        if len(re.findall("[!！]", text)) > 2 or re.search("[!！?？]{2}|[A-Z]{4}", text)
    ]
    assert wrong == []


def test_every_sentence_is_short() -> None:
    english = [sentence for source, _ in CHINESE for sentence in re.split(r"[.!?:;]", source)]
    assert [sentence for sentence in english if len(sentence.split()) > LONGEST_SENTENCE_WORDS] == []
    chinese = [sentence for _, text in CHINESE for sentence in re.split("[。！？：；]", text)]
    assert [sentence for sentence in chinese if len(sentence) > LONGEST_SENTENCE_CHARACTERS] == []


def test_what_answers_a_tap_is_plain_and_fits_its_window() -> None:
    told = [
        pair
        for message in SAID
        if any(path.startswith("bot/handlers/") for path, _ in message.locations)
        for pair in pairs(KEPT[message.id])
    ]
    assert told
    wrong = [text for pair in told for text in pair if len(text) > TOAST_CHARACTERS or visible(text) != text]
    assert wrong == []


def receiver(call: ast.Call) -> str:
    """Of what a method is called."""
    return ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""


@pytest.mark.parametrize("path", sorted((extract.ROOT / "bot").rglob("*.py")), ids=lambda path: path.name)
def test_no_text_escapes_the_catalogue(path: object) -> None:
    """A text put together before it is said would be looked up in vain: only literal texts, or marked ones, are said."""
    assert isinstance(path, type(extract.ROOT))
    wrong = [
        f"line {call.lineno}: {ast.unparse(call)}"
        for call, name in extract.calls(path)
        if "words" in receiver(call) and not extract.literal(call, name) and not is_constant(call.args[0])
    ]
    assert wrong == []


def is_constant(node: ast.expr) -> bool:
    """A text that is marked where it is defined, in capitals."""
    return isinstance(node, ast.Name) and node.id.isupper()
