"""Everything that is said about when volunteers are asked, and about partings."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain import helpers, partings
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said


def views(data: Data) -> Iterator[helpers.HelperView]:
    """A volunteer who said nothing, everything, rests for each reason, was silent."""
    plain = helpers.HelperView(helpers.Helper(data.number), (22 * 60, 7 * 60), 5, NOW, helpers.QUIET_CHOICES)
    yield plain
    yield replace(plain, quiet=(0, 0), offers_a_day=1)
    for rest in helpers.Rest:
        for days in (0, 1, 40):
            until = NOW + timedelta(days=days, hours=2)
            yield replace(plain, helper=replace(plain.helper, rest=rest, rest_until=until, silent=6))
    yield replace(plain, helper=replace(plain.helper, night_now=True, times=2**21 - 1), offers_a_day=10)


def of_helper(notice: Callable[[Data], Notice]) -> Callable[[Data], Said]:
    """A notice about a volunteer, in every view."""
    return lambda data: ((notice(data), view) for view in views(data))


def noted(data: Data) -> Said:
    """Each word, understood."""
    for word in helpers.Word:
        for view in views(data):
            yield helpers.RestNoted(data.number, word.value), view


def parting(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """Said, and taken back."""
    return lambda data: ((kind(data.number), partings.PartingView(data.helper, kept)) for kept in (True, False))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    helpers.HelperCard: of_helper(lambda data: helpers.HelperCard(data.number)),
    helpers.AskedLess: of_helper(lambda data: helpers.AskedLess(data.number)),
    helpers.RestNoted: noted,
    partings.PartingAsked: parting(partings.PartingAsked),
    partings.PartingKept: parting(partings.PartingKept),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (partings.PartingAsked, partings.PartingKept)
