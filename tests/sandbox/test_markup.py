"""HTML becomes text and entities, or a complaint that names the place."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.entities import cut, found, trimmed, units
from sandbox.errors import Refusal
from sandbox.markup import read_html


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("没有标记", "没有标记", []),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#39; &#x4f60;", 'a <b> & "c" \' 你', []),
        ("&nbsp; & &unknown;", "&nbsp; & &unknown;", []),
        ("😀<b>粗</b>", "😀粗", [{"type": "bold", "offset": 2, "length": 1}]),
        ("<B>x</B>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        (
            "<u><i>x</i>y</u>",
            "xy",
            [{"type": "underline", "offset": 0, "length": 2}, {"type": "italic", "offset": 0, "length": 1}],
        ),
        (
            '<a href="https://t.me/x?a=1&amp;b=2">这里</a>',
            "这里",
            [{"type": "text_link", "offset": 0, "length": 2, "url": "https://t.me/x?a=1&b=2"}],
        ),
        ("<a href='javascript:x'>这里</a>", "这里", []),
        (
            "<a>example.com</a>",
            "example.com",
            [{"type": "text_link", "offset": 0, "length": 11, "url": "http://example.com/"}],
        ),
        ('<span class="tg-spoiler">x</span>', "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ("<blockquote expandable>x</blockquote>", "x", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        (
            "<code class=language-python>x</code>",
            "x",
            [{"type": "code", "offset": 0, "length": 1, "language": "language-python"[9:]}],
        ),
        ("<b></b>x", "x", []),
        ("<b>x</ >", "x", [{"type": "bold", "offset": 0, "length": 1}]),
    ],
)
def test_what_can_be_read(source: str, text: str, entities: list[object]) -> None:
    assert read_html(source) == (text, entities)


def test_a_link_to_a_person_is_a_mention() -> None:
    [entity] = read_html('<a href="tg://user?id=17">小李</a>')[1]
    assert (entity["type"], entity["user"]["id"]) == ("text_mention", 17)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("字<x>", 'Unsupported start tag "x" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a<b", "Unclosed start tag at byte offset 1"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ],
)
def test_what_cannot_be_read(source: str, words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


@settings(deadline=None)
@given(st.text(alphabet="<>&/ab=\"' #;😀字", max_size=40))
def test_no_text_breaks_the_reader(source: str) -> None:
    with contextlib.suppress(Refusal):
        text, entities = read_html(source)
        assert all(entity["offset"] + entity["length"] <= units(text) for entity in entities)


@settings(deadline=None)
@given(st.text())
def test_lengths_are_utf_16(text: str) -> None:
    assert units(text) == sum(2 if ord(letter) > 0xFFFF else 1 for letter in text)


def test_what_telegram_finds_by_itself() -> None:
    text = "😀 /help@linli_bot 请看 https://example.com/a?b=1 或 @xiaoli +86 138 0013 8000 #邻里 a@b.cn /a/b"
    kinds = {entity["type"]: cut(text, entity["offset"], entity["length"]) for entity in found(text)}
    assert kinds == {
        "bot_command": "/help@linli_bot",
        "url": "https://example.com/a?b=1",
        "mention": "@xiaoli",
        "phone_number": "+86 138 0013 8000",
        "email": "a@b.cn",
        "hashtag": "#邻里",
    }


def test_a_word_before_a_slash_makes_no_command() -> None:
    assert [entity["offset"] for entity in found("请/help 和 /help, 或/help")] == [9]


def test_blanks_at_the_ends_go_and_entities_move_along() -> None:
    text, entities = trimmed("  <x> 粗 ", [{"type": "bold", "offset": 6, "length": 2}])
    assert (text, entities) == ("<x> 粗", [{"type": "bold", "offset": 4, "length": 1}])
