"""Volunteers: their applications, who decided, and until when they have said yes."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import due, key, link, metadata, number, words

volunteers = Table(
    "volunteers",
    metadata,
    key(),
    link("person_id", "persons.id"),
    link("area_id", "areas.id", doc="where they help, and in all below"),
    words("state", doc="writing, applied, active, declined, suspended, retired or lapsed"),
    words(
        "about",
        nullable=True,
        doc="sealed JSON: skills, languages, hours, age, who vouches; NULL: came by an invitation",
    ),
    number("rules", nullable=True, doc="which version of the rules they agreed to; NULL: none yet"),
    number("agreed_at", nullable=True, doc="NULL: not yet"),
    link("decided_by", "persons.id", nullable=True, doc="who decided last; NULL: nobody yet, or the person themselves"),
    words("reason", nullable=True, doc="sealed: why; NULL: none was given"),
    number("renew_at", nullable=True, doc="until when they have said yes; NULL: not a volunteer now"),
    number("asked_at", nullable=True, doc="when they were asked whether they go on; NULL: not asked for this year"),
    number("act_at", nullable=True, doc="when they are asked, or it lapses; NULL: nothing will happen by itself"),
    number("version", default="0"),
    due("volunteers"),
    Index("volunteers_once", "person_id", "area_id", unique=True),
    Index("volunteers_area", "area_id", "state"),
)
