"""Topics in the database: which kind of need stands where in which group."""

from datetime import datetime

from bot.domain.topics import Layout, Topic
from bot.storage import groups
from bot.storage.columns import seconds
from bot.storage.database import Row, Transaction


def layout(tx: Transaction, bot_id: int, chat_id: int) -> Layout | None:
    """How a group is divided; None: no group of ours, or one that belongs to no place."""
    row = tx.one(
        "SELECT chat_id, area_id, forum, makes_topics FROM groups WHERE bot_id = :bot_id AND chat_id = :chat_id"
        " AND area_id IS NOT NULL",
        {"bot_id": bot_id, "chat_id": chat_id},
    )
    return None if row is None else _layout(tx, bot_id, row)


def of_area(tx: Transaction, area_id: int) -> list[tuple[int, Layout]]:
    """The groups of this area and of those above it, each with the bot that shows things there."""
    found = [(bot_id, layout(tx, bot_id, chat_id)) for bot_id, chat_id in groups.of_area(tx, area_id)]
    return [(bot_id, one) for bot_id, one in found if one is not None]


def _layout(tx: Transaction, bot_id: int, row: Row) -> Layout:
    topics = tx.all(
        "SELECT category, thread_id, closed_at FROM topics WHERE bot_id = :bot_id AND chat_id = :chat_id ORDER BY category",
        {"bot_id": bot_id, "chat_id": row["chat_id"]},
    )
    known = {one["category"]: Topic(one["category"], one["thread_id"], one["closed_at"] is not None) for one in topics}
    return Layout(row["chat_id"], row["area_id"], bool(row["forum"]), bool(row["makes_topics"]), known)


def bind(tx: Transaction, bot_id: int, chat_id: int, category: str, thread: int, *, by: int) -> None:
    """Needs of this kind stand in this topic from now on, wherever they stood before."""
    tx.run(
        "INSERT INTO topics (bot_id, chat_id, category, thread_id, bound_by) VALUES (:bot_id, :chat_id, :category, :thread, :by)"
        " ON CONFLICT (bot_id, chat_id, category) DO UPDATE SET thread_id = :thread, bound_by = :by, closed_at = NULL",
        {"bot_id": bot_id, "chat_id": chat_id, "category": category, "thread": thread, "by": by},
    )


def unbind(tx: Transaction, bot_id: int, chat_id: int, category: str) -> None:
    """Needs of this kind have no topic any more."""
    tx.run(
        "DELETE FROM topics WHERE bot_id = :bot_id AND chat_id = :chat_id AND category = :category",
        {"bot_id": bot_id, "chat_id": chat_id, "category": category},
    )


def want(tx: Transaction, bot_id: int, chat_id: int, category: str) -> bool:
    """A topic for this kind is to be made; False: it is known already."""
    row = tx.one(
        "INSERT INTO topics (bot_id, chat_id, category) VALUES (:bot_id, :chat_id, :category)"
        " ON CONFLICT (bot_id, chat_id, category) DO NOTHING RETURNING category",
        {"bot_id": bot_id, "chat_id": chat_id, "category": category},
    )
    return row is not None


def made(tx: Transaction, bot_id: int, chat_id: int, category: str, thread: int) -> None:
    """The topic that was wanted is there; one that was chosen meanwhile stays."""
    tx.run(
        "UPDATE topics SET thread_id = :thread WHERE bot_id = :bot_id AND chat_id = :chat_id AND category = :category"
        " AND thread_id IS NULL",
        {"bot_id": bot_id, "chat_id": chat_id, "category": category, "thread": thread},
    )


def unwant(tx: Transaction, bot_id: int, chat_id: int) -> None:
    """What waits there for a topic to be made waits no longer."""
    tx.run(
        "DELETE FROM topics WHERE bot_id = :bot_id AND chat_id = :chat_id AND thread_id IS NULL",
        {"bot_id": bot_id, "chat_id": chat_id},
    )


def close(tx: Transaction, bot_id: int, chat_id: int, thread: int, now: datetime) -> list[str]:
    """Nothing can be written in this topic; the kinds that stood in it, none if that was known."""
    rows = tx.all(
        "UPDATE topics SET closed_at = :now WHERE bot_id = :bot_id AND chat_id = :chat_id AND thread_id = :thread"
        " AND closed_at IS NULL RETURNING category",
        {"bot_id": bot_id, "chat_id": chat_id, "thread": thread, "now": seconds(now)},
    )
    return sorted(row["category"] for row in rows)


def close_general(tx: Transaction, bot_id: int, chat_id: int, now: datetime) -> bool:
    """Nothing can be written in General; False if that was known."""
    values = {"bot_id": bot_id, "chat_id": chat_id, "now": seconds(now)}
    return (
        tx.run(
            "UPDATE groups SET closed_at = :now WHERE bot_id = :bot_id AND chat_id = :chat_id AND closed_at IS NULL",
            values,
        )
        == 1
    )


def reopen(tx: Transaction, bot_id: int, chat_id: int, thread: int) -> None:
    """It can be written there again; thread 0 is General."""
    values = {"bot_id": bot_id, "chat_id": chat_id, "thread": thread}
    if thread:
        tx.run(
            "UPDATE topics SET closed_at = NULL WHERE bot_id = :bot_id AND chat_id = :chat_id AND thread_id = :thread",
            values,
        )
    else:
        tx.run("UPDATE groups SET closed_at = NULL WHERE bot_id = :bot_id AND chat_id = :chat_id", values)


def migrate(tx: Transaction, bot_id: int, old_chat_id: int, new_chat_id: int) -> None:
    """The group has another number now: what was chosen for it goes along."""
    values = {"bot_id": bot_id, "old": old_chat_id, "new": new_chat_id}
    tx.run("DELETE FROM topics WHERE bot_id = :bot_id AND chat_id = :new", values)
    tx.run("UPDATE topics SET chat_id = :new WHERE bot_id = :bot_id AND chat_id = :old", values)
