"""Who may know of a need at all: to everybody else what is confidential does not exist."""

from datetime import datetime

from bot.domain.errors import NeedGone
from bot.domain.home import Home
from bot.domain.needs import Need
from bot.domain.people import Actor
from bot.storage import history, needs, outbox, showcases
from bot.storage.database import Transaction
from bot.storage.history import Event


def find(tx: Transaction, actor: Actor, need_id: int) -> Need:
    """A need, its row locked; NeedGone where there is none, and where this person may not know of it."""
    need = needs.find(tx, need_id)
    if need is None or not needs.seen_by(tx, need, actor.id):
        raise NeedGone
    return need


def withheld(tx: Transaction, need: Need, person_id: int | None) -> bool:
    """Whether a reader may not see a need; None is a group, where nothing confidential is ever shown."""
    if need.guarded_by is None:
        return False
    return person_id is None or not needs.seen_by(tx, need, person_id)


def guard(tx: Transaction, home: Home, *, now: datetime) -> int:
    """What a new catalogue calls confidential is so for needs of before, too; never the other way round. How many."""
    confidential = [one for one in home.catalogue.categories if one.guarded_by is not None]
    found = [need for one in confidential for need in needs.guard(tx, one.code, one.guarded_by or "")]
    history.write(tx, *(_guarded(need, now) for need in found))
    outbox.touch(tx, *(f"need:{need.id}" for need in found))
    # A thank-you that stands in a group loses its words there.
    outbox.touch(tx, *(f"showcase:{one}" for one in showcases.of_needs(tx, [need.id for need in found])))
    return len(found)


def _guarded(need: Need, now: datetime) -> Event:
    return Event(now, None, f"need:{need.id}", "guarded", need.state.value, need.state.value)
