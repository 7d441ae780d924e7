"""What the database knows of itself: whether it is read with the key that it was written with."""

from bot.storage.database import Transaction
from bot.storage.vault import WrongKey

COLUMN = "meta.value"
NAME = "key"
WORD = "linli"


def check_key(tx: Transaction) -> None:
    """Leave a sealed word in a new database, and open it in a known one; WrongKey when this is another key."""
    row = tx.one("SELECT value FROM meta WHERE name = :name", {"name": NAME})
    if row is None:
        values = {"name": NAME, "value": tx.vault.seal(COLUMN, WORD)}
        tx.run("INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING", values)
    elif tx.vault.open(COLUMN, row["value"]) != WORD:
        raise WrongKey("the database was written with another key")
