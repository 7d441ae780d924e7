"""What comes after: one question more each day, looking again on a later day, and a last farewell."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0011_surges"
down_revision = "0010_relatives"


def upgrade() -> None:
    _surges()
    _followups()
    _farewells()
    op.add_column("accounts", number("silent_from", nullable=True))


def _surges() -> None:
    op.create_table(
        "surges",
        key(),
        number("bot_id"),
        link("area_id", "areas.id"),
        words("kind"),
        number("slot"),
        number("days"),
        number("begins_in"),
        words("words", nullable=True),
        link("made_by", "persons.id"),
        number("made_at"),
        link("begun_by", "persons.id", nullable=True),
        number("begun_at", nullable=True),
        words("first_day", nullable=True),
        words("last_day", nullable=True),
        link("ended_by", "persons.id", nullable=True),
        number("ended_at", nullable=True),
        words("stage"),
        words("day", nullable=True),
        number("cursor_area"),
        number("cursor_plan"),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("surges_act", "surges", ["act_at"], where="act_at IS NOT NULL")
    on = "begun_at IS NOT NULL AND ended_at IS NULL"
    index("surges_one", "surges", ["area_id", "kind"], where=on, unique=True)
    op.create_table(
        "askings",
        key(),
        link("surge_id", "surges.id"),
        link("plan_id", "plans.id"),
        link("person_id", "persons.id"),
        number("told_at", nullable=True),
        words("from_day", nullable=True),
        words("day", nullable=True),
        number("act_at", nullable=True),
    )
    index("askings_once", "askings", ["surge_id", "person_id"], unique=True)
    index("askings_act", "askings", ["act_at"], where="act_at IS NOT NULL")


def _followups() -> None:
    op.create_table(
        "followups",
        key(),
        number("bot_id"),
        link("alert_id", "alerts.id"),
        link("person_id", "persons.id"),
        link("area_id", "areas.id"),
        link("owner_id", "persons.id"),
        words("day"),
        number("made_at"),
        number("told_at", nullable=True),
        number("handed_at", nullable=True),
        number("done_at", nullable=True),
        link("done_by", "persons.id", nullable=True),
        words("note", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("followups_act", "followups", ["act_at"], where="act_at IS NOT NULL")
    index("followups_one", "followups", ["alert_id"], where="done_at IS NULL", unique=True)
    index("followups_area", "followups", ["area_id"], where="done_at IS NULL")
    index("followups_person", "followups", ["person_id"])


def _farewells() -> None:
    op.create_table(
        "farewells",
        key(),
        link("person_id", "persons.id"),
        link("area_id", "areas.id"),
        link("plan_id", "plans.id", nullable=True),
        link("alert_id", "alerts.id", nullable=True),
        link("by_id", "persons.id"),
        number("at"),
        number("until_at"),
        words("checkins"),
        number("undone_at", nullable=True),
        link("undone_by", "persons.id", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("farewells_act", "farewells", ["act_at"], where="act_at IS NOT NULL")
    index("farewells_one", "farewells", ["person_id"], where="undone_at IS NULL", unique=True)
