"""Surges: one question more each day in a place; and each person whom one reaches."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import due, key, link, metadata, number, where, words

surges = Table(
    "surges",
    metadata,
    key(),
    number("bot_id"),
    link("area_id", "areas.id"),
    words("kind", doc="heat, typhoon or cold"),
    number("slot", doc="minutes of the local day"),
    number("days", doc="how many days it asks"),
    number("begins_in", doc="days from the day on which it is turned on"),
    words("words", nullable=True, doc="sealed; NULL: the usual words"),
    link("made_by", "persons.id"),
    number("made_at"),
    link("begun_by", "persons.id", nullable=True, doc="who turned it on; NULL: nobody yet"),
    number("begun_at", nullable=True, doc="NULL: it is being written down"),
    words("first_day", nullable=True, doc="the local date, YYYY-MM-DD; NULL: not on yet"),
    words("last_day", nullable=True, doc="as above, included"),
    link("ended_by", "persons.id", nullable=True, doc="who ended it early; NULL: nobody"),
    number("ended_at", nullable=True, doc="NULL: not over"),
    words("stage", doc="tell, visits, ask or over: what it does next"),
    words("day", nullable=True, doc="the local date that is asked next; NULL: not on yet"),
    number("cursor_area", doc="how far the fan-out has come"),
    number("cursor_plan", doc="as above, within that place"),
    number("act_at", nullable=True, doc="when it goes on; NULL: nothing will happen by itself"),
    number("version", default="0"),
    due("surges"),
    where("surges_one", "area_id", "kind", condition="begun_at IS NOT NULL AND ended_at IS NULL", unique=True),
)

askings = Table(
    "askings",
    metadata,
    key(),
    link("surge_id", "surges.id"),
    link("plan_id", "plans.id"),
    link("person_id", "persons.id"),
    number("told_at", nullable=True, doc="when they were told what comes; NULL: not yet"),
    words("from_day", nullable=True, doc="the first local date that is still to be asked; NULL: none is"),
    words("day", nullable=True, doc="the last one, included"),
    number("act_at", nullable=True, doc="when they are told or asked; NULL: nothing waits"),
    Index("askings_once", "surge_id", "person_id", unique=True),
    due("askings"),
)
