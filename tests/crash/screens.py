"""What a person has before their eyes: the newest messages of a chat, and the buttons on them by their codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sandbox import Phone, Sandbox
from sandbox.chats import Chat
from sandbox.screen import Shown, shown

NEAR = 40


@dataclass(frozen=True)
class Key:
    """An inline button: its message, its code ("nc:12") and the parts of the code."""

    message: Shown
    code: str

    @property
    def kind(self) -> str:
        """What it does ("nc")."""
        return self.code.split(":")[0]

    @property
    def subject(self) -> int:
        """The number that it speaks of; 0 when there is none."""
        parts = self.code.split(":")
        return int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 0


@dataclass(frozen=True)
class Screen:
    """The newest messages of a chat, the newest first."""

    messages: list[Shown]

    def keys(self, *kinds: str) -> list[Key]:
        """The buttons of these kinds (all, when none is named), the newest first."""
        return [key for key in self._keys() if not kinds or key.kind in kinds]

    def first(self, *kinds: str) -> Key | None:
        """The newest button of these kinds."""
        return next(iter(self.keys(*kinds)), None)

    def _keys(self) -> Iterator[Key]:
        for message in self.messages:
            for row in message.buttons:
                for button in row:
                    if "callback_data" in button:
                        yield Key(message, button["callback_data"])


def chat_of(sandbox: Sandbox, phone: Phone) -> Chat:
    """A person's chat with the bot."""
    return sandbox.world.private_chat(sandbox.bot, phone.id)


def look(chat: Chat, person_id: int, *, near: int = NEAR) -> Screen:
    """The chat's newest messages as this person sees them."""
    return Screen([shown(message, person_id) for message in islice(reversed(chat.messages.values()), near)])
