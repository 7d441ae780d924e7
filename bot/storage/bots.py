"""Bots besides the deployment's own, in the database: their tokens are sealed."""

from bot.domain.bots import BotEntry
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction


def put(tx: Transaction, entry: BotEntry) -> None:
    """This bot serves its place from now on; a new token or another place takes the place of the one before."""
    tx.run(
        "INSERT INTO bots (id, token, username, area_id, added_at) VALUES (:id, :token, :username, :area_id, :added_at)"
        " ON CONFLICT (id) DO UPDATE SET token = excluded.token, username = excluded.username,"
        " area_id = excluded.area_id",
        {
            "id": entry.id,
            "token": tx.vault.seal("bots.token", entry.token),
            "username": entry.username,
            "area_id": entry.area_id,
            "added_at": seconds(entry.added_at),
        },
    )


def every(tx: Transaction) -> list[BotEntry]:
    """All of them, in the order of their numbers."""
    return [_entry(tx, row) for row in tx.all("SELECT * FROM bots ORDER BY id")]


def known(tx: Transaction, bot_id: int) -> bool:
    """Whether it is one of them now."""
    return tx.one("SELECT 1 AS one FROM bots WHERE id = :id", {"id": bot_id}) is not None


def usernames(tx: Transaction) -> dict[int, str]:
    """What the bot of a place is called, for each place that has one of its own."""
    return {row["area_id"]: row["username"] for row in tx.all("SELECT area_id, username FROM bots ORDER BY id DESC")}


def remove(tx: Transaction, bot_id: int) -> bool:
    """This bot is none of ours any more; False: it was not."""
    return tx.run("DELETE FROM bots WHERE id = :id", {"id": bot_id}) == 1


def _entry(tx: Transaction, row: Row) -> BotEntry:
    return BotEntry(
        id=row["id"],
        token=tx.vault.open("bots.token", row["token"]),
        username=row["username"],
        area_id=row["area_id"],
        added_at=instant(row["added_at"]),
    )
