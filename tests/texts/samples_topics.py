"""Everything that is said about the topics of groups."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.topics import GENERAL, TopicBound, TopicChoice, TopicChoiceView, TopicClosed, TopicWanted
from tests.texts.readers import HOME, Data, Said

KINDS = tuple(category.code for category in HOME.catalogue.categories)


def choices(data: Data) -> Said:
    """A topic, General, and a group without topics; nothing chosen yet, and everything."""
    chosen = tuple((code, at % 3 == 0, at % 3 == 1) for at, code in enumerate(KINDS))
    free = tuple((code, False, False) for code in KINDS)
    for topic, forum in ((data.number, True), (GENERAL, True), (GENERAL, False)):
        for kinds in (free, chosen):
            yield TopicChoice(-data.number, topic), TopicChoiceView(data.place, forum, kinds)


def bound(data: Data) -> Said:
    """With every kind, and with none."""
    yield TopicBound(" ".join(KINDS), thread=data.number), None
    yield TopicBound(""), None


def closed(data: Data) -> Said:
    """A topic with every kind, and General."""
    yield TopicClosed(1, data.number, " ".join(KINDS)), data.place
    yield TopicClosed(1, GENERAL, ""), data.place


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    TopicWanted: lambda data: ((TopicWanted(-1, code), None) for code in KINDS),
    TopicChoice: choices,
    TopicBound: bound,
    TopicClosed: closed,
}
