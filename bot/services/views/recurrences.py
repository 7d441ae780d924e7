"""What is seen of what comes again: by whoever asked for it, and by who is in charge; by nobody else."""

from collections.abc import Callable, Mapping

from bot.domain.errors import DomainError
from bot.domain.needs import NeedView, ResidentCard
from bot.domain.notices import Notice
from bot.domain.recurrences import (
    RecurrenceAsked,
    RecurrenceCard,
    RecurrenceNotice,
    RecurrenceView,
    RepeatAsked,
    RepeatHoursAsked,
    RuleAsked,
)
from bot.services import recurrences as cases
from bot.services.views import needs
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import persons, recurrences
from bot.storage.database import Transaction


def asked(tx: Transaction, notice: RepeatAsked | RepeatHoursAsked | RuleAsked, look: Look) -> NeedView:
    """The need that is to come again."""
    return needs.need(tx, ResidentCard(notice.need_id), look)


def recurrence(
    tx: Transaction, notice: RecurrenceCard | RecurrenceAsked | RecurrenceNotice, look: Look
) -> RecurrenceView:
    """What comes again, for whoever may see it."""
    if look.person_id is None:
        return RecurrenceView(None, look.now)
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    try:
        found = cases.see(tx, reader, notice.recurrence_id)
    except DomainError:
        return RecurrenceView(None, look.now)
    helper = recurrences.last_helper(tx, found.id)
    return RecurrenceView(
        found,
        look.now,
        persons.get(tx, found.person_id).name,
        place_name(tx, cases.place_of(persons.get(tx, found.person_id), found)),
        None if helper is None else persons.get(tx, helper).name,
        found.person_id == look.person_id,
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    RepeatAsked: asked,
    RepeatHoursAsked: asked,
    RuleAsked: asked,
    RecurrenceCard: recurrence,
    RecurrenceAsked: recurrence,
    RecurrenceNotice: recurrence,
}
