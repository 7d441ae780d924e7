"""Handovers: who asks whom to go instead."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number

revision = "0026_handovers"
down_revision = "0025_seats"


def upgrade() -> None:
    op.create_table(
        "handovers",
        key(),
        link("need_id", "needs.id"),
        link("from_id", "persons.id"),
        link("to_id", "persons.id"),
        number("asked_at"),
        number("act_at", nullable=True),
    )
    index("handovers_act", "handovers", ["act_at"], where="act_at IS NOT NULL")
    index("handovers_from", "handovers", ["need_id", "from_id"], unique=True)
    index("handovers_to", "handovers", ["to_id"])
