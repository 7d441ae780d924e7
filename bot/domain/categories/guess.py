"""What a text most likely asks for: known words are evidence, and everybody can read which words spoke for what.

Reading a text finds the longest known words (a word inside a longer one does not count). Each speaks for its categories with a
weight: its length (two Chinese characters, or a whole English word, are one unit; a phrase is more), times how rare it is in the
catalogue, ln(1 + categories / categories that list it). A word that is one slip of the keyboard away counts half. The sum
decides, and the catalogue's order decides a draw; the last category ("other") is what a text without any known word asks for.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

# The second one is worth a question when it has this share of the first one's weight.
DOUBT = 0.62
SLIP = 0.5
# A shorter English word is too easily another one.
SLIPS_FROM = 6
WORD = re.compile(r"[a-z][a-z'-]*[a-z]|[a-z]")


@dataclass(frozen=True)
class Evidence:
    """A word of the text and the catalogue's word that it was taken for, the categories it speaks for, and its weight."""

    found: str
    word: str
    categories: tuple[int, ...]
    weight: float


@dataclass(frozen=True)
class Guess:
    """The likeliest category (its place in the catalogue) and the next one; `second` None: nothing else was spoken for.

    `sure`: the words decide. Nothing known was found: `sure` too, for there is nothing to choose between.
    """

    best: int
    second: int | None
    sure: bool
    evidence: tuple[Evidence, ...]

    def turned(self) -> "Guess":
        """The second one first."""
        return self if self.second is None else replace(self, best=self.second, second=self.best)


class Guesser:
    """The words of a catalogue, weighed once. The last list is that of "everything else" and needs no words."""

    def __init__(self, lists: Sequence[Iterable[str]]) -> None:
        self._count = len(lists)
        self._owners: dict[str, tuple[int, ...]] = {}
        for place, words in enumerate(lists):
            for word in dict.fromkeys(map(tidy, words)):
                self._owners[word] = (*self._owners.get(word, ()), place)
        self._weights = {word: self._weight(word, len(owners)) for word, owners in self._owners.items()}
        self._lengths = lengths_of(self._owners)
        self._slips = slips_of(self._owners)

    def _weight(self, word: str, owners: int) -> float:
        return length(word) * math.log(1 + self._count / owners)

    def guess(self, text: str) -> Guess:
        """The categories that the words of a text speak for."""
        evidence = tuple(self.evidence(text))
        sums: dict[int, float] = {}
        for one in evidence:
            for place in one.categories:
                sums[place] = sums.get(place, 0.0) + one.weight
        ranked = sorted(sums, key=lambda place: (-sums[place], place))
        if not ranked:
            return Guess(self._count - 1, None, True, ())
        second = ranked[1] if len(ranked) > 1 else None
        sure = second is None or sums[second] < DOUBT * sums[ranked[0]]
        return Guess(ranked[0], second, sure, evidence)

    def evidence(self, text: str) -> Iterator[Evidence]:
        """Every known word of a text, from the left; the same word counts once."""
        told = tidy(text)
        seen: set[str] = set()
        reached = 0
        for start in range(len(told)):
            word = self._at(told, start)
            if word is not None and start + len(word) > reached:
                reached = start + len(word)
                if word not in seen:
                    seen.add(word)
                    yield Evidence(word, word, self._owners[word], self._weights[word])
        yield from self._misspelt(told)

    def _at(self, told: str, start: int) -> str | None:
        """The longest known word that begins here."""
        if told[start] == " " or (start and _letter(told[start]) and _letter(told[start - 1])):
            return None
        for length_here in self._lengths.get(told[start : start + 2], ()) or self._lengths.get(told[start], ()):
            end = start + length_here
            word = told[start:end]
            if (
                len(word) == length_here
                and word in self._owners
                and not (end < len(told) and _letter(told[end]) and _letter(told[end - 1]))
            ):
                return word
        return None

    def _misspelt(self, told: str) -> Iterator[Evidence]:
        for found in dict.fromkeys(WORD.findall(told)):
            meant = self._meant(found)
            if meant is not None:
                yield Evidence(found, meant, self._owners[meant], self._weights[meant] * SLIP)

    def _meant(self, found: str) -> str | None:
        if len(found) < SLIPS_FROM or found in COMMON or any(form in self._owners for form in forms(found)):
            return None
        return next((self._slips[short] for short in shortened(found) if short in self._slips), None)


def tidy(text: str) -> str:
    """A text as words are looked for in it: small letters, plain forms, no blanks inside Chinese, an English plural as one."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    plain = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", plain)
    return re.sub(r"\s+", " ", WORD.sub(lambda found: stem(found[0]), plain)).strip()


def stem(word: str) -> str:
    """An English word without the s of "lamps" or "needs"."""
    bare = word.removesuffix("'s")
    if len(bare) > 4 and bare.endswith("ies"):
        return f"{bare[:-3]}y"
    if len(bare) > 4 and re.search(r"(ch|sh|x|ss)es$", bare):
        return bare[:-2]
    return bare[:-1] if len(bare) > 3 and bare.endswith("s") and not bare.endswith(("ss", "us", "is")) else bare


def length(word: str) -> float:
    """How much a word says by its length: two Chinese characters or one English word are 1, every further one adds a half."""
    if word.isascii():
        return 1 + (len(word.split()) - 1) / 2
    return 0.55 if len(word) == 1 else 1 + (len(word) - 2) / 2


def lengths_of(words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """How long the words are that begin like this, the longest first: by their first two letters, and those of one alone."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[:2], set()).add(len(word))
    singles = {word for word in words if len(word) == 1}
    for start in found:
        if start[0] in singles:
            found[start].add(1)
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


def shortened(word: str) -> Iterator[str]:
    """The word itself and every way to leave one of its letters out, but never the first."""
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def slips_of(words: Iterable[str]) -> Mapping[str, str]:
    """Which single English word a shortened one may come from."""
    found: dict[str, str] = {}
    for word in words:
        if len(word) >= SLIPS_FROM and WORD.fullmatch(word):
            for short in shortened(word):
                found.setdefault(short, word)
    return found


def forms(word: str) -> tuple[str, ...]:
    """The ways in which an English word may stand in the catalogue."""
    return word, stem(word)


def _letter(char: str) -> bool:
    return "a" <= char <= "z"


# Everyday words that are one letter away from a word of the catalogue.
COMMON = frozenset(
    [
        *("bother", "little", "things", "matter", "wonder", "better", "letter", "mother", "father", "sister", "having"),
        *("please", "should", "always", "anyone", "friend", "before", "around", "though", "really", "through"),
    ]
)
