"""What is known of the database itself."""

from sqlalchemy import Column, Table, Text

from bot.storage.schema.base import metadata, words

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    words(
        "value",
        doc="what is known of the database itself: a sealed word that shows whether the key is the right one, which"
        " key seals, a bot's name, how far a change of keys or a move has come",
    ),
)
