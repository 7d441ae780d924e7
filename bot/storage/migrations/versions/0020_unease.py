"""Unease: one side of a visit did not feel safe; the two are kept apart until who is in charge lifts it."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0020_unease"
down_revision = "0019_ratings"


def upgrade() -> None:
    op.create_table(
        "unease",
        key(),
        number("bot_id"),
        link("need_id", "needs.id"),
        link("area_id", "areas.id"),
        link("person_id", "persons.id"),
        link("other_id", "persons.id"),
        link("helper_id", "persons.id"),
        number("said_at"),
        words("words", nullable=True),
        number("handled_at", nullable=True),
        link("handled_by", "persons.id", nullable=True),
        words("note", nullable=True),
        number("lifted_at", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("unease_act", "unease", ["act_at"], where="act_at IS NOT NULL")
    index("unease_once", "unease", ["need_id", "person_id"], where="handled_at IS NULL", unique=True)
    index("unease_person", "unease", ["person_id", "other_id"], where="lifted_at IS NULL")
    index("unease_other", "unease", ["other_id", "person_id"], where="lifted_at IS NULL")
