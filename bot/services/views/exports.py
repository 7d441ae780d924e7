"""What stands in the file that somebody asked for about themselves."""

from collections.abc import Callable, Mapping

from bot.domain.exports import ExportNotice, Record
from bot.domain.notices import Notice
from bot.services import exports
from bot.services.views.look import Look
from bot.storage.database import Transaction


def record(tx: Transaction, notice: ExportNotice, look: Look) -> Record:
    """The reader's own, and nobody else's."""
    if look.person_id is None:
        raise LookupError("an export is read by a person")
    return exports.record(tx, look.home, look.person_id, now=look.now)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {ExportNotice: record}
