"""Which commands a menu shows: the narrowest scope first, in each the person's language before none."""

import pytest

from sandbox import Phone, Sandbox
from sandbox.methods.commands import shown_commands
from tests.sandbox.conftest import Ask


async def set_commands(ask: Ask, word: str, scope: str = "default", language: str = "", **where: int) -> None:
    commands = [{"command": word, "description": word}]
    answer = await ask("setMyCommands", commands=commands, scope={"type": scope, **where}, language_code=language)
    assert answer["ok"]


async def test_the_narrowest_list_shows(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    chat = zhang.chat_at(None)
    steps = [
        ("plain", "default", "", {}),
        ("plain_zh", "default", "zh", {}),
        ("private", "all_private_chats", "", {}),
        ("mine", "chat", "", {"chat_id": zhang.id}),
        ("mine_zh", "chat", "zh", {"chat_id": zhang.id}),
    ]
    for word, scope, language, where in steps:
        await set_commands(ask, word, scope, language, **where)
        assert shown_commands(sandbox.bot, chat, zhang.person)[0]["command"] == word
    await ask("deleteMyCommands", scope={"type": "chat", "chat_id": zhang.id}, language_code="zh")
    assert shown_commands(sandbox.bot, chat, zhang.person)[0]["command"] == "mine"


async def test_groups_have_their_own(ask: Ask, sandbox: Sandbox, zhang: Phone, li: Phone) -> None:
    group = sandbox.group("阳光社区", [zhang, li])
    await zhang.adds_bot(group)
    await set_commands(ask, "any", "all_group_chats")
    await set_commands(ask, "managers", "all_chat_administrators")
    await set_commands(ask, "here", "chat", chat_id=group.id)
    await set_commands(ask, "only_li", "chat_member", chat_id=group.id, user_id=li.id)
    assert shown_commands(sandbox.bot, group.chat, zhang.person)[0]["command"] == "here"
    assert shown_commands(sandbox.bot, group.chat, li.person)[0]["command"] == "only_li"
    await set_commands(ask, "managers_here", "chat_administrators", chat_id=group.id)
    assert shown_commands(sandbox.bot, group.chat, zhang.person)[0]["command"] == "managers_here"
    assert shown_commands(sandbox.bot, zhang.chat_at(None), zhang.person) == []


@pytest.mark.parametrize(
    ("scope", "language", "command", "words"),
    [
        ({"type": "default"}, "zh-hans", "a", "LANG_CODE_INVALID"),
        ({"type": "default"}, "", "Nein", "BOT_COMMAND_INVALID"),
        ({"type": "chat", "chat_id": 5}, "", "a", "chat not found"),
        ({"type": "everybody"}, "", "a", "can't parse scope: unknown type specified"),
    ],
)
async def test_what_is_refused(ask: Ask, scope: dict[str, object], language: str, command: str, words: str) -> None:
    commands = [{"command": command, "description": "x"}]
    answer = await ask("setMyCommands", commands=commands, scope=scope, language_code=language)
    assert answer["description"] == f"Bad Request: {words}"
