"""Plain messages: what a group may read of them, what is a greeting, what is too much or nothing at all."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.drafts import GREETINGS, is_greeting
from bot.domain.errors import TextEmpty, TextTooLong
from bot.domain.needs import TEXT_LIMIT, legible_text, public_text


@pytest.mark.parametrize(
    ("written", "secrets"),
    [
        ("灯坏了，13800138000", ["13800138000"]),
        ("打 138 0013 8000 给我", ["138 0013 8000", "8000"]),
        ("电话 010-62345678", ["62345678"]),
        ("我住3号楼2单元301", ["2单元", "301"]),
        ("2 单元 301 室灯坏了", ["301"]),
        ("请到501室", ["501"]),
        ("敲1203房间的门", ["1203"]),
        ("Unit 2, door 301, the lamp is broken", ["301", "Unit 2"]),
        ("I live in flat 4b", ["4b"]),
        ("apartment no. 12 please", ["12"]),
        ("call +44 20 7946 0018", ["7946", "0018"]),
    ],
)
def test_a_group_reads_no_telephone_and_no_door(written: str, secrets: list[str]) -> None:
    assert [secret for secret in secrets if secret in public_text(written)] == []


@pytest.mark.parametrize(
    "written", ["家里的灯坏了", "3号楼，5楼", "买10个鸡蛋和2斤米", "2026年3月2日", "at 10:30, 2 bags", "", "9:00-11:00"]
)
def test_a_group_reads_everything_else_as_it_is(written: str) -> None:
    assert public_text(written) == written


@given(st.text(max_size=100), st.integers(min_value=13 * 10**9, max_value=20 * 10**9 - 1), st.text(max_size=100))
def test_no_telephone_survives_among_any_words(before: str, number: int, after: str) -> None:
    assert str(number) not in public_text(f"{before} {number} {after}")


@given(st.text() | st.text(alphabet="0123456789 -+", max_size=60))
@example("0" * 22)
def test_what_is_public_already_stays_so(words: str) -> None:
    assert public_text(public_text(words)) == public_text(words)


@pytest.mark.parametrize(
    "words",
    [
        *("你好", "您好！", "在吗？", "谢谢", "谢谢大家🙏", "好的。", "早上好~", "收到", "👍", "🙏🙏", "。。。", ""),
        *("Hello", "hi!", "Good morning", "good-morning", "Thank you!", "Thanks :)", "OK", "Bye", "THX"),
    ],
)
def test_greetings_and_thanks(words: str) -> None:
    assert is_greeting(words)


@pytest.mark.parametrize(
    "words",
    [
        "你好，家里的灯坏了",
        "谢谢，再帮我买点菜",
        "好的药",
        "Hello, the lamp is broken",
        "no milk",
        "灯",
        "药",
        "yes please come",
        "120",
    ],
)
def test_what_somebody_needs_is_no_greeting(words: str) -> None:
    assert not is_greeting(words)


@given(st.sampled_from(sorted(GREETINGS)), st.sampled_from(["", "!", "！", "。", " ", "~", "👋", "…"]), st.booleans())
def test_a_greeting_may_be_written_as_one_likes(greeting: str, after: str, loud: bool) -> None:
    assert is_greeting((greeting.upper() if loud else greeting) + after)


@given(st.text(alphabet=st.characters(categories=("L", "N")), min_size=20))
def test_long_words_are_no_greeting(words: str) -> None:
    assert not is_greeting(words)


def test_a_text_is_kept_up_to_a_thousand_characters() -> None:
    assert legible_text(f" {'药' * TEXT_LIMIT}\n") == "药" * TEXT_LIMIT
    with pytest.raises(TextTooLong):
        legible_text("药" * (TEXT_LIMIT + 1))


@pytest.mark.parametrize("nothing", ["", "  ", "\n", "\x00"])
def test_a_text_of_nothing_is_none(nothing: str) -> None:
    with pytest.raises(TextEmpty):
        legible_text(nothing)
