"""Bots come and go while the program runs: an administrator adds them on the command line."""

from datetime import datetime

from bot.domain.bots import BotEntry
from bot.storage import areas, bots, history
from bot.storage.database import Transaction
from bot.storage.history import Event


def add(tx: Transaction, entry: BotEntry, *, now: datetime) -> None:
    """This bot hears and speaks for its place, as soon as a running copy sees it; LookupError: there is no such place."""
    areas.get(tx, entry.area_id)
    bots.put(tx, entry)
    history.write(tx, Event(now, None, f"bot:{entry.id}", "added"))


def remove(tx: Transaction, bot_id: int, *, now: datetime) -> bool:
    """This bot is heard no more; False: there was none of this number. What was said through it stays as it is."""
    if not bots.remove(tx, bot_id):
        return False
    history.write(tx, Event(now, None, f"bot:{bot_id}", "removed"))
    return True
