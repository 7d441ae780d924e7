"""Floods: what came in at a community within an hour, and what waits there until there is room."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0037_floods"
down_revision = "0036_parcels"


def upgrade() -> None:
    op.create_table("flood_counts", key(), link("area_id", "areas.id"), words("flow"), number("at"))
    index("flood_counts_at", "flood_counts", ["area_id", "flow", "at"])
    index("flood_counts_old", "flood_counts", ["at"])
    op.create_table(
        "floods",
        link("area_id", "areas.id", primary_key=True),
        words("flow", primary_key=True),
        number("most", nullable=True),
        number("reckoned_at", nullable=True),
        number("told_at", nullable=True),
        number("open_until", nullable=True),
    )
    op.create_table(
        "flood_waits",
        key(),
        link("area_id", "areas.id"),
        words("flow"),
        words("subject"),
        link("person_id", "persons.id"),
        link("place_id", "areas.id", nullable=True),
        number("by_poster", default="0"),
        number("since"),
        number("act_at"),
    )
    index("flood_waits_act", "flood_waits", ["act_at"])
    index("flood_waits_area", "flood_waits", ["area_id", "flow", "act_at"])
    index("flood_waits_subject", "flood_waits", ["flow", "subject"], unique=True)
    index("flood_waits_person", "flood_waits", ["person_id"])
