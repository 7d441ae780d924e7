"""Everything that is said when care plans come as a table."""

from collections.abc import Callable, Mapping
from itertools import product

from bot.domain import rosters
from bot.domain.notices import Notice
from bot.domain.rosters import FAULTS_SHOWN, HEADERS, Problem, RosterFault
from tests.texts.readers import NOW, Data, Said, said_as_is


def refusals(data: Data) -> Said:
    """One fault of each kind in each column, and more than are shown."""
    every = [RosterFault(data.number, column, problem) for column, problem in product(("", *HEADERS), Problem)]
    for at in range(0, len(every), FAULTS_SHOWN):
        yield rosters.RosterRefused.of(every[at : at + FAULTS_SHOWN]), None
    yield rosters.RosterRefused.of(every), None


def tables(data: Data) -> Said:
    """Nobody, one person, and many."""
    row = (data.resident, data.telephone, data.place, data.door, *(data.text[:40],) * 11)
    for rows in ((), (row,), (row,) * 40):
        yield rosters.Roster(data.number), rosters.RosterView(data.place, rows, NOW)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    rosters.Roster: tables,
    rosters.AskRoster: lambda data: iter([(rosters.AskRoster(data.number), None)]),
    rosters.RosterComing: said_as_is(rosters.RosterComing()),
    rosters.RosterKept: said_as_is(rosters.RosterKept(12, 3), rosters.RosterKept(0, 1)),
    rosters.RosterRefused: refusals,
    rosters.RosterLost: said_as_is(rosters.RosterLost(True), rosters.RosterLost(False)),
}
