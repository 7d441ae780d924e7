"""What the database knows of itself: the key that it was written with, and what its bots are called."""

from bot.storage.database import Transaction
from bot.storage.vault import WrongKey

COLUMN = "meta.value"
NAME = "key"
WORD = "linli"
BOT = "bot:"


def check_key(tx: Transaction) -> None:
    """Leave a sealed word in a new database, and open it in a known one; WrongKey when this is another key."""
    row = tx.one("SELECT value FROM meta WHERE name = :name", {"name": NAME})
    if row is None:
        values = {"name": NAME, "value": tx.vault.seal(COLUMN, WORD)}
        tx.run("INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING", values)
    elif tx.vault.open(COLUMN, row["value"]) != WORD:
        raise WrongKey("the database was written with another key")


def keep_username(tx: Transaction, bot_id: int, username: str) -> None:
    """What Telegram calls this bot, for when links are printed without asking it."""
    tx.run(
        "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value",
        {"name": f"{BOT}{bot_id}", "value": username},
    )


def usernames(tx: Transaction) -> dict[int, str]:
    """What the bots of this database are called, by their numbers; those only that have run with it."""
    rows = tx.all("SELECT name, value FROM meta WHERE name LIKE :names", {"names": f"{BOT}%"})
    return {int(row["name"].removeprefix(BOT)): row["value"] for row in rows}
