"""Everything that is said when care plans come as a table."""

from collections.abc import Callable, Mapping
from itertools import product

from bot.domain import rosters
from bot.domain.notices import Notice
from bot.domain.rosters import FAULTS_SHOWN, HEADERS, Problem, RosterFault
from tests.texts.readers import Data, Said, said_as_is


def refusals(data: Data) -> Said:
    """One fault of each kind in each column, and more than are shown."""
    every = [RosterFault(data.number, column, problem) for column, problem in product(("", *HEADERS), Problem)]
    for at in range(0, len(every), FAULTS_SHOWN):
        yield rosters.RosterRefused.of(every[at : at + FAULTS_SHOWN]), None
    yield rosters.RosterRefused.of(every), None


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    rosters.AskRoster: said_as_is(rosters.AskRoster(12)),
    rosters.RosterComing: said_as_is(rosters.RosterComing()),
    rosters.RosterKept: said_as_is(rosters.RosterKept(12, 3), rosters.RosterKept(0, 1)),
    rosters.RosterRefused: refusals,
    rosters.RosterLost: said_as_is(rosters.RosterLost(True), rosters.RosterLost(False)),
}
