"""Topics: which kinds of needs a group shows, and in which of its topics each of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.groups import GroupNotice
from bot.domain.notices import Card, Notice, Priority

# General, and a group without topics, have no number at Telegram.
GENERAL = 0


@dataclass(frozen=True)
class Topic:
    """Where one kind of need stands in a group. `thread` None: its topic is being made; GENERAL: the group itself.

    `closed`: nothing can be written there now, because it was closed or deleted.
    """

    category: str
    thread: int | None
    closed: bool = False


@dataclass(frozen=True)
class Layout:
    """How a group is divided. `forum`: it has topics; `makes_topics`: the bot may make them; `topics` by kind of need."""

    chat_id: int
    area_id: int
    forum: bool
    makes_topics: bool
    topics: Mapping[str, Topic]

    def shows(self, category: str) -> bool:
        """Whether needs of this kind stand in the group at all: once kinds were chosen for it, no others do."""
        return category in self.topics or not self._chosen

    def thread_of(self, category: str) -> int:
        """The topic in which needs of this kind stand; General for what has none, or none that can be written in."""
        topic = self.topics.get(category)
        return GENERAL if not self.forum or topic is None or topic.closed else topic.thread or GENERAL

    def wants(self, category: str) -> bool:
        """Whether a topic is to be made for this kind, which is seen here for the first time."""
        return self.forum and self.makes_topics and category not in self.topics and not self._chosen

    def kinds_in(self, thread: int) -> tuple[str, ...]:
        """The kinds that stand in this topic."""
        return tuple(topic.category for topic in self.topics.values() if topic.thread == thread)

    @property
    def _chosen(self) -> bool:
        return any(topic.thread == GENERAL for topic in self.topics.values())


@dataclass(frozen=True)
class TopicWanted(Notice):
    """To a group: a topic for this kind of need is to be made there."""

    priority = Priority.OFFER
    timed = True
    chat_id: int
    category: str


@dataclass(frozen=True)
class TopicChoice(Card):
    """To whoever is in charge, in private: which kinds stand in the topic in which they wrote /topic?"""

    priority = Priority.ANSWER
    chat_id: int
    topic: int

    @property
    def subject(self) -> str:
        return f"topic:{self.chat_id}:{self.topic}"


@dataclass(frozen=True)
class TopicBound(GroupNotice):
    """To a topic: needs of these kinds appear here now; `kinds` are their codes with spaces between, "": of all kinds."""

    priority = Priority.ANSWER
    kinds: str


@dataclass(frozen=True)
class TopicClosed(Notice):
    """To whoever is in charge: nothing can be written in a topic of this place's group any more; General takes its needs.

    `topic` GENERAL: not even there. `kinds` as in TopicBound.
    """

    area_id: int
    topic: int
    kinds: str


@dataclass(frozen=True)
class TopicChoiceView:
    """What the choice shows: the place, whether the group has topics, and each kind: (code, here, elsewhere)."""

    place: str
    forum: bool
    kinds: tuple[tuple[str, bool, bool], ...]
