"""What is seen of ladders."""

from collections.abc import Callable, Mapping

from bot.domain.errors import PlanGone
from bot.domain.notices import Notice
from bot.domain.rungs import LadderCard, LadderView, Owner, RungCard
from bot.services import ladders
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import persons, plans
from bot.storage.database import Transaction


def ladder(tx: Transaction, notice: LadderCard | RungCard, look: Look) -> LadderView:
    """A ladder, and who its contacts and its neighbour are."""
    owner = Owner.parse(notice.owner)
    if owner.noun == "area":
        name = place_name(tx, owner.id)
        return LadderView(owner, name, ladders.of_area(tx, owner.id), True, (), None, look.now)
    plan = plans.see(tx, owner.id)
    if plan is None:
        raise PlanGone
    return LadderView(
        owner=owner,
        name=persons.get(tx, plan.person_id).name,
        ladder=ladders.of_plan(tx, plan),
        own=bool(plan.ladder),
        contacts=tuple(one.name for one in plans.contacts(tx, plan.id)),
        neighbour=None if plan.neighbour_id is None else persons.get(tx, plan.neighbour_id).name,
        now=look.now,
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {LadderCard: ladder, RungCard: ladder}
