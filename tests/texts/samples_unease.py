"""Everything that is said when somebody did not feel safe."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import product

from bot.domain import unease
from bot.domain.notices import Notice
from bot.domain.unease import Unease, UneaseView
from tests.texts.readers import NOW, Data, Said
from tests.texts.samples_needs import closed_views, of_need


def views(data: Data) -> Iterator[UneaseView]:
    """Said just now, written, handled, lifted; by either side, with and without a telephone and somebody in charge."""
    said = Unease(data.number, 7, data.number, 1, 1, 2, 2, NOW)
    written = replace(said, words=data.text[:1000])
    handled = replace(written, handled_at=NOW, handled_by=3, note=data.text[:1000])
    for one, known in product(
        (said, written, handled, replace(handled, lifted_at=NOW), replace(said, helper_id=1)), (0, 1)
    ):
        view = UneaseView(one, data.resident, data.helper, data.place, data.number, data.owner, NOW, data.owner)
        yield replace(view, volunteer_id=data.number, before=known, hidden=not one.handled_at)
        yield replace(view, shown=True, telephone=data.telephone if known else None)
        yield replace(view, need_id=None, owner=None, handler=None, before=2)


def of_unease(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about it, in every view."""
    return lambda data: ((kind(data.number), view) for view in views(data))


def asked(data: Data) -> Said:
    """Shall the coordinator be told?"""
    return ((unease.UneaseAsked(data.number), view) for view in closed_views(data))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    unease.UneaseAsked: asked,
    unease.VisitMoved: of_need(unease.VisitMoved),
    **{
        kind: of_unease(kind)
        for kind in (
            *(unease.UneaseKept, unease.UneaseWordsAsked, unease.UneaseNoteAsked, unease.UneaseHandled),
            unease.UneaseCard,
        )
    },
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (
    *(unease.UneaseAsked, unease.UneaseKept, unease.UneaseWordsAsked, unease.UneaseHandled),
)
