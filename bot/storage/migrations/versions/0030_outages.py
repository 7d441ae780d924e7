"""Times in which the program heard nobody."""

from alembic import op

from bot.storage.migrations.columns import index, key, number

revision = "0030_outages"
down_revision = "0029_pulses"


def upgrade() -> None:
    op.create_table(
        "outages",
        key(),
        number("since_at"),
        number("until_at"),
        number("told_area", default="0"),
        number("act_at", nullable=True),
    )
    index("outages_act", "outages", ["act_at"], where="act_at IS NOT NULL")
