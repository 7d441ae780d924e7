"""Everything that is said about a visit once it is over: stars both ways, once more, and what else."""

from collections.abc import Callable, Mapping
from itertools import product

from bot.domain import closings, ratings, reopenings
from bot.domain.closings import Said, Side
from bot.domain.notices import Notice
from bot.domain.reopenings import Who
from tests.texts.readers import Data
from tests.texts.readers import Said as Samples
from tests.texts.samples_needs import closed_views


def of_closed(kind: Callable[[int], Notice]) -> Callable[[Data], Samples]:
    """A notice about a need, in every such view."""
    return lambda data: ((kind(data.number), view) for view in closed_views(data))


def whys(data: Data) -> Samples:
    """What is it this time?"""
    return ((reopenings.ReopenWhyAsked(data.number, who), view) for who in Who for view in closed_views(data))


def stars(kind: Callable[[int], Notice]) -> Callable[[Data], Samples]:
    """Stars of either side, with words and without."""

    def said(data: Data) -> Samples:
        for side, count, words in product(Side, (1, 5), (None, data.text[:500])):
            view = ratings.RatingView(Said(count, words, True), side, data.resident, data.helper, data.number)
            yield kind(data.number), view

    return said


SAMPLES: Mapping[type[Notice], Callable[[Data], Samples]] = {
    **{
        kind: of_closed(kind)
        for kind in (closings.ClosingMore, ratings.RatingWordsAsked, ratings.RatingKept, reopenings.ReopenAsked)
    },
    reopenings.ReopenWhyAsked: whys,
    ratings.NeedRated: stars(ratings.NeedRated),
    ratings.RatingLow: stars(ratings.RatingLow),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (
    *(closings.ClosingMore, ratings.RatingWordsAsked, ratings.RatingKept, ratings.NeedRated),
    *(reopenings.ReopenAsked, reopenings.ReopenWhyAsked),
)
