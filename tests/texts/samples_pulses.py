"""Everything that is said about the program's own copies."""

from collections.abc import Callable, Mapping

from bot.domain import pulses
from bot.domain.notices import Notice
from tests.texts.readers import Data, Said

SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    pulses.CopyTroubled: lambda data: iter(
        (pulses.CopyTroubled(data.helper, ails), None) for ails in (pulses.GONE, "intake,ticks,loop")
    ),
    pulses.CopyWell: lambda data: iter([(pulses.CopyWell(data.helper), None)]),
}
