"""What a writer sees of their draft."""

from collections.abc import Callable, Mapping

from bot.domain.drafts import DraftCard, DraftView
from bot.domain.notices import Notice
from bot.services.drafts import asked_before, place_of
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import beneficiaries, drafts, enclosures, persons
from bot.storage.database import Transaction


def draft(tx: Transaction, card: DraftCard, look: Look) -> DraftView:
    """The draft as it stands, with the name of its place; gone when it was posted, thrown away or replaced."""
    found = drafts.find(tx, card.person_id)
    if found is None or found.number != card.number:
        return DraftView(None, None, drafts.posted_as(tx, card.person_id, card.number))
    ring = enclosures.ring(tx, card.subject)
    place = place_of(tx, persons.actor(tx, persons.get(tx, card.person_id)), found)
    return DraftView(
        found,
        None if place is None else place_name(tx, place),
        before=asked_before(tx, found, now=look.now),
        now=look.now,
        enclosed=enclosures.enclosed(tx, card.subject),
        pinned=enclosures.point(tx, card.subject) is not None,
        ring=None if ring is None else ring.name,
        whom=beneficiaries.find(tx, card.subject),
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {DraftCard: draft}
