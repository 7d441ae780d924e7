"""Daily news: family who wish it, and whom the person lets, hear the first good answer of each day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.checkins import FINE, CheckIn
from bot.domain.relatives import DailyNews, NewsTakenBack
from bot.services import telling
from bot.storage import alerts, relatives
from bot.storage.database import Transaction


def tell(tx: Transaction, answered: Iterable[CheckIn], *, now: datetime) -> None:
    """Somebody is known to be well: whoever waits for it hears it once a day, and not while an alert is open about them."""
    fine = {one.person_id: one for one in answered if one.answer in FINE}
    for relative in relatives.to_tell_news(tx, fine) if fine else ():
        checkin = fine[relative.person_id]
        told = relative.told_on is not None and relative.told_on >= checkin.day
        if told or alerts.open_for(tx, relative.person_id) is not None:
            continue
        relatives.save(tx, relative, replace(relative, told_on=checkin.day, told_for=checkin.id))
        if relative.relative_id != checkin.answered_by:
            telling.tell(tx, relative.relative_id, DailyNews(relative.id, checkin.id), now=now)


def take_back(tx: Transaction, checkin: CheckIn, *, now: datetime) -> None:
    """The answer was taken back: whoever had heard it hears that too, and the next one again."""
    for relative in relatives.to_tell_news(tx, [checkin.person_id]):
        if relative.told_for == checkin.id:
            relatives.save(tx, relative, replace(relative, told_on=None, told_for=None))
            telling.tell(tx, relative.relative_id, NewsTakenBack(relative.id, checkin.id), now=now)
