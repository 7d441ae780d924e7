"""Notices: what is to be said to one person or one group, as data, before it has words.

A notice holds ids and plain facts, never personal words: it waits in the outbox, perhaps for hours, and gets its words in the
reader's language when it is sent. Each capability declares its own; the class's name is its name in the database.
"""

import json
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any, ClassVar


class Priority(IntEnum):
    """Who is served first when there is more to say than Telegram lets through."""

    LIFE = 0
    ANSWER = 1
    CHECK_IN = 2
    OFFER = 3
    REST = 4


@dataclass(frozen=True)
class Notice:
    """Something to be said once."""

    priority: ClassVar[Priority] = Priority.REST
    # When Telegram takes it is a fact that somebody waits for, as with everything that concerns life.
    timed: ClassVar[bool] = False
    known: ClassVar[dict[str, type["Notice"]]] = {}

    def __init_subclass__(cls) -> None:
        if Notice.known.setdefault(cls.__name__, cls) is not cls:
            raise TypeError(f"two notices are called {cls.__name__}: the outbox could not tell them apart")

    def data(self) -> str:
        """The notice's fields as JSON."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @staticmethod
    def parse(kind: str, data: str) -> "Notice":
        """The notice that was written as `kind` and `data`; KeyError for a kind that this version does not know."""
        fields: dict[str, Any] = json.loads(data)
        return Notice.known[kind](**fields)


@dataclass(frozen=True)
class Card(Notice):
    """A notice that stays: one message that is edited whenever its subject changes. `subject` names what it shows, "need:12"."""

    @property
    def subject(self) -> str:
        """What the card shows; every card of one subject is drawn again together."""
        raise LookupError(f"{type(self).__name__} names no subject")


@dataclass(frozen=True)
class CardMoved(Notice):
    """In the place of a card that is shown in a newer message now: nothing personal stays behind in `message_id`."""

    priority: ClassVar[Priority] = Priority.ANSWER
    message_id: int


@dataclass(frozen=True)
class QuestionClosed(Notice):
    """In the place of a question that was answered by a tap: its buttons do nothing any more."""

    priority: ClassVar[Priority] = Priority.ANSWER
    message_id: int


@dataclass(frozen=True)
class Refused(Notice):
    """A rule said no to a message: `error` names which, `values` are its numbers as JSON."""

    priority: ClassVar[Priority] = Priority.ANSWER
    error: str
    values: str


@dataclass(frozen=True)
class Apology(Notice):
    """Something broke on our side while we handled what this person wrote; nothing of it was kept half-done."""

    priority: ClassVar[Priority] = Priority.ANSWER


@dataclass(frozen=True)
class Defect(Notice):
    """To whoever is in charge: something urgent could not be said and must be looked at by hand. `letter` is its number."""

    priority: ClassVar[Priority] = Priority.LIFE
    letter: int


@dataclass(frozen=True)
class NotUnderstood(Notice):
    """To somebody who sent what we cannot read: `what` is "content", "edit", or "answer" while they are asked how they are."""

    priority: ClassVar[Priority] = Priority.ANSWER
    what: str
