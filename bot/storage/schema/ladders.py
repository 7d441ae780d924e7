"""Ladders that hold for a whole place."""

from sqlalchemy import Column, ForeignKey, Table

from bot.storage.schema.base import Big, metadata, words

ladders = Table(
    "ladders",
    metadata,
    Column("area_id", Big, ForeignKey("areas.id"), primary_key=True, autoincrement=False),
    words("ladder", doc='"0:duty,20:contacts1": for everybody there without one of their own'),
)
