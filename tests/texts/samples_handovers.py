"""Everything that is said when somebody is asked to go instead of whoever has it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from bot.domain import handovers
from bot.domain.assignments import WhomView
from bot.domain.needs import Handing
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said
from tests.texts.samples_needs import need_views, of_need


def whom(data: Data) -> Said:
    """Nobody, one, a page and more."""
    people = tuple((data.number - at, data.helper, at % 2 == 1) for at in range(8))
    for view in (WhomView((), 0, False), WhomView(people[:1], 0, False), WhomView(people, 8, True)):
        yield handovers.HandoverWhom(data.number), view


def question(data: Data) -> Said:
    """Open, and over."""
    for view in islice(need_views(data), 0, None, 5):
        yield handovers.HandoverCard(data.number), view
        handing = Handing(data.helper, NOW + timedelta(hours=1))
        yield handovers.HandoverCard(data.number), replace(view, handing=handing)


def answered(kind: Callable[[int, int], Notice]) -> Callable[[Data], Said]:
    """What became of the question, in every state that the need may be in meanwhile."""
    return lambda data: (
        (kind(data.number, data.number), replace(view, handing=Handing(data.helper, NOW)))
        for view in islice(need_views(data), 0, None, 5)
    )


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    handovers.HandoverWhom: whom,
    handovers.HandoverCard: question,
    handovers.HandoverTold: of_need(handovers.HandoverTold),
    **{kind: answered(kind) for kind in (handovers.HandoverDeclined, handovers.HandoverRanOut, handovers.HandoverDone)},
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (handovers.HandoverTold,)
