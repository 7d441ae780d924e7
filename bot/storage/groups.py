"""Telegram groups in the database: which area each belongs to."""

from datetime import datetime

from bot.storage.columns import seconds
from bot.storage.database import Row, Transaction


def seen(tx: Transaction, bot_id: int, chat_id: int) -> None:
    """The bot is in this group (again)."""
    tx.run(
        "INSERT INTO groups (bot_id, chat_id) VALUES (:bot_id, :chat_id)"
        " ON CONFLICT (bot_id, chat_id) DO UPDATE SET left_at = NULL",
        {"bot_id": bot_id, "chat_id": chat_id},
    )


def left(tx: Transaction, bot_id: int, chat_id: int, now: datetime) -> None:
    """The bot is no longer in this group."""
    tx.run(
        "UPDATE groups SET left_at = :now WHERE bot_id = :bot_id AND chat_id = :chat_id",
        {"bot_id": bot_id, "chat_id": chat_id, "now": seconds(now)},
    )


def bind(tx: Transaction, bot_id: int, chat_id: int, *, area_id: int, by: int) -> None:
    """The group belongs to an area from now on."""
    tx.run(
        "UPDATE groups SET area_id = :area_id, bound_by = :by WHERE bot_id = :bot_id AND chat_id = :chat_id",
        {"bot_id": bot_id, "chat_id": chat_id, "area_id": area_id, "by": by},
    )


def set_forum(tx: Transaction, bot_id: int, chat_id: int, forum: bool) -> None:
    """Whether the group has topics."""
    tx.run(
        "UPDATE groups SET forum = :forum WHERE bot_id = :bot_id AND chat_id = :chat_id AND forum <> :forum",
        {"bot_id": bot_id, "chat_id": chat_id, "forum": int(forum)},
    )


def set_makes_topics(tx: Transaction, bot_id: int, chat_id: int, may: bool) -> None:
    """Whether the bot may make topics there."""
    tx.run(
        "UPDATE groups SET makes_topics = :may WHERE bot_id = :bot_id AND chat_id = :chat_id",
        {"bot_id": bot_id, "chat_id": chat_id, "may": int(may)},
    )


def find(tx: Transaction, bot_id: int, chat_id: int) -> Row | None:
    """A group's row; None: not known."""
    return tx.one(
        "SELECT * FROM groups WHERE bot_id = :bot_id AND chat_id = :chat_id", {"bot_id": bot_id, "chat_id": chat_id}
    )


def bot_in(tx: Transaction, own: int, chat_id: int) -> int:
    """Which of our bots is in this group: this one if it is, else another; this one too where none is."""
    row = tx.one(
        "SELECT bot_id FROM groups WHERE chat_id = :chat_id AND left_at IS NULL"
        " ORDER BY CASE WHEN bot_id = :own THEN 0 ELSE 1 END, bot_id LIMIT 1",
        {"chat_id": chat_id, "own": own},
    )
    return own if row is None else int(row["bot_id"])


def of_area(tx: Transaction, area_id: int) -> list[tuple[int, int]]:
    """The (bot, chat) of the groups bound to this area or above it, each with the bot that is in it; one of two that are."""
    rows = tx.all(
        "SELECT g.chat_id, MIN(g.bot_id) AS bot_id FROM groups g JOIN area_tree t ON t.ancestor_id = g.area_id"
        " WHERE t.descendant_id = :area_id AND g.left_at IS NULL GROUP BY g.chat_id ORDER BY g.chat_id",
        {"area_id": area_id},
    )
    return [(row["bot_id"], row["chat_id"]) for row in rows]


def migrate(tx: Transaction, bot_id: int, old_chat_id: int, new_chat_id: int) -> None:
    """The group became a supergroup with another number: its binding moves there. Hearing of it twice changes nothing."""
    values = {"bot_id": bot_id, "old": old_chat_id, "new": new_chat_id}
    if find(tx, bot_id, old_chat_id) is None:
        return
    tx.run("DELETE FROM groups WHERE bot_id = :bot_id AND chat_id = :new", values)
    # The bot is in the supergroup, even where it heard first that it is no more in the group.
    tx.run("UPDATE groups SET chat_id = :new, left_at = NULL WHERE bot_id = :bot_id AND chat_id = :old", values)
