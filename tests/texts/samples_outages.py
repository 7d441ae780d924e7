"""Everything that is said after an outage."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.domain import outages
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said


def over(data: Data) -> Said:
    """Nobody, one, and many."""
    notice, since = outages.OutageOver(1, 1), NOW - timedelta(hours=9)
    for number in (0, 1, 40):
        names = (data.resident,) * min(number, 16)
        yield notice, outages.OutageView(data.place, since, NOW, NOW, names, number, names, number)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {outages.OutageOver: over}
