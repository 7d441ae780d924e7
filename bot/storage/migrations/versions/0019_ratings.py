"""Ratings both ways, and needs that are opened again within a week of their closing."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0019_ratings"
down_revision = "0018_copies"

CLOSED = "SELECT MAX(h.at) FROM history h WHERE h.subject = 'need:' || needs.id AND h.after = 'closed'"


def upgrade() -> None:
    op.add_column("needs", number("closed_at", nullable=True))
    op.execute(f"UPDATE needs SET closed_at = COALESCE(({CLOSED}), posted_at) WHERE state = 'closed'")
    op.create_table(
        "ratings",
        key(),
        link("need_id", "needs.id"),
        link("person_id", "persons.id"),
        link("other_id", "persons.id"),
        words("side"),
        number("stars"),
        words("words", nullable=True),
        number("claimed_at"),
        number("rated_at"),
        number("shown_at", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("ratings_act", "ratings", ["act_at"], where="act_at IS NOT NULL")
    index("ratings_once", "ratings", ["need_id", "person_id", "claimed_at"], unique=True)
    index("ratings_person", "ratings", ["person_id"])
    index("ratings_other", "ratings", ["other_id"])
    # Whoever has got stars so far was told them at once.
    op.execute(
        "INSERT INTO ratings (need_id, person_id, other_id, side, stars, claimed_at, rated_at, shown_at)"
        " SELECT id, person_id, claimed_by, 'resident', stars, COALESCE(claimed_at, posted_at), closed_at, closed_at"
        " FROM needs WHERE stars IS NOT NULL AND claimed_by IS NOT NULL"
    )
    op.create_table(
        "reopenings",
        key(),
        link("need_id", "needs.id"),
        link("person_id", "persons.id"),
        words("why"),
        words("words", nullable=True),
        number("at"),
    )
    index("reopenings_need", "reopenings", ["need_id"])
    index("reopenings_person", "reopenings", ["person_id"])
