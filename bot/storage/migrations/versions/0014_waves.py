"""Waves: how far the asking for a need has come, what volunteers say of themselves, who is not brought together again."""

from alembic import op

from bot.storage.migrations.columns import index, link, number, words

revision = "0014_waves"
down_revision = "0013_mydata"


def upgrade() -> None:
    op.create_table(
        "searches",
        link("need_id", "needs.id", primary_key=True),
        number("round"),
        number("wave"),
        number("act_at", nullable=True),
    )
    index("searches_act", "searches", ["act_at"], where="act_at IS NOT NULL")
    op.create_table(
        "helpers",
        link("person_id", "persons.id", primary_key=True),
        number("rest_until", nullable=True),
        words("rest", nullable=True),
        number("quiet_from", nullable=True),
        number("quiet_until", nullable=True),
        number("night_now", default="0"),
        number("times", nullable=True),
        number("offers_a_day", nullable=True),
        number("silent", default="0"),
        number("asked_at", nullable=True),
        number("asked_day", nullable=True),
        number("asked_today", default="0"),
    )
    op.create_table(
        "partings",
        link("person_id", "persons.id", primary_key=True),
        link("other_id", "persons.id", primary_key=True),
        number("at"),
    )
    index("partings_other", "partings", ["other_id"])
    op.add_column("offers", number("round", default="1"))
    op.add_column("offers", number("speaks", default="0"))
    op.add_column("offers", number("again_at", nullable=True))
    op.add_column("offers", number("silent_at", nullable=True))
    op.add_column("roles", number("asked_at", default="0"))
    index("roles_turn", "roles", ["area_id", "asked_at"])
    index("skills_skill", "skills", ["skill"])
    # What is open already goes on being asked for, from the moment at which time would have looked at it.
    op.execute(
        "INSERT INTO searches (need_id, round, wave, act_at) SELECT id, 1, 1, act_at FROM needs WHERE state = 'open'"
    )
