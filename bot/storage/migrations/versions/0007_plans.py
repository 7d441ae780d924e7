"""Plans: a ladder for a whole place, the early window, whether somebody may come in, a neighbour who was asked;
and tables that are imported.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0007_plans"
down_revision = "0006_absences"

# What every plan had until now without anybody having chosen it.
GIVEN = "0:duty,5:neighbour,15:coordinators,25:contacts,40:street"


def upgrade() -> None:
    op.create_table("ladders", link("area_id", "areas.id", primary_key=True), words("ladder"))
    op.add_column("plans", number("early_minutes", default="120"))
    op.add_column("plans", number("may_enter", nullable=True))
    op.add_column("plans", number("neighbour_asked", nullable=True))
    op.create_table(
        "imports",
        key(),
        number("bot_id"),
        link("person_id", "persons.id"),
        link("area_id", "areas.id"),
        words("file_id"),
        number("tries", default="0"),
        number("act_at", nullable=True),
    )
    index("imports_act", "imports", ["act_at"], where="act_at IS NOT NULL")
    op.execute(sa.text("UPDATE plans SET ladder = '' WHERE ladder = :given").bindparams(given=GIVEN))
