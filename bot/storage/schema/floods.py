"""What came in at a community within an hour, and what waits there until there is room."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from bot.storage.schema.base import Big, key, link, metadata, number, words

flood_counts = Table(
    "flood_counts",
    metadata,
    key(),
    link("area_id", "areas.id", doc="the community"),
    words("flow", doc="joins, posts or news"),
    number("at", doc="when one was let through; kept for a day"),
    Index("flood_counts_at", "area_id", "flow", "at"),
    Index("flood_counts_old", "at"),
)

floods = Table(
    "floods",
    metadata,
    Column("area_id", Big, ForeignKey("areas.id"), primary_key=True, doc="the community"),
    Column("flow", Text, primary_key=True, doc="joins, posts or news"),
    number("most", nullable=True, doc="so many are let through in an hour; NULL: not reckoned yet"),
    number("reckoned_at", nullable=True, doc="when `most` was reckoned; NULL: not yet"),
    number("told_at", nullable=True, doc="when whoever is in charge heard of it last; NULL: never"),
    number("open_until", nullable=True, doc="everything is let through until then; NULL: nobody has said so"),
)

flood_waits = Table(
    "flood_waits",
    metadata,
    key(),
    link("area_id", "areas.id", doc="the community"),
    words("flow", doc="joins, posts or news"),
    words("subject", doc="person:…, need:…, volunteer:… or relative:…: what goes on when its turn has come"),
    link("person_id", "persons.id", doc="who waits"),
    link("place_id", "areas.id", nullable=True, doc="where they join; NULL: they do not join"),
    number("by_poster", default="0", doc="1: they join by a poster, and are asked everything after it; 0: they do not"),
    number("since", doc="when they came"),
    number("act_at", doc="when it is their turn"),
    Index("flood_waits_act", "act_at"),
    Index("flood_waits_area", "area_id", "flow", "act_at"),
    Index("flood_waits_subject", "flow", "subject", unique=True),
    Index("flood_waits_person", "person_id"),
)
