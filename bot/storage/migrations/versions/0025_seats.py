"""Seats: how many go to a need, and who comes along with whoever leads."""

from alembic import op

from bot.storage.migrations.columns import index, link, number

revision = "0025_seats"
down_revision = "0024_recurrences"


def upgrade() -> None:
    op.create_table(
        "seats",
        link("need_id", "needs.id", primary_key=True),
        number("asked", nullable=True),
        number("act_at", nullable=True),
    )
    index("seats_act", "seats", ["act_at"], where="act_at IS NOT NULL")
    op.create_table(
        "seat_people",
        link("need_id", "needs.id", primary_key=True),
        link("person_id", "persons.id", primary_key=True),
        number("joined_at"),
        number("left_at", nullable=True),
    )
    index("seat_people_person", "seat_people", ["person_id"], where="left_at IS NULL")
