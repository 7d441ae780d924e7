"""How far the asking for a need has come, what volunteers say of themselves, and who is not brought together again."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.schema.base import Big, due, metadata, number, where, words

searches = Table(
    "searches",
    metadata,
    Column("need_id", Big, ForeignKey("needs.id"), primary_key=True),
    number("round", doc="how often it was opened: whoever was asked in this round is not asked again in it"),
    number("wave", doc="how many waves of this round have gone out"),
    number("act_at", nullable=True, doc="when the next wave goes; NULL: somebody has the need, or it has ended"),
    due("searches"),
)

helpers = Table(
    "helpers",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True),
    number("rest_until", nullable=True, doc="they are not asked until then; NULL: they may be asked"),
    words("rest", nullable=True, doc="later, today or leave; NULL: they may be asked"),
    number("quiet_from", nullable=True, doc="minute of the local day; NULL: the community's quiet hours"),
    number("quiet_until", nullable=True, doc="minute of the local day; NULL: the community's quiet hours"),
    number("night_now", default="0", doc="1: for what is needed right now they may be asked in quiet hours too"),
    number("times", nullable=True, doc="a bit for each part of the week from Monday morning on; NULL: not said"),
    number("offers_a_day", nullable=True, doc="NULL: the community's number"),
    number("silent", default="0", doc="how many offers in a row they have left without an answer"),
    number("asked_at", nullable=True, doc="when they were last asked; NULL: never"),
    number("asked_day", nullable=True, doc="the local day that `asked_today` counts, as an ordinal; NULL: never asked"),
    number("asked_today", default="0", doc="offers on `asked_day`"),
    where("helpers_owls", "person_id", condition="quiet_from IS NOT NULL OR night_now = 1"),
)

partings = Table(
    "partings",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True, doc="who has said it; nobody else reads it"),
    Column("other_id", Big, ForeignKey("persons.id"), primary_key=True, doc="with whom they are not brought together"),
    number("at"),
    Index("partings_other", "other_id"),
)
