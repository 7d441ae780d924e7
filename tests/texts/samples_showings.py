"""Everything that is said of showings of contact data."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.showings import (
    FullView,
    ManyView,
    Showings,
    ShowingsAllowed,
    ShowingsFull,
    ShowingsFullBefore,
    ShowingsMany,
    ShowingsView,
    Shown,
)
from tests.texts.readers import NOW, Data, Said, said_as_is


def full(data: Data) -> Said:
    """With and without somebody in charge."""
    yield ShowingsFull(), FullView(20, data.owner)
    yield ShowingsFull(), FullView(1, None)


def full_before(data: Data) -> Said:
    """The same before a claim."""
    yield ShowingsFullBefore(data.number), FullView(20, data.owner)
    yield ShowingsFullBefore(data.number), FullView(1, None)


def many(data: Data) -> Said:
    """In an hour, and as many as a day has."""
    yield ShowingsMany(data.number, 10, False), ManyView(data.helper, False)
    yield ShowingsMany(data.number, 20, True), ManyView(data.helper, True)


def listed(data: Data) -> Said:
    """Nothing, a full page, and the places to choose from."""
    place = ((data.number, "", 0),)
    yield Showings(data.number, 0, 0), ShowingsView(data.place, NOW, (), False, NOW, place)
    rows = tuple(Shown(data.helper, data.resident, number, NOW) for number in range(1, 11))
    yield Showings(data.number, 3, 2), ShowingsView(data.place, NOW, rows, True, NOW, place, several=True)
    places = tuple((number + 1, data.place, number) for number in range(8))
    yield Showings(0, 0, 0), ShowingsView("", NOW, (), True, NOW, places, several=True)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    ShowingsFull: full,
    ShowingsFullBefore: full_before,
    ShowingsMany: many,
    ShowingsAllowed: said_as_is(ShowingsAllowed()),
    Showings: listed,
}
FOR_RESIDENTS: tuple[type[Notice], ...] = ()
