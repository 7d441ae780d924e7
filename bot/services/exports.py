"""Everything that is known of a person, put together for themselves."""

from datetime import datetime

from bot.domain.exports import ExportPaper, ExportRecord, Record
from bot.domain.home import Home
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.storage import exports, history, persons
from bot.storage.database import Transaction
from bot.storage.history import Event


def ask(tx: Transaction, actor: Actor, *, now: datetime) -> tuple[Notice, ...]:
    """Somebody wants to have what is known of them: one file to read, one to keep. It is written down that they did."""
    history.write(tx, Event(now, actor.id, f"person:{actor.id}", "exported"))
    return ExportPaper(), ExportRecord()


def record(tx: Transaction, home: Home, person_id: int, *, now: datetime) -> Record:
    """What is known of a person now."""
    language = persons.language_of(tx, person_id).value
    sections = tuple(exports.sections(tx, person_id, home.timezone))
    return Record(now.astimezone(home.timezone), language, sections)
