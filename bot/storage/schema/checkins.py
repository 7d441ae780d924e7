"""Check-ins."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import due, key, link, metadata, number, words

checkins = Table(
    "checkins",
    metadata,
    key(),
    link("plan_id", "plans.id"),
    link("person_id", "persons.id"),
    link("area_id", "areas.id"),
    words("day", doc="the local date, YYYY-MM-DD"),
    number("slot", doc="minutes of the local day"),
    words("channel", doc="chat, call or knock"),
    words("state", doc="asked, answered, excused, alert or not_asked"),
    number("asked_at"),
    number("due_at"),
    words("nudges", doc="minutes before the end, comma-separated; empty: none"),
    number("step", doc="how many nudges were sent"),
    words("answer", nullable=True, doc="well, call_me, help, words, sign, early, seen, spoken or proxy; NULL: none"),
    number("answered_at", nullable=True, doc="when it was said, not when it was read; NULL: not yet"),
    link("answered_by", "persons.id", nullable=True, doc="NULL: not yet"),
    number("act_at", nullable=True, doc="the next nudge or the end; NULL: nothing will happen by itself"),
    number("version", default="0"),
    Index("checkins_once", "person_id", "day", "slot", unique=True),
    due("checkins"),
    Index("checkins_round", "area_id", "day", "slot"),
)
