"""What could not be delivered is a decision of its own: the chat is unreachable, and whoever waited for it does not wait on."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.home import Home
from bot.domain.needs import OfferCard, StillOnIt
from bot.domain.notices import Defect, Notice
from bot.domain.people import Role
from bot.services import needs, telling
from bot.storage import areas, groups, persons
from bot.storage.database import Transaction
from bot.storage.outbox import Letter


def undeliverable(tx: Transaction, home: Home, letter: Letter, *, now: datetime) -> None:
    """Telegram refused a letter for good: mark the chat, and move on what waited for its answer."""
    if letter.person_id is None:
        groups.left(tx, letter.bot_id, letter.chat_id, now)
        return
    persons.set_reachable(tx, letter.bot_id, letter.chat_id, since=now)
    move_on = MOVE_ON.get(type(letter.notice))
    if move_on is not None:
        move_on(tx, home, letter.notice, letter.person_id, now)


def _offer(tx: Transaction, home: Home, notice: OfferCard, person_id: int, now: datetime) -> None:
    needs.unreachable(tx, home, notice.need_id, person_id, now=now)


def _still_on_it(tx: Transaction, home: Home, notice: StillOnIt, person_id: int, now: datetime) -> None:
    needs.unheard(tx, notice.need_id, now=now)


MOVE_ON: Mapping[type[Notice], Callable[..., None]] = {OfferCard: _offer, StillOnIt: _still_on_it}


def defect(tx: Transaction, letter: Letter, *, now: datetime) -> None:
    """A letter of life and death that our own mistake kept back: every administrator hears of it, to look by hand."""
    if isinstance(letter.notice, Defect):
        return
    first = areas.first(tx)
    people = [] if first is None else persons.holding(tx, Role.ADMINISTRATOR, first.id)
    for person_id in people or ([] if first is None else telling.coordinators_of(tx, first.id)):
        telling.tell(tx, person_id, Defect(letter.id), now=now)
