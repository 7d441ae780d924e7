"""Chats and what stands in them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.signals import Signal

if TYPE_CHECKING:
    from sandbox.topics import Topic

PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
MANAGING = frozenset({"creator", "administrator"})
Body = dict[str, Any]


@dataclass(slots=True, eq=False)
class Message:
    """One message. `body` is its content as the Bot API names it; `change` grows with each edit anywhere.

    `sender_id` is shown, `author_id` really wrote it (they differ for an anonymous administrator). `edited_at` and
    `reply_to` are None where there was no edit and no quoted message; `thread_id` None: in no topic, or in General.
    `keyed`: it came with a reply keyboard (or took one away), so that it can never be edited.
    """

    id: int
    chat_id: int
    sender_id: int
    author_id: int
    date: int
    kind: str
    body: Body
    markup: Body | None = None
    reply_to: int | None = None
    thread_id: int | None = None
    edited_at: int | None = None
    protected: bool = False
    keyed: bool = False
    change: int = 0

    @property
    def text(self) -> str:
        """What a person reads in it: its text, or its caption."""
        words: str = self.body.get("text") or self.body.get("caption") or ""
        return words


@dataclass(slots=True)
class Keyboard:
    """The keys that one person has under a chat; `once` means that they go away when one is pressed."""

    message_id: int
    rows: list[list[Body]]
    once: bool = False
    change: int = 0


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat of one person with one bot, or a group.

    `members` maps accounts to their status in a group; of its administrators `topic_managers` may manage the topics of a forum.
    `started` and `blocked` are the person's choice in a private chat.
    """

    id: int
    type: str
    title: str = ""
    bot_id: int | None = None
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    keyboards: dict[int, Keyboard] = field(default_factory=dict)
    anonymous: set[int] = field(default_factory=set)
    pinned: list[int] = field(default_factory=list)
    last_id: int = 0
    migrated_to: int | None = None
    deleted: bool = False
    forum: bool = False
    topics: "dict[int, Topic]" = field(default_factory=dict)
    topic_managers: set[int] = field(default_factory=set)
    general_closed: bool = False
    started: bool = False
    blocked: bool = False
    signal: Signal = field(default_factory=Signal)

    @property
    def private(self) -> bool:
        """Whether it is one person's chat with a bot."""
        return self.type == "private"

    def has(self, account_id: int) -> bool:
        """Whether this account is in the group now."""
        return self.members.get(account_id) in PRESENT

    def manages(self, account_id: int) -> bool:
        """Whether this account is an administrator of the group."""
        return self.members.get(account_id) in MANAGING
