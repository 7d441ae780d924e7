"""Who is on this Telegram: people and bots."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.taps import Tap
from sandbox.updates import UpdateQueue

ANONYMOUS_ID = 1087968824
User = dict[str, Any]
ANONYMOUS: User = {"id": ANONYMOUS_ID, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


@dataclass(slots=True)
class Person:
    """A human with an account; `note` is the short word shown on their phone.

    `takes_voice` False: their settings refuse voice messages, as those of paying accounts may.
    """

    id: int
    name: str
    language: str = "zh-hans"
    username: str | None = None
    last_name: str | None = None
    note: str = ""
    deactivated: bool = False
    takes_voice: bool = True
    telephone: str = ""

    def user(self) -> User:
        """The account as updates show it; the names that are not there are left out."""
        user: User = {"id": self.id, "is_bot": False, "first_name": self.name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if self.language:
            user["language_code"] = self.language
        return user

    def chat(self) -> dict[str, Any]:
        """Their private chat as a bot sees it."""
        chat: dict[str, Any] = {"id": self.id, "first_name": self.name, "type": "private"}
        if self.last_name:
            chat["last_name"] = self.last_name
        if self.username:
            chat["username"] = self.username
        return chat


@dataclass(slots=True)
class Webhook:
    """Where a bot wants its updates, and how the last deliveries went; an empty url is none."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_at: int | None = None
    last_error: str = ""


@dataclass(slots=True, eq=False)
class BotAccount:
    """A bot: its token, what it says about itself, and what waits for it."""

    id: int
    token: str
    username: str
    name: str
    reads_all: bool = False
    queue: UpdateQueue = field(default_factory=UpdateQueue)
    webhook: Webhook = field(default_factory=Webhook)
    taps: dict[str, Tap] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)

    def user(self) -> User:
        """The account as messages show it."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def me(self) -> User:
        """The account as `getMe` answers it."""
        return {
            **self.user(),
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
        }
