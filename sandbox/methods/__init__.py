"""The Bot API's methods that this Telegram knows: one function each, by its name."""

from collections.abc import Callable
from typing import Any

from sandbox.methods import chats, commands, deleting, editing, media, profile, sending, taps, topics, webhooks
from sandbox.turn import Turn

Method = Callable[[Turn], Any]

METHODS: dict[str, Method] = {
    **sending.METHODS,
    **media.METHODS,
    **editing.METHODS,
    **deleting.METHODS,
    **taps.METHODS,
    **commands.METHODS,
    **profile.METHODS,
    **chats.METHODS,
    **topics.METHODS,
    **webhooks.METHODS,
}
