"""Groups: privacy mode, coming and going, moving, and administrators who write as the group."""

import pytest

from sandbox import Group, Phone, Sandbox
from tests.sandbox.conftest import Answer, Ask, read_all, updates_of


@pytest.fixture
async def group(sandbox: Sandbox, zhang: Phone, li: Phone, ask: Ask) -> Group:
    """阳光社区, with the bot in it and nothing waiting."""
    made = sandbox.group("阳光社区", [li, zhang])
    await li.adds_bot(made)
    await read_all(ask)
    return made


def texts(updates: list[Answer]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_privacy_mode_lets_through_what_is_meant_for_the_bot(ask: Ask, group: Group, zhang: Phone) -> None:
    answer = await ask("sendMessage", chat_id=group.id, text="要帮忙吗")
    asked = await zhang.reads("要帮忙吗", chat=group)
    for text in ("大家好", "/help", "/help@linli_bot", "/help@other_bot", "@linli_bot 在吗", "@other_bot 在吗"):
        await zhang.sends(text, chat=group)
    await zhang.sends("要", reply_to=asked, chat=group)
    seen = await read_all(ask)
    assert texts(seen) == ["/help", "/help@linli_bot", "@linli_bot 在吗", "要"]
    assert seen[-1]["message"]["reply_to_message"]["message_id"] == answer["result"]["message_id"]


async def test_an_administrator_bot_reads_everything(ask: Ask, sandbox: Sandbox, group: Group, zhang: Phone) -> None:
    await group.promotes(sandbox.bot.id)
    [promotion] = await read_all(ask)
    assert promotion["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    await zhang.sends("大家好", chat=group)
    assert texts(await read_all(ask)) == ["大家好"]


async def test_the_bot_hears_that_it_came_and_went(ask: Ask, sandbox: Sandbox, group: Group, li: Phone) -> None:
    await li.removes_bot(group)
    kicked = (await read_all(ask))[-1]["my_chat_member"]
    assert (kicked["old_chat_member"]["status"], kicked["new_chat_member"]["status"]) == ("member", "kicked")
    assert kicked["from"]["id"] == li.id
    answer = await ask("sendMessage", chat_id=group.id, text="x")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was kicked from the supergroup chat")
    await li.adds_bot(group)
    came, service = await read_all(ask)
    assert came["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["id"] == sandbox.bot.id
    assert (await ask("leaveChat", chat_id=group.id))["result"] is True
    answer = await ask("sendMessage", chat_id=group.id, text="x")
    assert answer["description"] == "Forbidden: bot is not a member of the supergroup chat"


async def test_people_come_and_go_with_service_messages(ask: Ask, sandbox: Sandbox, group: Group) -> None:
    wang = sandbox.phone("王姐")
    await wang.joins(group)
    await wang.leaves(group)
    joined, left = await read_all(ask)
    assert joined["message"]["new_chat_members"][0]["id"] == wang.id
    assert left["message"]["left_chat_member"]["id"] == wang.id
    with pytest.raises(AssertionError, match="not in the group"):
        await wang.sends("还在吗", chat=group)


async def test_blocking_is_told_once(ask: Ask, zhang: Phone) -> None:
    await read_all(ask)
    await zhang.blocks()
    await zhang.blocks()
    await zhang.unblocks()
    changes = [update["my_chat_member"]["new_chat_member"]["status"] for update in await read_all(ask)]
    assert changes == ["kicked", "member"]


async def test_a_group_that_moves_says_where(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    group = sandbox.group("小群", [zhang], type="group")
    await zhang.adds_bot(group)
    await read_all(ask)
    old = group.id
    assert old > -(10**12)
    await group.upgrades()
    leaving, arriving = await read_all(ask)
    assert (leaving["message"]["chat"]["id"], leaving["message"]["migrate_to_chat_id"]) == (old, group.id)
    assert (arriving["message"]["chat"]["id"], arriving["message"]["migrate_from_chat_id"]) == (group.id, old)
    answer = await ask("sendMessage", chat_id=old, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": group.id}
    assert str(group.id).startswith("-100")
    assert (await ask("sendMessage", chat_id=group.id, text="x"))["ok"]


async def test_a_group_that_is_gone(ask: Ask, group: Group) -> None:
    await group.deletes()
    answer = await ask("sendMessage", chat_id=group.id, text="x")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: the group chat was deleted")


async def test_an_anonymous_administrator_writes_as_the_group(ask: Ask, group: Group, li: Phone) -> None:
    group.anonymous(li)
    await li.sends("/open", chat=group)
    message = (await read_all(ask))[-1]["message"]
    assert (message["from"]["id"], message["from"]["username"]) == (1087968824, "GroupAnonymousBot")
    assert message["sender_chat"]["id"] == group.id
    await ask(
        "sendMessage",
        chat_id=group.id,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "好", "callback_data": "a"}]]},
    )
    await li.presses("好", chat=group, timeout=0)
    assert (await read_all(ask))[-1]["callback_query"]["from"]["id"] == li.id


async def test_edited_messages_come_as_such(ask: Ask, zhang: Phone) -> None:
    sent = await zhang.sends("三号楼")
    await read_all(ask)
    await zhang.edits(sent, "四号楼")
    [update] = await updates_of(ask)
    assert update["edited_message"]["text"] == "四号楼"
    assert update["edited_message"]["edit_date"]


async def test_a_link_can_add_the_bot_to_a_group(ask: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    group = sandbox.group("新群", [zhang])
    await read_all(ask)
    await zhang.opens("https://t.me/linli_bot?startgroup=area-7", group)
    updates = await read_all(ask)
    assert "my_chat_member" in updates[0]
    assert updates[-1]["message"]["text"] == "/start@linli_bot area-7"


async def test_who_is_in_a_group(ask: Ask, sandbox: Sandbox, group: Group, zhang: Phone, li: Phone) -> None:
    assert (await ask("getChatMemberCount", chat_id=group.id))["result"] == 3
    managers = (await ask("getChatAdministrators", chat_id=group.id))["result"]
    assert [(member["user"]["id"], member["status"]) for member in managers] == [(li.id, "creator")]
    for number, status in ((zhang.id, "member"), (sandbox.phone("生人").id, "left"), (sandbox.bot.id, "member")):
        answer = await ask("getChatMember", chat_id=group.id, user_id=number)
        assert answer["result"]["status"] == status
    assert (await ask("getChatMember", chat_id=group.id, user_id=5))["description"] == "Bad Request: user not found"


async def test_pins(ask: Ask, sandbox: Sandbox, group: Group, zhang: Phone) -> None:
    sent = (await ask("sendMessage", chat_id=group.id, text="看这里"))["result"]["message_id"]
    answer = await ask("pinChatMessage", chat_id=group.id, message_id=sent)
    assert answer["description"] == "Bad Request: not enough rights to manage pinned messages in the chat"
    await group.promotes(sandbox.bot.id)
    assert (await ask("pinChatMessage", chat_id=group.id, message_id=sent))["ok"]
    assert (await ask("getChat", chat_id=group.id))["result"]["pinned_message"]["message_id"] == sent
    assert (await ask("unpinChatMessage", chat_id=group.id))["ok"]
    assert "pinned_message" not in (await ask("getChat", chat_id=group.id))["result"]
