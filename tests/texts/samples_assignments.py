"""Everything that is said when a coordinator asks somebody in person, or lets the asking rest."""

from collections.abc import Callable, Mapping

from bot.domain import assignments
from bot.domain.notices import Notice
from tests.texts.readers import Data, Said
from tests.texts.samples_needs import of_need


def whom(data: Data) -> Said:
    """Nobody, one, a page and more."""
    people = tuple((data.number - at, data.helper, at % 2 == 1) for at in range(8))
    for view in (
        assignments.WhomView((), 0, False),
        assignments.WhomView(people[:1], 0, False),
        assignments.WhomView(people, 8, True),
    ):
        yield assignments.WhomToAsk(data.number), view


def declined(data: Data) -> Said:
    """Who cannot."""
    yield assignments.AssignmentDeclined(data.number, data.number), assignments.DeclinedView(data.helper)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    assignments.WhomToAsk: whom,
    assignments.AssignmentDeclined: declined,
    assignments.NeedHeld: of_need(assignments.NeedHeld),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (assignments.NeedHeld,)
