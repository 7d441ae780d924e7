"""Enclosures: what lies with a need beside words, and for whom else somebody asks."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0017_enclosures"
down_revision = "0016_topics"


def upgrade() -> None:
    op.add_column("media", number("seconds", default="0"))
    op.create_table(
        "enclosures",
        key(),
        words("subject"),
        link("person_id", "persons.id"),
        words("kind"),
        words("data", nullable=True),
        link("area_id", "areas.id", nullable=True),
        number("at"),
    )
    index("enclosures_once", "enclosures", ["subject", "kind"], unique=True)
    index("enclosures_area", "enclosures", ["area_id", "id"], where="area_id IS NOT NULL")
    op.create_table(
        "beneficiaries",
        key(),
        words("subject"),
        link("person_id", "persons.id"),
        words("name"),
        words("door", nullable=True),
        words("telephone", nullable=True),
        number("agreed_at", nullable=True),
        number("at"),
    )
    index("beneficiaries_once", "beneficiaries", ["subject"], unique=True)
