"""Answering taps."""

import re
from typing import Any

from sandbox.errors import bad_request
from sandbox.tapping import answer
from sandbox.taps import Toast
from sandbox.turn import Turn


def answer_callback_query(turn: Turn) -> Any:
    """What the person who tapped sees; without a text the little clock on the button just goes away."""
    given = turn.given
    url = given.get("url")
    if url is not None and not re.match(rf"https://t\.me/{turn.bot.username}\?start=", url):
        raise bad_request("URL_INVALID")
    answer(
        turn.world, turn.bot, given["callback_query_id"], Toast(given.get("text"), given.get("show_alert", False), url)
    )
    return True


METHODS = {"answerCallbackQuery": answer_callback_query}
