"""What is seen of somebody's home: whether things are known, never what they are."""

from collections.abc import Callable, Mapping

from bot.domain.doors import DoorCard, DoorView, EnterCard
from bot.domain.errors import PlanGone
from bot.domain.notices import Notice
from bot.services.views.look import Look
from bot.storage import persons, plans
from bot.storage.database import Transaction


def door(tx: Transaction, notice: DoorCard | EnterCard, look: Look) -> DoorView:
    """A home with names."""
    plan = plans.see(tx, notice.plan_id)
    if plan is None:
        raise PlanGone
    person = persons.get(tx, plan.person_id)
    return DoorView(
        plan=plan,
        person=person.name,
        language=person.language,
        has_door=person.door is not None,
        has_telephone=person.telephone is not None,
        reached=persons.chat_of(tx, person.id) is not None,
        neighbour=_name(tx, plan.neighbour_id),
        asked=_name(tx, plan.neighbour_asked),
        now=look.now,
    )


def _name(tx: Transaction, person_id: int | None) -> str | None:
    return None if person_id is None else persons.get(tx, person_id).name


VIEWS: Mapping[type[Notice], Callable[..., object]] = {DoorCard: door, EnterCard: door}
