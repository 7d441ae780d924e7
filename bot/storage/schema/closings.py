"""What the two sides of a visit say of it once it is over, and what becomes of that."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import due, key, link, metadata, number, where, words

ratings = Table(
    "ratings",
    metadata,
    key(),
    link("need_id", "needs.id"),
    link("person_id", "persons.id", doc="who says it"),
    link("other_id", "persons.id", doc="of whom; they read nothing of it before it is shown"),
    words("side", doc="which side says it: resident or helper"),
    number("stars", doc="1 to 5; the first ones stand"),
    words("words", nullable=True, doc="sealed; NULL: none were written, or they are forgotten"),
    number("claimed_at", doc="which visit: when the need was claimed for it"),
    number("rated_at"),
    number("shown_at", nullable=True, doc="when the other side was shown it; NULL: not yet"),
    number("act_at", nullable=True, doc="when it is shown by itself; NULL: it is"),
    number("version", default="0"),
    due("ratings"),
    Index("ratings_once", "need_id", "person_id", "claimed_at", unique=True),
    Index("ratings_person", "person_id"),
    Index("ratings_other", "other_id"),
)

reopenings = Table(
    "reopenings",
    metadata,
    key(),
    link("need_id", "needs.id"),
    link("person_id", "persons.id", doc="the resident"),
    words("why", doc="not_done, broke or words"),
    words("words", nullable=True, doc="sealed; NULL: none were written, or they are forgotten"),
    number("at"),
    Index("reopenings_need", "need_id"),
    Index("reopenings_person", "person_id"),
)

unease = Table(
    "unease",
    metadata,
    key(),
    number("bot_id"),
    link("need_id", "needs.id"),
    link("area_id", "areas.id"),
    link("person_id", "persons.id", doc="who did not feel safe"),
    link("other_id", "persons.id", doc="with whom; they never read anything of it"),
    link("helper_id", "persons.id", doc="which of the two came to help"),
    number("said_at"),
    words("words", nullable=True, doc="sealed; NULL: none were written, or they are forgotten"),
    number("handled_at", nullable=True, doc="when somebody wrote what was done; NULL: nobody has"),
    link("handled_by", "persons.id", nullable=True, doc="NULL: nobody yet"),
    words("note", nullable=True, doc="sealed: what was done; NULL: nothing was written, or it is forgotten"),
    number("lifted_at", nullable=True, doc="when the two could be brought together again; NULL: they cannot"),
    number("act_at", nullable=True, doc="when who is in charge is reminded; NULL: nobody is any more"),
    number("version", default="0"),
    due("unease"),
    where("unease_once", "need_id", "person_id", condition="handled_at IS NULL", unique=True),
    where("unease_person", "person_id", "other_id", condition="lifted_at IS NULL"),
    where("unease_other", "other_id", "person_id", condition="lifted_at IS NULL"),
)
