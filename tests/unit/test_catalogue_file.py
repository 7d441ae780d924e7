"""The file of categories: ours is sound, and a broken one is refused with what to mend."""

import json
import re
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.categories import FIELDS, OTHER, CatalogueBroken, load_catalogue
from bot.domain.needs import Urgency

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


ISSUE = (
    *("errand", "groceries", "medicine", "meals", "haircut", "escort", "rehabilitation", "housekeeping", "repairs"),
    *("lifting", "companionship", "counselling", "mediation", "transport", "tutoring", "property", "wish", "other"),
)


def test_there_are_the_eighteen_kinds_with_words_in_both_languages() -> None:
    assert tuple(category.code for category in CATALOGUE.categories) == ISSUE
    for category in CATALOGUE.categories[:-1]:
        assert any(word.isascii() for word in category.words)
        assert any(not word.isascii() for word in category.words)
    assert CATALOGUE["mediation"].guarded_by == "mediation"
    assert CATALOGUE["lifting"].pair
    assert CATALOGUE["medicine"].kind(Urgency.TODAY).within_minutes == 60
    assert CATALOGUE["medicine"].kind(Urgency.NOW).within_minutes is None
    assert [one.code for one in CATALOGUE.categories if one.confidential] == ["counselling", "mediation"]


GOOD = ENTRY.format(code="first") + ENTRY.format(code=OTHER)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("pair = 1", "pair must be true or false"),
        ('feelings = "no"', "feelings must be true or false"),
        ("confidential = true", "needs exactly one skill"),
        ('skills = ["a", "b"]\nconfidential = true', "needs exactly one skill"),
        ('skills = "a"', "skills must be a list"),
        ('skills = ["A b"]', "skills must be a list"),
        ("minutes = 5", "minutes must be a table of now, today, week"),
        ("minutes = { soon = 5 }", "minutes must be a table of now, today, week"),
        ("minutes = { now = 0 }", "minutes.now must be a whole number from 1 to 10080"),
        ("minutes = { now = true }", "minutes.now must be a whole number"),
        ("minutes = { now = 1.5 }", "minutes.now must be a whole number"),
        ('usual = "soon"', "usual must be now, today, week"),
        ("usual = [1]", "usual must be now, today, week"),
        ('word_zh = ["a"]', "word_zh is no field; did you mean words_zh"),
        ("zzz = 1", "zzz is no field; there are zh, en"),
    ],
)
def test_each_field_says_what_it_must_be(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(GOOD.replace("[other]", f"{line}\n[other]"), encoding="utf-8")
    with pytest.raises(CatalogueBroken, match=re.escape(told)) as error:
        load_catalogue(path)
    assert all(fault.startswith("own.toml: category first: ") for fault in error.value.faults)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('zh = "一first"', "zh = 1", "zh must be a text of 1 to 20 characters"),
        ('zh = "一first"', f'zh = "{"一" * 21}"', "zh must be a text of 1 to 20 characters"),
        ('zh = "一first"', 'zh = "一other"', "stands in 2 categories"),
        ("words_zh = []", 'words_zh = [""]', "words_zh must be a list of words"),
        ("words_en = []", "words_en = 1", "words_en must be a list of words"),
        ("[first]", '["First one"]', "its code may hold 1 to 20 of a-z and _"),
        ("[first]", "first = 1\n[other2]", "category first: must be a table"),
    ],
)
def test_each_name_and_word_says_what_it_must_be(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueBroken, match=re.escape(told)):
        load_catalogue(path)


def test_every_fault_is_named_at_once_and_whatever_is_written_breaks_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        GOOD.replace('icon = "1first"', "pair = 3").replace("[other]", "skils = 1\n[others]"), encoding="utf-8"
    )
    with pytest.raises(CatalogueBroken) as error:
        load_catalogue(path)
    assert len(error.value.faults) == 4
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogueBroken, match="cannot be read as text"):
        load_catalogue(path)
    with pytest.raises(CatalogueBroken, match="cannot be read as text"):
        load_catalogue(tmp_path)


VALUES = st.recursive(
    st.booleans() | st.integers(-5, 20_000) | st.text("ab一 ", max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["now", "today", "x"]), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*FIELDS, "odd"]), VALUES))
def test_whatever_stands_in_a_field_it_is_used_or_refused(fields: dict[str, object]) -> None:
    entry: dict[str, object] = {"zh": "一", "en": "One", "icon": "1", "words_zh": [], "words_en": [], **fields}
    other: dict[str, object] = {"zh": "他", "en": "Other", "icon": "0", "words_zh": [], "words_en": []}
    text = f"[first]\n{_lines(entry)}\n[{OTHER}]\n{_lines(other)}"
    with NamedTemporaryFile("w", suffix=".toml", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        with suppress(CatalogueBroken):
            found = load_catalogue(Path(file.name))
            assert found["first"].kind(Urgency.NOW).category == "first"
            assert found["first"].guarded_by is None or found["first"].confidential


def _lines(entry: dict[str, object]) -> str:
    return "\n".join(f"{field} = {_toml(value)}" for field, value in entry.items())


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
