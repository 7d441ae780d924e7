"""The page's own words: both languages complete, and no English in the Chinese page."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "sandbox" / "page"
ENTRY = re.compile(r'^  (\w+):\s+"((?:[^"\\]|\\.)*)",$', re.MULTILINE)
PROPER_NAMES = re.compile(r"Telegram|English|\{\w+\}")
USED = re.compile(r'\bt\(\s*"(\w+)"')


def words(language: str) -> dict[str, str]:
    """The catalogue of one language as it stands in its file."""
    return dict(ENTRY.findall((PAGE / f"words_{language}.js").read_text(encoding="utf-8")))


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


def test_every_line_of_a_catalogue_is_one_entry() -> None:
    for language in ("zh", "en"):
        source = (PAGE / f"words_{language}.js").read_text(encoding="utf-8")
        assert len(re.findall(r"^  \S", source, re.MULTILINE)) == len(words(language)), language


def test_both_catalogues_have_the_same_keys_and_placeholders() -> None:
    chinese, english = words("zh"), words("en")
    assert chinese.keys() == english.keys()
    different = [key for key in chinese if placeholders(chinese[key]) != placeholders(english[key])]
    assert not different


def test_no_english_word_stands_in_the_chinese_page() -> None:
    latin = {key: text for key, text in words("zh").items() if re.search("[A-Za-z]{2}", PROPER_NAMES.sub("", text))}
    assert not latin


@pytest.mark.parametrize("module", sorted(PAGE.glob("*.js")), ids=lambda path: path.name)
def test_every_key_that_is_asked_for_has_words(module: Path) -> None:
    missing = set(USED.findall(module.read_text(encoding="utf-8"))) - words("zh").keys()
    assert not missing


def test_nobody_elses_words_become_markup() -> None:
    markup = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write")
    for module in PAGE.glob("*.js"):
        assert not markup.search(module.read_text(encoding="utf-8")), module


def test_the_page_asks_nobody_but_its_own_server() -> None:
    names = re.compile(r"""(?:src|href|url\(|from|import)\s*[=(]?\s*["']?https?:""")
    for file in PAGE.iterdir():
        assert not names.search(file.read_text(encoding="utf-8")), file
