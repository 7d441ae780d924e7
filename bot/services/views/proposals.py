"""What is seen of proposals."""

from collections.abc import Callable, Mapping

from bot.domain.access import Action, allowed
from bot.domain.errors import RelativeGone
from bot.domain.notices import Notice
from bot.domain.plans import PlanState
from bot.domain.proposals import (
    ProposalCard,
    ProposalNotice,
    ProposalPlace,
    ProposalPlaceView,
    ProposalView,
)
from bot.domain.relatives import Relative
from bot.services import relatives
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.services.views.people import choice
from bot.services.views.relatives import reader
from bot.storage import areas, persons, plans
from bot.storage import relatives as stored
from bot.storage.database import Transaction


def place(tx: Transaction, notice: ProposalPlace, look: Look) -> ProposalPlaceView:
    """Places to choose from."""
    return ProposalPlaceView(choice(tx, notice.area_id, notice.page), reader(tx, look).person.building_id)


def proposal(tx: Transaction, notice: ProposalCard | ProposalNotice, look: Look) -> ProposalView:
    """A proposal with names."""
    found = stored.see(tx, notice.relative_id)
    if found is None:
        raise RelativeGone
    plan = None if found.plan_id is None else plans.see(tx, found.plan_id)
    area_id = plan.area_id if plan else relatives.area_of(tx, found)
    return ProposalView(
        relative=found,
        person=persons.get(tx, found.person_id).name,
        name=persons.get(tx, found.relative_id).name,
        place=place_name(tx, area_id),
        state=plan.state if plan else PlanState.ENDED,
        agreed=plan is not None and plans.has_consent(tx, plan.id),
        in_chat=persons.chat_of(tx, found.person_id) is not None,
        seen=None if found.seen_by is None else persons.get(tx, found.seen_by).name,
        mine=allowed(Action.CARE_PLAN, reader(tx, look), areas.line(tx, area_id)),
        now=look.now,
        alike=_alike(tx, found),
    )


def _alike(tx: Transaction, found: Relative) -> tuple[str, ...]:
    person = persons.get(tx, found.person_id)
    known = [] if person.telephone is None else persons.with_telephone(tx, person.telephone)
    return tuple(one.name for one in known if one.id != person.id)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    ProposalPlace: place,
    ProposalCard: proposal,
    ProposalNotice: proposal,
}
