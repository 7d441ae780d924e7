"""Coordinators who are away for some days: others of the place stand in for them."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.schema.base import Big, metadata, number

deputies = Table(
    "deputies",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True, autoincrement=False, doc="who is away"),
    number("since", doc="when they said so"),
    number("until_at", doc="when they are told again"),
    number("act_at", doc="when it ends by itself, or is looked at again"),
    Index("deputies_act", "act_at"),
)
