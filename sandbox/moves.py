"""Coming and going: blocking, joining and leaving, roles in a group, and a group that becomes a supergroup."""

from typing import Any

from sandbox.accounts import BotAccount
from sandbox.chats import MANAGING, Chat
from sandbox.posts import announce
from sandbox.shapes import chat_shape, member_shape
from sandbox.world import World


def block(world: World, bot: BotAccount, person_id: int, blocked: bool) -> None:
    """A person blocks the bot or takes it back; the bot gets `my_chat_member` when that changes something."""
    chat = world.private_chat(bot, person_id)
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    world.tell(bot, "my_chat_member", _change(world, chat, person_id, bot.id, old, new), person_id, person_id)
    world.happened("people")


def set_status(world: World, chat: Chat, account_id: int, status: str, by_id: int) -> None:
    """An account's place in a group changes: `my_chat_member` for a bot itself, `chat_member` for administrators."""
    old = chat.members.get(account_id, "left")
    if old == status:
        return
    chat.members[account_id] = status
    payload = _change(world, chat, by_id, account_id, old, status)
    subject = world.bots.get(account_id)
    if subject is not None:
        world.tell(subject, "my_chat_member", payload, chat.id, chat.id)
    for bot in world.bots_in(chat):
        if bot is not subject and chat.manages(bot.id):
            world.tell(bot, "chat_member", payload, chat.id, chat.id)
    world.happened("chats")


def join(world: World, chat: Chat, account_id: int, by_id: int, status: str = "member") -> None:
    """Somebody comes into a group, with the service message that everybody sees."""
    if chat.has(account_id):
        return
    set_status(world, chat, account_id, status, by_id)
    user = world.user(account_id)
    announce(world, chat, by_id, {"new_chat_members": [user]})


def leave(world: World, chat: Chat, account_id: int, by_id: int) -> None:
    """Somebody leaves a group, or is put out by somebody else."""
    if not chat.has(account_id):
        return
    announce(world, chat, by_id, {"left_chat_member": world.user(account_id)})
    set_status(world, chat, account_id, "left" if by_id == account_id else "kicked", by_id)


def promote(world: World, chat: Chat, account_id: int, by_id: int, *, topics: bool = False) -> None:
    """A member becomes an administrator of the group, in a forum perhaps one who may manage its topics."""
    (chat.topic_managers.add if topics else chat.topic_managers.discard)(account_id)
    set_status(world, chat, account_id, "administrator", by_id)


def upgrade(world: World, chat: Chat) -> Chat:
    """A basic group becomes a supergroup with a new identifier; the old one answers with the way there."""
    successor = world.add_group(chat.title, "supergroup")
    successor.members = dict(chat.members)
    successor.anonymous = set(chat.anonymous)
    chat.migrated_to = successor.id
    by_id = creator(chat)
    announce(world, chat, by_id, {"migrate_to_chat_id": successor.id})
    announce(world, successor, by_id, {"migrate_from_chat_id": chat.id})
    world.happened("chats")
    return successor


def creator(chat: Chat) -> int:
    """Who may act for a group: its creator, else an administrator, else anybody in it."""
    for wanted in ({"creator"}, MANAGING, set(chat.members.values())):
        for account_id, status in chat.members.items():
            if status in wanted:
                return account_id
    raise LookupError(f"nobody is in the group {chat.id}")


def _change(world: World, chat: Chat, by_id: int, account_id: int, old: str, new: str) -> dict[str, Any]:
    """A `ChatMemberUpdated`."""
    return {
        "chat": chat_shape(world, chat),
        "from": world.user(by_id),
        "date": int(world.now()),
        "old_chat_member": member_shape(world, chat, account_id, old),
        "new_chat_member": member_shape(world, chat, account_id, new),
    }
