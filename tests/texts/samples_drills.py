"""Everything that is said about drills."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain import drills
from bot.domain.alerts import DEFAULT_LADDER, Whom
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said

SOON = NOW + timedelta(seconds=75)
LATE = NOW + timedelta(minutes=12)


def parts(data: Data) -> tuple[drills.Part, ...]:
    """A part in every state."""
    told = drills.Part(data.number, 1, Whom.DUTY, NOW)
    reached = replace(told, reached_at=NOW)
    taken = reached.take(SOON)
    return (
        told,
        replace(told, failed_at=NOW),
        *(replace(reached, rung=whom) for whom in Whom),
        taken,
        taken.arrive(LATE, SOON),
        reached.take(LATE).done(LATE),
    )


def views(data: Data) -> Iterator[drills.DrillView]:
    """A drill that runs and ends in every way, read by who practises, by who started it, by others; with nobody and many."""
    ladder = drills.practice_ladder(DEFAULT_LADDER, quick=True)
    one = drills.Drill(data.number, 7, data.number, 1, None, True, ladder, NOW, act_at=NOW)
    everyone = tuple((data.helper, part) for part in parts(data))
    ended = (one, *(one.end(ending, LATE) for ending in drills.DrillEnd))
    for drill in (*ended, replace(one, person_id=1, empty=(Whom.DUTY, Whom.STREET))):
        for mine in (None, *parts(data)):
            yield drills.DrillView(drill, data.place, data.owner, everyone, mine, mine is None, NOW)
        yield drills.DrillView(drill, data.place, data.owner, (), None, True, NOW)
        yield drills.DrillView(drill, data.place, data.owner, everyone[1:2], None, True, NOW)
        yield drills.DrillView(drill, data.place, data.owner, everyone * 5, None, True, NOW)


def of_drill(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about a drill, in every view."""
    return lambda data: ((kind(data.number), view) for view in views(data))


def places(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """Where a drill can be started, with nothing known, with one running, with people."""

    def said(data: Data) -> Said:
        empty = drills.DrillPlace(data.number, data.place, None, None)
        people = tuple((data.number - at, data.helper) for at in range(6))
        for view in (empty, replace(empty, running=data.number), replace(empty, last=data.number)):
            yield kind(data.number), view
            yield kind(data.number), replace(view, people=people, has_more=True)

    return said


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    drills.DrillCard: of_drill(drills.DrillCard),
    drills.DrillReport: of_drill(drills.DrillReport),
    drills.DrillChoice: places(drills.DrillChoice),
    drills.DrillPeople: places(drills.DrillPeople),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = ()
