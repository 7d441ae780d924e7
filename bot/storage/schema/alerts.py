"""Alerts, and whom they told."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.schema.base import Big, due, key, link, metadata, number, where, words

alerts = Table(
    "alerts",
    metadata,
    key(),
    number("bot_id"),
    link("person_id", "persons.id", doc="who must be looked after"),
    link("area_id", "areas.id"),
    words("cause", doc="missed, unvisited, unopened, worry, call_me, unreached or help"),
    words("state", doc="open, taken or closed"),
    number("opened_at"),
    words("ladder", doc="its own copy, as in plans"),
    number("rung", doc="which rung is tried next"),
    number("gap_minutes", doc="from the rung tried last to the next"),
    link("taken_by", "persons.id", nullable=True, doc="NULL: nobody"),
    number("arrives_at", nullable=True, doc="NULL: not said"),
    words("outcome", nullable=True, doc="what was found; NULL: not ended"),
    words("remark", nullable=True, doc="sealed; NULL: none"),
    link("closed_by", "persons.id", nullable=True, doc="who recorded it; NULL: not ended, or the person answered late"),
    number("drill", doc="1: a practice alert"),
    number("act_at", nullable=True, doc="when the ladder goes on; NULL: ended"),
    number("version", default="0"),
    number("arrived_at", nullable=True, doc="when whoever has it said that they are there; NULL: not yet"),
    number("checked_at", nullable=True, doc="when they were asked whether they are well themselves; NULL: not asked"),
    words("reason", nullable=True, doc="what was behind a false alarm; NULL: none, or not said"),
    due("alerts"),
    where("alerts_one", "person_id", condition="state <> 'closed'", unique=True),
    Index("alerts_area", "area_id", "state"),
    Index("alerts_person", "person_id", "opened_at"),
    Index("alerts_month", "area_id", "opened_at"),
)

alert_people = Table(
    "alert_people",
    metadata,
    Column("alert_id", Big, ForeignKey("alerts.id"), primary_key=True),
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True),
    number("told_at"),
    words("rung", doc="as who they were told: duty, neighbour, leaders, coordinators, contacts or street"),
    number("joined_at", nullable=True, doc="since when they go along; NULL: they do not"),
)

alert_offers = Table(
    "alert_offers",
    metadata,
    Column("alert_id", Big, ForeignKey("alerts.id"), primary_key=True, autoincrement=False),
    link("person_id", "persons.id", doc="who is asked to take it over"),
    number("at"),
)
