"""Assignments: a coordinator asks one person for a need, who says yes or no; or lets the asking rest for some days."""

from dataclasses import dataclass

from bot.domain.matching import Bar
from bot.domain.needs import NeedNotice
from bot.domain.notices import Notice, Priority

# The offer's reason when a coordinator chose the person.
IN_PERSON = "in person"
HOLD_DAYS = (1, 3)
# A coordinator may ask in spite of what passes by itself; never somebody whom these keep back.
FOR_GOOD = frozenset({Bar.OWN, Bar.UNREACHABLE, Bar.PARTED, Bar.REFUSED, Bar.UNSKILLED})


@dataclass(frozen=True)
class WhomToAsk(Notice):
    """To a coordinator: whom to ask in person, from the `offset`-th on."""

    priority = Priority.ANSWER
    need_id: int
    offset: int = 0


@dataclass(frozen=True)
class AssignmentDeclined(Notice):
    """To coordinators: the person whom one of them asked cannot do it."""

    priority = Priority.CHECK_IN
    need_id: int
    person_id: int


class NeedHeld(NeedNotice):
    """To the resident: a coordinator sees to it; nobody else is asked until then."""


@dataclass(frozen=True)
class WhomView:
    """People to choose from: (number, name, whether they rest just now). `has_more`: there is a further page."""

    people: tuple[tuple[int, str, bool], ...]
    offset: int
    has_more: bool


@dataclass(frozen=True)
class DeclinedView:
    """Who said no."""

    name: str
