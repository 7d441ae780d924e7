"""Digests: who wants what can wait gathered, and what is gathered."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.schema.base import Big, key, link, metadata, number, where, words

digests = Table(
    "digests",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True, autoincrement=False),
    number("since", doc="when they chose it"),
    number("act_at", doc="when the next one is due"),
    words("hours", nullable=True, doc="minutes of the day when it is said, comma-separated; NULL: the usual ones"),
    Index("digests_act", "act_at"),
)

digest_news = Table(
    "digest_news",
    metadata,
    key(),
    link("person_id", "persons.id", doc="who will read it"),
    words("kind", doc="the notice's name"),
    words("data", doc="the notice's fields as JSON: ids and plain facts only"),
    number("gathered_at"),
    number("said_at", nullable=True, doc="when it was put into a digest; NULL: it waits"),
    Index("digest_news_person", "person_id", "id"),
    where("digest_news_said", "said_at", condition="said_at IS NOT NULL"),
)
