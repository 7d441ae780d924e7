"""Exports: everything that is known of a person, as a file that they can keep, read and give to somebody else."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.notices import Notice, Priority

# Whoever has been asked twice a day for years: the readable file shows the newest of each kind, the other one holds all.
READABLE_ROWS = 300
# More than this of one kind is kept of nobody in ten years.
ROWS_AT_MOST = 20_000

# What a field of the file may hold; None: not given.
Value = str | int | None


@dataclass(frozen=True)
class Section:
    """What one kind of record says: its name, its fields' names, and the rows."""

    name: str
    fields: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Record:
    """Everything that is known of a person. `made_at` is when it was put together."""

    made_at: datetime
    language: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class ExportNotice(Notice):
    """A file with what is known of the reader."""

    priority = Priority.ANSWER


class ExportPaper(ExportNotice):
    """To be read: a PDF."""


class ExportRecord(ExportNotice):
    """To be kept, or read by another program: JSON."""
