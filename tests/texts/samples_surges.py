"""Everything that is said about surges."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from bot.domain import surges
from bot.domain.notices import Notice
from bot.domain.plans import Channel
from tests.texts.readers import NOW, Data, Said

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 4)


def views(data: Data) -> Iterator[surges.SurgeView]:
    """A surge of each kind: being written down, thrown away, on, ended by somebody, over; in the usual words and in own ones."""
    for kind, words, may in product(surges.SurgeKind, (None, data.text[:300]), (True, False)):
        drawn = surges.Surge(data.number, 7, 1, kind, 1, NOW, words=words)
        on = replace(drawn, begun_by=1, begun_at=NOW, first_day=FIRST, last_day=LAST, day=FIRST)
        over = replace(on, ended_at=NOW + timedelta(days=3))
        for surge in (drawn, replace(drawn, ended_at=NOW, ended_by=1), on, over, replace(over, ended_by=1)):
            ender = None if surge.ended_by is None else data.owner
            view = surges.SurgeView(surge, data.place, data.helper, ender, may, FIRST, LAST, person=data.resident)
            yield from (replace(view, channel=channel) for channel in Channel)


def line(data: Data) -> surges.SurgeLine:
    """One that is on."""
    return surges.SurgeLine(data.number, surges.SurgeKind.TYPHOON, "14:00", LAST, data.owner, data.place)


def lists(data: Data) -> Iterator[surges.SurgesView]:
    """Nothing on, and much."""
    yield surges.SurgesView((), ((data.number, data.place),))
    many = tuple(replace(line(data), number=data.number - at) for at in range(30))
    yield surges.SurgesView(many, tuple((data.number - at, data.place) for at in range(40)))


def of_surge(notice: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about a surge, in every view."""
    return lambda data: ((notice(data.number), view) for view in views(data))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    **{
        kind: of_surge(kind)
        for kind in (surges.SurgeCard, surges.SurgeTimeAsked, surges.SurgeWordsAsked, surges.SurgeTold)
    },
    surges.SurgeList: lambda data: ((surges.SurgeList(), view) for view in lists(data)),
    surges.SurgePlaces: lambda data: ((surges.SurgePlaces("heat"), view) for view in lists(data)),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (surges.SurgeTold,)
