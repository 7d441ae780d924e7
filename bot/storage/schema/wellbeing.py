"""One small question more, each morning."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.schema.base import Big, key, link, metadata, number, words

wellbeing = Table(
    "wellbeing",
    metadata,
    key(),
    link("person_id", "persons.id"),
    link("checkin_id", "checkins.id", doc="the morning's question after whose answer it is asked"),
    words("day", doc="the local date, YYYY-MM-DD"),
    words("topic", doc="sleep, food, medicine or mood"),
    number("asked_at"),
    number("good", nullable=True, doc="1 good, 0 not good; NULL: not answered"),
    number("answered_at", nullable=True, doc="NULL: not answered"),
    Index("wellbeing_once", "person_id", "day", unique=True),
    Index("wellbeing_day", "day"),
)

wellbeing_plans = Table(
    "wellbeing_plans",
    metadata,
    Column("plan_id", Big, ForeignKey("plans.id"), primary_key=True, autoincrement=False),
    number("since", doc="when a coordinator switched it on"),
)
