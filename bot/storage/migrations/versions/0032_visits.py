"""Visits: when a helper was there and how long it took; what they leave for the next one."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0032_visits"
down_revision = "0031_relays"


def upgrade() -> None:
    op.create_table(
        "visits",
        key(),
        number("bot_id"),
        link("need_id", "needs.id"),
        link("helper_id", "persons.id"),
        number("made_at"),
        number("begun_at", nullable=True),
        number("ended_at", nullable=True),
        number("minutes", nullable=True),
        number("asked_at", nullable=True),
        number("told_at", nullable=True),
        words("look_on", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("visits_act", "visits", ["act_at"], where="act_at IS NOT NULL")
    index("visits_need", "visits", ["need_id", "helper_id"])
    index("visits_helper", "visits", ["helper_id", "ended_at"])
    index("visits_ended", "visits", ["ended_at"])
    op.create_table(
        "hints",
        key(),
        link("need_id", "needs.id"),
        link("area_id", "areas.id"),
        link("person_id", "persons.id"),
        link("by_id", "persons.id"),
        words("text", nullable=True),
        number("made_at"),
        number("corrected", default="0"),
    )
    index("hints_one", "hints", ["need_id", "by_id"], unique=True)
    index("hints_home", "hints", ["person_id", "area_id"])
    index("hints_by", "hints", ["by_id"])
    index("hints_words", "hints", ["made_at"], where="text IS NOT NULL")
