"""Everything that is said about looking again on a later day."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.domain import followups
from bot.domain.alerts import AlertDetails, AlertOutcome
from bot.domain.notices import Notice
from bot.domain.remarks import Remark, RemarkKind
from tests.texts.readers import NOW, Data, Said

DAY = date(2026, 3, 5)


def views(data: Data) -> Iterator[followups.FollowUpView]:
    """One that waits, is due, was handed over, is done, was taken back; with everything that was found, and with nothing."""
    waits = followups.FollowUp(data.number, 7, data.number, 1, 1, 1, DAY, NOW)
    done = replace(waits, done_at=NOW, done_by=2, note=data.text[:500])
    handed = replace(waits, told_at=NOW, handed_at=NOW)
    notes = tuple(Remark(RemarkKind.NOTED, data.helper, NOW, data.text) for _ in range(5))
    for one in (None, waits, handed, done, replace(done, note=None), replace(waits, done_at=NOW)):
        for mine in (True, False):
            by = data.owner if one and one.done_by else None
            view = followups.FollowUpView(
                one,
                data.resident,
                data.place,
                data.helper,
                AlertOutcome.ILL,
                NOW - timedelta(days=2),
                (),
                mine,
                NOW,
                by,
            )
            yield view
            yield replace(view, notes=notes, hidden=True)
            yield replace(view, notes=notes, details=AlertDetails(data.door, data.telephone, data.text[:500], ()))
            yield replace(view, outcome=None, details=AlertDetails(None, None, None, ()))


def lines(data: Data) -> tuple[followups.FollowUpLine, ...]:
    """On the day at a glance."""
    return tuple(followups.FollowUpLine(data.resident, data.owner, DAY, at % 2 == 0) for at in range(20))


def of_look(notice: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about a look, in every view."""
    return lambda data: ((notice(data.number), view) for view in views(data))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    kind: of_look(kind)
    for kind in (
        *(followups.FollowUpAsked, followups.FollowUpDayAsked, followups.FollowUpCard),
        *(followups.FollowUpMade, followups.FollowUpNoteAsked),
    )
}
FOR_RESIDENTS: tuple[type[Notice], ...] = ()
