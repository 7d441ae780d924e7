"""Everything that is said around the small question, and around what is missing at home."""

from collections.abc import Callable, Mapping
from itertools import product

from bot.domain import wellbeing
from bot.domain.notices import Notice
from bot.domain.wellbeing import Topic, Want, Wellbeing, WellbeingView
from tests.texts.readers import NOW, Data, Said


def of_wellbeing(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about the question, on every topic, answered and not."""

    def views(data: Data) -> Said:
        for topic, good in product(Topic, (None, True, False)):
            asked = Wellbeing(data.number, 1, 1, NOW.date(), topic, NOW, good)
            yield kind(data.number), WellbeingView(asked, data.resident)

    return views


def wants(data: Data) -> Said:
    """What is missing: anything, or one thing."""
    for topic in ("", *Want):
        yield wellbeing.WantAsked(data.number, str(topic)), data.resident


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    wellbeing.WellbeingAsked: of_wellbeing(wellbeing.WellbeingAsked),
    wellbeing.WellbeingThanked: of_wellbeing(wellbeing.WellbeingThanked),
    wellbeing.WantAsked: wants,
}
FOR_RESIDENTS: tuple[type[Notice], ...] = tuple(SAMPLES)
