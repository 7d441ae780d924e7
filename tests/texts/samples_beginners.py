"""Everything that is said about first visits that are made together."""

from collections.abc import Callable, Mapping

from bot.domain import beginners
from bot.domain.notices import Notice
from tests.texts.readers import Data, Said


def rules(data: Data) -> Said:
    """Every choice."""
    for visits in beginners.CHOICES:
        yield beginners.BeginnersCard(data.number), beginners.BeginnersView(data.place, visits)


def known(data: Data) -> Said:
    """They may go alone."""
    yield beginners.BeginnerKnown(data.number), None


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    beginners.BeginnersCard: rules,
    beginners.BeginnerKnown: known,
}
