"""Command lists: by scope and language, and which of them one person's menu shows.

Telegram looks from the narrowest scope to the widest, in each first for the person's language and then for none.
"""

import re
from collections.abc import Iterator
from typing import Any

from sandbox.accounts import BotAccount, Person
from sandbox.chats import Chat
from sandbox.errors import bad_request
from sandbox.turn import Turn

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")


def set_my_commands(turn: Turn) -> Any:
    """The list for one scope and one language ("" is every language without a list of its own)."""
    commands = turn.given["commands"]
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
    turn.bot.commands[_key(turn)] = commands
    turn.world.happened("commands", bot=turn.bot)
    return True


def get_my_commands(turn: Turn) -> Any:
    """The list of exactly this scope and language."""
    return turn.bot.commands.get(_key(turn), [])


def delete_my_commands(turn: Turn) -> Any:
    """Forget the list: the next wider one shows again."""
    turn.bot.commands.pop(_key(turn), None)
    turn.world.happened("commands", bot=turn.bot)
    return True


def _key(turn: Turn) -> str:
    language = turn.given.get("language_code", "")
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    scope = turn.given.get("scope", {"type": "default"})
    if "chat_id" in scope:
        turn.given = {**turn.given, "chat_id": scope["chat_id"]}
        turn.known_chat()
    return scope_key(scope["type"], scope.get("chat_id"), scope.get("user_id"), language)


def scope_key(kind: str, chat_id: int | None, user_id: int | None, language: str) -> str:
    """The name under which a list is kept."""
    return f"{kind}:{chat_id or ''}:{user_id or ''}:{language}"


def shown_commands(bot: BotAccount, chat: Chat, person: Person) -> list[dict[str, str]]:
    """What the menu of this person shows in this chat."""
    language = person.language.partition("-")[0].lower()
    for kind, chat_id, user_id in _scopes(chat, person):
        for code in (language, ""):
            commands = bot.commands.get(scope_key(kind, chat_id, user_id, code))
            if commands:
                return commands
    return []


def _scopes(chat: Chat, person: Person) -> Iterator[tuple[str, int | None, int | None]]:
    """The scopes that apply, the narrowest first."""
    if chat.private:
        yield "chat", chat.id, None
        yield "all_private_chats", None, None
    else:
        yield "chat_member", chat.id, person.id
        if chat.manages(person.id):
            yield "chat_administrators", chat.id, None
        yield "chat", chat.id, None
        if chat.manages(person.id):
            yield "all_chat_administrators", None, None
        yield "all_group_chats", None, None
    yield "default", None, None


METHODS = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
