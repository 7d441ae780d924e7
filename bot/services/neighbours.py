"""The neighbour whom somebody cared for has chosen: a coordinator asks them, they agree, and may step back at any time."""

from collections.abc import Callable
from datetime import datetime

from bot.domain import neighbours as rules
from bot.domain.access import Action, Relation, require
from bot.domain.errors import ButtonInvalid
from bot.domain.home import Home
from bot.domain.neighbours import NeighbourAnswered, NeighbourCard
from bot.domain.people import Actor
from bot.domain.plans import Plan
from bot.services import plans, telling
from bot.storage import areas, persons
from bot.storage.database import Transaction

NEAR_AT_MOST = 40


def near(tx: Transaction, plan: Plan, *, limit: int, offset: int) -> list[int]:
    """Who lives near and can be reached: in the same building first, then in the same grid and community."""
    community = areas.community_of(tx, plan.area_id)
    place = community.id if community else plan.area_id
    return persons.near(tx, plan.area_id, within=place, but=plan.person_id, limit=limit, offset=offset)


def ask(tx: Transaction, actor: Actor, home: Home, plan_id: int, person_id: int, *, now: datetime) -> Plan:
    """This neighbour is asked whether they would look. NeighbourNotSo; ButtonInvalid for somebody who lives elsewhere."""
    plan = plans.require_plan(tx, actor, plan_id)
    community = areas.community_of(tx, plan.area_id)
    person = persons.find(tx, person_id)
    there = () if person is None or person.building_id is None else areas.line(tx, person.building_id)
    if (community.id if community else plan.area_id) not in there:
        raise ButtonInvalid
    saved = plans.change(tx, actor, home, plan_id, lambda old: rules.asks(old, person_id), "neighbour asked", now=now)
    telling.tell_afresh(tx, person_id, NeighbourCard(plan_id), now=now)
    return saved


def answer(tx: Transaction, actor: Actor, plan_id: int, *, yes: bool, now: datetime) -> Plan:
    """The neighbour agrees, would rather not, or steps back; whoever is in charge hears. NeighbourNotSo."""
    old = plans.get(tx, plan_id)
    asked = {Relation.OFFERED} if actor.id in (old.neighbour_asked, old.neighbour_id) else set()
    require(Action.NEIGHBOUR_ANSWER, actor, areas.line(tx, old.area_id), asked)
    rule: Callable[[Plan, int], Plan] = rules.agrees if yes else rules.leaves
    event = "neighbour agreed" if yes else "neighbour left"
    saved = plans.set_state(tx, actor, old, rule(old, actor.id), event, now=now)
    telling.tell_coordinators(tx, old.area_id, NeighbourAnswered(plan_id, actor.id, yes), now=now)
    return saved


def release(tx: Transaction, actor: Actor, home: Home, plan_id: int, *, now: datetime) -> Plan:
    """Nobody is the neighbour any more, says whoever is in charge; who was it sees so."""

    def rule(plan: Plan) -> Plan:
        for person_id in (plan.neighbour_asked, plan.neighbour_id):
            plan = plan if person_id is None else rules.leaves(plan, person_id)
        return plan

    return plans.change(tx, actor, home, plan_id, rule, "no neighbour", now=now)
