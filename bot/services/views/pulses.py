"""What is told of the program's copies says all there is to know of them."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.pulses import CopyTroubled, CopyWell
from bot.services.views.look import Look
from bot.storage.database import Transaction


def as_is(tx: Transaction, notice: CopyTroubled | CopyWell, look: Look) -> None:
    """Nothing more is known."""


VIEWS: Mapping[type[Notice], Callable[..., object]] = {CopyTroubled: as_is, CopyWell: as_is}
