"""Everything that is said about being forgotten, and about what is known of somebody."""

from collections.abc import Callable, Iterator, Mapping

from bot.domain import erasures, exports
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said, said_as_is


def views(data: Data) -> Iterator[erasures.ErasureView]:
    """Somebody whom nothing holds, somebody cared for with needs running, and somebody who holds everything."""
    yield erasures.ErasureView(False, 0, ())
    yield erasures.ErasureView(True, 1, ())
    held = tuple(erasures.Obstacle(hold, data.number, data.place) for hold in erasures.Hold)
    yield erasures.ErasureView(True, 3, held)


def of_mine(*made: Callable[[Data], Notice]) -> Callable[[Data], Said]:
    """Notices about the reader, in every view."""
    return lambda data: ((one(data), view) for one in made for view in views(data))


def record(data: Data) -> exports.Record:
    """One row of every kind."""
    fields = ("id", "name", "category", "text", "role", "answer", "outcome", "stars", "at", "posted_at")
    row = (1, data.resident, "groceries", data.text, "volunteer", "well", "fallen", 5, "2026-03-02T09:00+08:00", None)
    names = ("person", "requests", "alerts", "questions", "roles", "showings", "history", "unheard of")
    return exports.Record(NOW, data.language.value, tuple(exports.Section(name, fields, (row,)) for name in names))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    erasures.ForgetAsked: of_mine(lambda data: erasures.ForgetAsked()),
    erasures.ForgetAskedAgain: of_mine(lambda data: erasures.ForgetAskedAgain(data.number)),
    erasures.ForgetRefused: of_mine(lambda data: erasures.ForgetRefused()),
    erasures.Forgotten: said_as_is(erasures.Forgotten()),
    erasures.CareLeft: lambda data: iter([(erasures.CareLeft(data.number), data.place)]),
    erasures.HelperLeft: lambda data: iter([(erasures.HelperLeft(data.number), data.resident)]),
    exports.ExportPaper: lambda data: iter([(exports.ExportPaper(), record(data))]),
    exports.ExportRecord: lambda data: iter([(exports.ExportRecord(), record(data))]),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = tuple(SAMPLES)[:4]
