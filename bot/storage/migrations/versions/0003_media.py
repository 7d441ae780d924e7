"""Voice notes and photos, and one small question more each morning."""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.columns import Big, index, key, link, number, words

revision = "0003_media"
down_revision = "0002_care"


def upgrade() -> None:
    the_media()
    the_wellbeing()


def the_media() -> None:
    op.create_table(
        "media",
        key(),
        number("bot_id"),
        link("person_id", "persons.id"),
        words("kind"),
        words("file_id"),
        words("words", nullable=True),
        words("album", nullable=True),
        words("subject"),
        number("sent_at"),
        words("state"),
        words("told"),
        link("opened_by", "persons.id", nullable=True),
        number("opened_at", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("media_act", "media", ["act_at"], where="act_at IS NOT NULL")
    index("media_subject", "media", ["subject"])
    index("media_album", "media", ["person_id", "album"])


def the_wellbeing() -> None:
    op.create_table(
        "wellbeing",
        key(),
        link("person_id", "persons.id"),
        link("checkin_id", "checkins.id"),
        words("day"),
        words("topic"),
        number("asked_at"),
        number("good", nullable=True),
        number("answered_at", nullable=True),
    )
    index("wellbeing_once", "wellbeing", ["person_id", "day"], unique=True)
    index("wellbeing_day", "wellbeing", ["day"])
    op.create_table(
        "wellbeing_plans",
        sa.Column("plan_id", Big, sa.ForeignKey("plans.id"), primary_key=True, autoincrement=False),
        number("since"),
    )
