"""The file of categories: ours is sound, and a broken one is refused with what to mend."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.categories import OTHER, CatalogueBroken, load_catalogue

ENTRY = '[{code}]\nzh = "一{code}"\nen = "One {code}"\nicon = "1{code}"\nwords_zh = []\nwords_en = []\n'
CATALOGUE = load_catalogue()


def test_no_two_categories_share_a_button_text() -> None:
    names = [name for category in CATALOGUE.categories for name in (category.icon, *category.names.values())]
    assert len(set(names)) == len(names)


def test_every_word_is_looked_for_as_texts_are_read() -> None:
    words = [word for category in CATALOGUE.categories for word in category.words]
    assert [word for word in words if word != word.lower().strip() or not word] == []


def test_no_word_stands_twice_in_a_category_and_none_in_more_than_two() -> None:
    """A word that speaks for everything says nothing."""
    seen: dict[str, list[str]] = {}
    for category in CATALOGUE.categories:
        for word in category.words:
            seen.setdefault(word, []).append(category.code)
    assert {word: codes for word, codes in seen.items() if len(set(codes)) != len(codes) or len(codes) > 2} == {}


@given(st.text())
def test_any_text_is_of_some_category(text: str) -> None:
    assert CATALOGUE.guess(text) in CATALOGUE.categories


def test_a_category_that_is_gone_is_something_else() -> None:
    assert CATALOGUE["gone"].code == OTHER == CATALOGUE.guess("").code


def test_a_draw_goes_to_the_earlier_category(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    entries = [ENTRY.format(code=code) for code in ("first", "second", OTHER)]
    entries[:2] = [entry.replace("words_en = []", 'words_en = ["word"]') for entry in entries[:2]]
    path.write_text("\n".join(entries), encoding="utf-8")
    assert load_catalogue(path).guess("a word").code == "first"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the last category must be"),
        (ENTRY.format(code="first"), "the last category must be"),
        (ENTRY.format(code=OTHER).replace('icon = "1other"\n', ""), "category other: icon missing"),
        ("[other", "own.toml"),
    ],
)
def test_a_broken_file_says_what_to_mend(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueBroken, match=told):
        load_catalogue(path)
