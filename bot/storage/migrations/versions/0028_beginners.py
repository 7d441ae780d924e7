"""Beginners: where first visits are made together, and who need not be accompanied."""

from alembic import op

from bot.storage.migrations.columns import link, number

revision = "0028_beginners"
down_revision = "0027_owls"


def upgrade() -> None:
    op.create_table(
        "beginner_rules",
        link("area_id", "areas.id", primary_key=True),
        number("visits"),
    )
    op.create_table(
        "beginners_known",
        link("person_id", "persons.id", primary_key=True),
        link("by_id", "persons.id"),
        number("at"),
    )
