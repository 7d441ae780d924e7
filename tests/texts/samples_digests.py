"""Everything that is said in a digest."""

from collections.abc import Callable, Mapping

from bot.domain.checkins import SlotView
from bot.domain.digests import CALM, GATHERED, PIECES, Digest, DigestPlace, DigestView
from bot.domain.duty import DutyGaps
from bot.domain.notices import Notice
from tests.texts import (
    samples_absences,
    samples_care,
    samples_closings,
    samples_duty,
    samples_needs,
    samples_volunteers,
)
from tests.texts.readers import NOW, Data, Said

NEWS = {
    **samples_absences.SAMPLES,
    **samples_care.SAMPLES,
    **samples_closings.SAMPLES,
    **samples_duty.SAMPLES,
    **samples_needs.SAMPLES,
    **samples_volunteers.SAMPLES,
}


def pieces(data: Data) -> list[tuple[Notice, object]]:
    """Every piece of news that a digest can hold, said in every way."""
    return [piece for kind in (*GATHERED, *CALM) if kind is not DutyGaps for piece in NEWS[kind](data)]


def digests(data: Data) -> Said:
    """The rounds alone, the news alone, both at their longest."""
    slot = SlotView("08:00", 40, 37, 2, 1, (data.resident,) * 16, 1, 2, unheard=500, unheard_names=(data.helper,) * 16)
    calm = SlotView("08:00", 40, 40, 0, 0, ())
    full = DigestPlace(data.place, (slot, calm, calm), (data.resident,) * 8, (data.helper,) * 8)
    quiet = DigestPlace(data.place, (calm,), (), ())
    yield Digest(0, 0, 1), DigestView((quiet,), (), NOW)
    yield Digest(0, 0, 1), DigestView((full, quiet, quiet, quiet), (), NOW)
    news = pieces(data)
    for at in range(0, len(news), PIECES):
        some = tuple(news[at : at + PIECES])
        yield Digest(data.number, data.number, 0), DigestView((), some, NOW)
        yield Digest(data.number, data.number, 1), DigestView((full, quiet), some, NOW)
    for gaps in NEWS[DutyGaps](data):
        yield Digest(data.number, data.number, 1), DigestView((full, quiet, quiet, quiet), (gaps,), NOW)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {Digest: digests}
