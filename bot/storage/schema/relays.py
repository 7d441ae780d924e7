"""What resident and helper wrote to each other."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import key, link, metadata, number, where, words

relays = Table(
    "relays",
    metadata,
    key(),
    number("bot_id"),
    link("need_id", "needs.id"),
    link("from_id", "persons.id", doc="who wrote"),
    link("to_id", "persons.id", doc="for whom it was"),
    words("text", nullable=True, doc="sealed; NULL: a voice note or photo without words, or forgotten"),
    number("sent_at"),
    number("failed_at", nullable=True, doc="when it was known that it did not reach them; NULL: it did, or may"),
    Index("relays_need", "need_id", "from_id", "sent_at"),
    Index("relays_from", "from_id"),
    Index("relays_to", "to_id"),
    where("relays_words", "sent_at", condition="text IS NOT NULL"),
)
