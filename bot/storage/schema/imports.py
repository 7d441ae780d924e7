"""Tables that somebody sent to be imported."""

from sqlalchemy import Table

from bot.storage.schema.base import due, key, link, metadata, number, words

imports = Table(
    "imports",
    metadata,
    key(),
    number("bot_id"),
    link("person_id", "persons.id", doc="who sent it, and may import it"),
    link("area_id", "areas.id", doc="for which place"),
    words("file_id", doc="sealed: by what Telegram knows the file"),
    number("tries", default="0", doc="how often it was asked for in vain"),
    number("act_at", nullable=True, doc="when it is fetched; NULL: it has been read"),
    due("imports"),
)
