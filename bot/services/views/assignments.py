"""What a coordinator sees when they ask somebody in person."""

from collections.abc import Callable, Mapping

from bot.domain.assignments import AssignmentDeclined, DeclinedView, WhomToAsk, WhomView
from bot.domain.errors import NotAllowed
from bot.domain.notices import Notice
from bot.services import assignments
from bot.services.views.look import Look
from bot.storage import persons
from bot.storage.database import Transaction

PAGE = 8


def whom(tx: Transaction, notice: WhomToAsk, look: Look) -> WhomView:
    """A page of those who may be asked."""
    if look.person_id is None:
        raise NotAllowed("ask somebody in person")
    actor = persons.actor(tx, persons.get(tx, look.person_id))
    found = assignments.whom(tx, actor, look.home, notice.need_id, limit=PAGE + 1, offset=notice.offset, now=look.now)
    people = tuple((person_id, persons.get(tx, person_id).name, rests) for person_id, rests in found[:PAGE])
    return WhomView(people, notice.offset, len(found) > PAGE)


def declined(tx: Transaction, notice: AssignmentDeclined, look: Look) -> DeclinedView:
    """Who said no."""
    return DeclinedView(persons.get(tx, notice.person_id).name)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {WhomToAsk: whom, AssignmentDeclined: declined}
