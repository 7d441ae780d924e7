"""Who was forgotten: a number without a name, and a mark by which a restored backup is brought up to date."""

from sqlalchemy import Column, Index, Table, Text

from bot.storage.schema.base import key, link, metadata, number

erasures = Table(
    "erasures",
    metadata,
    key(),
    link("person_id", "persons.id", doc="whose row it was; nothing personal is left in it"),
    Column("mark", Text, nullable=False, unique=True, doc="keyed hash, the same in every copy of this database"),
    number("at"),
    Index("erasures_person", "person_id"),
)
