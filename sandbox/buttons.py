"""Keyboards: what Telegram accepts as one, and what a person sees of it."""

import re
from typing import Any

from sandbox.errors import bad_request

Markup = dict[str, Any]
Rows = list[list[str]]

MAX_BUTTONS = 100
MAX_INLINE_ROW = 8
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_URL = re.compile(r"(https?://|tg://|ton://|t\.me/)\S+")


def check_markup(markup: Markup | None) -> None:
    """Refuse a keyboard that Telegram would refuse: empty labels, buttons without an action, too many of them."""
    if markup is None:
        return
    for row in markup.get("inline_keyboard", ()):
        if len(row) > MAX_INLINE_ROW:
            raise bad_request("BUTTON_ROW_TOO_LONG")
        for button in row:
            _check_inline(button)
    for row in markup.get("keyboard", ()):
        for button in row:
            _check_label(button)
    if sum(map(len, markup.get("inline_keyboard") or markup.get("keyboard") or ())) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")


def _check_label(button: Markup) -> None:
    if not button["text"].strip():
        raise bad_request("can't parse keyboard button: text must be non-empty")


def _check_inline(button: Markup) -> None:
    _check_label(button)
    actions = [name for name in _ACTIONS if name in button]
    if len(actions) != 1:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    url = button.get("url")
    if url is not None and not _URL.fullmatch(url):
        kind = "Unsupported URL protocol" if ":" in url else "Wrong HTTP URL"
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {kind}")


def inline(markup: Markup | None) -> Markup | None:
    """The inline keyboard of `markup`, None when it is another kind or has no button at all."""
    if markup and any(markup.get("inline_keyboard", ())):
        return {"inline_keyboard": [row for row in markup["inline_keyboard"] if row]}
    return None


def labels(markup: Markup | None, key: str) -> Rows:
    """The words on a keyboard, row by row (`key` is "inline_keyboard" or "keyboard")."""
    return [[button["text"] for button in row] for row in (markup or {}).get(key, ())]
