"""What happened, and who saw what."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import key, link, metadata, number, where, words

history = Table(
    "history",
    metadata,
    key(),
    number("at"),
    link("actor_id", "persons.id", nullable=True, doc="NULL: time, by itself"),
    words("subject", doc='"need:12"'),
    words("event"),
    words("before", nullable=True, doc="state before; NULL: there was none"),
    words("after", nullable=True, doc="state after; NULL: unchanged"),
    words("detail", nullable=True, doc="sealed: a reason, a remark; NULL: none"),
    Index("history_subject", "subject", "id"),
    where("history_details", "at", condition="detail IS NOT NULL"),
)

disclosures = Table(
    "disclosures",
    metadata,
    key(),
    number("at"),
    link("viewer_id", "persons.id", doc="to whom it was shown"),
    link("person_id", "persons.id", doc="whose contact data it was"),
    words("subject", doc="for which need or alert"),
    Index("disclosures_person", "person_id", "at"),
    Index("disclosures_viewer", "viewer_id", "at"),
    Index("disclosures_at", "at"),
)
