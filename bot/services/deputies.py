"""A coordinator is away: the others of the place hear instead, and nobody may go while there is no other."""

from datetime import datetime

from bot.domain.absences import local_midnight
from bot.domain.access import Action, require
from bot.domain.deputies import BACK_AT, DAYS, DeputyAsked, DeputyOver, DeputyStands, Leave
from bot.domain.errors import ButtonInvalid, LastInCharge, NotAllowed
from bot.domain.home import Home
from bot.domain.people import Actor, Role
from bot.services import telling
from bot.storage import areas, deputies, history, outbox, persons
from bot.storage.database import Transaction
from bot.storage.history import Event


def ask(tx: Transaction, actor: Actor) -> DeputyAsked:
    """For how long? LastInCharge where nobody else would hear."""
    _require_others(tx, actor)
    return DeputyAsked()


def begin(tx: Transaction, actor: Actor, home: Home, days: int, *, now: datetime) -> Leave:
    """Away until the morning so many days from now: nothing is told to them, and nothing is named as theirs to see to."""
    if days not in DAYS:
        raise ButtonInvalid
    _require_others(tx, actor)
    leave = Leave(actor.id, local_midnight(now, days, home.timezone, minutes=BACK_AT))
    deputies.begin(tx, leave, now=now)
    history.write(tx, Event(now, actor.id, f"person:{actor.id}", "away from being in charge", after=str(days)))
    for place in places_of(actor):
        for other in others(tx, actor.id, place):
            telling.tell(tx, other, DeputyStands(actor.id, place), now=now)
    outbox.touch(tx, f"desk:{actor.id}")
    return leave


def end(tx: Transaction, actor: Actor, *, now: datetime) -> None:
    """Back, earlier than they had said; saying it twice changes nothing."""
    if deputies.end(tx, actor.id):
        history.write(tx, Event(now, actor.id, f"person:{actor.id}", "back to being in charge"))
        outbox.touch(tx, f"desk:{actor.id}")


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """The days are over: they are told again, and hear that they are."""
    for person_id in ids:
        deputies.end(tx, person_id)
        if places_of(persons.actor(tx, persons.get(tx, person_id))):
            telling.tell(tx, person_id, DeputyOver(), now=now)
        outbox.touch(tx, f"desk:{person_id}")


def places_of(actor: Actor) -> list[int]:
    """Where this person coordinates."""
    return list(dict.fromkeys(grant.area_id for grant in actor.grants if grant.role is Role.COORDINATOR))


def others(tx: Transaction, person_id: int, area_id: int) -> list[int]:
    """Who else coordinates a place, there or above it, is reached and not away."""
    people = [one for one in persons.holding(tx, Role.COORDINATOR, area_id) if one != person_id]
    reached, away = persons.chats_of(tx, people), deputies.away(tx, people)
    return [one for one in people if one in reached and one not in away]


def _require_others(tx: Transaction, actor: Actor) -> None:
    places = places_of(actor)
    if not places:
        raise NotAllowed(Action.DESK_SEE.value)
    for place in places:
        require(Action.DESK_SEE, actor, areas.line(tx, place))
        if not others(tx, actor.id, place):
            raise LastInCharge
