"""Names, doors and telephones as people write them, and as they are kept."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import TextEmpty, TextTooLong
from bot.domain.people import DOOR_LIMIT, NAME_LIMIT, Language, legible_door, legible_name, telephone_in, tidy

BACKWARDS = "\u202e"
INVISIBLE = "\u200b\u200e\u2066\x00\x07"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  张奶奶 ", "张奶奶"),
        ("张\n奶\t奶", "张 奶 奶"),
        ("张　奶奶", "张 奶奶"),
        (f"Ann{BACKWARDS}gnp.exe", "Anngnp.exe"),
        (f"{INVISIBLE}王姐{INVISIBLE}", "王姐"),
        ("<b>O'Neill & Co</b>", "<b>O'Neill & Co</b>"),
        ("محمد", "محمد"),
        ("👵 Zhang", "👵 Zhang"),
        ("Zoe\u0308", "Zoe\u0308"),
    ],
)
def test_a_name_is_kept_as_it_is_read(written: str, kept: str) -> None:
    assert legible_name(written) == kept


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", INVISIBLE, BACKWARDS])
def test_a_name_of_nothing_is_none(nothing: str) -> None:
    with pytest.raises(TextEmpty):
        legible_name(nothing)
    with pytest.raises(TextEmpty):
        legible_door(nothing)


@pytest.mark.parametrize("nowhere", ["……", "。", "👍", "？？"])
def test_a_door_that_nobody_finds_is_none(nowhere: str) -> None:
    with pytest.raises(TextEmpty):
        legible_door(nowhere)


@given(st.text())
def test_what_is_tidy_stays_so_and_disturbs_nothing(words: str) -> None:
    kept = tidy(words)
    assert tidy(kept) == kept
    assert kept == kept.strip()
    assert "  " not in kept
    assert all(unicodedata.category(char)[0] != "C" for char in kept)


@given(st.text(alphabet=st.characters(categories=("L", "N", "S", "P")), min_size=1, max_size=200))
def test_a_name_is_short(words: str) -> None:
    if len(words) > NAME_LIMIT:
        with pytest.raises(TextTooLong) as told:
            legible_name(words)
        assert (told.value.length, told.value.limit) == (len(words), NAME_LIMIT)
    else:
        assert legible_name(words) == words


def test_a_door_is_short() -> None:
    assert legible_door("门" * DOOR_LIMIT) == "门" * DOOR_LIMIT
    with pytest.raises(TextTooLong):
        legible_door("门" * (DOOR_LIMIT + 1))


@pytest.mark.parametrize(
    ("written", "telephone", "rest"),
    [
        ("2单元301 13800138000", "+8613800138000", "2单元301"),
        ("2单元301，13800138000", "+8613800138000", "2单元301"),
        ("13800138000 2单元301", "+8613800138000", "2单元301"),
        ("138 0013 8000", "+8613800138000", ""),
        ("138-0013-8000，5楼501", "+8613800138000", "5楼501"),
        ("+86 138 0013 8000", "+8613800138000", ""),
        ("+44 20 7946 0018 flat 3", "+442079460018", "flat 3"),
        ("010-62345678 1单元", "+861062345678", "1单元"),
        ("0755 8234567 8号楼", "+867558234567", "8号楼"),
        ("unit 2, door 301", None, "unit 2, door 301"),
        ("301", None, "301"),
        ("3-2-501", None, "3-2-501"),
        ("", None, ""),
    ],
)
def test_a_telephone_is_found_beside_a_door(written: str, telephone: str | None, rest: str) -> None:
    assert telephone_in(written) == (telephone, rest)


@given(st.integers(min_value=10**8, max_value=10**9 - 1), st.sampled_from(["", " ", "2单元301 ", "unit 2, "]))
def test_every_mobile_number_is_found(tail: int, before: str) -> None:
    number = f"13{tail}"
    assert telephone_in(f"{before}{number}")[0] == f"+86{number}"


@given(st.text())
def test_whatever_is_written_a_telephone_has_the_worlds_form(words: str) -> None:
    telephone, rest = telephone_in(words)
    assert telephone is None or (telephone[0] == "+" and telephone[1:].isdecimal() and len(telephone) <= 18)
    assert rest == tidy(rest)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh", Language.CHINESE),
        ("zh-hans", Language.CHINESE),
        ("ZH-TW", Language.CHINESE),
        ("en-GB", Language.ENGLISH),
        ("fr", Language.ENGLISH),
        (None, Language.CHINESE),
        ("", Language.CHINESE),
    ],
)
def test_the_language_of_a_telephone(code: str | None, language: Language) -> None:
    assert Language.of(code, Language.CHINESE) is language
