"""What is seen of a familiar voice."""

from collections.abc import Callable, Mapping

from bot.domain.access import Action, allowed
from bot.domain.errors import PlanGone
from bot.domain.notices import Notice
from bot.domain.voices import VoiceCard, VoiceNotice, VoiceView
from bot.services import voices
from bot.services.views.look import Look
from bot.storage import areas, persons, plans
from bot.storage.database import Transaction


def voice(tx: Transaction, notice: VoiceCard | VoiceNotice, look: Look) -> VoiceView:
    """Whose voice asks this person."""
    plan = plans.see(tx, notice.plan_id)
    if plan is None:
        raise PlanGone
    found = voices.of_plan(tx, plan.id)
    reader = None if look.person_id is None else persons.actor(tx, persons.get(tx, look.person_id))
    return VoiceView(
        plan_id=plan.id,
        person=persons.get(tx, plan.person_id).name,
        file_id=found.file_id if found else None,
        by=persons.get(tx, found.person_id).name if found else None,
        recorded_at=found.sent_at if found else None,
        family=len(voices.family_of(tx, plan.id)),
        in_charge=reader is not None and allowed(Action.CARE_PLAN, reader, areas.line(tx, plan.area_id)),
        now=look.now,
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {VoiceCard: voice, VoiceNotice: voice}
