"""Everything that is said about absences."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain import absences
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said


def views(data: Data) -> Iterator[absences.AbsenceView]:
    """An absence for each reason, running and ended, about the reader and about another; and none yet."""
    for reason in absences.AbsenceReason:
        until = NOW + timedelta(days=7)
        one = absences.Absence(data.number, 1, 1, 1, reason, 2, NOW, until)
        for about_me in (True, False):
            view = absences.AbsenceView(one, data.resident, data.owner, about_me, NOW)
            yield view
            others = tuple((data.number - at, data.owner) for at in range(7))
            yield replace(view, may_change=True, others=others)
            yield replace(view, absence=replace(one, ended_at=NOW))
            yield replace(view, absence=None)


def of_absence(*notices: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about an absence, in every view."""
    return lambda data: ((notice(data.number), view) for notice in notices for view in views(data))


def lists(data: Data) -> Said:
    """The weekly list, short and long."""
    row = (data.resident, data.owner, NOW, False)
    for rows in ((row,), (row, (*row[:3], True)) * 40):
        yield absences.AbsenceList(data.number), absences.AbsencesView(data.place, rows, NOW)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    absences.AbsenceReasons: of_absence(absences.AbsenceReasons),
    absences.AbsenceFound: of_absence(absences.AbsenceFound),
    absences.AbsenceDays: of_absence(lambda number: absences.AbsenceDays(number, "travel")),
    **{
        kind: of_absence(kind)
        for kind in (
            *(absences.AbsenceBegun, absences.AbsenceAsked, absences.AbsenceForgotten, absences.CameHome),
            *(absences.AbsenceDay, absences.AbsenceOwners, absences.AbsenceYours),
        )
    },
    absences.AbsenceList: lists,
}
FOR_RESIDENTS: tuple[type[Notice], ...] = ()
