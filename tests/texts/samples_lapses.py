"""Everything that is said about visits that did not come about."""

from collections.abc import Callable, Mapping

from bot.domain import lapses
from bot.domain.lapses import Lapse, LapseKind
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said
from tests.texts.samples_needs import of_need


def kept(data: Data) -> tuple[Lapse, ...]:
    """One of each kind, with words and without."""
    return tuple(
        Lapse(data.number - at, data.number - at, 1, kind, NOW, words)
        for at, (kind, words) in enumerate((kind, words) for kind in LapseKind for words in (None, data.text[:300]))
    )


def mine(data: Data) -> Said:
    """All of them, and none."""
    yield lapses.MyLapses(), lapses.LapsesView(())
    yield lapses.MyLapses(), lapses.LapsesView(kept(data))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    lapses.MyLapses: mine,
    lapses.LapseWordAsked: lambda data: iter([(lapses.LapseWordAsked(data.number), None)]),
    lapses.NotComeSaid: of_need(lapses.NotComeSaid),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (lapses.MyLapses, lapses.LapseWordAsked)
