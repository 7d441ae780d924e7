"""What people ask for: the catalogue of categories, and the guess which one a text means.

The guess is a count that one can explain: each known word found in the text counts with its length, the category with the
most wins, and the catalogue's order decides a draw. A text without any known word is "other".
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.needs import Urgency
from bot.domain.people import Language

OTHER = "other"
PACKAGED = Path(__file__).with_name("categories.toml")

URGENCY_WORDS: Mapping[Urgency, tuple[str, ...]] = {
    Urgency.NOW: (
        *("马上", "立刻", "立即", "现在", "急", "赶紧", "快点", "尽快"),
        *("now", "right away", "immediately", "urgent", "urgently", "at once", "asap"),
    ),
    Urgency.WEEK: (
        *("这周", "本周", "这星期", "周末", "不急", "有空再", "有空时", "有空的时候", "这几天", "过几天", "下周"),
        *("this week", "weekend", "no hurry", "no rush", "whenever", "some day", "next week", "in the next days"),
    ),
}
DENIALS = ("不急", "不着急", "不太急", "不是很急", "没那么急", "no hurry", "no rush", "not urgent")


class CatalogueBroken(Exception):
    """The catalogue's file cannot be used; the text says which entry and what is missing."""


@dataclass(frozen=True)
class Category:
    """One kind of need. `skill` None: anybody can do it."""

    code: str
    names: Mapping[Language, str]
    icon: str
    skill: str | None
    words: tuple[str, ...]

    def name(self, language: Language) -> str:
        """What it is called, with its icon."""
        return f"{self.icon} {self.names[language]}"


@dataclass(frozen=True)
class Catalogue:
    """Every category, in the order of the buttons."""

    categories: tuple[Category, ...]

    def __getitem__(self, code: str) -> Category:
        """The category called `code`; the last one ("other") for a code that the catalogue has no longer."""
        return next((c for c in self.categories if c.code == code), self.categories[-1])

    def guess(self, text: str) -> Category:
        """What a text most likely asks for."""
        lowered = text.lower()
        scores = [sum(len(word) for word in category.words if holds(lowered, word)) for category in self.categories]
        best = max(scores)
        return self[OTHER] if best == 0 else self.categories[scores.index(best)]


def guess_urgency(text: str) -> Urgency:
    """How soon it is wanted, as far as the words say: today when they say nothing."""
    lowered = text.lower()
    if any(denial in lowered for denial in DENIALS):
        return Urgency.WEEK
    for urgency, words in URGENCY_WORDS.items():
        if any(holds(lowered, word) for word in words):
            return urgency
    return Urgency.TODAY


def holds(text: str, word: str) -> bool:
    """Whether a text holds a word; a word of Latin letters must stand by itself ("lift" is not in "shoplifting")."""
    # Most words are not there at all, and seeing that costs a hundredth of looking for their edges.
    if word not in text:
        return False
    return not word.isascii() or re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None


def load_catalogue(path: Path = PACKAGED) -> Catalogue:
    """The catalogue of a TOML file; CatalogueBroken says what to mend."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueBroken(f"{path.name}: {error}") from error
    categories = tuple(_category(code, entry) for code, entry in entries.items())
    if not categories or categories[-1].code != OTHER:
        raise CatalogueBroken(f'{path.name}: the last category must be "{OTHER}"')
    return Catalogue(categories)


def _category(code: str, entry: Mapping[str, object]) -> Category:
    missing = [field for field in ("zh", "en", "icon", "words_zh", "words_en") if field not in entry]
    if missing:
        raise CatalogueBroken(f"category {code}: {', '.join(missing)} missing")
    both = (entry["words_zh"], entry["words_en"])
    words = tuple(str(word).lower() for part in both if isinstance(part, list) for word in part)
    names = {Language.CHINESE: str(entry["zh"]), Language.ENGLISH: str(entry["en"])}
    skill = entry.get("skill")
    return Category(code, names, str(entry["icon"]), None if skill is None else str(skill), words)
