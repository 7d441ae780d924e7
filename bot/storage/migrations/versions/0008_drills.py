"""Drills, how visitors are announced, and who has set their telephone to ring."""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.columns import Big, index, key, link, number, words

revision = "0008_drills"
down_revision = "0007_plans"


def upgrade() -> None:
    op.create_table(
        "drills",
        key(),
        number("bot_id"),
        link("area_id", "areas.id"),
        link("started_by", "persons.id"),
        link("person_id", "persons.id", nullable=True),
        number("quick"),
        words("ladder"),
        number("rung"),
        words("empty"),
        number("started_at"),
        number("ended_at", nullable=True),
        words("ending", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("drills_act", "drills", ["act_at"], where="act_at IS NOT NULL")
    index("drills_one", "drills", ["area_id"], where="ended_at IS NULL", unique=True)
    index("drills_area", "drills", ["area_id", "started_at"])
    op.create_table(
        "drill_people",
        link("drill_id", "drills.id", primary_key=True),
        link("person_id", "persons.id", primary_key=True),
        words("rung"),
        number("told_at"),
        number("reached_at", nullable=True),
        number("failed_at", nullable=True),
        number("taken_at", nullable=True),
        number("arrives_at", nullable=True),
        number("done_at", nullable=True),
    )
    op.create_table(
        "visitor_wishes",
        sa.Column("person_id", Big, sa.ForeignKey("persons.id"), primary_key=True, autoincrement=False),
        number("asked_at"),
        words("wish", nullable=True),
    )
    op.create_table(
        "visitor_faces",
        sa.Column("person_id", Big, sa.ForeignKey("persons.id"), primary_key=True, autoincrement=False),
        number("asked_at"),
        number("given_at", nullable=True),
    )
    op.add_column("duty_bells", number("done_at", nullable=True))
