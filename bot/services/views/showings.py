"""What is seen of showings: how many, by whom, whose, at the places where the reader is in charge."""

from collections.abc import Callable, Mapping

from bot.domain.errors import NotAllowed
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.domain.showings import (
    PLACES_A_PAGE,
    ROWS_A_PAGE,
    FullView,
    ManyView,
    Showings,
    ShowingsFull,
    ShowingsFullBefore,
    ShowingsMany,
    ShowingsView,
    Shown,
)
from bot.services import showings as decisions
from bot.services.plans import in_charge_of
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import persons, showings
from bot.storage.columns import instant
from bot.storage.database import Transaction


def full(tx: Transaction, notice: ShowingsFull | ShowingsFullBefore, look: Look) -> FullView:
    """How many, and who can allow more."""
    return FullView(look.home.showings.a_day, decisions.owner_name(tx, _reader(tx, look)))


def many(tx: Transaction, notice: ShowingsMany, look: Look) -> ManyView:
    """Who it is."""
    return ManyView(persons.get(tx, notice.person_id).name, notice.full)


def listed(tx: Transaction, notice: Showings, look: Look) -> ShowingsView:
    """A page of a place's day; several places to choose from come first. Access is asked once more."""
    reader = _reader(tx, look)
    decisions.open_(tx, reader, notice.area_id, notice.days, notice.page)
    if notice.area_id != 0:
        return _day(tx, reader, notice, look)
    found = _places(tx, reader, look, notice.page)
    if len(found) == 1 and notice.page == 0:
        return _day(tx, reader, Showings(found[0][0], notice.days, 0), look)
    shown, today = tuple(found[:PLACES_A_PAGE]), decisions.midnight(look.home, look.now)
    return ShowingsView("", today, (), len(found) > PLACES_A_PAGE, look.now, shown, several=True)


def _places(tx: Transaction, reader: Actor, look: Look, page: int) -> list[tuple[int, str, int]]:
    since = decisions.midnight(look.home, look.now)
    rows = showings.communities(
        tx, reader.id, in_charge_of(reader), since, limit=PLACES_A_PAGE + 1, offset=page * PLACES_A_PAGE
    )
    return [(row["id"], row["name"], row["number"]) for row in rows]


def _day(tx: Transaction, reader: Actor, notice: Showings, look: Look) -> ShowingsView:
    began, ended = (decisions.midnight(look.home, look.now, days=days) for days in (notice.days, notice.days - 1))
    offset = notice.page * ROWS_A_PAGE
    rows = showings.of_day(tx, reader.id, notice.area_id, began, ended, limit=ROWS_A_PAGE + 1, offset=offset)
    shown = tuple(
        Shown(
            persons.get(tx, row["viewer_id"]).name,
            persons.get(tx, row["person_id"]).name,
            row["number"],
            instant(row["at"]),
        )
        for row in rows[:ROWS_A_PAGE]
    )
    several = len(_places(tx, reader, look, 0)) > 1
    place = ((notice.area_id, "", 0),)
    return ShowingsView(
        place_name(tx, notice.area_id), began, shown, len(rows) > ROWS_A_PAGE, look.now, place, several=several
    )


def _reader(tx: Transaction, look: Look) -> Actor:
    if look.person_id is None:
        raise NotAllowed("see who was shown what")
    return persons.actor(tx, persons.get(tx, look.person_id))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    ShowingsFull: full,
    ShowingsFullBefore: full,
    ShowingsMany: many,
    Showings: listed,
}
