"""Everything that is said of a thank-you for the group."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from bot.domain import showcases
from bot.domain.notices import Notice
from bot.domain.showcases import ShowcaseState, ShowcaseView
from tests.texts.readers import Data, Said
from tests.texts.samples_needs import of_need


def views(data: Data) -> Iterator[ShowcaseView]:
    """In every state, named and not, and with nothing left to read."""
    for state, who, helper in product(ShowcaseState, (data.resident, None), (data.helper, None)):
        yield ShowcaseView(state, data.text[:300], who, helper, data.resident, data.number)
    yield ShowcaseView(ShowcaseState.WITHDRAWN, None, None, None, "", data.number)


def of_showcase(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about it, in every view."""
    return lambda data: ((kind(data.number), view) for view in views(data))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    showcases.ShowcaseAsked: of_need(showcases.ShowcaseAsked),
    **{
        kind: of_showcase(kind)
        for kind in (showcases.ShowcaseCard, showcases.ShowcaseHelperCard, showcases.ShowcaseInGroup)
    },
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (showcases.ShowcaseAsked, showcases.ShowcaseCard)
