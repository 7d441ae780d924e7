"""How soon something is wanted, as far as the words of a text say."""

import re
from collections.abc import Mapping

from bot.domain.needs.need import Urgency

URGENCY_WORDS: Mapping[Urgency, tuple[str, ...]] = {
    Urgency.NOW: (
        *("马上", "立刻", "立即", "现在", "急", "赶紧", "赶快", "快点", "快来", "快点来", "尽快", "火速", "这就要"),
        *("now", "right away", "immediately", "urgent", "urgently", "at once", "asap", "come quick", "quickly"),
        *("straight away", "this minute", "quick", "in a hurry"),
    ),
    Urgency.WEEK: (
        *(
            "这周",
            "本周",
            "这星期",
            "这礼拜",
            "周末",
            "不急",
            "有空再",
            "有空时",
            "有空的时候",
            "这几天",
            "过几天",
            "下周",
        ),
        *("下星期", "下礼拜", "哪天", "每周", "改天", "月底", "下个月", "几时有空"),
        *("this week", "weekend", "no hurry", "no rush", "whenever", "some day", "next week", "in the next days"),
        *("any day", "every week", "when you have time", "some time", "in a few days", "next month"),
    ),
}
DENIALS = (
    *("不急", "不着急", "不太急", "不是很急", "没那么急", "不用急", "别急"),
    *("no hurry", "no rush", "not urgent", "not in a hurry"),
)
# Not in a hurry at all: a ward, a feeling, somebody's nature.
HARMLESS = re.compile(r"急诊|急救|急性|着急得很|emergency room")


def guess_urgency(text: str, usual: Urgency = Urgency.TODAY) -> Urgency:
    """How soon it is wanted, as far as the words say: as `usual` when they say nothing."""
    lowered = text.lower()
    if any(denial in lowered for denial in DENIALS):
        return Urgency.WEEK
    lowered = HARMLESS.sub(" ", lowered)
    for urgency, words in URGENCY_WORDS.items():
        if any(holds(lowered, word) for word in words):
            return urgency
    return usual


def holds(text: str, word: str) -> bool:
    """Whether a text holds a word; a word of Latin letters must stand by itself ("lift" is not in "shoplifting")."""
    # Most words are not there at all, and seeing that costs a hundredth of looking for their edges.
    if word not in text:
        return False
    return not word.isascii() or re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None
