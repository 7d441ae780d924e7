"""Everything that is said when somebody has died."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain import farewells
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said


def views(data: Data) -> Iterator[farewells.FarewellView]:
    """One that stands, that can be taken back, that was; with family and requests, and without."""
    one = farewells.Farewell(data.number, 1, 1, 1, 1, 1, NOW, NOW + timedelta(hours=8))
    contacts = tuple((data.helper, data.owner, telephone) for telephone in (data.telephone, None) * 4)
    for may in (True, False):
        view = farewells.FarewellView(one, data.resident, data.owner, may)
        yield view
        yield replace(view, contacts=contacts, needs=1, alert_id=data.number)
        yield replace(view, contacts=contacts, needs=3, alert_id=data.number, undone_by=data.helper)
    yield farewells.FarewellView(None, data.resident, "", may_mend=False)


def of_farewell(notice: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about a farewell, in every view."""
    return lambda data: ((notice(data.number), view) for view in views(data))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    kind: of_farewell(kind)
    for kind in (
        *(farewells.FarewellAsked, farewells.FarewellCard, farewells.FarewellTold, farewells.FarewellUndone),
        *(farewells.FarewellOutcomeAsked, farewells.FarewellHeard, farewells.FarewellQuiet),
    )
}
# Whoever has their telephone now.
FOR_RESIDENTS: tuple[type[Notice], ...] = (farewells.FarewellQuiet,)
