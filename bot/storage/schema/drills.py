"""Practice alerts, and what became of each for whom."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.schema.base import Big, due, key, link, metadata, number, where, words

drills = Table(
    "drills",
    metadata,
    key(),
    number("bot_id"),
    link("area_id", "areas.id", doc="whose ladder is practised"),
    link("started_by", "persons.id", doc="who reads the report"),
    link("person_id", "persons.id", nullable=True, doc="the one volunteer who practises; NULL: the whole chain"),
    number("quick", doc="1: a minute a rung"),
    words("ladder", doc="its own copy, as in alerts"),
    number("rung", doc="which rung is tried next; beyond the last one: all were tried"),
    words("empty", doc="rungs on which nobody stood, comma-separated; empty: none"),
    number("started_at"),
    number("ended_at", nullable=True, doc="NULL: it runs"),
    words("ending", nullable=True, doc="done, stopped or time; NULL: it runs"),
    number("act_at", nullable=True, doc="the next rung, or the end; NULL: it has ended"),
    number("version", default="0"),
    due("drills"),
    where("drills_one", "area_id", condition="ended_at IS NULL", unique=True),
    Index("drills_area", "area_id", "started_at"),
)

drill_people = Table(
    "drill_people",
    metadata,
    Column("drill_id", Big, ForeignKey("drills.id"), primary_key=True),
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True),
    words("rung", doc="as who they were told, as in alert_people"),
    number("told_at"),
    number("reached_at", nullable=True, doc="when Telegram took the message; NULL: not yet"),
    number("failed_at", nullable=True, doc="when it was clear that no message reaches them; NULL: it does"),
    number("taken_at", nullable=True, doc="I'll look; NULL: not yet"),
    number("arrives_at", nullable=True, doc="NULL: not said"),
    number("done_at", nullable=True, doc="NULL: not yet"),
)
