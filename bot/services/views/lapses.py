"""What is seen of visits that did not come about: by the person whom it concerns."""

from collections.abc import Callable, Mapping

from bot.domain.lapses import LapsesView, MyLapses, NotComeSaid
from bot.domain.notices import Notice
from bot.services.views.look import Look
from bot.services.views.needs import need
from bot.storage import lapses
from bot.storage.database import Transaction


def mine(tx: Transaction, notice: MyLapses, look: Look) -> LapsesView:
    """What is kept of the reader."""
    if look.person_id is None:
        raise LookupError("this is read by a person")
    return LapsesView(tuple(lapses.of_person(tx, look.person_id, look.now)))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {MyLapses: mine, NotComeSaid: need}
