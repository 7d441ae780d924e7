"""Everything that is said about backups."""

from collections.abc import Callable, Iterator, Mapping

from bot.domain import backups
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said

THEN = int(NOW.timestamp())


def put_back(data: Data) -> Said:
    """With nothing to look at, and with all of it."""
    yield backups.PutBack(1, THEN - 90_000, THEN, 0, 0, 0, 0, 0, 0, 0, THEN), data.place
    yield (
        backups.PutBack(1, THEN - 3600, THEN, 12, data.number, THEN - 3000, THEN - 60, 1, 2, 3, THEN + 3600),
        data.place,
    )


def failed(data: Data) -> Iterator[tuple[Notice, object]]:
    """For every reason."""
    return ((backups.BackupFailed(why.value), None) for why in backups.Why)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    backups.BackupFailed: failed,
    backups.PutBack: put_back,
    backups.AlertPutBack: lambda data: iter(
        [(backups.AlertPutBack(data.number, THEN - 90_000, THEN + 600), data.resident)]
    ),
}
