"""Everything that is shown of the desk, and said of who is away."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain.deputies import DeputyAsked, DeputyOver, DeputyStands, DeputyView
from bot.domain.desks import Desk, DeskHours, DeskView, HoursView
from bot.domain.digests import HOURS
from bot.domain.floods import Flow
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said


def desks(data: Data) -> Said:
    """Nothing at all, and as much as there can be."""
    bare = DeskView((data.place,), 0, 0, 0, 0, 0, 0, 0, 0, None, None, (), True, NOW)
    yield Desk(data.number), bare
    yield Desk(data.number), replace(bare, coordinates=False, open=3)
    away = tuple((data.helper, NOW + timedelta(days=day)) for day in range(7))
    full = DeskView((data.place,) * 4, 1001, 7, 1001, 5, 3, 2, 4, 1001, HOURS, NOW, away, True, NOW)
    yield Desk(data.number), full
    yield Desk(data.number), replace(full, floods=tuple((data.number, flow.value, 1001) for flow in Flow))


def hours(data: Data) -> Said:
    """By itself, and gathered."""
    yield DeskHours(data.number), HoursView(None, 1)
    yield DeskHours(data.number), HoursView(HOURS[:2], 1)


def views(data: Data) -> list[DeputyView]:
    """One place, several, nobody."""
    stands = ((data.place, (data.helper, data.owner)),)
    return [
        DeputyView(data.owner, NOW, stands, NOW),
        DeputyView(data.owner, None, stands, NOW),
        DeputyView(data.owner, None, ((data.place, (data.helper,) * 5),) * 6 + ((data.place, ()),), NOW),
    ]


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    Desk: desks,
    DeskHours: hours,
    DeputyAsked: lambda data: ((DeputyAsked(), view) for view in views(data)),
    DeputyStands: lambda data: ((DeputyStands(1, 1), view) for view in views(data)),
    DeputyOver: lambda data: ((DeputyOver(), view) for view in views(data)),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = ()
