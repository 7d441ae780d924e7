"""Absences: why somebody is away, who answers for it, until when."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0006_absences"
down_revision = "0005_alerts"


def upgrade() -> None:
    op.create_table(
        "absences",
        key(),
        link("plan_id", "plans.id"),
        link("person_id", "persons.id"),
        link("area_id", "areas.id"),
        words("reason"),
        link("owner_id", "persons.id"),
        number("from_at"),
        number("until_at"),
        number("asked_at", nullable=True),
        number("confirmed_at", nullable=True),
        number("ended_at", nullable=True),
        number("visit_at", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("absences_act", "absences", ["act_at"], where="act_at IS NOT NULL")
    index("absences_one", "absences", ["plan_id"], where="ended_at IS NULL", unique=True)
    index("absences_area", "absences", ["area_id", "ended_at"])
