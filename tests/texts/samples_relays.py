"""Everything that is said about words between the sides of a need."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bot.domain import relays
from bot.domain.notices import Notice
from bot.domain.relays import Relay, RelayView
from tests.texts.readers import NOW, Data, Said
from tests.texts.samples_needs import of_need


def views(data: Data) -> Iterator[RelayView]:
    """Words, a voice note, a photo with words; while it is open and after; and what is forgotten."""
    relay = Relay(data.number, 7, data.number, 1, 2, NOW, data.text)
    view = RelayView(relay, data.resident, data.helper, data.owner, True)
    for one in (view, replace(view, open=False, owner=None)):
        yield one
        yield replace(one, kind="photo", file_id="x")
        yield replace(one, relay=replace(relay, text=None), kind="voice", file_id="x")
        yield replace(one, relay=replace(relay, text=None))


def of_relay(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about words that were passed on, in every view."""
    return lambda data: ((kind(data.number), view) for view in views(data))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    **{kind: of_relay(kind) for kind in (relays.RelayCard, relays.RelayPassed, relays.RelayFailed)},
    **{kind: of_need(kind) for kind in (relays.RelayAsked, relays.RelayClosed, relays.RelayEarly)},
}
FOR_RESIDENTS: tuple[type[Notice], ...] = tuple(SAMPLES)
