"""Knock and call rounds, and the sheets that are printed of them."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.schema.base import Big, due, key, link, metadata, number, words

knock_lists = Table(
    "knock_lists",
    metadata,
    key(),
    number("bot_id"),
    link("area_id", "areas.id", doc="the community"),
    link("holder_id", "persons.id", doc="who goes, or rings"),
    words("day", doc="the local date, YYYY-MM-DD"),
    number("slot", doc="minutes of the local day"),
    words("channel", doc="knock or call"),
    number("due_at"),
    number("begun_at", nullable=True, doc="when its holder asked for the addresses; NULL: not yet"),
    link("offered_to", "persons.id", nullable=True, doc="who is asked to take it; NULL: nobody"),
    number("offered_half", doc="1: only the second half of what is left is offered"),
    number("act_at", nullable=True, doc="the next call to be tried again, or the end; NULL: it is over"),
    number("version", default="0"),
    Index("knock_lists_once", "holder_id", "area_id", "day", "slot", "channel", unique=True),
    due("knock_lists"),
    Index("knock_lists_round", "area_id", "day", "slot"),
)

knocks = Table(
    "knocks",
    metadata,
    Column("checkin_id", Big, ForeignKey("checkins.id"), primary_key=True, autoincrement=False),
    link("list_id", "knock_lists.id"),
    words("tries", doc="instants at which nobody picked up, comma-separated; empty: none"),
    number("try_at", nullable=True, doc="when to ring again; NULL: nothing waits"),
    words("found", nullable=True, doc="seen, spoken, help or away; NULL: nothing recorded yet"),
    Index("knocks_list", "list_id"),
)

sheets = Table(
    "sheets",
    metadata,
    Column("area_id", Big, ForeignKey("areas.id"), primary_key=True, autoincrement=False),
    number("act_at", doc="when its next printed sheet is due"),
    Index("sheets_act", "act_at"),
)
