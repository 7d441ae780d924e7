"""What lies with a need or a draft beside words, voice notes and photos."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import key, link, metadata, number, where, words

enclosures = Table(
    "enclosures",
    metadata,
    key(),
    words("subject", doc='what it belongs to: "need:5" or, while it is being written, "draft:1:2"'),
    link("person_id", "persons.id", doc="who sent it"),
    words("kind", doc="point or ring; full: more photos or voice notes were sent than are kept"),
    words("data", nullable=True, doc="sealed: a place, or name and telephone; NULL: nothing but that it was so"),
    link("area_id", "areas.id", nullable=True, doc="the community in which a place is said to lie; NULL: no place"),
    number("at"),
    Index("enclosures_once", "subject", "kind", unique=True),
    where("enclosures_area", "area_id", "id", condition="area_id IS NOT NULL"),
)
