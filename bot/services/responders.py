"""Somebody who has duty soon and whom nothing reaches: their coordinator hears it while there is time."""

from datetime import datetime

from bot.domain.duty import Watch
from bot.domain.responders import AHEAD, ResponderUnreached
from bot.services import telling
from bot.storage import history, persons, responders
from bot.storage.database import Transaction
from bot.storage.history import Event

EVENT = "out of reach"


def look_ahead(tx: Transaction, *, now: datetime) -> int:
    """Everybody who has duty within a day and has no chat that reaches them is told of, once a watch; how many."""
    found = [
        (watch, person_id) for watch in responders.ahead(tx, now, now + AHEAD) for person_id in _unreached(tx, watch)
    ]
    return sum(_tell(tx, watch, person_id, now) for watch, person_id in found)


def unreached_ahead(tx: Transaction, *, now: datetime) -> int:
    """How many have duty within a day and cannot be reached."""
    return len({one for watch in responders.planned(tx, now, now + AHEAD) for one in _unreached(tx, watch)})


def _unreached(tx: Transaction, watch: Watch) -> list[int]:
    chats = persons.chats_of(tx, watch.people)
    return [person_id for person_id in watch.people if person_id not in chats]


def _tell(tx: Transaction, watch: Watch, person_id: int, now: datetime) -> bool:
    subject = f"watch:{watch.id}"
    if any(event.event == EVENT and event.after == str(person_id) for event in history.of(tx, subject)):
        return False
    history.write(tx, Event(now, None, subject, EVENT, after=str(person_id)))
    return telling.tell_coordinators(tx, watch.area_id, ResponderUnreached(watch.id, person_id), now=now) > 0
