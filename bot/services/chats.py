"""People use one of our bots or several: what could not be said through one of them is said through another that reaches them.

Through which bot somebody is spoken to is one rule, `persons.chat_of`: the one that they wrote to last and that reaches them.
"""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.alerts import AlertCard
from bot.domain.checkins import CheckInAsked
from bot.domain.duty import WatchCard
from bot.domain.handovers import HandoverCard
from bot.domain.knocks import KnockListCard
from bot.domain.needs import OfferCard
from bot.domain.notices import Card, Priority
from bot.domain.plans import Channel
from bot.services import telling
from bot.storage import alerts, checkins, forwarding, handovers, knocks, needs, outbox, persons, watches
from bot.storage.database import Transaction
from bot.storage.outbox import Letter

OFFERS_AT_MOST = 20


def go_on(tx: Transaction, person_id: int, bot_id: int, chat_id: int, *, now: datetime) -> bool:
    """Nothing reaches them in this chat any more: what waits to be said there, and what is open, comes where they are reached.

    False: they are reached nowhere.
    """
    new = persons.chat_of(tx, person_id)
    if new is None:
        return False
    forwarding.carry_over(tx, person_id, old=(bot_id, chat_id), new=new, now=now)
    for checkin in checkins.waiting_until(tx, person_id):
        asked = CheckInAsked(checkin.id)
        # It may have come along just now, unsaid.
        if checkin.channel is Channel.CHAT and not outbox.waits(tx, asked, bot_id=new[0], chat_id=new[1]):
            telling.tell(tx, person_id, asked, now=now)
    for card in _open_cards(tx, person_id, now):
        telling.tell(tx, person_id, card, now=now)
    return True


def _open_cards(tx: Transaction, person_id: int, now: datetime) -> Iterator[Card]:
    """What somebody is asked or has now, and others wait for."""
    yield from (AlertCard(one) for one in alerts.running_with(tx, person_id))
    yield from (KnockListCard(one.id) for one in knocks.held_by(tx, person_id))
    yield from (WatchCard(one) for one in watches.held_by(tx, person_id, now))
    yield from (HandoverCard(one.need_id) for one in handovers.all_to(tx, person_id))
    yield from (OfferCard(one.id) for one in needs.offered_to(tx, person_id, OFFERS_AT_MOST))


def say_elsewhere(tx: Transaction, letter: Letter, person_id: int, *, now: datetime) -> bool:
    """Telegram refused a letter for good: it is said where they are reached; False: nowhere. A card that was there already
    needs nobody to say it: it stands where they are reached, as far as it is open."""
    chat = persons.chat_of(tx, person_id)
    if chat is None:
        return False
    bot_id, chat_id = chat
    bound = letter.message_id is not None or isinstance(letter.notice, forwarding.BOUND)
    if not bound and not outbox.waits(tx, letter.notice, bot_id=bot_id, chat_id=chat_id):
        telling.put(
            tx,
            letter.notice,
            bot_id=bot_id,
            chat_id=chat_id,
            person_id=person_id,
            now=now,
            priority=Priority(letter.priority),
        )
    return True
