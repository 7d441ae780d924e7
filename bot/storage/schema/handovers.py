"""Who asks whom to go instead."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import due, key, link, metadata, number

handovers = Table(
    "handovers",
    metadata,
    key(),
    link("need_id", "needs.id"),
    link("from_id", "persons.id", doc="who goes, and would hand it over"),
    link("to_id", "persons.id", doc="who is asked to go instead"),
    number("asked_at"),
    number(
        "act_at", nullable=True, doc="until when the question is open; never NULL: what is answered is no row any more"
    ),
    due("handovers"),
    Index("handovers_from", "need_id", "from_id", unique=True),
    Index("handovers_to", "to_id"),
)
