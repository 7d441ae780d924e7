"""A helper's going to a need: when they were there, whether they are well, how long it took."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import due, key, link, metadata, number, words

visits = Table(
    "visits",
    metadata,
    key(),
    number("bot_id"),
    link("need_id", "needs.id"),
    link("helper_id", "persons.id", doc="who goes there"),
    number("made_at"),
    number("begun_at", nullable=True, doc="when they said that they are there; NULL: they did not"),
    number("ended_at", nullable=True, doc="NULL: not over"),
    number("minutes", nullable=True, doc="how long it took; NULL: nobody knows"),
    number("asked_at", nullable=True, doc="when they were asked whether they are well; NULL: they are not being asked"),
    number("told_at", nullable=True, doc="when who is in charge heard of their silence; NULL: not"),
    words("look_on", nullable=True, doc="the local date on which it is looked at again, YYYY-MM-DD; NULL: none"),
    number("act_at", nullable=True, doc="the question, the telling, or the day; NULL: nothing waits"),
    number("version", default="0"),
    due("visits"),
    Index("visits_need", "need_id", "helper_id"),
    Index("visits_helper", "helper_id", "ended_at"),
    Index("visits_ended", "ended_at"),
)
