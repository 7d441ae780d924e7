"""Everything that is said when several go to one need."""

from collections.abc import Callable, Mapping

from bot.domain import seats
from bot.domain.notices import Notice
from tests.texts.readers import Data, Said
from tests.texts.samples_needs import of_need

SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    kind: of_need(kind)
    for kind in (seats.SeatsAsked, seats.SeatJoined, seats.SeatLed, seats.SeatLeft, seats.SeatsMissing)
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (seats.SeatJoined, seats.SeatsAsked)
