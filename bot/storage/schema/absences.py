"""Absences of people who are cared for."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import due, key, link, metadata, number, where, words

absences = Table(
    "absences",
    metadata,
    key(),
    link("plan_id", "plans.id"),
    link("person_id", "persons.id"),
    link("area_id", "areas.id"),
    words("reason", doc="travel, hospital or family"),
    link("owner_id", "persons.id", doc="who answers for it, and is asked before the return"),
    number("from_at"),
    number("until_at"),
    number("asked_at", nullable=True, doc="when somebody was asked whether the return stands; NULL: not yet"),
    number("confirmed_at", nullable=True, doc="NULL: nobody has said so"),
    number("ended_at", nullable=True, doc="NULL: still away"),
    number("visit_at", nullable=True, doc="when somebody visits after a hospital; NULL: nobody has to"),
    number("act_at", nullable=True, doc="when somebody is asked, it ends, or the visit is; NULL: nothing waits"),
    number("version", default="0"),
    due("absences"),
    where("absences_one", "plan_id", condition="ended_at IS NULL", unique=True),
    Index("absences_area", "area_id", "ended_at"),
    Index("absences_person", "person_id", "from_at"),
)
