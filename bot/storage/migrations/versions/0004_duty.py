"""The rota grows: lines, days that are different, leave, and watches with their handshake."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0004_duty"
down_revision = "0003_media"


def upgrade() -> None:
    op.add_column("shifts", number("line", default="1"))
    op.create_table(
        "rotas", link("area_id", "areas.id", primary_key=True), number("starts"), number("ends"), number("act_at")
    )
    index("rotas_act", "rotas", ["act_at"])
    op.create_table(
        "duty_changes",
        key(),
        link("area_id", "areas.id"),
        number("line"),
        words("day"),
        number("starts"),
        number("ends"),
        link("person_id", "persons.id", nullable=True),
        link("made_by", "persons.id"),
    )
    index("duty_changes_once", "duty_changes", ["area_id", "day", "line", "starts", "ends"], unique=True)
    op.create_table("duty_leaves", key(), link("person_id", "persons.id"), words("first"), words("last"))
    index("duty_leaves_person", "duty_leaves", ["person_id", "last"])
    op.create_table("duty_bells", link("person_id", "persons.id", primary_key=True), number("shown_at"))
    the_watches()
    # Whoever was on duty before goes on: their watches are made with the first tick.
    op.execute("INSERT INTO rotas (area_id, starts, ends, act_at) SELECT DISTINCT area_id, 480, 1200, 0 FROM shifts")


def the_watches() -> None:
    op.create_table(
        "watches",
        key(),
        number("bot_id"),
        link("area_id", "areas.id"),
        number("line"),
        words("day"),
        number("starts"),
        number("ends"),
        number("starts_at"),
        number("ends_at"),
        words("people"),
        words("passed"),
        words("state"),
        link("holder_id", "persons.id", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("watches_act", "watches", ["act_at"], where="act_at IS NOT NULL")
    index("watches_once", "watches", ["area_id", "day", "line", "starts", "ends"], where="state <> 'over'", unique=True)
    index("watches_running", "watches", ["area_id", "ends_at"])
    index("watches_holder", "watches", ["holder_id"], where="state IN ('called', 'held')")
    op.create_table(
        "watch_holds",
        key(),
        link("watch_id", "watches.id"),
        link("area_id", "areas.id"),
        link("person_id", "persons.id"),
        number("from_at"),
        number("until_at", nullable=True),
    )
    index("watch_holds_area", "watch_holds", ["area_id", "from_at"])
    index("watch_holds_watch", "watch_holds", ["watch_id"])
