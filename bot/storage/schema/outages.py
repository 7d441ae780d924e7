"""Times in which the program heard nobody."""

from sqlalchemy import Table

from bot.storage.schema.base import due, key, metadata, number

outages = Table(
    "outages",
    metadata,
    key(),
    number("since_at"),
    number("until_at"),
    number("told_area", default="0", doc="the last community whose coordinators were told, by number; 0: none yet"),
    number("act_at", nullable=True, doc="when the next ones are told; NULL: all have been"),
    due("outages"),
)
