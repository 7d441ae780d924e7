"""What helpers leave for the next one."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import key, link, metadata, number, where, words

hints = Table(
    "hints",
    metadata,
    key(),
    link("need_id", "needs.id", doc="after which it was left"),
    link("area_id", "areas.id", doc="of which place it speaks"),
    link("person_id", "persons.id", doc="whose home it is"),
    link("by_id", "persons.id", doc="who left it"),
    words("text", nullable=True, doc="sealed; NULL: taken away, or forgotten"),
    number("made_at"),
    number("corrected", default="0", doc="1: as the resident has it"),
    Index("hints_one", "need_id", "by_id", unique=True),
    Index("hints_home", "person_id", "area_id"),
    Index("hints_by", "by_id"),
    where("hints_words", "made_at", condition="text IS NOT NULL"),
)
