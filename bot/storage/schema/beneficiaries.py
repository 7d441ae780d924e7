"""For whom somebody asks who is not themselves."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import key, link, metadata, number, words

beneficiaries = Table(
    "beneficiaries",
    metadata,
    key(),
    words("subject", doc='what is asked: "need:5" or, while it is being written, "draft:1:2"'),
    link("person_id", "persons.id", doc="who asks"),
    words("name", doc="sealed"),
    words("door", nullable=True, doc="sealed; NULL: not given"),
    words("telephone", nullable=True, doc="sealed, +E.164; NULL: not given"),
    number("agreed_at", nullable=True, doc="when the writer said that they agree; NULL: not said, so it is not posted"),
    number("at"),
    Index("beneficiaries_once", "subject", unique=True),
)
