"""Visits that did not come about: the resident says that nobody came, and everybody sees what is kept of them and adds a word."""

from datetime import datetime

from bot.domain.access import Action
from bot.domain.errors import LapseNotSo
from bot.domain.home import Home
from bot.domain.lapses import Lapse, LapseKind, NotComeSaid, not_come
from bot.domain.needs import Need, NeedReopened
from bot.domain.people import Actor
from bot.services import needs, telling
from bot.storage import history, lapses
from bot.storage.database import Transaction
from bot.storage.history import Event


def say_not_come(tx: Transaction, actor: Actor, home: Home, need_id: int, *, now: datetime) -> Need:
    """They did not come: others are asked, and whoever had announced themselves hears it. NotYet, NeedNotSo, NotAllowed."""
    old, new = needs.change(tx, actor, need_id, Action.NEED_CONFIRM, not_come, "not come", now)
    needs.begin_without(tx, home, old, new, now=now)
    telling.tell(tx, new.person_id, NeedReopened(need_id), now=now)
    if old.claimed_by is not None:
        lapses.note(tx, need_id, old.claimed_by, LapseKind.NOT_COME, now=now)
        telling.tell(tx, old.claimed_by, NotComeSaid(need_id), now=now)
    return new


def mine(tx: Transaction, actor: Actor, lapse_id: int) -> Lapse:
    """What is kept of this person, if they can still add their word; LapseNotSo for anything else."""
    found = lapses.find(tx, lapse_id)
    if found is None or found.person_id != actor.id or found.words is not None:
        raise LapseNotSo
    return found


def say(tx: Transaction, actor: Actor, lapse_id: int, words: str, *, now: datetime) -> Lapse:
    """Their own word to it, once. TextEmpty, TextTooLong."""
    new = mine(tx, actor, lapse_id).say(words)
    lapses.save(tx, new)
    history.write(tx, Event(now, actor.id, f"lapse:{lapse_id}", "answered"))
    return new
