"""Bots come and go while the program runs: an administrator adds them on the command line."""

from datetime import datetime

from bot.domain.bots import BotEntry
from bot.services import chats
from bot.storage import areas, bots, history, persons
from bot.storage.database import Transaction
from bot.storage.history import Event


def add(tx: Transaction, entry: BotEntry, *, now: datetime) -> None:
    """This bot hears and speaks for its place, as soon as a running copy sees it; LookupError: there is no such place."""
    areas.get(tx, entry.area_id)
    gone = [event.at for event in history.of(tx, f"bot:{entry.id}") if event.event == "removed"]
    if gone and not bots.known(tx, entry.id):
        # Whoever was cut off when it went is reached again; whoever had blocked it is not.
        persons.open_bot(tx, entry.id, closed_at=gone[-1])
    bots.put(tx, entry)
    history.write(tx, Event(now, None, f"bot:{entry.id}", "added"))


def remove(tx: Transaction, bot_id: int, *, now: datetime) -> bool:
    """This bot is heard no more; False: there was none of this number. What was said through it stays as it is; whoever uses
    another of our bots too is spoken to there from now on, with what was still to be said."""
    if not bots.remove(tx, bot_id):
        return False
    for person_id, chat_id in persons.close_bot(tx, bot_id, now):
        chats.go_on(tx, person_id, bot_id, chat_id, now=now)
    history.write(tx, Event(now, None, f"bot:{bot_id}", "removed"))
    return True
