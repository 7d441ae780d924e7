"""What is said when time cannot move something on."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.stuck import Stuck, StuckView
from tests.texts.readers import Data, Said


def stuck(data: Data) -> Said:
    """About somebody, about a list, and about what is gone."""
    for view in (StuckView(data.resident, data.place), StuckView(None, data.place), StuckView(None, None)):
        yield Stuck("checkins", data.number), view


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {Stuck: stuck}
FOR_RESIDENTS: tuple[type[Notice], ...] = ()
