"""Tapping inline buttons, and how a bot answers."""

import secrets

from sandbox.accounts import BotAccount
from sandbox.chats import Chat, Message
from sandbox.errors import bad_request
from sandbox.shapes import message_shape
from sandbox.taps import Tap, Toast
from sandbox.updates import TAP_SECONDS
from sandbox.world import World

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def tap(world: World, bot: BotAccount, chat: Chat, person_id: int, message: Message, data: str) -> Tap:
    """A person taps a button of `message` that carries `data` (whatever it says: a forged one goes through too)."""
    now = world.now()
    _forget_old(bot, now)
    asked = Tap(str(secrets.randbits(62)), person_id, now)
    bot.taps[asked.id] = asked
    payload = {
        "id": asked.id,
        "from": world.user(person_id),
        "message": message_shape(world, chat, message, bot),
        "chat_instance": str(chat.id * 7919),
        "data": data,
    }
    world.tell(bot, "callback_query", payload, person_id, chat.id)
    return asked


def answer(world: World, bot: BotAccount, tap_id: str, toast: Toast) -> None:
    """The bot answers a tap; 400 when it is too old, unknown, or answered already."""
    asked = bot.taps.pop(tap_id, None)
    if asked is None or asked.asked_at + TAP_SECONDS <= world.now():
        raise bad_request(_TOO_OLD)
    asked.toast = toast
    asked.signal.ring()
    world.happened("toast", bot=bot, person_id=asked.person_id, toast=toast)


def _forget_old(bot: BotAccount, now: float) -> None:
    """Taps stand in the order in which they were made: the old ones are in front."""
    for number, asked in list(bot.taps.items())[:8]:
        if asked.asked_at + TAP_SECONDS > now:
            return
        del bot.taps[number]
