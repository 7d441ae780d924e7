"""Both sides of a dispute are heard, visits that did not come about are kept as facts, and thank-yous go into the group."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0023_showcases"
down_revision = "0022_listings"


def upgrade() -> None:
    op.create_table(
        "disputes",
        key(),
        link("need_id", "needs.id"),
        link("person_id", "persons.id"),
        link("helper_id", "persons.id"),
        number("opened_at"),
        words("words", nullable=True),
        number("said_at", nullable=True),
        link("decided_by", "persons.id", nullable=True),
        number("decided_at", nullable=True),
        words("verdict", nullable=True),
        number("version", default="0"),
    )
    index("disputes_open", "disputes", ["need_id"], where="decided_at IS NULL", unique=True)
    index("disputes_need", "disputes", ["need_id"])
    index("disputes_helper", "disputes", ["helper_id"])
    op.create_table(
        "lapses",
        key(),
        link("need_id", "needs.id"),
        link("person_id", "persons.id"),
        words("kind"),
        number("at"),
        words("words", nullable=True),
    )
    index("lapses_person", "lapses", ["person_id", "at"])
    index("lapses_at", "lapses", ["at"])
    op.create_table(
        "showcases",
        key(),
        number("bot_id"),
        link("need_id", "needs.id"),
        link("area_id", "areas.id"),
        link("person_id", "persons.id"),
        link("helper_id", "persons.id"),
        number("written_at"),
        words("words", nullable=True),
        words("state"),
        number("named", default="0"),
        number("helper_named", default="0"),
        number("shown_at", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("showcases_act", "showcases", ["act_at"], where="act_at IS NOT NULL")
    index("showcases_once", "showcases", ["need_id", "helper_id"], unique=True)
