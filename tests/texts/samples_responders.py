"""Everything that is said of somebody who has duty soon and cannot be reached."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.domain import responders
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said


def unreached(data: Data) -> Said:
    """Alone, and with others."""
    notice, starts = responders.ResponderUnreached(1, 2), NOW + timedelta(hours=20)
    for others in (0, 1, 3):
        view = responders.ResponderView(data.helper, data.place, starts, starts + timedelta(hours=12), NOW, others)
        yield notice, view


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {responders.ResponderUnreached: unreached}
