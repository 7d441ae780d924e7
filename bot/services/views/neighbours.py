"""What is seen of neighbours."""

from collections.abc import Callable, Mapping

from bot.domain.errors import PlanGone
from bot.domain.neighbours import NeighbourAnswered, NeighbourCard, NeighbourChoice, NeighboursView, NeighbourView
from bot.domain.notices import Notice
from bot.domain.plans import Plan
from bot.services import neighbours
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import persons, plans
from bot.storage.database import Transaction

PAGE = 6


def neighbour(tx: Transaction, notice: NeighbourCard | NeighbourAnswered, look: Look) -> NeighbourView:
    """How it stands with the reader, or with whoever has answered."""
    plan = _plan(tx, notice.plan_id)
    one = notice.neighbour_id if isinstance(notice, NeighbourAnswered) else look.person_id
    return NeighbourView(
        plan=plan,
        person=persons.get(tx, plan.person_id).name,
        place=place_name(tx, plan.area_id),
        asked=one is not None and plan.neighbour_asked == one,
        agreed=one is not None and plan.neighbour_id == one,
        named="" if one is None else persons.get(tx, one).name,
        now=look.now,
    )


def choice(tx: Transaction, notice: NeighbourChoice, look: Look) -> NeighboursView:
    """Who lives near."""
    plan = _plan(tx, notice.plan_id)
    found = neighbours.near(tx, plan, limit=PAGE + 1, offset=notice.offset)
    rows = tuple(_row(tx, one) for one in found[:PAGE])
    return NeighboursView(plan, persons.get(tx, plan.person_id).name, rows, notice.offset, len(found) > PAGE)


def _row(tx: Transaction, person_id: int) -> tuple[int, str, str]:
    person = persons.get(tx, person_id)
    return person.id, person.name, "" if person.building_id is None else place_name(tx, person.building_id)


def _plan(tx: Transaction, plan_id: int) -> Plan:
    plan = plans.see(tx, plan_id)
    if plan is None:
        raise PlanGone
    return plan


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    NeighbourCard: neighbour,
    NeighbourAnswered: neighbour,
    NeighbourChoice: choice,
}
