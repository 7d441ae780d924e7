"""Everything that is said about duty."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product

from bot.domain import duty
from bot.domain.notices import Notice
from bot.domain.plans import EVERY_DAY, WEEKEND, WORKDAYS
from tests.texts.readers import NOW, Data, Said, said_as_is

DAY = NOW.date()
HOURS = ((480, 1200), (1200, 480), (0, 0))


def views(data: Data) -> Iterator[duty.DutyView]:
    """A rota with nobody on it, and a full one, read by who plans it and by who does not."""
    empty = duty.DutyView(data.number, data.place, NOW, False)
    yield empty
    days = duty.days_from(DAY, 7)
    planned = tuple(duty.Planned(line, day, *HOURS[0], (1, 2)) for day in days for line in (1, 2))
    yield replace(
        empty,
        in_charge=True,
        on_now=(data.helper, data.owner),
        planned=(*planned, duty.Planned(1, days[0], *HOURS[1], ())),
        gaps=tuple((day, 480, 600) for day in days),
        shifts=tuple(
            (data.number - at, data.helper, 1 + at % 3, bits, *HOURS[at % 3])
            for at, bits in enumerate((EVERY_DAY, WORKDAYS, WEEKEND, 0b1, 0b1010100, 0b10, 0b1001000))
        ),
        lines=3,
        hours=HOURS[0],
        could=tuple((data.number - at, data.helper) for at in range(6)),
        has_more=True,
        names=((1, data.helper), (2, data.owner), (data.number, data.helper)),
        changed=True,
        silent=(data.helper,) * 12,
        extra=tuple(duty.Hours(2, *hours, day=DAY) for hours in duty.USUAL_SHIFTS),
    )
    yield replace(empty, took=data.helper, names=((data.number, data.helper),), hours=(0, 0), may_take=False)


def of_rota(*notices: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about a place's rota, in every view."""
    return lambda data: ((notice(data.number), view) for notice, view in product(notices, views(data)))


def at_hours(number: int) -> duty.DutyHours:
    """Hours are chosen, days are asked."""
    return duty.DutyHours(number, number, 2, duty.Hours(2, 480, 1200).number)


def on_one_weekday(number: int) -> duty.DutyHours:
    """… one weekday."""
    return duty.DutyHours(number, number, 2, duty.Hours(2, 480, 1200).number, single=1)


def in_place_of(number: int) -> duty.DutyWanted:
    """Somebody is wanted instead of another."""
    return duty.DutyWanted(number, duty.Hours(2, 1200, 480, day=DAY).number, number)


def on_a_day(number: int) -> duty.DutyHelpers:
    """Somebody else for one day."""
    return duty.DutyHelpers(number, 2, 0, duty.Hours(2, 480, 1200, day=DAY).number)


def turns(data: Data) -> Said:
    """One's own turns, none and many."""
    planned = tuple(
        duty.Planned(1 + at % 2, day, *HOURS[at % 3], (1,)) for at, day in enumerate(duty.days_from(DAY, 9))
    )
    leave = duty.Leave(data.number, DAY, DAY + timedelta(days=6))
    yield duty.DutyMine(), duty.MineView(data.number, ((data.number, data.place, ()),), (), NOW)
    both = ((data.number, data.place, planned), (data.number - 1, data.place, planned[:2]))
    yield duty.DutyMine(), duty.MineView(data.number, both, (leave, leave), NOW)


def watches(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A watch in every state, read by whoever has it and by another."""

    def said(data: Data) -> Said:
        hours = (data.number, 1, DAY, 480, 1200, NOW - timedelta(hours=1), NOW + timedelta(hours=5))
        one = duty.Watch(data.number, 7, *hours, people=(1, 2))
        for state, reader, open_ in product(duty.WatchState, (1, 2), (0, 1, 7)):
            holder = None if state in (duty.WatchState.PLANNED, duty.WatchState.EMPTY) else 1
            name = None if holder is None else data.helper
            watch = replace(one, state=state, holder_id=holder)
            yield (
                kind(data.number),
                duty.WatchView(replace(watch, passed=(2,)), data.place, name, None, reader, 0, 0, NOW),
            )
            yield kind(data.number), duty.WatchView(watch, data.place, name, data.owner, reader, open_, open_, NOW)

    return said


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    duty.DutyList: of_rota(duty.DutyList, lambda number: duty.DutyList(number, 3)),
    duty.DutyHelpers: of_rota(duty.DutyHelpers, on_a_day),
    duty.DutyHours: of_rota(lambda number: duty.DutyHours(number, number, 1), at_hours, on_one_weekday),
    **{kind: of_rota(kind) for kind in (duty.DutyCovered, duty.DutyGiven, duty.DutyBell, duty.DutyAskHours)},
    duty.DutyShifts: of_rota(duty.DutyShifts, lambda number: duty.DutyShifts(number, 3)),
    duty.DutyDays: of_rota(
        duty.DutyDays, lambda number: duty.DutyDays(number, 6), lambda number: duty.DutyDays(number, 24)
    ),
    duty.DutyExtra: of_rota(lambda number: duty.DutyExtra(number, DAY.isoformat())),
    duty.DutyDay: of_rota(
        lambda number: duty.DutyDay(number, DAY.isoformat()), lambda number: duty.DutyDay(number, DAY.isoformat(), 6)
    ),
    duty.DutyGaps: of_rota(lambda number: duty.DutyGaps(number, DAY.isoformat())),
    duty.DutyAway: of_rota(lambda number: duty.DutyAway(number, number, "2026-12-03", "2026-12-10")),
    duty.DutyWanted: of_rota(
        lambda number: duty.DutyWanted(number, duty.Hours(1, 480, 1200, day=DAY).number), in_place_of
    ),
    duty.DutyMine: turns,
    duty.DutyLeaveAsked: said_as_is(duty.DutyLeaveAsked()),
    duty.WatchCard: watches(duty.WatchCard),
    duty.WatchEmpty: watches(duty.WatchEmpty),
    duty.WatchPassed: watches(lambda number: duty.WatchPassed(number, number)),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = ()
