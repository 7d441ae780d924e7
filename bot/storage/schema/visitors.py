"""How visitors are announced: what whoever is visited wishes to know, and whose face may be shown."""

from sqlalchemy import Column, ForeignKey, Table

from bot.storage.schema.base import Big, metadata, number, words

visitor_wishes = Table(
    "visitor_wishes",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True, autoincrement=False),
    number("asked_at"),
    words("wish", nullable=True, doc="face, name or word; NULL: not said yet"),
)

visitor_faces = Table(
    "visitor_faces",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True, autoincrement=False),
    number("asked_at"),
    number("given_at", nullable=True, doc="when they gave the photo that may be shown; NULL: none, or taken back"),
)
