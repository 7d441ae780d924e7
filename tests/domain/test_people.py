"""Names, doors and telephones: tidy whatever came in, and found in the middle of other words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import TextEmpty, TextTooLong
from bot.domain.people import DOOR_LIMIT, NAME_LIMIT, Language, legible_door, legible_name, telephone_in, tidy

ANY = st.text(st.characters(), max_size=200)
DIGITS = st.text("0123456789", min_size=8, max_size=8)


@given(ANY)
def test_tidy_words_stand_on_one_line_and_disturb_nothing(words: str) -> None:
    kept = tidy(words)
    assert not [char for char in kept if unicodedata.category(char)[0] == "C"]
    assert not [char for char in kept if char.isspace() and char != " "]
    assert "  " not in kept
    assert kept == kept.strip()
    assert tidy(kept) == kept, "tidying twice changes nothing"


@given(ANY)
def test_what_can_be_read_is_all_there(words: str) -> None:
    def visible(text: str) -> list[str]:
        return [char for char in text if not char.isspace() and unicodedata.category(char)[0] != "C"]

    assert visible(tidy(words)) == visible(words)


@given(ANY)
def test_a_name_is_short_and_legible_or_refused(words: str) -> None:
    _one_of(legible_name, words, NAME_LIMIT, nothing=not tidy(words))
    _one_of(legible_door, words, DOOR_LIMIT, nothing=not any(char.isalnum() for char in words))


def _one_of(legible: object, words: str, limit: int, *, nothing: bool) -> None:
    assert callable(legible)
    kept = tidy(words)
    if nothing:
        with pytest.raises(TextEmpty):
            legible(words)
    elif len(kept) > limit:
        with pytest.raises(TextTooLong):
            legible(words)
    else:
        assert legible(words) == kept


@given(
    DIGITS,
    st.sampled_from(["{}", "2单元301 {}", "{}，2单元301", "unit 2 door 301, {}", "电话：{}"]),
    st.sampled_from(["139{}", "139 {} ", "+86139{}", "+86 139 {}"]),
)
def test_a_telephone_is_found_among_other_words(digits: str, sentence: str, form: str) -> None:
    number, rest = telephone_in(sentence.format(form.format(digits)))
    assert number == f"+86139{digits}"
    assert digits not in rest
    if "301" in sentence:
        assert "301" in rest


@pytest.mark.parametrize(
    ("words", "number", "rest"),
    [
        ("2单元301", None, "2单元301"),
        ("010-62345678", "+861062345678", ""),
        ("0755 26543210 3栋", "+8675526543210", "3栋"),
        ("+44 7700 900123 flat 4", "+447700900123", "flat 4"),
        ("138-0013-8000", "+8613800138000", ""),
        ("13800138000。", "+8613800138000", ""),
        ("电话：13800138000", "+8613800138000", ""),
        ("我的手机号是13800138000", "+8613800138000", ""),
        ("flat 4, Tel. 010-62345678", "+861062345678", "flat 4"),
        ("hotel 010-62345678", "+861062345678", "hotel"),
        ("12345", None, "12345"),
        ("", None, ""),
    ],
)
def test_telephones_as_people_write_them(words: str, number: str | None, rest: str) -> None:
    assert telephone_in(words) == (number, rest)


@given(ANY)
def test_whatever_is_written_a_telephone_is_e164(words: str) -> None:
    number, rest = telephone_in(words)
    assert number is None or (number.startswith("+") and number[1:].isdecimal() and 8 <= len(number[1:]) <= 17)
    assert rest == tidy(rest)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        *(("zh-hans", "zh"), ("zh-TW", "zh"), ("zh", "zh"), ("ZH-CN", "zh")),
        *(("en", "en"), ("en-GB", "en"), ("de", "en"), ("", "zh"), (None, "zh")),
    ],
)
def test_languages(code: str | None, language: str) -> None:
    assert Language.of(code, Language.CHINESE) == language
