"""Everything that is said about visits, and about what is left for the next helper."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain import hints, visits
from bot.domain.hints import Hint, HintView
from bot.domain.notices import Notice
from bot.domain.visits import Visit, VisitPhotoView, VisitView
from tests.texts.readers import HOME, NOW, Data, Said
from tests.texts.samples_needs import of_need

KINDS = tuple(one.code for one in HOME.catalogue.categories)


def views(data: Data) -> Iterator[VisitView]:
    """There, silent, done; by the helper, the resident and whoever is in charge."""
    there = Visit(data.number, 7, data.number, 2, NOW, begun_at=NOW, act_at=NOW)
    silent = replace(there, asked_at=NOW, told_at=NOW)
    ended = there.end(NOW + timedelta(minutes=47))
    never = Visit(data.number, 7, data.number, 2, NOW).end(NOW)
    looked = ended.took(60).looks_again(NOW.date() + timedelta(days=3), HOME.timezone)
    view = VisitView(there, data.resident, data.helper, data.place, NOW, kinds=KINDS)
    for one in (there, silent, ended, never, looked):
        yield replace(view, visit=one, telephone=data.telephone, text=data.text)
        hint = data.text[: hints.HINT_LIMIT]
        yield replace(view, visit=one, mine=True, hint=hint, photos=2, may_pass_on=True, kinds=KINDS[:1])


def of_visit(*made: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about a visit, in every view."""
    return lambda data: ((one(data.number), view) for one in made for view in views(data))


def photos(data: Data) -> Said:
    """With and without words."""
    for words in ("", data.text):
        yield visits.VisitPhoto(data.number, 3), VisitPhotoView(data.number, data.helper, "x", words)


def of_hint(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """As it was left, as the resident has it, and taken away."""

    def said(data: Data) -> Said:
        left = Hint(data.number, data.number, 1, 1, 2, data.text[: hints.HINT_LIMIT], NOW)
        for hint in (left, replace(left, corrected=True), replace(left, text=None)):
            yield kind(data.number), HintView(hint, data.helper)

    return said


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    **{
        kind: of_visit(kind)
        for kind in (
            *(visits.VisitCard, visits.VisitSilent, visits.VisitWellAsked, visits.VisitMinutesAsked),
            *(visits.VisitPhotoAsked, visits.VisitHintAsked, visits.VisitOtherAsked, visits.VisitLookAsked),
            *(visits.VisitLookDayAsked, visits.VisitLookDue, visits.VisitAgainAsked),
        )
    },
    visits.VisitReasonAsked: of_visit(lambda number: visits.VisitReasonAsked(number, KINDS[0])),
    visits.VisitPhoto: photos,
    **{kind: of_need(kind) for kind in (visits.VisitBegun, visits.VisitPassedOn)},
    **{kind: of_hint(kind) for kind in (hints.HintCard, hints.HintAsked)},
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (
    *(visits.VisitBegun, visits.VisitPassedOn, visits.VisitPhoto, visits.VisitAgainAsked),
    *(hints.HintCard, hints.HintAsked),
)
