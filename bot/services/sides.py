"""The two sides of a need: whoever asked, and whoever helps."""

from bot.domain.access import Relation
from bot.domain.needs import Need
from bot.services import parties
from bot.storage.database import Transaction


def helpers_of(tx: Transaction, need: Need) -> tuple[int, ...]:
    """Whoever goes to a need, or went there last: whoever leads first."""
    return tuple(parties.helpers_of(tx, need))


def across(tx: Transaction, need: Need, person_id: int) -> tuple[int, ...]:
    """Whoever is on the other side of this person; empty: they are on neither side, or there is nobody yet."""
    helpers = helpers_of(tx, need)
    if person_id == need.person_id:
        return helpers
    return (need.person_id,) if person_id in helpers else ()


def relations(tx: Transaction, need: Need, person_id: int) -> set[Relation]:
    """What this person is to a need, also once it is done."""
    found = {Relation.REQUESTER} if person_id == need.person_id else set()
    return found | ({Relation.HOLDER} if person_id in helpers_of(tx, need) else set())
