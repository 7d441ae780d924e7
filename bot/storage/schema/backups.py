"""Backups that were made, or should have been."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import key, metadata, number, words

backups = Table(
    "backups",
    metadata,
    key(),
    number("slot_at", nullable=True, doc="when it was due; NULL: made by hand"),
    words("copy", doc="which copy of the program makes it"),
    number("begun_at"),
    number("ended_at", nullable=True, doc="NULL: not made yet"),
    words("name", nullable=True, doc="the file's; NULL: not made yet"),
    words("error", nullable=True, doc="full, folder, tool or database: why the last try failed; NULL: it did not"),
    Index("backups_slot", "slot_at", unique=True),
)
