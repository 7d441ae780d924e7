"""After a time in which nobody was heard, whoever is in charge of each community reads one message about it."""

from datetime import datetime

from bot.domain.home import Home
from bot.domain.outages import OutageOver
from bot.services import telling
from bot.storage import history, outages
from bot.storage.database import Transaction

# So many communities are told in one transaction.
AT_ONCE = 50


def note(tx: Transaction, since: datetime, until: datetime) -> None:
    """Nobody was heard from then to now. What a restored backup does not know was told when it was put back."""
    put_back = [event.at for event in history.of(tx, "database:1") if event.event == "put back"]
    if not put_back or put_back[-1] < since:
        outages.note(tx, since, until)


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: the next communities are told, once what fell into that time has been settled."""
    for outage_id in ids:
        outage = outages.find(tx, outage_id)
        if outage is None:
            continue
        places = outages.communities(tx, outage.told_area, AT_ONCE)
        for area_id in places:
            telling.tell_coordinators(tx, area_id, OutageOver(outage_id, area_id), now=now)
        last = places[-1] if places else outage.told_area
        outages.told(tx, outage_id, last, now if len(places) == AT_ONCE else None)
