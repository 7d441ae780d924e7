"""What a writer sees of their draft."""

from collections.abc import Callable, Mapping

from bot.domain.drafts import DraftCard, DraftView
from bot.domain.notices import Notice
from bot.services.drafts import asked_before
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import drafts, persons
from bot.storage.database import Transaction


def draft(tx: Transaction, card: DraftCard, look: Look) -> DraftView:
    """The draft as it stands, with the name of its place; gone when it was posted, thrown away or replaced."""
    found = drafts.find(tx, card.person_id)
    if found is None or found.number != card.number:
        return DraftView(None, None, drafts.posted_as(tx, card.person_id, card.number))
    place = found.place_id or persons.get(tx, card.person_id).building_id
    before = asked_before(tx, found, now=look.now)
    return DraftView(found, None if place is None else place_name(tx, place), before=before, now=look.now)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {DraftCard: draft}
