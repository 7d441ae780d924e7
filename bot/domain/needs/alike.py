"""Whether somebody asks for what they have asked for already: how many pairs of letters two texts share."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

from bot.domain.needs.need import Need

LOOK_BACK = timedelta(days=3)
# Shares of common pairs, 0 to 1: of another kind two texts must be all but the same.
OF_THE_SAME_KIND = 0.4
OF_ANOTHER_KIND = 0.7
# What people say whatever they ask for: "please buy me a" makes rice no oil.
FILLERS = re.compile(
    r"[的了我您你他她请帮忙谁来能想要个一下去吗给买有没人家里在和就可以哪位]"
    r"|\b(?:the|an?|my|i|is|are|am|to|for|me|please|could|would|can|some|somebody|someone|need|want|like|help|buy|get|in|of)\b"
)


def alike(one: str, other: str) -> float:
    """How much two texts say the same, 0 to 1: the shorter one's pairs of letters that the longer one has too, and how much
    of the longer one that is."""
    pairs = sorted((_pairs(one), _pairs(other)), key=len)
    shared = len(pairs[0] & pairs[1])
    return 0.0 if not shared else 0.5 * shared / len(pairs[0]) + 0.5 * shared / len(pairs[1])


def most_alike(text: str, category: str, before: Iterable[Need]) -> Need | None:
    """The need of before that a text most likely asks for again; None: none of these."""
    scored = [(alike(text, need.text), need) for need in before]
    likely = [
        (score, need.id, need)
        for score, need in scored
        if score >= (OF_THE_SAME_KIND if need.category == category else OF_ANOTHER_KIND)
    ]
    return max(likely)[2] if likely else None


def _pairs(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", text).lower()
    letters = _letters(FILLERS.sub(" ", plain)) or _letters(plain)
    return {a + b for a, b in pairwise(letters)} or set(letters)


def _letters(text: str) -> list[str]:
    return [char for char in text if char.isalnum()]
