"""Places, the groups that belong to them, and what stands in which of their topics."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from bot.storage.schema.base import Big, key, link, metadata, number, words

areas = Table(
    "areas",
    metadata,
    key(),
    link("parent_id", "areas.id", nullable=True, doc="NULL: the top of a tree"),
    words("kind", doc="district, street, community, grid or building"),
    words("name"),
    Column("code", Text, nullable=False, unique=True, doc="what the imported file calls it"),
    Column("join_code", Text, nullable=False, unique=True, doc="payload of its poster's link"),
    Index("areas_parent", "parent_id"),
)

area_tree = Table(
    "area_tree",
    metadata,
    Column("ancestor_id", Big, ForeignKey("areas.id"), primary_key=True),
    Column("descendant_id", Big, ForeignKey("areas.id"), primary_key=True),
    number("depth", doc="0: the area itself"),
    Index("area_tree_descendant", "descendant_id"),
)

groups = Table(
    "groups",
    metadata,
    Column("bot_id", Big, primary_key=True),
    Column("chat_id", Big, primary_key=True),
    link("area_id", "areas.id", nullable=True, doc="NULL: not bound to an area yet"),
    link("bound_by", "persons.id", nullable=True, doc="NULL: not bound yet"),
    number("left_at", nullable=True, doc="NULL: the bot is in it"),
    number("forum", default="0", doc="1: it has topics"),
    number("makes_topics", default="0", doc="1: the bot may make topics there"),
    number("closed_at", nullable=True, doc="NULL: as far as we know it can be written in General"),
    Index("groups_area", "area_id"),
)

topics = Table(
    "topics",
    metadata,
    Column("bot_id", Big, primary_key=True),
    Column("chat_id", Big, primary_key=True),
    Column("category", Text, primary_key=True, doc="the kind of need that stands there"),
    number(
        "thread_id", nullable=True, doc="Telegram's number of the topic, 0: the group itself; NULL: it is being made"
    ),
    link("bound_by", "persons.id", nullable=True, doc="NULL: the bot made it"),
    number("closed_at", nullable=True, doc="NULL: as far as we know it can be written there"),
)
