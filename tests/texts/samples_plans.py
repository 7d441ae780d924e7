"""Everything that is said when a care plan is planned: whom to tell, how long to wait, the home, the neighbour, enrolment."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import product

from bot.domain import doors, enrolments, neighbours, patience, rungs
from bot.domain.alerts import DEFAULT_LADDER, Rung, Whom
from bot.domain.notices import Notice
from bot.domain.people import Language
from bot.domain.plans import Plan, PlanState
from tests.texts.readers import NOW, Data, Said, said_as_is
from tests.texts.samples_care import plan_views


def ladders(data: Data) -> Iterator[rungs.LadderView]:
    """A place's ladder, a person's own and one that follows the community's, short and full."""
    numbered = tuple(Rung(20 + nth, Whom.CONTACTS, nth) for nth in (1, 2, 3))
    contacts = (data.helper, data.owner, data.resident)
    for ladder in (DEFAULT_LADDER, (*DEFAULT_LADDER, *numbered), (Rung(180, Whom.LEADERS), Rung(180, Whom.STREET))):
        place = rungs.Owner("area", data.number)
        yield rungs.LadderView(place, data.place, ladder, True, (), None, NOW)
        for own, known in product((True, False), ((), contacts)):
            owner = rungs.Owner("plan", data.number)
            yield rungs.LadderView(owner, data.resident, ladder, own, known, data.owner if known else None, NOW)


def rung(data: Data) -> Said:
    """Every rung of every ladder, and those that could be added."""
    for view in ladders(data):
        for one in rungs.POSSIBLE:
            yield rungs.RungCard(view.owner.code, one.name), view


def homes(data: Data) -> Iterator[doors.DoorView]:
    """A home of which everything or nothing is known, in every state of the plan."""
    for state, known, may_enter, language in product(PlanState, (True, False), (True, False, None), Language):
        plan = Plan(data.number, 7, 1, 1, state, may_enter=may_enter)
        neighbour, asked = (data.helper, data.owner) if known else (None, None)
        yield doors.DoorView(plan, data.resident, language, known, known, known, neighbour, asked, NOW)


def near(data: Data) -> Iterator[neighbours.NeighbourView]:
    """A neighbour who is asked, has agreed, or is neither."""
    for state, (asked, agreed) in product(PlanState, ((True, False), (False, True), (False, False))):
        plan = Plan(data.number, 7, 1, 1, state)
        yield neighbours.NeighbourView(plan, data.resident, data.place, asked, agreed, data.helper, NOW)


def choices(data: Data) -> Said:
    """Nobody near, and a full page."""
    plan = Plan(data.number, 7, 1, 1, PlanState.ACTIVE)
    rows = tuple((data.number - at, data.helper, data.place) for at in range(6))
    yield neighbours.NeighbourChoice(data.number), neighbours.NeighboursView(plan, data.resident, (), 0, False)
    full = neighbours.NeighboursView(plan, data.resident, rows, data.number - 6, True)
    yield neighbours.NeighbourChoice(data.number), full


def places(data: Data) -> Said:
    """No place, and a full page of them."""
    rows = tuple((data.number - at, data.place, at % 2 == 0) for at in range(8))
    for view in (enrolments.PlacesView(None, (), 0, 0, False), enrolments.PlacesView(data.place, rows, 1, 8, True)):
        yield enrolments.EnrolmentPlace(), replace(view, area_id=data.number - 9, offset=data.number - 8)


def of_home(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about a home, in every view."""
    return lambda data: ((kind(data.number), view) for view in homes(data))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    rungs.LadderCard: lambda data: ((rungs.LadderCard(view.owner.code), view) for view in ladders(data)),
    rungs.RungCard: rung,
    patience.PatienceCard: lambda data: ((patience.PatienceCard(data.number), view) for view in plan_views(data)),
    patience.AskPatience: said_as_is(patience.AskPatience(12)),
    doors.DoorCard: of_home(doors.DoorCard),
    doors.EnterCard: of_home(doors.EnterCard),
    doors.DoorWanted: said_as_is(doors.DoorWanted(12)),
    doors.AskDoorOf: said_as_is(doors.AskDoorOf(12)),
    neighbours.NeighbourChoice: choices,
    neighbours.NeighbourCard: lambda data: ((neighbours.NeighbourCard(data.number), view) for view in near(data)),
    neighbours.NeighbourAnswered: lambda data: (
        (neighbours.NeighbourAnswered(data.number, 1, yes), view) for view in near(data) for yes in (True, False)
    ),
    enrolments.EnrolmentPlace: places,
    enrolments.AskEnrolment: lambda data: iter([(enrolments.AskEnrolment(data.number), data.place)]),
}
# Cared-for residents read these: three big keys at most, one a row.
FOR_RESIDENTS: tuple[type[Notice], ...] = (doors.EnterCard, doors.DoorWanted)
