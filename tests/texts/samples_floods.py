"""Everything that is said while very many come at once."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.domain.floods import FloodCard, FloodView, Flow, JoinView, JoinWaits
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said


def join_waits(data: Data) -> Said:
    """In an hour, and tomorrow."""
    for hours in (1, 20):
        yield JoinWaits(data.number), JoinView(data.place, NOW + timedelta(hours=hours), NOW)


def flood(data: Data) -> Said:
    """Of each kind: many wait, one waits, nobody waits; limited and not."""
    later = NOW + timedelta(hours=7)
    for flow in Flow:
        for waiting, last_at in ((900, later), (1, NOW), (0, None)):
            for until in (None, later):
                yield (
                    FloodCard(data.number, flow.value),
                    FloodView(data.place, flow, waiting, 60, last_at, until, NOW),
                )


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {JoinWaits: join_waits, FloodCard: flood}
FOR_RESIDENTS: tuple[type[Notice], ...] = (JoinWaits,)
