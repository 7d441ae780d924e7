"""What stands on a phone's screen, as tests read it."""

from dataclasses import dataclass
from typing import Any

from sandbox import buttons
from sandbox.chats import Chat, Message


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it was when somebody looked: later edits do not change it.

    `labels` are the words on its inline buttons, row by row, `buttons` the buttons themselves. `sender_id` is who is
    shown as its author; `mine` tells whether the phone's owner wrote it; `thread_id` is the topic
    that it stands in, None for General.
    """

    id: int
    chat_id: int
    sender_id: int
    mine: bool
    kind: str
    text: str
    labels: list[list[str]]
    buttons: list[list[dict[str, Any]]]
    date: int
    edited: bool
    protected: bool
    body: dict[str, Any]
    thread_id: int | None

    def says(self, words: str) -> bool:
        """Whether the words stand in its text or on one of its buttons."""
        return words in self.text or any(words in label for row in self.labels for label in row)


def shown(message: Message, person_id: int) -> Shown:
    """A message on the phone of this person."""
    return Shown(
        message.id,
        message.chat_id,
        message.sender_id,
        message.author_id == person_id,
        message.kind,
        message.text,
        buttons.labels(message.markup, "inline_keyboard"),
        (message.markup or {}).get("inline_keyboard", []),
        message.date,
        message.edited_at is not None,
        message.protected,
        message.body,
        message.thread_id,
    )


@dataclass(frozen=True, slots=True)
class Key:
    """Something that can be pressed: an inline button of `message`, or (no message) a key under the chat."""

    label: str
    change: int
    button: dict[str, Any]
    message: Message | None


def keys(chat: Chat, person_id: int) -> list[Key]:
    """Everything that can be pressed in a chat, the newest first."""
    found = [
        Key(button["text"], message.change, button, message)
        for message in chat.messages.values()
        if message.markup
        for row in message.markup["inline_keyboard"]
        for button in row
    ]
    keyboard = chat.keyboards.get(person_id)
    if keyboard is not None:
        found += [Key(button["text"], keyboard.change, button, None) for row in keyboard.rows for button in row]
    return sorted(found, key=lambda key: -key.change)


def find_key(chat: Chat, person_id: int, words: str) -> Key:
    """The newest button or key whose label contains the words (on one message the exact label first).

    Raises an AssertionError that lists what could have been pressed.
    """
    all_keys = keys(chat, person_id)
    matching = [key for key in all_keys if words in key.label]
    if not matching:
        labels = "\n  ".join(dict.fromkeys(key.label for key in all_keys)) or "(nothing)"
        raise AssertionError(f"no button says {words!r}; these can be pressed:\n  {labels}")
    newest = [key for key in matching if key.change == matching[0].change]
    return next((key for key in newest if key.label == words), newest[0])
