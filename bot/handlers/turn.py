"""What a handler is given and what it gives back: plain values, nothing of Telegram's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, Generic, TypeVar

from bot.domain.home import Home
from bot.domain.media import Sent
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.services.views.look import Look
from bot.storage.database import Transaction
from bot.texts.buttons import Button
from bot.texts.message import Menu, Message
from bot.texts.words import Html, Words

T = TypeVar("T", covariant=True)


@dataclass(frozen=True)
class Chat:
    """Where something was said. `private` False: a group; `thread` its topic, 0 for General and where there are none."""

    id: int
    private: bool
    thread: int = 0


@dataclass(frozen=True)
class Command:
    """A command with what stood behind it ("/start b123" → name "start", rest "b123")."""

    name: str
    rest: str


@dataclass(frozen=True)
class Said:
    """A plain message. `replied_to` None: it answers no message."""

    text: str
    replied_to: int | None


@dataclass(frozen=True)
class Located:
    """Somebody's place on the map, as their telephone tells it: degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Filed:
    """A file, which Telegram keeps: `size` in bytes; `name` as its sender's telephone calls it, "" for none."""

    file_id: str
    name: str
    size: int


@dataclass(frozen=True)
class Contacted:
    """A card of an address book. `own`: it is the sender's own; `telephone` as it stands there."""

    name: str
    telephone: str
    own: bool


@dataclass(frozen=True)
class Nothing:
    """A message that holds nothing we can read: a sticker, a poll, a video."""

    kind: str


@dataclass(frozen=True)
class Turn(Generic[T]):
    """One thing that one person did: who, where, when, and what. `message_id` is the message they wrote or tapped.

    `said_at` is when Telegram says that they did it; `now` is when we look at it. `question` is what this person was asked
    in the last hour and a plain message answers ("door:3"); None: nothing.
    """

    tx: Transaction
    home: Home
    actor: Actor
    chat: Chat
    now: datetime
    said_at: datetime
    message_id: int | None
    input: T
    question: str | None = None


Toasted = Callable[[Words], Html]


@dataclass(frozen=True)
class Reply:
    """What is said back: notices to this chat (through the outbox), and a small word on the tapped button.

    `afresh`: a card comes as a new message instead of being drawn again where it was. `closes`: the tapped message was a
    question, which is answered now.
    """

    notices: tuple[Notice, ...] = ()
    toast: Toasted | None = None
    afresh: bool = False
    closes: bool = False


def reply(*notices: Notice, toast: Toasted | None = None, afresh: bool = False, closes: bool = False) -> Reply:
    """Say these back."""
    return Reply(notices, toast, afresh, closes)


class Plain(IntEnum):
    """Where a plain message goes, in this order; the first that takes it has it."""

    SOS = 0
    ANSWER = 1
    CHECK_IN = 2
    OPEN_DRAFT = 3
    NEW_DRAFT = 4


Handler = Callable[[Turn[Any]], Reply | None]


@dataclass(frozen=True)
class Capability:
    """One noun: what it hears, what it shows, how it words it. To add one, add its files and its line in the list.

    `commands` and `taps` say which function answers; `group_commands` are heard in groups too; a function of `plain` may
    return None: the message is not for it. `media` are the same for voice notes and photos (`Sent`), `places` for a place
    on the map (`Located`), `contacts` for a card of an address book (`Contacted`), and `files` for a file (`Filed`).
    """

    commands: Mapping[str, Handler]
    taps: Mapping[type[Button], Handler]
    views: Mapping[type[Notice], Callable[..., object]]
    cards: Mapping[type[Notice], Callable[..., Message | Menu]]
    plain: Mapping[Plain, Handler] | None = None
    group_commands: Mapping[str, Handler] | None = None
    media: Mapping[Plain, Handler] | None = None
    places: Mapping[Plain, Handler] | None = None
    files: Mapping[Plain, Handler] | None = None
    contacts: Mapping[Plain, Handler] | None = None


__all__ = [
    "Capability",
    "Chat",
    "Command",
    "Contacted",
    "Filed",
    "Handler",
    "Located",
    "Look",
    "Nothing",
    "Plain",
    "Reply",
    "Said",
    "Sent",
    "Turn",
    "reply",
]
