"""Where first visits are made together, and who need not be accompanied."""

from sqlalchemy import Column, ForeignKey, Table

from bot.storage.schema.base import Big, link, metadata, number

beginner_rules = Table(
    "beginner_rules",
    metadata,
    Column(
        "area_id",
        Big,
        ForeignKey("areas.id"),
        primary_key=True,
        doc="this place and all below it without a rule of theirs",
    ),
    number("visits", doc="so many first visits are made together; 0: none is"),
)

beginners_known = Table(
    "beginners_known",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True, doc="who goes alone from the first visit on"),
    link("by_id", "persons.id", doc="who knows them and has said so"),
    number("at"),
)
