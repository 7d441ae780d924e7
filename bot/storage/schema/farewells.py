"""Farewells: somebody has died, and everything about them was taken back."""

from sqlalchemy import Table

from bot.storage.schema.base import due, key, link, metadata, number, where, words

farewells = Table(
    "farewells",
    metadata,
    key(),
    link("person_id", "persons.id"),
    link("area_id", "areas.id"),
    link("plan_id", "plans.id", nullable=True, doc="the care plan that ended with it; NULL: they had none"),
    link("alert_id", "alerts.id", nullable=True, doc="the alert that ended with it; NULL: none was open"),
    link("by_id", "persons.id", doc="who said so"),
    number("at"),
    number("until_at", doc="so long it can be taken back"),
    words("checkins", doc="numbers of the missed check-ins that were excused with it, comma-separated"),
    number("undone_at", nullable=True, doc="when it turned out to be a mistake; NULL: it stands"),
    link("undone_by", "persons.id", nullable=True, doc="NULL: it stands"),
    number("act_at", nullable=True, doc="when it cannot be taken back any more; NULL: nothing waits"),
    number("version", default="0"),
    due("farewells"),
    where("farewells_one", "person_id", condition="undone_at IS NULL", unique=True),
)
