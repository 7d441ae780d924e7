"""What a bot says about itself: name, descriptions, menu button."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.turn import Turn


def get_me(turn: Turn) -> Any:
    """The bot's own account."""
    return turn.bot.me()


def set_my_name(turn: Turn) -> Any:
    """The name above its chats; one without a language is for everybody."""
    name = turn.given.get("name", "")
    if not turn.given.get("language_code"):
        turn.bot.name = name or turn.bot.username
    return _set(turn, "name", name)


def set_my_description(turn: Turn) -> Any:
    """The text in an empty chat."""
    return _set(turn, "description", turn.given.get("description", ""))


def set_my_short_description(turn: Turn) -> Any:
    """The text on the bot's page."""
    return _set(turn, "short_description", turn.given.get("short_description", ""))


def _set(turn: Turn, name: str, words: str) -> bool:
    turn.bot.words[f"{name}:{turn.given.get('language_code', '')}"] = words
    return True


def get_my_name(turn: Turn) -> Any:
    """The name, in the language asked for or the common one."""
    return {"name": _get(turn, "name") or turn.bot.name}


def get_my_description(turn: Turn) -> Any:
    """The description, in the language asked for or the common one."""
    return {"description": _get(turn, "description")}


def get_my_short_description(turn: Turn) -> Any:
    """The short description, in the language asked for or the common one."""
    return {"short_description": _get(turn, "short_description")}


def _get(turn: Turn, name: str) -> str:
    words = turn.bot.words
    return words.get(f"{name}:{turn.given.get('language_code', '')}") or words.get(f"{name}:", "")


def set_chat_menu_button(turn: Turn) -> Any:
    """The button beside the input field, in one private chat or (no chat given) in all."""
    chat_id = turn.given.get("chat_id", 0)
    if chat_id and chat_id not in turn.world.people:
        raise bad_request("chat not found")
    turn.bot.menu_buttons[chat_id] = turn.given.get("menu_button", {"type": "default"})
    return True


def get_chat_menu_button(turn: Turn) -> Any:
    """The button of one private chat, else the one of all."""
    buttons = turn.bot.menu_buttons
    return buttons.get(turn.given.get("chat_id", 0)) or buttons.get(0, {"type": "default"})


METHODS = {
    "getMe": get_me,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
