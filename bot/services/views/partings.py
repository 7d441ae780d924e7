"""What is seen of a parting: by whoever says it, and by nobody else."""

from collections.abc import Callable, Mapping

from bot.domain.errors import NotAllowed
from bot.domain.notices import Notice
from bot.domain.partings import PartingAsked, PartingKept, PartingView
from bot.services import partings
from bot.services.views.look import Look
from bot.storage import partings as stored
from bot.storage import persons
from bot.storage.database import Transaction


def parting(tx: Transaction, notice: PartingAsked | PartingKept, look: Look) -> PartingView:
    """The other one's name, and whether the reader has said it of them."""
    if look.person_id is None:
        raise NotAllowed("part from somebody")
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    other = partings.other_of(tx, reader, notice.need_id)
    return PartingView(persons.get(tx, other).name, stored.said(tx, reader.id, other))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {PartingAsked: parting, PartingKept: parting}
