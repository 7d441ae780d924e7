"""Everything that is said about posters."""

from collections.abc import Callable, Mapping

from bot.domain import posters
from bot.domain.notices import Notice
from bot.domain.posters import PosterChoice, PosterChoiceView, PosterFile, PosterPlace
from tests.texts.readers import Data, Said


def choices(data: Data) -> Said:
    """Several places of one's own, one with many parts, one building, and a city that is too much for a chat."""
    parts = tuple((data.number - at, data.place[:60]) for at in range(8))
    yield PosterChoice(), PosterChoiceView(None, "", 0, parts, 0, True, None)
    yield PosterChoice(1), PosterChoiceView(data.number, data.place, 200, parts, 1, True, data.number - 9)
    yield PosterChoice(2), PosterChoiceView(data.number, data.place, 1, (), 0, False, 0)
    too_many = posters.PAGES_A_FILE * posters.FILES_AT_MOST + 1
    yield PosterChoice(3), PosterChoiceView(data.number, data.place, too_many, parts, 0, False, None)


def files(data: Data) -> Said:
    """One poster, and several in both languages."""
    place = PosterPlace(data.place[:60], (data.place[:60],), data.place[:60], f"b{'x' * 16}")
    yield PosterFile(1, data.language.value), (place,)
    yield PosterFile(1, "zh+en", 1), (place, place)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {PosterChoice: choices, PosterFile: files}
