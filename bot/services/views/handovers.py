"""What is seen when somebody is to go instead of whoever has it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.assignments import WhomView
from bot.domain.errors import NotAllowed
from bot.domain.handovers import HandoverCard, HandoverNotice, HandoverWhom
from bot.domain.needs import Handing, NeedView, ResidentCard
from bot.domain.notices import Notice
from bot.services import handovers
from bot.services.views import needs
from bot.services.views.assignments import PAGE
from bot.services.views.look import Look
from bot.storage import needs as stored
from bot.storage import persons
from bot.storage.database import Transaction


def whom(tx: Transaction, notice: HandoverWhom, look: Look) -> WhomView:
    """A page of those who could go instead."""
    if look.person_id is None:
        raise NotAllowed("hand a need over")
    actor = persons.actor(tx, persons.get(tx, look.person_id))
    found = handovers.whom(tx, actor, look.home, notice.need_id, limit=PAGE + 1, offset=notice.offset, now=look.now)
    people = tuple((person_id, persons.get(tx, person_id).name, rests) for person_id, rests in found[:PAGE])
    return WhomView(people, notice.offset, len(found) > PAGE)


def question(tx: Transaction, card: HandoverCard, look: Look) -> NeedView:
    """The need as whoever is asked sees it, who asks, and until when; without that the question is over."""
    view, need = needs.need(tx, ResidentCard(card.need_id), look), stored.see(tx, card.need_id)
    asked = None if need is None else handovers.waits_for(tx, need, look.person_id)
    if asked is None or view.withheld:
        return view
    return replace(view, handing=Handing(persons.get(tx, asked.from_id).name, asked.act_at))


def answered(tx: Transaction, notice: HandoverNotice, look: Look) -> NeedView:
    """The need as it stands, and who answered or did not."""
    view = needs.need(tx, notice, look)
    return view if view.withheld else replace(view, handing=Handing(persons.get(tx, notice.person_id).name, look.now))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    HandoverWhom: whom,
    HandoverCard: question,
    HandoverNotice: answered,
}
