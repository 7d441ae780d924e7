"""What time cannot move on is told to people at once: they look by hand, and nobody is left alone by a mistake of ours."""

from datetime import datetime

from bot.domain.stuck import TOLD_EVERY, Stuck
from bot.services import telling
from bot.storage import history, stuck
from bot.storage.database import Transaction
from bot.storage.history import Event

# Somebody's safety hangs on these.
TOLD = frozenset(stuck.FOUND)


def tell(tx: Transaction, kind: str, number: int, *, now: datetime) -> None:
    """Who is in charge hears for whom they must look, once an hour at most."""
    found = stuck.concerned(tx, kind, number)
    subject = f"stuck:{kind}:{number}"
    told = [event.at for event in history.of(tx, subject)]
    if found is None or (told and now - told[-1] < TOLD_EVERY):
        return
    history.write(tx, Event(now, None, subject, "told"))
    telling.tell_coordinators(tx, found["area_id"], Stuck(kind, number), now=now)
