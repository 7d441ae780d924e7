"""What is seen of first visits that are made together."""

from collections.abc import Callable, Mapping

from bot.domain.beginners import BeginnersCard, BeginnersView
from bot.domain.errors import NotAllowed
from bot.domain.notices import Notice
from bot.services import beginners
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import beginners as stored
from bot.storage import persons
from bot.storage.database import Transaction


def rule(tx: Transaction, card: BeginnersCard, look: Look) -> BeginnersView:
    """How it is at a place, for whoever is in charge there now."""
    if look.person_id is None:
        raise NotAllowed("decide about volunteers")
    beginners.require_see(tx, persons.actor(tx, persons.get(tx, look.person_id)), card.area_id)
    return BeginnersView(place_name(tx, card.area_id), stored.visits(tx, card.area_id))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {BeginnersCard: rule}
