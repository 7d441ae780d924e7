"""How well the guess guesses: category, urgency and place of made sentences; `python -m tests.guessing` prints the tables.

One labelled sentence a line. While the words of the catalogue were chosen, the dev half was looked at; then they were settled,
and only then was the reported half written, by the same hand. Words that are added later must not come from the reported half.
"""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.domain.areas import Area, Kind, last_named
from bot.domain.categories import OTHER, Catalogue
from bot.domain.needs import Urgency
from bot.domain.people import Language

HERE = Path(__file__).parent
NAMES = {Language.CHINESE: "{number}号楼", Language.ENGLISH: "Building {number}"}
ROUNDS = 20
HALVES = ("dev", "reported")


@dataclass(frozen=True)
class Sentence:
    """A made sentence and what it means. `place` None: it names none."""

    category: str
    urgency: Urgency
    place: str | None
    text: str


@dataclass(frozen=True)
class Measured:
    """Shares from 0 to 1. `either` counts a sentence as right when one of the two buttons of a doubtful one is right."""

    count: int
    right: float
    either: float
    asked: float
    urgency: float
    place: float
    confusion: Counter[tuple[str, str]]
    wrong: tuple[tuple[str, str, str], ...]
    leaks: int


def sentences(language: Language, half: str) -> list[Sentence]:
    """Every sentence of a language's half, "dev" or "reported"."""
    lines = (HERE / f"{half}_{language.value}.txt").read_text(encoding="utf-8").splitlines()
    return [_sentence(line) for line in lines if line and not line.startswith("#")]


def _sentence(line: str) -> Sentence:
    category, urgency, rest = line.split(" ", 2)
    named, text = rest.split(" ", 1)
    if named == "Building":
        number, text = text.split(" ", 1)
        named = f"Building {number}"
    return Sentence(category, Urgency(urgency), None if named == "-" else named, text)


def places(language: Language) -> list[Area]:
    """The buildings of a made community."""
    names = [NAMES[language].format(number=number) for number in range(1, 13)]
    return [Area(at, None, Kind.BUILDING, name, name, "") for at, name in enumerate(names)]


def measure(catalogue: Catalogue, language: Language, told: Iterable[Sentence]) -> Measured:
    """What the guess makes of these sentences."""
    listed, areas = list(told), places(language)
    guesses = [(one, catalogue.guess(one.text).code, catalogue.doubtful(one.text)) for one in listed]
    right = [one.category == code for one, code, _ in guesses]
    either = [
        hit or one.category in {each.code for each in two} for (one, _, two), hit in zip(guesses, right, strict=True)
    ]
    found = [last_named(one.text, areas) for one in listed]
    return Measured(
        count=len(listed),
        right=_share(right),
        either=_share(either),
        asked=_share(bool(two) for _, _, two in guesses),
        urgency=_share(catalogue.urgency(one.text) is one.urgency for one in listed),
        place=_share((place.name if place else None) == one.place for one, place in zip(listed, found, strict=True)),
        confusion=Counter((one.category, code) for one, code, _ in guesses),
        wrong=tuple((one.category, code, one.text) for one, code, _ in guesses if one.category != code),
        leaks=sum(
            catalogue[one.category].confidential and not catalogue[code].confidential for one, code, _ in guesses
        ),
    )


def microseconds(catalogue: Catalogue, language: Language) -> float:
    """How long one text takes: category, doubt and urgency."""
    texts = [one.text for half in HALVES for one in sentences(language, half)]
    # The processor's time: other programs on the machine do not count.
    started = time.process_time()
    for _ in range(ROUNDS):
        for text in texts:
            catalogue.doubtful(text)
            catalogue.urgency(text)
    return (time.process_time() - started) / (ROUNDS * len(texts)) * 1_000_000


def _share(answers: Iterable[bool]) -> float:
    listed = list(answers)
    return sum(listed) / len(listed) if listed else 0.0


__all__ = ["HALVES", "OTHER", "Measured", "Sentence", "measure", "microseconds", "places", "sentences"]
