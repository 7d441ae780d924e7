"""Words that cannot wait: cries for help, and words in an answer that mean that somebody must look.

The rule can be explained to whoever edits the lists. Reading from the left, the longest entry counts at each place; an entry
of `harmless` hides what stands inside it. A word counts unless it is denied, which means that a denial stands directly before
it, perhaps with fillers between ("没有哪里疼", "not in any pain"), and that no other denial stands before that one in the same
clause ("没有一天不疼"). Whatever is doubtful counts: somebody who looks in vain costs a walk, a cry that nobody hears may cost
a life.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGED = Path(__file__).with_name("care_words.toml")
ENDS = re.compile(r"[,.!?;:…。~\n]|也|但|可是|就是|只是|\b(?:but|and|also)\b")
# "no pain or fever", "没有头晕、胸闷": what follows such a joint is denied with the word before it.
JOINTS = re.compile(r"\s*(?:、|/|和|或者|或|及|与|\bor\b|\bnor\b)\s*")
# A question is no denial: "有没有发烧", "疼不疼".
ASKED = "有会是能要好"


@dataclass(frozen=True)
class CareWords:
    """The lists, in every language at once: people mix them."""

    sos: tuple[str, ...]
    worry: tuple[str, ...]
    ill: tuple[str, ...]
    alone: tuple[str, ...]
    soft: tuple[str, ...]
    harmless: tuple[str, ...]
    denials: tuple[str, ...]
    fillers: tuple[str, ...]

    def cries_for_help(self, text: str) -> bool:
        """Whether a text is a cry for help."""
        said = tidy(text)
        return self._counts(said, self.sos) or self._says_only(said)

    def worries(self, text: str) -> bool:
        """Whether an answer means that somebody must look; a cry for help does."""
        return self._counts(tidy(text), self.worry) or self.cries_for_help(text)

    def alarms(self, text: str, *, is_need: bool) -> bool:
        """Whether somebody must look because of words that answer no question.

        Where something is asked for (`is_need`), a word of worry is mostly about a thing ("my lamp fell down"): it counts only
        when somebody is ill as well.
        """
        return self.worries(text) and (not is_need or self._counts(tidy(text), self.ill))

    def _counts(self, said: str, words: tuple[str, ...]) -> bool:
        # Most words are not there at all, and seeing that costs a hundredth of looking for them with a pattern.
        there = [word for word in words if word in said]
        if not there:
            return False
        clause, past, denied = 0, 0, False
        for found in re.finditer(either((*there, *(word for word in self.harmless if word in said))), said):
            between = said[past : found.start()]
            clause = max((past + end.end() for end in ENDS.finditer(between)), default=clause)
            joined = denied and JOINTS.fullmatch(between) is not None
            denied = found[0] not in self.harmless
            if denied and not joined and not self._is_denied(said[clause : found.start()]):
                return True
            clause = past = found.end()
        return False

    def _is_denied(self, before: str) -> bool:
        denial = self._denial.search(before)
        return denial is not None and self._any_denial.search(before[: denial.start()]) is None

    def _says_only(self, said: str) -> bool:
        if not any(word in said for word in self.alone):
            return False
        around = self._alone.sub(" ", said)
        return around != said and re.search(r"\w", self._soft.sub(" ", around)) is None

    @cached_property
    def _alone(self) -> re.Pattern[str]:
        return re.compile(either(self.alone))

    @cached_property
    def _soft(self) -> re.Pattern[str]:
        return re.compile(either(self.soft))

    @cached_property
    def _any_denial(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![{ASKED}])(?:{either(self.denials)})")

    @cached_property
    def _denial(self) -> re.Pattern[str]:
        return re.compile(rf"{self._any_denial.pattern}(?:\s|{either(self.fillers)})*$")


def tidy(text: str) -> str:
    """A text as the lists know it: small letters, one way to write "can't", no blanks inside Chinese."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    plain = re.sub(r"\bcan ?not\b|\bcant\b", "can't", plain)
    plain = re.sub(r"\b(do|does|did|is|are|was|were|have|has|had|could|wo)(?: not|nt)\b", r"\1n't", plain)
    return re.sub(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])", "", plain)


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; one of Latin letters must stand by itself."""
    return "|".join(_standing(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _standing(word: str) -> str:
    return rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)


def load_care_words(path: Path = PACKAGED) -> CareWords:
    """The lists of a TOML file, one table a list with `zh` and `en`; what a file leaves out is taken from the packaged one."""
    packaged = tomllib.loads(PACKAGED.read_text(encoding="utf-8"))
    lists = packaged | tomllib.loads(path.read_text(encoding="utf-8"))
    return CareWords(**{name: _words(lists[name]) for name in packaged})


def _words(parts: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    return tuple(tidy(word) for part in parts.values() for word in part)
