"""What the database knows of itself: the key that it was written with, which key seals, what its bots are called, and whether
the community lives here (still)."""

import json

from bot.storage.database import DatabaseUnavailable, Transaction
from bot.storage.vault import WrongKey

COLUMN = "meta.value"
NAME = "key"
WORD = "linli"
# The id of the key that seals; there is none until keys are changed for the first time.
SEALS = "seals"
# The id of the key that is being brought in; there is none while none is.
COMING = "coming key"
BOT = "bot:"
# Where the community is being moved to, or was; and how far a move into this database has come.
MOVED = "move out"
ARRIVING = "move in"


def check_key(tx: Transaction) -> None:
    """Leave a sealed word in a new database, and open it in a known one; WrongKey when this is another key.

    The vault seals from now on with the key that the database says.
    """
    row = tx.one("SELECT value FROM meta WHERE name = :name", {"name": NAME})
    if row is None:
        values = {"name": NAME, "value": tx.vault.seal(COLUMN, WORD)}
        tx.run("INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING", values)
    else:
        fits(tx)
    use_key(tx)


def fits(tx: Transaction) -> None:
    """Open the sealed word, if there is one; WrongKey when this is another key."""
    row = tx.one("SELECT value FROM meta WHERE name = :name", {"name": NAME})
    if row is not None and tx.vault.open(COLUMN, row["value"]) != WORD:
        raise WrongKey("the database was written with another key")


def use_key(tx: Transaction) -> None:
    """Seal with the key that the database says; WrongKey when the key file does not hold it."""
    key_id = get(tx, SEALS)
    if key_id is not None:
        tx.vault.use(key_id)


# --- what its bots are called ---


def keep_username(tx: Transaction, bot_id: int, username: str) -> None:
    """What Telegram calls this bot, for when links are printed without asking it."""
    put(tx, f"{BOT}{bot_id}", username)


def usernames(tx: Transaction) -> dict[int, str]:
    """What the bots of this database are called, by their numbers; those only that have run with it."""
    rows = tx.all("SELECT name, value FROM meta WHERE name LIKE :names", {"names": f"{BOT}%"})
    return {int(row["name"].removeprefix(BOT)): row["value"] for row in rows}


# --- where the community lives ---


def check_home(tx: Transaction) -> None:
    """DatabaseUnavailable when the community was moved away from here, or has not arrived yet."""
    left, arriving = get(tx, MOVED), get(tx, ARRIVING)
    if arriving is not None:
        raise DatabaseUnavailable("a move into it was begun and has not ended: go on with `python main.py move`")
    if left is None:
        return
    read = json.loads(left)
    if not read["done"]:
        raise DatabaseUnavailable(
            f"a move to {read['to']} was begun: go on with `python main.py move`, or give it up with `… move --back`"
        )
    raise DatabaseUnavailable(
        f"this community was moved to {read['to']}: LINLI_DATABASE_URL must name that"
        " (to come back here, without what happened there: `python main.py move --back`)"
    )


def leave(tx: Transaction, to: str, number: str) -> str:
    """A move from here begins, or goes on; by which number the target knows it."""
    left = get(tx, MOVED)
    if left is not None:
        return str(json.loads(left)["number"])
    put(tx, MOVED, json.dumps({"to": to, "number": number, "done": False}))
    return number


def left(tx: Transaction) -> None:
    """The move has ended: nobody starts here by mistake."""
    put(tx, MOVED, json.dumps({**json.loads(get(tx, MOVED) or "{}"), "done": True}))


def stay(tx: Transaction) -> None:
    """The move could not begin, and nothing has happened; one that has ended stays so."""
    if not json.loads(get(tx, MOVED) or '{"done": true}')["done"]:
        drop(tx, MOVED)


def come_back(tx: Transaction) -> bool:
    """The community lives here again, as it was when it was moved; False when it was not."""
    return tx.run("DELETE FROM meta WHERE name = :name", {"name": MOVED}) == 1


# --- one value each ---


def get(tx: Transaction, name: str) -> str | None:
    """What is known under a name; None: nothing."""
    row = tx.one("SELECT value FROM meta WHERE name = :name", {"name": name})
    return None if row is None else str(row["value"])


def put(tx: Transaction, name: str, value: str) -> None:
    """Know something under a name from now on."""
    tx.run(
        "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": value},
    )


def drop(tx: Transaction, name: str) -> None:
    """Know it no more."""
    tx.run("DELETE FROM meta WHERE name = :name", {"name": name})
