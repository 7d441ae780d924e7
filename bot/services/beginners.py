"""Whoever is in charge says how many first visits are made together, and who need not be accompanied."""

from datetime import datetime

from bot.domain.access import Action
from bot.domain.beginners import BeginnerKnown, BeginnersCard, check
from bot.domain.errors import NotAllowed
from bot.domain.home import Home
from bot.domain.needs import Need
from bot.domain.people import Actor
from bot.domain.volunteers import Standing, Volunteer
from bot.services import parties, seats, telling, volunteers
from bot.services.plans import in_charge_of
from bot.storage import areas, beginners, history, matching, needs, outbox
from bot.storage.database import Transaction
from bot.storage.history import Event


def cards(tx: Transaction, actor: Actor) -> tuple[BeginnersCard, ...]:
    """How it is at every place that this person is in charge of; NotAllowed for anybody else."""
    places = in_charge_of(actor)
    if not places:
        raise NotAllowed(Action.VOLUNTEER_DECIDE.value)
    return tuple(BeginnersCard(area_id) for area_id in places)


def rule(tx: Transaction, actor: Actor, home: Home, area_id: int, visits: int, *, now: datetime) -> None:
    """So many first visits are made together there from now on; where somebody new goes alone already, a second is asked."""
    require_see(tx, actor, area_id)
    if beginners.visits(tx, area_id) == check(visits):
        return
    beginners.rule(tx, area_id, visits)
    history.write(tx, Event(now, actor.id, f"area:{area_id}", "first visits together", after=str(visits)))
    outbox.touch(tx, f"beginners:{area_id}")
    for need in needs.claimed_at(tx, area_id):
        _look_again(tx, home, need, now=now)


def _look_again(tx: Transaction, home: Home, need: Need, *, now: datetime) -> None:
    """Who goes has not changed, but whether that is enough."""
    outbox.touch(tx, f"need:{need.id}")
    search = matching.search(tx, need.id)
    if parties.wanting(tx, need) and (search is None or search.act_at is None):
        seats.ask_others(tx, home, need, now=now)
    else:
        parties.settle(tx, need, now=now)


def require_see(tx: Transaction, actor: Actor, area_id: int) -> None:
    """NotAllowed for whoever is not in charge of this place."""
    if not set(in_charge_of(actor)).intersection(areas.line(tx, area_id)):
        raise NotAllowed(Action.VOLUNTEER_DECIDE.value)


def know(tx: Transaction, actor: Actor, home: Home, volunteer_id: int, *, now: datetime) -> Volunteer:
    """Somebody in charge knows this volunteer: they go alone from now on, and hear it once."""
    found = volunteers.require_see(tx, actor, volunteer_id)
    if found.person_id == actor.id or found.state is not Standing.ACTIVE:
        raise NotAllowed(Action.VOLUNTEER_DECIDE.value)
    if beginners.know(tx, found.person_id, by=actor.id, now=now):
        history.write(tx, Event(now, actor.id, f"volunteer:{volunteer_id}", "goes alone"))
        outbox.touch(tx, f"volunteer:{volunteer_id}")
        telling.tell(tx, found.person_id, BeginnerKnown(found.person_id), now=now)
        for need in needs.claimed_by(tx, found.person_id):
            _look_again(tx, home, need, now=now)
    return found
