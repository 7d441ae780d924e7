"""People are in charge of their data: erasures that outlive a backup; volunteers apply, are renewed and may rest."""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0013_mydata"
down_revision = "0012_edits"
DAY = 86_400


def upgrade() -> None:
    op.create_table(
        "erasures",
        key(),
        link("person_id", "persons.id"),
        sa.Column("mark", sa.Text, nullable=False, unique=True),
        number("at"),
    )
    index("erasures_person", "erasures", ["person_id"])
    op.create_table(
        "volunteers",
        key(),
        link("person_id", "persons.id"),
        link("area_id", "areas.id"),
        words("state"),
        words("about", nullable=True),
        number("rules", nullable=True),
        number("agreed_at", nullable=True),
        link("decided_by", "persons.id", nullable=True),
        words("reason", nullable=True),
        number("renew_at", nullable=True),
        number("asked_at", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    # Whoever helps already goes on; they are asked a year after they began, or soon.
    op.execute(
        "INSERT INTO volunteers (person_id, area_id, state, renew_at, act_at, version)"
        f" SELECT person_id, area_id, 'active', granted_at + {365 * DAY}, granted_at + {335 * DAY}, 0"
        " FROM roles WHERE role = 'volunteer'"
    )
    index("volunteers_act", "volunteers", ["act_at"], where="act_at IS NOT NULL")
    index("volunteers_once", "volunteers", ["person_id", "area_id"], unique=True)
    index("volunteers_area", "volunteers", ["area_id", "state"])
    index("needs_words", "needs", ["posted_at"], where="text <> ''")
    index("history_details", "history", ["at"], where="detail IS NOT NULL")
