"""How the bot may ring through a silenced telephone: shown once to whoever is on duty, and noted when it is set."""

from datetime import date, datetime

from bot.domain.duty import DutyBell
from bot.domain.errors import ButtonInvalid
from bot.domain.people import Actor
from bot.services import telling
from bot.storage import duty, history
from bot.storage.database import Transaction
from bot.storage.history import Event


def show_first(tx: Transaction, area_id: int, person_id: int, *, now: datetime) -> None:
    """Whoever comes to be on duty reads it, the first time only."""
    if duty.first_bell(tx, person_id, now):
        telling.tell(tx, person_id, DutyBell(area_id), now=now)


def done(tx: Transaction, actor: Actor, *, now: datetime) -> None:
    """They have set it so; ButtonInvalid for whoever was never told how. Saying it twice changes nothing."""
    if duty.bell_done(tx, actor.id, now):
        history.write(tx, Event(now, actor.id, f"person:{actor.id}", "rings"))
    elif not duty.rings(tx, [actor.id]):
        raise ButtonInvalid


def silent(tx: Transaction, area_id: int, today: date) -> list[int]:
    """Who is planned at a place, each week or on a day to come, and has not said yet that their telephone rings."""
    rota = duty.rota(tx, area_id)
    changed = [change.person_id for change in rota.changes if change.person_id is not None and change.day >= today]
    planned = list(dict.fromkeys((*(shift.person_id for shift in rota.shifts), *changed)))
    ringing = duty.rings(tx, planned)
    return [one for one in planned if one not in ringing]
