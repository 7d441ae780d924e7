"""The duty rota: who answers alerts now, and who plans it."""

from datetime import datetime

from bot.domain.access import Action, require
from bot.domain.duty import DutyGiven, Shift
from bot.domain.errors import NotAllowed
from bot.domain.home import Home
from bot.domain.people import Actor, Role
from bot.services import telling
from bot.storage import areas, duty, history, persons
from bot.storage.database import Transaction
from bot.storage.history import Event


def on_duty(tx: Transaction, home: Home, area_id: int, *, now: datetime) -> list[int]:
    """Who is on duty now for this place: the nearest rota's shifts, in their order; nobody twice."""
    people = [shift.person_id for shift in duty.of_area(tx, area_id) if shift.covers(now, home.timezone)]
    return list(dict.fromkeys(people))


def could_be(tx: Transaction, area_id: int) -> list[int]:
    """Who could be on duty at a place: its volunteers, leaders and coordinators."""
    roles = (Role.VOLUNTEER, Role.LEADER, Role.COORDINATOR)
    return list(dict.fromkeys(person_id for role in roles for person_id in persons.holding(tx, role, area_id)))


def places_of(actor: Actor) -> list[int]:
    """The places whose rota this person may see: where they help or are in charge, each once."""
    return list(dict.fromkeys(grant.area_id for grant in actor.grants))


def require_plan(tx: Transaction, actor: Actor, area_id: int) -> None:
    """NotAllowed unless this person plans the rota of a place."""
    require(Action.DUTY_PLAN, actor, areas.line(tx, area_id))


def give(tx: Transaction, actor: Actor, area_id: int, person_id: int, *, starts: int, ends: int, now: datetime) -> None:
    """A coordinator puts somebody on duty each day at these minutes of the local day; they are told."""
    require(Action.DUTY_PLAN, actor, areas.line(tx, area_id))
    if person_id not in could_be(tx, area_id):
        raise NotAllowed(Action.DUTY_PLAN.value)
    rank = len(duty.of_area(tx, area_id)) + 1
    duty.add(tx, Shift(0, area_id, person_id, starts=starts, ends=ends, rank=rank))
    history.write(tx, Event(now, actor.id, f"duty:{area_id}", "given", detail=str(person_id)))
    telling.tell(tx, person_id, DutyGiven(area_id), now=now)


def end(tx: Transaction, actor: Actor, shift_id: int, *, now: datetime) -> int | None:
    """A coordinator ends a shift; its place, or None when it was gone already."""
    shift = duty.find(tx, shift_id)
    if shift is None:
        return None
    require(Action.DUTY_PLAN, actor, areas.line(tx, shift.area_id))
    duty.remove(tx, shift_id)
    history.write(tx, Event(now, actor.id, f"duty:{shift.area_id}", "ended", detail=str(shift.person_id)))
    return shift.area_id
