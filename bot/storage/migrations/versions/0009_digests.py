"""Digests: what can wait is gathered for who wants it so. And what a person's history and a month are found by."""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.columns import Big, index, key, link, number, words

revision = "0009_digests"
down_revision = "0008_drills"


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("person_id", Big, sa.ForeignKey("persons.id"), primary_key=True, autoincrement=False),
        number("since"),
        number("act_at"),
    )
    index("digests_act", "digests", ["act_at"])
    op.create_table(
        "digest_news",
        key(),
        link("person_id", "persons.id"),
        words("kind"),
        words("data"),
        number("gathered_at"),
        number("said_at", nullable=True),
    )
    index("digest_news_person", "digest_news", ["person_id", "id"])
    index("digest_news_said", "digest_news", ["said_at"], where="said_at IS NOT NULL")
    index("alerts_person", "alerts", ["person_id", "opened_at"])
    index("alerts_month", "alerts", ["area_id", "opened_at"])
    index("absences_person", "absences", ["person_id", "from_at"])
