"""Which keys each running copy holds: a new one is used when all of them have it."""

from sqlalchemy import Column, Table, Text

from bot.storage.schema.base import metadata, number, words

keyrings = Table(
    "keyrings",
    metadata,
    Column("copy", Text, primary_key=True, doc="one running program"),
    words("keys", doc="its keys, each its name and the beginning of its hash, comma-separated"),
    words("seals", doc="the name of the key that it seals with"),
    number("at", doc="when it last said so"),
)
